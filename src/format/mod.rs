//! Floor 3: caption text in, a track out, and back: every format, in one table.
//!
//! A reader raises a file to the model and says what it mended; [`lower()`] takes away what a
//! target cannot hold, and reports it; a writer prints what is left and decides nothing.
//! N formats are N files, and no format knows another.
//!
//! To add one: a file with `looks_like`, `read` and `write` as `srt.rs` has them, a row in
//! [`FORMATS`], and a folder of files in `fixtures/`.

mod amended;
mod ass;
mod ass_fields;
mod ass_languages;
mod ass_plain;
mod ass_styles;
mod ass_text;
mod ass_write;
mod bcc;
mod blocks;
mod chapters;
mod clock;
mod decimal;
mod draft;
mod json;
mod json3;
mod json_form;
mod json_read;
mod json_value;
mod lower;
mod lrc;
mod lrc_stamp;
mod lrc_tags;
mod marks;
pub mod names;
mod names_styles;
mod names_tags;
mod out;
mod patch;
mod plain;
mod rebuilt;
mod review;
mod sbv;
mod srt;
mod srv1;
mod srv3;
mod table;
mod tags;
mod timedtext;
mod timedtext_text;
mod transcript;
mod tsv;
mod tsv_columns;
mod ttml;
mod vtt;
mod vtt_references;
mod vtt_text;
mod vtt_times;

use std::io;

use crate::format::blocks::Blocks;
use crate::format::draft::Draft;
use crate::model::{Diagnostic, SourceText, Timestamp, Track};

pub use amended::Amending;
pub use draft::{CuePlace, Places, TimeBase, TimePlace, TimeRole};
pub use lower::{Loss, lower};
pub use out::Out;
pub use review::review;
pub use table::{FORMATS, is_shared_extension};

/// A caption format.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// What it is called on the command line.
    pub id: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// How its files' names end; the first is what is written.
    pub extensions: &'static [&'static str],
    /// Its media type.
    pub media_type: &'static str,
    /// What of a track it has room for, besides times and lines.
    pub holds: &'static [Feature],
    /// Its times are whole multiples of so many milliseconds.
    pub step_ms: u32,
    /// Whether a text is plainly of this format.
    looks_like: fn(&str) -> bool,
    read: Option<fn(&mut Draft<'_>)>,
    write: Option<fn(&Track, &mut Out<'_>) -> io::Result<()>>,
    /// Prints a time in place of the one that stands there: `(as it is written, time, out)`.
    print_time: fn(&str, Timestamp, &mut Out<'_>),
    /// How cues stand in a file, where each has lines of its own.
    blocks: Option<Blocks>,
    /// Places in a line of text where a U+2060 keeps it from being taken for a part of the file
    /// or for markup; a reader takes it away again. For those of a line's text alone.
    guards: fn(&str, &mut Vec<usize>),
    /// Characters that have no way into the text of a cue, and those that stand in for them.
    stand_ins: &'static [(char, char)],
}

/// Something that a track can have and a format may have no room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feature {
    /// Cues. A list of chapters has none.
    Cues,
    /// When cues end.
    Ends,
    /// Cues that are shown at one time.
    Overlaps,
    /// Times to the millisecond.
    Milliseconds,
    /// Cues of ten hours and later.
    TenHours,
    /// Several lines in a cue.
    Lines,
    /// The cues' own names.
    Ids,
    /// Who speaks.
    Speaker,
    /// Which language a line is in.
    Language,
    /// Bold, italic, underline.
    Emphasis,
    /// Readings over the text.
    Ruby,
    /// The nine positions.
    Positions,
    /// Chapters.
    Chapters,
    /// Chapters of any number and length, wherever the first begins.
    AnyChapters,
    /// A cue without text.
    EmptyCues,
    /// A blank line inside a cue.
    BlankLines,
    /// A cue that ends in a line of digits.
    NumberLikeText,
    /// Text that looks like markup or like a part of the file.
    LiteralText,
    /// Characters that the format has its own use for.
    AllCharacters,
}

impl Feature {
    /// All of them.
    #[rustfmt::skip]
    pub const ALL: [Self; 19] = [
        Self::Cues, Self::Ends, Self::Overlaps, Self::Milliseconds, Self::TenHours, Self::Lines,
        Self::Ids, Self::Speaker, Self::Language, Self::Emphasis, Self::Ruby, Self::Positions,
        Self::Chapters, Self::AnyChapters, Self::EmptyCues, Self::BlankLines,
        Self::NumberLikeText, Self::LiteralText, Self::AllCharacters,
    ];

    /// Whether cues have it: where there are none, nothing more is lost with it.
    #[must_use]
    pub fn is_of_cues(self) -> bool {
        !matches!(self, Self::Cues | Self::Chapters | Self::AnyChapters)
    }
}

/// A track, and all that was found on the way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// What could be read.
    pub track: Track,
    /// Notes, repairs and faults.
    pub diagnostics: Vec<Diagnostic>,
}

