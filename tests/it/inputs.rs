//! Inputs for the properties: what to try when anything may come.
//!
//! Random Unicode alone never looks like a transcript or a caption file. Here it is mixed with
//! pieces that mean something to a grammar, so that the grammar's every branch is met.

use std::fs;
use std::sync::LazyLock;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use zimu::format::{FORMATS, Format};

use crate::road;

/// What opens, closes, ends and joins, in full and in half width.
const MARKS: &str = "，。！？；：、”’」』）】》〉“‘「『（【《〈…—·～,.!?;:\"'()[]<>/-";

/// Pieces that a transcript's grammar knows, or nearly knows.
const MARKERS: &[&str] = &[
    "[12:34] ",
    "[0:05]",
    "【12：34】",
    "（0:07）",
    "(1:02:03.5) ",
    "[75:20]",
    "[12:75] ",
    "0:03 ",
    "0:09 ",
    "1:00:00 ",
    "# ",
    "## 标题",
    "#",
    "#话题",
    "张三：",
    "A: ",
    "【旁白】",
    "[说话人：]",
    "1. ",
    "2、",
    "0:02\n",
    "2秒钟\n",
    "- ",
    "> ",
    "**",
    "*",
    "（笑声）",
    "[pause 2s]",
    "（停顿）",
    "[音乐]",
    "♪",
    "\n",
    "\n",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\u{2028}",
    "\u{2029}",
    "\u{feff}",
    "\0",
];

/// Pieces of text that are hard to measure or to break.
const HARD: [&str; 22] = [
    "10 万",
    "95%",
    "2023年11月21日",
    "GPT-4",
    "DALL-E 3",
    "https://a.example/b-c?d=e",
    "3.5GHz",
    "——",
    "……",
    "👨‍👩‍👧‍👦",
    "🇳🇿",
    "e\u{301}",
    "葛\u{e0100}",
    "\u{200b}",
    "\u{ad}",
    " ",
    "\u{3000}",
    "\t",
    "が",
    "한국",
    "\u{85}",
    "\u{7f}",
];

/// Pieces that the readers of caption files know, or nearly know.
const CAPTION_PIECES: [&str; 52] = [
    "WEBVTT",
    "WEBVTT\n\n",
    "NOTE ",
    "STYLE\n",
    "1\n",
    "2\n",
    "３\n",
    "\n\n",
    "\n",
    "\r\n",
    "\r",
    "00:00:01,000 --> 00:00:02,000\n",
    "00:00:01.000 --> 00:00:02.000\n",
    "00:05.000 --> 00:04.000 line:0 align:left\n",
    "0:0:3,5->0:0:4",
    "-00:00:01,000 --> 00:00:00,500",
    "０：０：１，０ －－＞ ０：０：２，０\n",
    "99:99:99,999 --> 99999999999:00:00,000\n",
    " --> ",
    "-->",
    "8:00—18:00 开门\n",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<u",
    "</u>",
    "<ruby>",
    "<rt>",
    "</rt>",
    "</ruby>",
    "<v 某某>",
    "</v>",
    "<c.red>",
    "<00:00:01.500>",
    "<某某>",
    "{\\an8}",
    "{\\i1}",
    "{\\",
    "}",
    ">",
    "&amp;",
    "&lt;",
    "&#20013;",
    "&#x",
    "&nbsp",
    "&",
    "\0",
    "\u{feff}",
    "\u{fffd}",
    "\u{2028}",
    "{\"format\":\"zimu-cues\",\"version\":1,\"cues\":[",
];

/// Pieces of TTML, which is XML or nearly.
const TTML_PIECES: [&str; 32] = [
    "<p begin=\"1s\" end=\"2s\">",
    "<p xml:id=\"c1\" begin='1s' dur='2s' xml:space=\"preserve\">",
    "<p>",
    "</p>",
    "<div timeContainer=\"seq\" begin=\"3s\">",
    "</div>",
    "</body></tt>",
    "<span>",
    "<span/>",
    "<span begin=\"0.5s\" tts:fontWeight=\"bold\">",
    "<span end=\"1s\" tts:fontStyle=\"italic\" xml:lang=\"en\">",
    "<span tts:ruby=\"container\">",
    "<span tts:ruby=\"base\">",
    "<span tts:ruby=\"text\">",
    "<span tts:ruby=\"baseContainer\">",
    "<span tts:ruby=\"textContainer\">",
    "</span>",
    "</span></span>",
    "<br/>",
    "<br>",
    " \n  ",
    "  ",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<?",
    "?>",
    "&#10;",
    "&#32;",
    "\"",
    "<",
];

fn mark() -> impl Strategy<Value = char> {
    select(MARKS.chars().collect::<Vec<_>>())
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => "[一-龥]{1,16}",
        2 => "[A-Za-z]{1,24}",
        2 => "[0-9]{1,20}",
        6 => mark().prop_map(String::from),
        1 => (mark(), 1..70_usize).prop_map(|(mark, count)| mark.to_string().repeat(count)),
        1 => (select(&HARD[..]), 1..30_usize).prop_map(|(piece, count)| piece.repeat(count)),
        4 => select(MARKERS).prop_map(str::to_owned),
        3 => select(&HARD[..]).prop_map(str::to_owned),
        1 => select(&CAPTION_PIECES[..]).prop_map(str::to_owned),
        1 => "\\PC{1,6}",
        1 => any::<char>().prop_map(String::from),
    ]
}

