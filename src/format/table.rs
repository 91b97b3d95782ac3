//! The one table of formats: what each is called, what it holds, and how it is read and written.

use crate::format::Feature::{
    AllCharacters, AnyChapters, BlankLines, Chapters, Cues, Emphasis, EmptyCues, Ends, Ids,
    Language, Lines, LiteralText, Milliseconds, NumberLikeText, Overlaps, Positions, Ruby, Speaker,
    TenHours,
};
use crate::format::blocks::{Blocks, End, Head};
use crate::format::{
    Feature, Format, ass, ass_write, bcc, chapters, json, json_read, json3, lrc, review, sbv, srt,
    srv1, srv3, transcript, tsv, ttml, vtt,
};

/// Every format, in the order that a text is tried as them.
#[rustfmt::skip]
pub const FORMATS: &[Format] = &[
    Format {
        id: "vtt",
        name: "WebVTT",
        extensions: &["vtt"],
        media_type: "text/vtt",
        holds: &[
            Cues, Ends, Overlaps, Milliseconds, TenHours, Lines, Ids, Speaker, Language, Emphasis,
            Ruby, Positions, EmptyCues, NumberLikeText, LiteralText, AllCharacters,
        ],
        looks_like: vtt::looks_like,
        read: Some(vtt::read),
        write: Some(vtt::write),
        print_time: vtt::print_time,
        blocks: Some(Blocks {
            head: Head::Name,
            end: End::Blank,
        }),
        ..WRITTEN_ONLY
    },
    Format {
        id: "json",
        name: "zimu cues",
        extensions: &["json"],
        media_type: "application/json",
        holds: &[
            Cues, Ends, Overlaps, Milliseconds, TenHours, Lines, Ids, Speaker, Language, Emphasis,
            Ruby, Positions, Chapters, AnyChapters, EmptyCues, BlankLines, NumberLikeText,
            LiteralText, AllCharacters,
        ],
        looks_like: json::looks_like,
        read: Some(json_read::read),
        write: Some(json::write),
        print_time: json::print_time,
        ..WRITTEN_ONLY
    },
    Format {
        id: "ass",
        name: "Advanced SubStation Alpha",
        extensions: &["ass", "ssa"],
        media_type: "text/x-ssa",
        holds: &[
            Cues, Ends, Overlaps, Lines, Speaker, Language, Emphasis, Positions, EmptyCues,
            BlankLines, NumberLikeText,
        ],
        step_ms: 10,
        looks_like: ass::looks_like,
        read: Some(ass::read),
        write: Some(ass_write::write),
        print_time: ass_write::print_time,
        guards: ass_write::guards,
        // `VSFilter` knows no escape for a brace.
        stand_ins: &[('{', '｛'), ('}', '｝')],
        ..WRITTEN_ONLY
    },
    Format {
        id: "bcc",
        name: "Bilibili BCC",
        extensions: &["bcc"],
        media_type: "application/json",
        holds: &[
            Cues, Ends, Overlaps, Milliseconds, TenHours, Lines, NumberLikeText, LiteralText,
            AllCharacters,
        ],
        looks_like: bcc::looks_like,
        read: Some(bcc::read),
        write: Some(bcc::write),
        print_time: bcc::print_time,
        ..WRITTEN_ONLY
    },
    Format {
        id: "json3",
        name: "YouTube json3",
        extensions: &["json3"],
        media_type: "application/json",
        holds: TIMEDTEXT_HOLDS,
        looks_like: json3::looks_like,
        read: Some(json3::read),
        print_time: json3::print_time,
        ..WRITTEN_ONLY
    },
    Format {
        id: "srv3",
        name: "YouTube srv3",
        extensions: &["srv3", "ytt", "srv2"],
        media_type: "application/xml",
        holds: TIMEDTEXT_HOLDS,
        looks_like: srv3::looks_like,
        read: Some(srv3::read),
        print_time: srv3::print_time,
        ..WRITTEN_ONLY
    },
    Format {
        id: "srv1",
        name: "YouTube srv1",
        extensions: &["srv1"],
        media_type: "application/xml",
        holds: TIMEDTEXT_HOLDS,
        looks_like: srv1::looks_like,
        read: Some(srv1::read),
        print_time: srv1::print_time,
        ..WRITTEN_ONLY
    },
    Format {
        id: "srt",
        name: "SubRip",
        extensions: &["srt"],
        media_type: "application/x-subrip",
        holds: &[
            Cues, Ends, Overlaps, Milliseconds, TenHours, Lines, Emphasis, Positions,
        ],
        looks_like: srt::looks_like,
        read: Some(srt::read),
        write: Some(srt::write),
        print_time: srt::print_time,
        blocks: Some(Blocks {
            head: Head::Number,
            end: End::Next,
        }),
        guards: srt::guards,
        // Players that make ASS of it (mpv, all that use FFmpeg) do not show what is in braces.
        stand_ins: &[('{', '｛'), ('}', '｝')],
        ..WRITTEN_ONLY
    },
    Format {
        id: "sbv",
        name: "SBV",
        extensions: &["sbv"],
        media_type: "text/plain",
        holds: &[
            Cues, Ends, Overlaps, Milliseconds, TenHours, Lines, NumberLikeText, AllCharacters,
        ],
        looks_like: sbv::looks_like,
        read: Some(sbv::read),
        write: Some(sbv::write),
        print_time: sbv::print_time,
        blocks: Some(Blocks {
            head: Head::None,
            end: End::Next,
        }),
        guards: sbv::guards,
        ..WRITTEN_ONLY
    },
    Format {
        id: "lrc",
        name: "LRC",
        extensions: &["lrc"],
        media_type: "text/plain",
        holds: &[Cues, Ends, TenHours, NumberLikeText, AllCharacters],
        step_ms: 10,
        looks_like: lrc::looks_like,
        read: Some(lrc::read),
        write: Some(lrc::write),
        print_time: lrc::print_time,
        guards: lrc::guards,
        ..WRITTEN_ONLY
    },
    Format {
        id: "tsv",
        name: "TSV",
        extensions: &["tsv"],
        media_type: "text/tab-separated-values",
        holds: &[
            Cues, Ends, Overlaps, Milliseconds, TenHours, Lines, Ids, Speaker, EmptyCues,
            NumberLikeText, LiteralText, AllCharacters,
        ],
        looks_like: tsv::looks_like,
        read: Some(tsv::read),
        write: Some(tsv::write),
        print_time: tsv::print_time,
        ..WRITTEN_ONLY
    },
    Format {
        id: "ttml",
        name: "TTML (IMSC 1.1 Text)",
        extensions: &["ttml", "dfxp", "xml"],
        media_type: "application/ttml+xml",
        holds: &[
            Cues, Ends, Overlaps, Milliseconds, TenHours, Lines, Ids, Speaker, Language, Emphasis,
            Ruby, Positions, EmptyCues, BlankLines, NumberLikeText, LiteralText,
        ],
        looks_like: ttml::looks_like,
        read: Some(ttml::read),
        write: Some(ttml::write),
        print_time: ttml::print_time,
        stand_ins: &[('\u{fffe}', '\u{fffd}'), ('\u{ffff}', '\u{fffd}')],
        ..WRITTEN_ONLY
    },
    Format {
        id: "review",
        name: "review form",
        extensions: &["review"],
        media_type: "text/plain",
        holds: &[
            Cues, Ends, Overlaps, Milliseconds, TenHours, Lines, Ids, Speaker, Chapters,
            AnyChapters, EmptyCues, BlankLines, NumberLikeText, LiteralText, AllCharacters,
        ],
        write: Some(review::write),
        ..WRITTEN_ONLY
    },
    Format {
        id: "transcript",
        name: "transcript",
        holds: TRANSCRIPT_HOLDS,
        write: Some(transcript::write),
        ..WRITTEN_ONLY
    },
    Format {
        id: "timed-transcript",
        name: "timed transcript",
        holds: TRANSCRIPT_HOLDS,
        write: Some(transcript::write_timed),
        ..WRITTEN_ONLY
    },
    Format {
        id: "chapters",
        name: "YouTube chapters",
        holds: &[Chapters],
        step_ms: 1000,
        write: Some(chapters::write),
        ..WRITTEN_ONLY
    },
];