impl Format {
    /// The format of a name on the command line.
    ///
    /// ```
    /// use zimu::format::Format;
    ///
    /// assert_eq!(Format::named("vtt").unwrap().name, "WebVTT");
    /// assert!(Format::named("doc").is_none());
    /// ```
    #[must_use]
    pub fn named(id: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.id == id)
    }

    /// The format of a file's extension, without its point and in any case.
    #[must_use]
    pub fn of_extension(extension: &str) -> Option<&'static Self> {
        FORMATS
            .iter()
            .find(|format| format.has_extension(extension))
    }

    /// Whether the names of the format's files end so.
    #[must_use]
    pub fn has_extension(&self, extension: &str) -> bool {
        let mut known = self.extensions.iter();
        known.any(|known| known.eq_ignore_ascii_case(extension))
    }

    /// The format that a text is plainly of, whatever its file is called.
    ///
    /// ```
    /// use zimu::format::Format;
    ///
    /// assert_eq!(Format::of_content("WEBVTT\n\n").unwrap().id, "vtt");
    /// assert!(Format::of_content("大家好").is_none());
    /// ```
    #[must_use]
    pub fn of_content(text: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| (format.looks_like)(text))
    }

    /// Whether the format has room for something.
    #[must_use]
    pub fn holds(&self, feature: Feature) -> bool {
        self.holds.contains(&feature)
    }

    /// Whether files of the format can be read.
    #[must_use]
    pub const fn can_read(&self) -> bool {
        self.read.is_some()
    }

    /// Whether files of the format can be written.
    #[must_use]
    pub const fn can_write(&self) -> bool {
        self.write.is_some()
    }

    /// Reads a text of this format; `None` where the format is only written. The track holds
    /// on to a text whose lines it shows as they stand there, so that one that is given as it
    /// is, or as a [`SourceText`], is not copied.
    ///
    /// ```
    /// use zimu::format::Format;
    ///
    /// let srt = Format::named("srt").unwrap();
    /// let reading = srt.read("1\n00:00:01,000 --> 00:00:02,000\n你好\n").unwrap();
    /// assert_eq!(reading.track.cues()[0].interval.duration_ms(), 1000);
    /// assert!(reading.diagnostics.is_empty());
    /// ```
    #[must_use]
    pub fn read(&self, text: impl Into<SourceText>) -> Option<Reading> {
        let text = text.into();
        let mut draft = Draft::of(&text);
        self.read.map(|read| {
            read(&mut draft);
            draft.finish().0
        })
    }

    /// Prints a track that has been [lowered](lower()) for this format. A format that is only
    /// read prints nothing.
    ///
    /// # Errors
    /// Those of `sink`.
    ///
    /// ```
    /// use zimu::format::Format;
    ///
    /// let srt = Format::named("srt").unwrap();
    /// let text = "1\n00:00:01,000 --> 00:00:02,000\n你好\n\n";
    /// let track = srt.read(text).unwrap().track;
    /// let mut printed = Vec::new();
    /// srt.write(&track, &mut printed)?;
    /// assert_eq!(printed, text.as_bytes());
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn write(&self, track: &Track, sink: &mut dyn io::Write) -> io::Result<()> {
        let Some(write) = self.write else {
            return Ok(());
        };
        let mut out = Out::new(sink);
        write(track, &mut out)?;
        out.flush()
    }
}
