//! The schema of a profile as it is written down: every key may be left out.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::RangeInclusive;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::{Deserializer, Error, Visitor};
use serde_json::{Map, Value};

use crate::model::{BreakLevel, Counting};
use crate::profile::marks::{
    dialogue_dash, ellipsis, marks, name_dot, quotes, replacements, sequences,
};
use crate::profile::page::INHERIT;
use crate::profile::{DigitForm, PunctuationPolicy, SoundCues, TextStyle};

/// One profile in TOML. All lengths are in milliseconds.
///
/// A key that is not given is taken from the profile named by `inherit`, and at last from
/// the defaults.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ProfileForm {
    /// What this one starts from: a built-in profile, or the path of a profile's own file, from
    /// this one's folder.
    pub(super) inherit: Option<String>,
    /// Whose limits hold for the lines of a second language: the same.
    pub(super) second: Option<String>,
    /// Widest line, in full-width cells (a half-width character is half a cell), 4 to 200.
    #[serde(deserialize_with = "within::<4, 200, _>")]
    #[schemars(range(min = 4, max = 200))]
    pub(super) max_cells_per_line: Option<u32>,
    /// Most lines of one language in a cue, 1 to 4: no guide allows more than 3.
    #[serde(deserialize_with = "within::<1, 4, _>")]
    #[schemars(range(min = 1, max = 4))]
    pub(super) max_lines: Option<u32>,
    /// Least width of the shorter of two lines of a cue, in percent of the longer, 1 to 100.
    #[serde(deserialize_with = "within::<1, 100, _>")]
    #[schemars(range(min = 1, max = 100))]
    pub(super) min_line_balance_percent: Option<u32>,
    /// Most visible characters of a cue, over all its lines, 1 to 1000.
    #[serde(deserialize_with = "within::<1, 1_000, _>")]
    #[schemars(range(min = 1, max = 1_000))]
    pub(super) max_chars_per_cue: Option<u32>,
    /// Most cues of a file, 1 to 1000000.
    #[serde(deserialize_with = "within::<1, 1_000_000, _>")]
    #[schemars(range(min = 1, max = 1_000_000))]
    pub(super) max_cues: Option<u32>,
    /// Fastest reading speed, in characters a second, 1 to 100.
    #[serde(deserialize_with = "within::<1, 100, _>")]
    #[schemars(range(min = 1, max = 100))]
    pub(super) max_cps: Option<u32>,
    /// What a character is for reading speed.
    pub(super) count: Option<Counting>,
    /// Shortest time that a cue is shown, where the next cue leaves it, 1 to 60000.
    #[serde(deserialize_with = "within::<1, 60_000, _>")]
    #[schemars(range(min = 1, max = 60_000))]
    pub(super) min_duration_ms: Option<u32>,
    /// Longest time that a cue is shown, 500 to 60000.
    #[serde(deserialize_with = "within::<500, 60_000, _>")]
    #[schemars(range(min = 500, max = 60_000))]
    pub(super) max_duration_ms: Option<u32>,
    /// Shortest gap between two cues, 0 to 10000.
    #[serde(deserialize_with = "within::<0, 10_000, _>")]
    #[schemars(range(min = 0, max = 10_000))]
    pub(super) min_gap_ms: Option<u32>,
    /// The same in frames of `default_fps`, 0 to 100. It goes before `min_gap_ms`.
    #[serde(deserialize_with = "within::<0, 100, _>")]
    #[schemars(range(min = 0, max = 100))]
    pub(super) min_gap_frames: Option<u32>,
    /// Frames a second where none are known, such as `25` or `24000/1001`.
    pub(super) default_fps: Option<FrameRate>,
    /// Gaps shorter than this are closed to the shortest gap, 0 to 10000.
    #[serde(deserialize_with = "within::<0, 10_000, _>")]
    #[schemars(range(min = 0, max = 10_000))]
    pub(super) chain_below_ms: Option<u32>,
    /// How long a cue stays after its last syllable, where the next leaves time, 0 to 10000.
    #[serde(deserialize_with = "within::<0, 10_000, _>")]
    #[schemars(range(min = 0, max = 10_000))]
    pub(super) linger_ms: Option<u32>,
    /// How far past its last syllable a cue may stay for reading speed, 0 to 10000.
    #[serde(deserialize_with = "within::<0, 10_000, _>")]
    #[schemars(range(min = 0, max = 10_000))]
    pub(super) out_time_extend_ms: Option<u32>,
    /// Whether sounds that are not said, such as `（笑声）`, are shown or dropped.
    pub(super) sound_cues: Option<SoundCues>,
    /// Which marks may not start or end a line; the language's own level when not given.
    pub(super) linebreak: Option<BreakLevel>,
    /// Marks that are not shown at the end of a line.
    #[serde(deserialize_with = "marks")]
    pub(super) line_end_forbidden: Option<String>,
    /// Marks that are shown as something else inside a line.
    #[serde(deserialize_with = "replacements")]
    pub(super) inline_replace: Option<BTreeMap<char, String>>,
    /// Whether half-width `, . ? ! : ;` behind a Chinese character are shown full-width.
    pub(super) punctuation: Option<PunctuationPolicy>,
    /// What every form of ellipsis (`…`, `⋯`, and three or more `.` `。` `·` in a row) is shown
    /// as: up to three marks, or none for what is written.
    #[serde(deserialize_with = "ellipsis")]
    #[schemars(length(max = 3))]
    pub(super) ellipsis: Option<String>,
    /// The quotation marks that are shown: outer, then inner, each opening and closing; none
    /// for those that are written.
    #[serde(deserialize_with = "quotes")]
    #[schemars(length(max = 4))]
    pub(super) quotes: Option<Vec<char>>,
    /// Sequences of ？ and ！, such as `？！`. Of a run with one of them one mark is shown, the
    /// ？ if there is one.
    #[serde(deserialize_with = "sequences")]
    pub(super) forbid_sequences: Option<Vec<String>>,
    /// What stands between the parts of a name of Chinese characters (`•`, `‧`, `・` or `·`): one
    /// mark, or none for what is written.
    #[serde(deserialize_with = "name_dot")]
    #[schemars(length(max = 1))]
    pub(super) name_dot: Option<String>,
    /// What begins each line where two speak in a cue, such as `-`, with its space if it has one;
    /// nothing for what is written.
    #[serde(deserialize_with = "dialogue_dash")]
    #[schemars(length(max = 2))]
    pub(super) dialogue_dash: Option<String>,
    /// Whether digits in Chinese are half-width.
    pub(super) digits: Option<DigitForm>,
    /// Numbers up to this are written in characters where they count something in Chinese, 0 to 10.
    #[serde(deserialize_with = "within::<0, 10, _>")]
    #[schemars(range(max = 10))]
    pub(super) spell_out_up_to: Option<u32>,
    /// Markup that is not used, or that the player does not show.
    pub(super) forbid_styles: Option<Vec<TextStyle>>,
}

