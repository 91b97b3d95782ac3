//! A text that is read: how it is decoded, which language it is in, which format it has.

use std::path::{Path, PathBuf};

use zimu::format::names::{Languages, chinese_script};
use zimu::format::{FORMATS, Format, Reading};
use zimu::model::{Diagnostic, LanguageTag, SourceText};
use zimu::text::decode::{Decoded, decode};
use zimu::text::encoding::Encoding;
use zimu::text::script;

use crate::args::{FileArguments, ReadingArguments};
use crate::called::{Called, OPTIONS};
use crate::commands::strictness;
use crate::files::name_of;
use crate::report::{self, Failure, Volume};
use crate::settings::Project;

/// A text and the file that it came from.
pub(super) struct Source {
    pub(super) path: PathBuf,
    pub(super) text: SourceText,
    pub(super) encoding: Encoding,
    /// Bytes of the byte order mark before the text.
    pub(super) mark_bytes: usize,
}

impl Source {
    /// Decodes the `bytes` of a file, and says which encoding was found when it is not UTF-8.
    pub(super) fn decode(
        path: &Path,
        bytes: Vec<u8>,
        arguments: &ReadingArguments,
    ) -> Result<Self, Failure> {
        let decoded = decode(bytes, arguments.encoding)
            .map_err(|error| Failure::of_file(path, error.to_string()))?;
        let source = Self::of(path, decoded);
        let note = source.encoding_note(arguments.encoding);
        if let Some(note) = note.filter(|_| !arguments.quiet) {
            report::note(&format!("{}: {note}", path.display()));
        }
        Ok(source)
    }

    /// Which encoding was found, where nobody asked for one and it is not UTF-8.
    pub(super) fn encoding_note(&self, asked: Option<Encoding>) -> Option<String> {
        let is_found_out = self.encoding != Encoding::UTF_8 && asked.is_none();
        is_found_out.then(|| format!("read as {}", self.encoding))
    }

    pub(super) fn of(path: &Path, decoded: Decoded) -> Self {
        Self {
            path: path.to_owned(),
            text: decoded.text,
            encoding: decoded.encoding,
            mark_bytes: decoded.mark_bytes,
        }
    }

    pub(super) fn report(&self, diagnostics: &[Diagnostic], arguments: &ReadingArguments) {
        let volume = if arguments.quiet {
            Volume::ErrorsOnly
        } else {
            Volume::All
        };
        let place = report::Place {
            path: &self.path,
            text: &self.text,
        };
        place.findings(diagnostics, volume, strictness(arguments));
    }

    /// `--lang`, else the tag in the name, else that of the settings, else Simplified or
    /// Traditional by the characters. What a file says of itself goes before what a project
    /// says of its files, and of itself it says more with its characters than with its name.
    pub(super) fn languages(
        &self,
        asked: Option<&LanguageTag>,
        project: &Project,
    ) -> Option<Languages> {
        if let Some(asked) = asked {
            return Some(Languages::One(asked.clone()));
        }
        let by_characters = || script::detect(&self.text);
        let Some(named) = self.named() else {
            let set = project.language().cloned();
            return set.or_else(by_characters).map(Languages::One);
        };
        let first = named.first();
        let first = match self.other_script() {
            Some(found) => in_script(first, found),
            None if first.as_str() == "zh" => {
                let set = project.language().filter(|set| set.primary() == "zh");
                let told = set.cloned().or_else(by_characters);
                told.unwrap_or_else(|| first.clone())
            }
            None => first.clone(),
        };
        Some(match named {
            Languages::One(_) => Languages::One(first),
            Languages::Two(_, second) => Languages::Two(first, second),
        })
    }

    /// Says where the name and the characters disagree about the language.
    pub(super) fn tell_language(&self, arguments: &FileArguments) {
        if arguments.reading.quiet || arguments.lang.is_some() {
            return;
        }
        if let Some(note) = self.language_note(&OPTIONS) {
            report::note(&format!("{}: {note}", self.path.display()));
        }
    }

    /// Where the name and the characters disagree about the language, and nobody says it.
    pub(super) fn language_note(&self, called: &Called) -> Option<String> {
        let (named, found) = self.named().zip(self.other_script())?;
        Some(format!(
            "the name says {}, the characters say {}, which counts ({} goes before both)",
            named.first(),
            in_script(named.first(), found),
            called.language
        ))
    }

    /// What the tag in the name says, if it says something.
    fn named(&self) -> Option<Languages> {
        let named = name_of(&self.path).languages;
        named.filter(|named| *named.first() != LanguageTag::UND)
    }

    /// The Chinese of the characters, where it is not the one that the name says.
    fn other_script(&self) -> Option<LanguageTag> {
        let named = chinese_script(self.named()?.first())?;
        script::detect(&self.text).filter(|found| *found != named)
    }
}

/// The language of a tag as `written` is.
fn in_script(tag: &LanguageTag, written: LanguageTag) -> LanguageTag {
    let script = written.as_str().strip_prefix(written.primary());
    let whole = format!("{}{}", tag.primary(), script.unwrap_or_default());
    whole.parse().unwrap_or(written)
}

/// Reads captions in the format that they are in.
pub(super) fn captions(
    source: &Source,
    asked: Option<&'static Format>,
    arguments: &ReadingArguments,
) -> Result<Reading, Failure> {
    let format = format_of(source, asked, arguments)?;
    let reading = format.read(&source.text);
    reading.ok_or_else(|| not_read(source))
}

/// What is `asked`, else what their content says that they are, else what the name says. Where
/// these disagree, it is told.
pub(super) fn format_of(
    source: &Source,
    asked: Option<&'static Format>,
    arguments: &ReadingArguments,
) -> Result<&'static Format, Failure> {
    let (format, note) = found_format(source, asked, &OPTIONS)?;
    if let Some(note) = note.filter(|_| !arguments.quiet) {
        report::note(&format!("{}: {note}", source.path.display()));
    }
    Ok(format)
}

/// The same, with what is to be told.
pub(super) fn found_format(
    source: &Source,
    asked: Option<&'static Format>,
    called: &Called,
) -> Result<(&'static Format, Option<String>), Failure> {
    let extension = source.path.extension().and_then(|ending| ending.to_str());
    let extension = extension.unwrap_or_default();
    let mut readable = FORMATS.iter().filter(|format| format.can_read());
    let of_name = readable.find(|format| format.has_extension(extension));
    let of_content = Format::of_content(&source.text).filter(|format| format.can_read());
    let format = asked.or(of_content).or(of_name);
    let note = match (asked, of_content, of_name) {
        (Some(asked), Some(found), _) if asked.id != found.id => Some(format!(
            "its content looks like {}, and is read as {}, as {} says",
            found.name, asked.name, called.format
        )),
        (None, Some(found), Some(named)) if !found.has_extension(extension) => Some(format!(
            "its name says {}, its content {}, which counts",
            named.name, found.name
        )),
        _ => None,
    };
    let format = format.ok_or_else(|| not_read(source))?;
    Ok((format, note))
}

/// Why captions could not be read.
pub(super) fn not_read(source: &Source) -> Failure {
    let readable = FORMATS.iter().filter(|format| format.can_read());
    let names: Vec<_> = readable.map(|format| format.name).collect();
    let message = format!("expected captions in one of {}", names.join(", "));
    Failure::of_file(&source.path, message)
}