/// Anything that may be given as a transcript.
pub(crate) fn transcript() -> impl Strategy<Value = String> {
    let line_end = prop_oneof![3 => Just("\n"), 1 => Just("")];
    vec((piece(), line_end), 0..50).prop_map(|pieces| {
        let together = pieces.into_iter().map(|(piece, end)| piece + end);
        together.collect()
    })
}

/// Bytes as they may come from a disk: text in some encoding, nearly text, and noise.
pub(crate) fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let utf16 = |order: fn(u16) -> [u8; 2]| {
        transcript().prop_map(move |text| {
            let marked = std::iter::once(0xfeff).chain(text.encode_utf16());
            marked.flat_map(order).collect()
        })
    };
    let utf32 = |order: fn(u32) -> [u8; 4]| {
        transcript().prop_map(move |text| {
            let marked = std::iter::once('\u{feff}').chain(text.chars());
            marked.map(u32::from).flat_map(order).collect()
        })
    };
    // The two bytes of a character in GB18030 and Big5.
    let double = (0x81..=0xfe_u8, 0x30..=0xfe_u8).prop_map(|(lead, trail)| vec![lead, trail]);
    let ascii = (0x20..0x7f_u8).prop_map(|byte| vec![byte]);
    let legacy = vec(prop_oneof![8 => double, 1 => ascii], 0..40);
    prop_oneof![
        2 => transcript().prop_map(String::into_bytes),
        1 => transcript().prop_map(|text| format!("\u{feff}{text}").into_bytes()),
        1 => utf16(u16::to_le_bytes),
        1 => utf16(u16::to_be_bytes),
        1 => utf32(u32::to_le_bytes),
        1 => utf32(u32::to_be_bytes),
        3 => legacy.prop_map(|characters| characters.concat()),
        2 => (transcript(), any::<Index>(), any::<u8>()).prop_map(|(text, place, byte)| {
            let mut bytes = text.into_bytes();
            bytes.insert(place.index(bytes.len() + 1), byte);
            bytes
        }),
        1 => any::<Vec<u8>>(),
    ]
}

/// Anything that may be given as a caption file: pieces without rule or order.
pub(crate) fn caption_file() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => select(&CAPTION_PIECES[..]).prop_map(str::to_owned),
        3 => select(&TTML_PIECES[..]).prop_map(str::to_owned),
        4 => select(&FIXTURE_LINES[..]),
        1 => piece(),
    ];
    let start = select(
        &[
            "",
            "WEBVTT\n\n",
            "1\n00:00:01,000 --> 00:00:02,000\n",
            "{\"cues\":[",
            "<tt xml:lang=\"zh\"><body><div><p begin=\"1s\">",
        ][..],
    );
    (start, vec(piece, 0..40)).prop_map(|(start, pieces)| start.to_owned() + &pieces.concat())
}

/// A change to a file: what to cut out of it, and what to put there.
#[derive(Clone, Debug)]
struct Edit {
    place: Index,
    cut_bytes: usize,
    put: String,
}

/// Every fixture of the formats that are read, with its format.
static CAPTION_FIXTURES: LazyLock<Vec<(&'static Format, Vec<u8>)>> = LazyLock::new(|| {
    let readable = FORMATS.iter().filter(|format| format.can_read());
    let suites = readable.flat_map(|format| {
        let paths = road::fixtures(format.id).into_iter();
        paths.map(move |path| (format, fs::read(path).expect("a fixture")))
    });
    suites.collect()
});

/// Their lines, for files that are put together without rule or order.
static FIXTURE_LINES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let texts = CAPTION_FIXTURES
        .iter()
        .map(|(_, bytes)| String::from_utf8_lossy(bytes));
    texts
        .flat_map(|text| {
            let lines = text.split_inclusive(['\n', '\r']).map(str::to_owned);
            lines.collect::<Vec<_>>()
        })
        .collect()
});

/// A file that was right, or nearly, with some changes that know nothing of its format.
pub(crate) fn mutated() -> impl Strategy<Value = (&'static Format, Vec<u8>)> {
    let put = prop_oneof![
        2 => Just(String::new()),
        2 => select(&CAPTION_PIECES[..]).prop_map(str::to_owned),
        1 => piece(),
    ];
    let edit = (any::<Index>(), 0..24_usize, put).prop_map(|(place, cut_bytes, put)| Edit {
        place,
        cut_bytes,
        put,
    });
    let file = select(CAPTION_FIXTURES.clone());
    (file, vec(edit, 0..6)).prop_map(|((format, mut bytes), edits)| {
        for edit in edits {
            let start = edit.place.index(bytes.len() + 1);
            let end = (start + edit.cut_bytes).min(bytes.len());
            bytes.splice(start..end, edit.put.bytes());
        }
        (format, bytes)
    })
}