impl ProfileForm {
    /// What may be set, but for what it builds on.
    pub(super) fn keys() -> Vec<String> {
        let schema = schemars::schema_for!(Self);
        let keys = schema.get("properties").and_then(Value::as_object);
        let keys = keys.into_iter().flat_map(Map::keys).cloned();
        keys.filter(|key| key != INHERIT).collect()
    }
}

/// What is expected where a frame rate is.
const FRAME_RATE: &str = "a frame rate such as \"25\" or \"24000/1001\"";

/// Frames a second as a fraction of whole numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FrameRate {
    pub(super) frames: u32,
    pub(super) seconds: u32,
}

impl FrameRate {
    /// The length of `frames` frames, to the nearest millisecond.
    pub(super) fn frames_ms(self, frames: u32) -> u32 {
        let ms_times_two = 2 * 1000 * u64::from(frames) * u64::from(self.seconds);
        let rounded = (ms_times_two / u64::from(self.frames)).div_ceil(2);
        u32::try_from(rounded).unwrap_or(u32::MAX)
    }
}

impl<'de> Deserialize<'de> for FrameRate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = deserializer.deserialize_str(Quoted(FRAME_RATE))?;
        let (frames, seconds) = text.split_once('/').unwrap_or((&text, "1"));
        let part = |digits: &str| {
            digits
                .parse()
                .ok()
                .filter(|&n: &u32| (1..=1_000_000).contains(&n))
        };
        match (part(frames), part(seconds)) {
            (Some(frames), Some(seconds)) => Ok(Self { frames, seconds }),
            _ => Err(Error::custom(format!(
                "expected {FRAME_RATE}, found {text:?}"
            ))),
        }
    }
}

impl JsonSchema for FrameRate {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "FrameRate".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[0-9]+(/[0-9]+)?$" })
    }
}

/// A whole number from `MIN` to `MAX`.
fn within<'de, const MIN: u32, const MAX: u32, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<u32>, D::Error> {
    let value = whole_number(deserializer, i64::from(MIN)..=i64::from(MAX))?;
    Ok(u32::try_from(value).ok())
}

/// A whole number in a range. Checked while it is read, so that the error has the place of the
/// value.
pub(super) fn whole_number<'de, D: Deserializer<'de>>(
    deserializer: D,
    range: RangeInclusive<i64>,
) -> Result<i64, D::Error> {
    let expected = WholeNumber { range };
    let value = deserializer.deserialize_i64(expected.clone())?;
    if expected.range.contains(&value) {
        return Ok(value);
    }
    let (from, to) = expected.range.into_inner();
    let message = format!("expected a whole number from {from} to {to}, found {value}");
    Err(Error::custom(message))
}

/// Reads a whole number, and says in what range it is expected where there is none.
#[derive(Clone)]
struct WholeNumber {
    range: RangeInclusive<i64>,
}

impl Visitor<'_> for WholeNumber {
    type Value = i64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, to) = (self.range.start(), self.range.end());
        write!(f, "a whole number from {from} to {to}")
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<i64, E> {
        Ok(value)
    }
}

/// Reads a text, and says what it is expected to be where there is none.
pub(super) struct Quoted(pub(super) &'static str);

impl Visitor<'_> for Quoted {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }
}
