//! The scripts of a sheet and of captions in, words to compare in one script out.
//!
//! A sheet of Simplified captions is one of their Traditional version too: who has both made from
//! one transcript has it translated once. Traditional is what is converted, since most of its
//! characters have one Simplified form, and not the other way round.

use crate::model::LanguageTag;
use crate::text::conversion::{Converter, Glossary};
use crate::text::script::{Script, detect_in};

/// What one side is written in, of the texts that it has; a tag that says more of Traditional
/// is believed. Where nothing says of which region it is, it is taken for Taiwan's: nothing of it
/// is shown.
pub(super) fn written<'t>(
    tag: &LanguageTag,
    texts: impl IntoIterator<Item = &'t str>,
) -> Option<Script> {
    let found = detect_in(texts)?;
    if found == LanguageTag::ZH_HANS {
        return Some(Script::Hans);
    }
    match Script::of_tag(tag) {
        Some(Script::HantHk) => Some(Script::HantHk),
        Some(Script::Hans | Script::Hant | Script::HantTw) | None => Some(Script::HantTw),
    }
}

/// What makes the words of one side comparable.
#[derive(Debug)]
pub(super) struct OneScript {
    from: Script,
    converter: Option<Converter<'static>>,
}

impl OneScript {
    /// For the side that is written in `own`, beside one in `other`.
    pub(super) fn of(own: Option<Script>, other: Option<Script>) -> Self {
        let from = own.unwrap_or(Script::Hans);
        let is_other = from != Script::Hans && other == Some(Script::Hans);
        Self {
            from,
            converter: is_other.then(|| Converter::new(Script::Hans, &Glossary::NONE)),
        }
    }

    /// Words as they are compared.
    pub(super) fn words<'w>(&'w mut self, words: &'w str) -> &'w str {
        match &mut self.converter {
            Some(converter) => converter.convert(self.from, words, &mut []),
            None => words,
        }
    }
}
