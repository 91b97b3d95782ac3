//! Captions that somebody has made in, the same with a language for each line out: what commands
//! have in common that write them in other scripts, layouts and formats.
//!
//! As in `making.rs` nothing is told here: what there is to tell is given with the captions.

use zimu::format::names::Languages;
use zimu::format::{Format, Reading};
use zimu::model::{Diagnostic, LanguageTag, Severity};

use crate::called::Called;
use crate::commands::scripts::Version;
use crate::commands::second::told_apart;
use crate::commands::source::{Source, found_format, not_read};
use crate::report::Failure;

/// Captions to convert.
pub(super) struct Given<'s> {
    pub(super) source: &'s Source,
    /// That somebody says they are in.
    pub(super) format: Option<&'static Format>,
    pub(super) languages: Option<Languages>,
    /// The second language, where somebody says which it is.
    pub(super) second_lang: Option<&'s LanguageTag>,
    pub(super) called: &'static Called,
}

impl Given<'_> {
    /// Reads them; `found` is all that was doubtful about them, which may be why there are none.
    pub(super) fn read(
        self,
        found: &mut Vec<Diagnostic>,
        notes: &mut Vec<String>,
    ) -> Result<Version, Failure> {
        let (source, called) = (self.source, self.called);
        let (format, note) = found_format(source, self.format, called)?;
        notes.extend(note);
        let read = format.read(&source.text).ok_or_else(|| not_read(source))?;
        let Reading {
            mut track,
            diagnostics,
        } = read;
        let is_fault = |finding: &Diagnostic| finding.severity() == Severity::Fault;
        let are_lost = track.cues().is_empty() && diagnostics.iter().any(is_fault);
        found.extend(diagnostics);
        if are_lost {
            return Err(Failure::of_file(
                &source.path,
                "expected captions, found none that could be read",
            ));
        }
        let (languages, second) = (self.languages, self.second_lang);
        let languages = told_apart(&mut track, languages, second, called, notes);
        Ok(Version { languages, track })
    }
}
