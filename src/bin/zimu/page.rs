//! Pages to look at: what a command has found in, one HTML document out that needs nothing else.
//!
//! A document has its numbers in it as JSON, and a script that draws them; what it cannot go
//! without is there as plain HTML too. Templates escape all that is put into them. The policy of a
//! document lets this one style and this one script in, by their digests, and nothing from outside:
//! if a caption got in as markup, it would still neither load nor run anything.

mod cues;

use std::fmt::Display;

use askama::Template;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::report::Failure;

pub(crate) use cues::Cues;

/// How it looks.
const STYLE: &str = include_str!("page/page.css");

/// What is round the content of every page.
pub(crate) struct Frame {
    pub(crate) title: String,
    pub(crate) style: &'static str,
    pub(crate) script: &'static str,
    pub(crate) policy: String,
    pub(crate) version: &'static str,
}

impl Frame {
    pub(crate) fn of(title: impl Display, script: &'static str) -> Self {
        let (style, run) = (digest(STYLE), digest(script));
        Self {
            title: title.to_string(),
            style: STYLE,
            script,
            policy: format!(
                "default-src 'none'; style-src {style}; script-src {run}; \
                 base-uri 'none'; form-action 'none'"
            ),
            version: env!("CARGO_PKG_VERSION"),
        }
    }
}

/// What a policy calls a text by.
fn digest(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}

/// The document of a template.
pub(crate) fn document(template: &impl Template) -> Result<String, Failure> {
    let rendered = template.render();
    rendered.map_err(|error| Failure::plain(error.to_string()))
}
