//! What the formats in JSON share: a file of one long list in, its entries out one by one, and
//! each value as it is written, so that a wrong one costs no other.
//!
//! What stands before the end of a file that was cut off is kept: entries are handed out while
//! the file is read.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::format::decimal::{Unit, decimal_time};
use crate::format::draft::Draft;
use crate::format::out::Out;
use crate::model::{Kind, Span, Timestamp};

/// The form of a file: a map, one of whose members is the long list.
#[derive(Clone, Copy)]
pub(super) struct Shape {
    /// What the file is to be, for reports.
    pub(super) file: &'static str,
    /// The key of the list.
    pub(super) key: &'static str,
    /// What the list is to be, for reports.
    pub(super) list: &'static str,
}

/// A part of a file.
pub(super) enum Part<'j> {
    /// A member of the map that is not the list.
    Member(Cow<'j, str>, &'j RawValue),
    /// An entry of the list.
    Entry(&'j RawValue),
}

impl Shape {
    /// Hands out the parts of `text` in its order.
    pub(super) fn read<'j>(
        self,
        text: &'j str,
        mut part: impl FnMut(Part<'j>),
    ) -> serde_json::Result<()> {
        let mut json = serde_json::Deserializer::from_str(text);
        File(self, &mut part).deserialize(&mut json)?;
        json.end()
    }

    /// Hands out the entries of a list without a map round it.
    pub(super) fn read_list<'j>(
        self,
        text: &'j str,
        each: impl FnMut(&'j RawValue),
    ) -> serde_json::Result<()> {
        let mut json = serde_json::Deserializer::from_str(text);
        List(self.list, each).deserialize(&mut json)?;
        json.end()
    }
}

/// Hands out the members of a map; its error is of `json`.
pub(super) fn members<'j>(
    json: &'j RawValue,
    expected: &'static str,
    mut each: impl FnMut(&str, &'j RawValue),
) -> serde_json::Result<()> {
    let shape = Shape {
        file: expected,
        key: "",
        list: "a list",
    };
    shape.read(json.get(), |part| {
        if let Part::Member(key, value) = part {
            each(&key, value);
        }
    })
}

/// Hands out the values of a list; its error is of `json`.
pub(super) fn values<'j>(
    json: &'j RawValue,
    expected: &'static str,
    each: impl FnMut(&'j RawValue),
) -> serde_json::Result<()> {
    let mut json = serde_json::Deserializer::from_str(json.get());
    List(expected, each).deserialize(&mut json)
}

struct File<'f, F>(Shape, &'f mut F);

impl<'j, F: FnMut(Part<'j>)> DeserializeSeed<'j> for File<'_, F> {
    type Value = ();

    fn deserialize<D: Deserializer<'j>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_map(self)
    }
}

impl<'j, F: FnMut(Part<'j>)> Visitor<'j> for File<'_, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.file)
    }

    fn visit_map<A: MapAccess<'j>>(self, mut map: A) -> Result<(), A::Error> {
        let Self(shape, part) = self;
        while let Some(Text(key)) = map.next_key()? {
            if key == shape.key {
                let each = |entry| part(Part::Entry(entry));
                map.next_value_seed(List(shape.list, each))?;
            } else {
                part(Part::Member(key, map.next_value()?));
            }
        }
        Ok(())
    }
}

/// A list, and what is done with each of its values as it is written.
struct List<F>(&'static str, F);

impl<'j, F: FnMut(&'j RawValue)> DeserializeSeed<'j> for List<F> {
    type Value = ();

    fn deserialize<D: Deserializer<'j>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_seq(self)
    }
}

impl<'j, F: FnMut(&'j RawValue)> Visitor<'j> for List<F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }

    fn visit_seq<A: SeqAccess<'j>>(self, mut list: A) -> Result<(), A::Error> {
        let Self(_, mut each) = self;
        while let Some(entry) = list.next_element()? {
            each(entry);
        }
        Ok(())
    }
}

/// A string that is borrowed from the source where it has no escapes.
#[derive(Deserialize)]
pub(super) struct Text<'j>(#[serde(borrow)] pub(super) Cow<'j, str>);

impl<'t> Draft<'t> {
    /// Reports what `error` says of `json`, a part of the source.
    pub(super) fn wrong(&mut self, kind: &'static Kind, json: &str, error: &serde_json::Error) {
        let at = self.span_of(json).start() + offset_of(error, json);
        let found = kind.found(Span::new(at, at), without_place(error));
        self.diagnostics.push(found);
    }

    /// What a value is; a wrong one is reported.
    pub(super) fn value<T: Deserialize<'t>>(
        &mut self,
        json: &'t RawValue,
        kind: &'static Kind,
    ) -> Option<T> {
        let value = serde_json::from_str(json.get());
        value
            .inspect_err(|error| self.wrong(kind, json.get(), error))
            .ok()
    }
}

/// Where in `text` an error is.
fn offset_of(error: &serde_json::Error, text: &str) -> usize {
    let before = error.line().saturating_sub(1);
    let line_start: usize = text.split_inclusive('\n').take(before).map(str::len).sum();
    let at = (line_start + error.column().saturating_sub(1)).min(text.len());
    text.floor_char_boundary(at)
}

/// The message without ` at line 3 column 7`: the report has the place.
fn without_place(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let end = message.rfind(" at line ").unwrap_or(message.len());
    message[..end].to_owned()
}

/// The start of a file, where a format shows what it is.
pub(super) fn start_of(text: &str) -> &str {
    const LOOK_BYTES: usize = 2000;
    let text = text.trim_start();
    &text[..text.floor_char_boundary(LOOK_BYTES)]
}