/// What both forms of a transcript hold besides words. Its times are when utterances start.
#[rustfmt::skip]
const TRANSCRIPT_HOLDS: &[Feature] = &[
    Cues, Overlaps, Milliseconds, TenHours, Speaker, Language, Chapters, AnyChapters,
    NumberLikeText, LiteralText, AllCharacters,
];

/// What the forms of YouTube's timed text hold.
#[rustfmt::skip]
const TIMEDTEXT_HOLDS: &[Feature] = &[
    Cues, Ends, Overlaps, Milliseconds, TenHours, Lines, Emphasis, Ruby, Positions, NumberLikeText,
    LiteralText, AllCharacters,
];

/// What most rows do not say: a format of plain text that nobody reads back.
const WRITTEN_ONLY: Format = Format {
    id: "",
    name: "",
    extensions: &["txt"],
    media_type: "text/plain",
    holds: &[],
    step_ms: 1,
    looks_like: |_| false,
    read: None,
    write: None,
    print_time: |_, _, _| {},
    blocks: None,
    guards: |_, _| {},
    stand_ins: &[],
};

/// Endings that most files have for another reason than captions.
const SHARED_EXTENSIONS: [&str; 6] = ["txt", "json", "xml", "csv", "tsv", "sub"];

/// Whether files with that ending, in either case, are captions by their content only.
///
/// ```
/// use zimu::format::is_shared_extension;
///
/// assert!(is_shared_extension("JSON") && !is_shared_extension("srt"));
/// ```
#[must_use]
pub fn is_shared_extension(extension: &str) -> bool {
    let mut shared = SHARED_EXTENSIONS.iter();
    shared.any(|shared| shared.eq_ignore_ascii_case(extension))
}
