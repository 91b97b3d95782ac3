//! Floor 3: caption text in, a track out, and back: every format, in one table.
//!
//! A reader raises a file to the model and says what it mended; [`lower()`] takes away what a
//! target cannot hold, and reports it; a writer prints what is left and decides nothing.
//! N formats are N files, and no format knows another.
//!
//! To add one: a file with `looks_like`, `read` and `write` as `srt.rs` has them, a row in
//! [`FORMATS`], and a folder of files in `fixtures/`.

mod clock;
mod json;
mod json_form;
mod json_read;
mod lower;
mod marks;
mod out;
mod review;
mod srt;
mod tags;
mod transcript;
mod vtt;
mod vtt_references;
mod vtt_text;
mod vtt_times;

use std::io;

use crate::model::{Diagnostic, Track};

pub use lower::{Loss, lower};
pub use out::Out;

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
    /// Whether a text is plainly of this format.
    looks_like: fn(&str) -> bool,
    read: Option<fn(&str) -> Reading>,
    write: Option<fn(&Track, &mut Out<'_>) -> io::Result<()>>,
}

/// Something that a track can have and a format may have no room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feature {
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
    /// A cue without text.
    EmptyCues,
    /// A blank line inside a cue.
    BlankLines,
    /// Text that looks like the times of a cue.
    TimeLikeText,
    /// A cue that ends in a line of digits.
    NumberLikeText,
    /// Text that looks like markup.
    LiteralTags,
}

/// A track, and all that was found on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// What could be read.
    pub track: Track,
    /// Notes, repairs and faults.
    pub diagnostics: Vec<Diagnostic>,
}

/// Every format, in the order that a text is tried as them.
pub const FORMATS: &[Format] = &[
    Format {
        id: "vtt",
        name: "WebVTT",
        extensions: &["vtt"],
        media_type: "text/vtt",
        holds: &[
            Feature::Ids,
            Feature::Speaker,
            Feature::Emphasis,
            Feature::Ruby,
            Feature::Positions,
            Feature::EmptyCues,
            Feature::TimeLikeText,
            Feature::NumberLikeText,
            Feature::LiteralTags,
        ],
        looks_like: vtt::looks_like,
        read: Some(vtt::read),
        write: Some(vtt::write),
    },
    Format {
        id: "json",
        name: "zimu cues",
        extensions: &["json"],
        media_type: "application/json",
        holds: &[
            Feature::Ids,
            Feature::Speaker,
            Feature::Language,
            Feature::Emphasis,
            Feature::Ruby,
            Feature::Positions,
            Feature::Chapters,
            Feature::EmptyCues,
            Feature::BlankLines,
            Feature::TimeLikeText,
            Feature::NumberLikeText,
            Feature::LiteralTags,
        ],
        looks_like: json::looks_like,
        read: Some(json_read::read),
        write: Some(json::write),
    },
    Format {
        id: "srt",
        name: "SubRip",
        extensions: &["srt"],
        media_type: "application/x-subrip",
        holds: &[Feature::Emphasis, Feature::Positions],
        looks_like: srt::looks_like,
        read: Some(srt::read),
        write: Some(srt::write),
    },
    Format {
        id: "review",
        name: "review form",
        extensions: &["review"],
        media_type: "text/plain",
        holds: &[
            Feature::Ids,
            Feature::Speaker,
            Feature::Chapters,
            Feature::EmptyCues,
            Feature::BlankLines,
            Feature::TimeLikeText,
            Feature::NumberLikeText,
            Feature::LiteralTags,
        ],
        looks_like: |_| false,
        read: None,
        write: Some(review::write),
    },
    Format {
        id: "transcript",
        name: "transcript",
        extensions: &["txt"],
        media_type: "text/plain",
        holds: TRANSCRIPT_HOLDS,
        looks_like: |_| false,
        read: None,
        write: Some(transcript::write),
    },
    Format {
        id: "timed-transcript",
        name: "timed transcript",
        extensions: &["txt"],
        media_type: "text/plain",
        holds: TRANSCRIPT_HOLDS,
        looks_like: |_| false,
        read: None,
        write: Some(transcript::write_timed),
    },
];

/// What both forms of a transcript hold besides words. Its times are when utterances start.
const TRANSCRIPT_HOLDS: &[Feature] = &[
    Feature::Speaker,
    Feature::Language,
    Feature::Chapters,
    Feature::TimeLikeText,
    Feature::NumberLikeText,
    Feature::LiteralTags,
];

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

    /// Reads a text of this format; `None` where the format is only written.
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
    pub fn read(&self, text: &str) -> Option<Reading> {
        self.read.map(|read| read(text))
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
