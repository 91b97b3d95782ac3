//! The one table of formats: what each is called, what it holds, and how it is read and written.

use crate::format::Feature::{
    AllCharacters, BlankLines, Chapters, Cues, Emphasis, EmptyCues, Ends, Ids, Language, Lines,
    LiteralText, Milliseconds, NumberLikeText, Overlaps, Positions, Ruby, Speaker, TenHours,
};
use crate::format::{
    Feature, Format, ass, ass_write, json, json_read, review, srt, transcript, vtt,
};

/// Every format, in the order that a text is tried as them.
pub const FORMATS: &[Format] = &[
    Format {
        id: "vtt",
        name: "WebVTT",
        extensions: &["vtt"],
        media_type: "text/vtt",
        holds: &[
            Cues,
            Ends,
            Overlaps,
            Milliseconds,
            TenHours,
            Lines,
            Ids,
            Speaker,
            Emphasis,
            Ruby,
            Positions,
            EmptyCues,
            NumberLikeText,
            LiteralText,
            AllCharacters,
        ],
        looks_like: vtt::looks_like,
        read: Some(vtt::read),
        write: Some(vtt::write),
        print_time: vtt::print_time,
        ..WRITTEN_ONLY
    },
    Format {
        id: "json",
        name: "zimu cues",
        extensions: &["json"],
        media_type: "application/json",
        holds: &[
            Cues,
            Ends,
            Overlaps,
            Milliseconds,
            TenHours,
            Lines,
            Ids,
            Speaker,
            Language,
            Emphasis,
            Ruby,
            Positions,
            Chapters,
            EmptyCues,
            BlankLines,
            NumberLikeText,
            LiteralText,
            AllCharacters,
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
            Cues,
            Ends,
            Overlaps,
            Lines,
            Speaker,
            Emphasis,
            Positions,
            EmptyCues,
            BlankLines,
            NumberLikeText,
        ],
        step_ms: 10,
        looks_like: ass::looks_like,
        read: Some(ass::read),
        write: Some(ass_write::write),
        print_time: ass_write::print_time,
        guards: ass_write::guards,
        // `VSFilter` knows no escape for a brace.
        stand_ins: &[('{', '｛'), ('}', '｝')],
    },
    Format {
        id: "srt",
        name: "SubRip",
        extensions: &["srt"],
        media_type: "application/x-subrip",
        holds: &[
            Cues,
            Ends,
            Overlaps,
            Milliseconds,
            TenHours,
            Lines,
            Emphasis,
            Positions,
            AllCharacters,
        ],
        looks_like: srt::looks_like,
        read: Some(srt::read),
        write: Some(srt::write),
        print_time: srt::print_time,
        guards: srt::guards,
        ..WRITTEN_ONLY
    },
    Format {
        id: "review",
        name: "review form",
        extensions: &["review"],
        media_type: "text/plain",
        holds: &[
            Cues,
            Ends,
            Overlaps,
            Milliseconds,
            TenHours,
            Lines,
            Ids,
            Speaker,
            Chapters,
            EmptyCues,
            BlankLines,
            NumberLikeText,
            LiteralText,
            AllCharacters,
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
];

/// What both forms of a transcript hold besides words. Its times are when utterances start.
const TRANSCRIPT_HOLDS: &[Feature] = &[
    Cues,
    Overlaps,
    Milliseconds,
    TenHours,
    Speaker,
    Language,
    Chapters,
    NumberLikeText,
    LiteralText,
    AllCharacters,
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
    guards: |_, _| {},
    stand_ins: &[],
};
