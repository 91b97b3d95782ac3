//! `zimu formats`: the table of formats.

use zimu::format::{FORMATS, Feature, Format};

use crate::commands::Outcome;
use crate::report::Failure;

/// What is listed of what a format has room for, and what it is called here.
const LISTED: [(Feature, &str); 7] = [
    (Feature::Ids, "names"),
    (Feature::Speaker, "speakers"),
    (Feature::Language, "languages"),
    (Feature::Emphasis, "emphasis"),
    (Feature::Ruby, "ruby"),
    (Feature::Positions, "positions"),
    (Feature::Chapters, "chapters"),
];

pub(crate) fn run() -> Result<Outcome, Failure> {
    let widest = |text: fn(&Format) -> &str| FORMATS.iter().map(|format| text(format).len()).max();
    let ids = widest(|format| format.id).unwrap_or_default();
    let names = widest(|format| format.name).unwrap_or_default();
    for format in FORMATS {
        let kept = LISTED.iter().filter(|(feature, _)| format.holds(*feature));
        let kept: Vec<_> = kept.map(|(_, name)| *name).collect();
        let line = format!(
            "{:<ids$}  {:<names$}  {:<11}  keeps {}",
            format.id,
            format.name,
            ways(format),
            kept.join(", ")
        );
        super::print_line(&line)?;
    }
    Ok(Outcome::Clean)
}

const fn ways(format: &Format) -> &'static str {
    match (format.can_read(), format.can_write()) {
        (true, true) => "read, write",
        (true, false) => "read",
        (false, true) => "write",
        (false, false) => "",
    }
}