/// Whether a piece of JSON has a key. In a string its quotes would be escaped.
pub(super) fn has_key(json: &str, key: &str) -> bool {
    json.match_indices(key).any(|(at, _)| {
        let behind = json[at + key.len()..].strip_prefix('"');
        json[..at].ends_with('"')
            && behind.is_some_and(|behind| behind.trim_start().starts_with(':'))
    })
}

/// A number as it is written, also where it stands in a string.
pub(super) fn number_text(json: &RawValue) -> &str {
    let text = json.get();
    let quoted = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'));
    quoted.unwrap_or(text).trim()
}

/// The time that a number of JSON is, exactly; one before the start is negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Number {
    Time(Timestamp),
    Negative,
}

impl Number {
    /// `None` for what is no number, and past the last time that there is.
    pub(super) fn read(number: &str, unit: Unit) -> Option<Self> {
        let (is_negative, digits) = match number.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, number),
        };
        let at = match digits.split_once(['e', 'E']) {
            Some((digits, power)) => {
                without_power(digits, power).and_then(|digits| decimal_time(&digits, unit))
            }
            None => decimal_time(digits, unit),
        };
        match at {
            Some(Timestamp::ZERO) => Some(Self::Time(Timestamp::ZERO)),
            // So far before the start that it could not be held is before it too.
            _ if is_negative && is_number(digits) => Some(Self::Negative),
            at => at.map(Self::Time),
        }
    }
}

fn is_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte))
}

/// Digits that stand before the point in the largest number that may be a time, and some more.
const MOST_DIGITS: i64 = 24;

/// `15` and `-1` as `1.5`: the number without its power of ten. `None` for what is no such
/// number, and for one that is larger than any time.
fn without_power(number: &str, power: &str) -> Option<String> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let unsigned = power.strip_prefix(['+', '-']).unwrap_or(power);
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if number.is_empty()
        || unsigned.is_empty()
        || ![whole, fraction, unsigned].into_iter().all(is_digits)
    {
        return None;
    }
    let all = format!("{whole}{fraction}");
    let digits = all.trim_start_matches('0');
    // A power of more than 18 digits is as large as one of 18.
    let power = power
        .parse::<i64>()
        .unwrap_or(if power.starts_with('-') { -1 } else { 1 } * i64::MAX / 4);
    let count = |text: &str| i64::try_from(text.len()).unwrap_or(i64::MAX);
    let leading = count(&all) - count(digits);
    let point = (count(whole) - leading).saturating_add(power);
    if digits.is_empty() || point < -MOST_DIGITS {
        return Some("0".to_owned());
    }
    if point > MOST_DIGITS {
        return None;
    }
    let zeros = |count: i64| "0".repeat(usize::try_from(count).unwrap_or_default());
    let padded = format!("{}{digits}{}", zeros(-point), zeros(point - count(digits)));
    let (whole, fraction) = padded.split_at(usize::try_from(point).unwrap_or_default());
    Some(format!("{whole}.{fraction}"))
}

/// Prints a time as seconds with as few digits behind the point as it needs.
pub(super) fn print_seconds(at: Timestamp, out: &mut Out<'_>) {
    let ms = at.millis();
    out.number(ms / 1000, 1);
    let (fraction, width) = match ms % 1000 {
        0 => return,
        ms if ms.is_multiple_of(100) => (ms / 100, 1),
        ms if ms.is_multiple_of(10) => (ms / 10, 2),
        ms => (ms, 3),
    };
    out.push('.');
    out.number(fraction, width);
}

/// Prints a string. Most need no escape, and then none is looked for character by
/// character.
pub(super) fn print_string(text: &str, out: &mut Out<'_>) {
    out.push('"');
    push_escaped(text, out);
    out.push('"');
}

/// Prints text inside of a string.
pub(super) fn push_escaped(text: &str, out: &mut Out<'_>) {
    let plain = |byte: u8| byte >= b' ' && byte != b'"' && byte != b'\\';
    if text.bytes().all(plain) {
        return out.push_str(text);
    }
    let quoted = serde_json::to_string(text).unwrap_or_default();
    out.push_str(quoted.get(1..quoted.len() - 1).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_json_are_times() {
        let time = |ms| Some(Number::Time(Timestamp::from_millis(ms)));
        for (number, expected) in [
            ("1.23", time(1230)),
            ("0", time(0)),
            ("-0.0", time(0)),
            ("1e3", time(1_000_000)),
            ("1.5E+2", time(150_000)),
            ("12345e-4", time(1235)),
            ("1e-7", time(0)),
            ("0.0000000000000000000000000000005e30", time(500)),
            ("0e99999999999999999999", time(0)),
            ("1e-99999999999999999999", time(0)),
            ("-5", Some(Number::Negative)),
            ("-1e308", Some(Number::Negative)),
            ("1e308", None),
            ("1e99999999999999999999", None),
            ("1e", None),
            ("e3", None),
            ("abc", None),
            ("-abc", None),
            ("", None),
            ("true", None),
            ("null", None),
            ("{}", None),
        ] {
            assert_eq!(Number::read(number, Unit::SECOND), expected, "{number}");
        }
    }

    #[test]
    fn keys_are_not_found_in_strings() {
        assert!(has_key(r#"{"from" : 1}"#, "from"));
        assert!(!has_key(r#"{"a":"\"from\":"}"#, "from"));
        assert!(!has_key(r#"{"from_a":1}"#, "from"));
    }
}
