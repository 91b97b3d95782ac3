//! Figures in, how many syllables they are read in out.
//!
//! A date, a time of day, a telephone number and a quantity are written alike and read in
//! their own ways. [`FORMS`] are tried in order and the first that fits reads. Rules: Mandarin
//! text normalisation as `WeTextProcessing` and `PaddleSpeech` do it, checked against each other;
//! where they differ, the reading that has the usual count.

use crate::text::class::Class;
use crate::text::spoken::number::integer_syllables;

/// A text at its first digit: what stands before it and all from there on.
#[derive(Clone, Copy, Debug)]
pub(super) struct At<'t> {
    pub(super) before: &'t str,
    pub(super) rest: &'t str,
}

/// What is read as one figure: its length in bytes and its syllables.
type Figure = (usize, u32);

/// The ways to read a figure, by what they read.
const FORMS: [fn(At<'_>) -> Option<Figure>; 8] = [
    date,
    telephone,
    clock,
    ratio,
    fraction,
    digit_by_digit,
    parts,
    quantity,
];

/// The figure at the start of `at.rest`, which begins with a digit.
pub(super) fn figure(at: At<'_>) -> Figure {
    let read = FORMS.iter().find_map(|form| form(at));
    read.unwrap_or((1, 1))
}

/// Words before which a number is an own one, digit by digit.
const CALLED_BEFORE: [&str; 15] = [
    "拨打", "撥打", "电话", "電話", "热线", "熱線", "尾号", "尾號", "编号", "編號", "学号", "学號",
    "代码", "号码", "邮编",
];

/// Words behind such a number.
const CALLED_BEHIND: [&str; 9] = [
    "房间",
    "房間",
    "室",
    "航班",
    "高校",
    "工程",
    "路公交",
    "路车",
    "路車",
];

/// Numbers that everybody reads digit by digit where no Chinese word follows.
const SERVICES: [&str; 10] = [
    "110", "112", "114", "119", "120", "122", "10086", "10010", "12306", "12315",
];

/// Words before a result: 比分 3:1.
const SCORES: [&str; 9] = [
    "比分", "战胜", "戰勝", "领先", "領先", "落后", "落後", "击败", "擊敗",
];

/// What stands before the decimals: recognisers of Chinese write the wide one as well.
const POINTS: [char; 2] = ['.', '．'];

/// The ASCII digits that a text begins with, and what is behind them.
fn digits(text: &str) -> Option<(&str, &str)> {
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    (end > 0).then(|| text.split_at(end))
}

fn value(digits: &str) -> Option<u32> {
    digits.parse().ok()
}

fn cardinal(digits: &str) -> u32 {
    let plain = digits.trim_start_matches('0');
    integer_syllables(if plain.is_empty() { "0" } else { plain }.as_bytes())
}

fn ends_with_one_of(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.trim_end().ends_with(word))
}

/// Whether the last character, or the one before a `-` or `.`, is a Latin letter: `MH370`,
/// `H.264`.
fn is_named(before: &str) -> bool {
    let name = before.strip_suffix(['-', '.']).unwrap_or(before);
    name.ends_with(|c: char| c.is_ascii_alphabetic())
}

/// `2024-03-15`, `2024/3/5`, `2024.3.5`: 二零二四年三月十五日.
fn date(at: At<'_>) -> Option<Figure> {
    let (year, rest) = digits(at.rest)?;
    let mark = rest
        .chars()
        .next()
        .filter(|c| matches!(c, '-' | '/' | '.'))?;
    let (month, rest) = digits(&rest[1..])?;
    let (day, rest) = digits(rest.strip_prefix(mark)?)?;
    let is_date = year.len() == 4
        && (1..=12).contains(&value(month)?)
        && (1..=31).contains(&value(day)?)
        && rest.strip_prefix(mark).and_then(digits).is_none();
    let length = at.rest.len() - rest.len();
    is_date.then(|| (length, 4 + 1 + cardinal(month) + 1 + cardinal(day) + 1))
}

/// `13800138000`, `010-64035547`, `400-820-1234`.
fn telephone(at: At<'_>) -> Option<Figure> {
    let (first, rest) = digits(at.rest)?;
    let mobile = first.len() == 11 && first.starts_with('1') && !first.starts_with("10");
    if mobile {
        return Some((first.len(), first.len() as u32));
    }
    let (second, behind) = digits(rest.strip_prefix('-')?)?;
    let third = behind.strip_prefix('-').and_then(digits);
    let length = at.rest.len() - behind.len();
    match third {
        None if first.starts_with('0') && matches!((first.len(), second.len()), (3 | 4, 7 | 8)) => {
            Some((length, (first.len() + second.len()) as u32))
        }
        Some((third, behind)) if matches!(first, "400" | "800") => {
            let length = at.rest.len() - behind.len();
            Some((length, (first.len() + second.len() + third.len()) as u32))
        }
        _ => None,
    }
}

/// `8:05`, `01:02:03`: 八点零五分. A full hour has no minutes.
fn clock(at: At<'_>) -> Option<Figure> {
    let (hour, rest) = digits(at.rest)?;
    let (minute, rest) = digits(rest.strip_prefix([':', '：'])?)?;
    let is_time = hour.len() <= 2 && value(hour)? <= 24 && is_sixtieth(minute);
    if !is_time || ends_with_one_of(at.before, &SCORES) {
        return None;
    }
    let second = rest.strip_prefix([':', '：']).and_then(digits);
    let hour = cardinal(hour) + 1;
    match second.filter(|(second, _)| is_sixtieth(second)) {
        Some((second, rest)) => {
            let length = at.rest.len() - rest.len();
            Some((length, hour + sixtieth(minute) + sixtieth(second)))
        }
        None if minute == "00" => Some((at.rest.len() - rest.len(), hour)),
        None => Some((at.rest.len() - rest.len(), hour + sixtieth(minute))),
    }
}

fn is_sixtieth(digits: &str) -> bool {
    digits.len() == 2 && digits < "60"
}

/// 零五分, 三十分.
fn sixtieth(digits: &str) -> u32 {
    let zero = u32::from(digits.starts_with('0') && digits != "00");
    zero + cardinal(digits) + 1
}

/// `3:1`, `16:9`: 三比一.
fn ratio(at: At<'_>) -> Option<Figure> {
    let (first, rest) = digits(at.rest)?;
    let (second, rest) = digits(rest.strip_prefix([':', '：'])?)?;
    let length = at.rest.len() - rest.len();
    Some((length, cardinal(first) + 1 + cardinal(second)))
}

/// `1/3`: 三分之一. What is no part of one (`120/80`) is read as a ratio.
fn fraction(at: At<'_>) -> Option<Figure> {
    let (part, rest) = digits(at.rest)?;
    let (whole, rest) = digits(rest.strip_prefix(['/', '／'])?)?;
    if rest.starts_with('/') || at.before.ends_with('/') {
        return None;
    }
    let between = if value(part)? < value(whole)? { 2 } else { 1 };
    let length = at.rest.len() - rest.len();
    Some((length, cardinal(part) + between + cardinal(whole)))
}

/// Years, room and service numbers, what a name ends with: `2024年`, `MH370`, `007`.
fn digit_by_digit(at: At<'_>) -> Option<Figure> {
    let (number, behind) = digits(at.rest)?;
    let next = behind.chars().next();
    let goes_on = behind
        .strip_prefix(['.', '．', ','])
        .and_then(digits)
        .is_some();
    let is_own = number.len() >= 3
        && (ends_with_one_of(at.before, &CALLED_BEFORE)
            || CALLED_BEHIND.iter().any(|word| behind.starts_with(word)));
    let is_service = SERVICES.contains(&number) && next.is_none_or(|c| Class::of(c) != Class::Han);
    // 1080p.
    let is_lines = matches!(number.len(), 3 | 4) && matches!(next, Some('p' | 'P'));
    let is_read_so = is_year(number, behind)
        || is_own
        || is_service
        || is_lines
        || (number.len() >= 3 && is_named(at.before));
    (is_read_so && !goes_on).then_some((number.len(), number.len() as u32))
}

/// 2024年, 2020-2024年, 98年5月, 90后.
fn is_year(number: &str, behind: &str) -> bool {
    let range_end = behind
        .strip_prefix(['-', '~', '–', '—', '～', '到', '至'])
        .and_then(digits);
    let ends_range =
        range_end.is_some_and(|(end, behind)| end.len() == 4 && behind.starts_with('年'));
    match number.len() {
        4 => behind.starts_with('年') || ends_range,
        2 => {
            let month = behind.strip_prefix('年').and_then(digits);
            let in_date = month.is_some_and(|(_, behind)| behind.starts_with('月'));
            in_date || (number.ends_with(['0', '5']) && behind.starts_with(['后', '後']))
        }
        _ => false,
    }
}

/// `17.4.1`, `192.168.1.1`: parts with 点 between.
fn parts(at: At<'_>) -> Option<Figure> {
    let (first, mut rest) = digits(at.rest)?;
    let mut syllables = cardinal(first);
    let mut points = 0;
    while let Some((part, behind)) = rest.strip_prefix(POINTS).and_then(digits) {
        syllables += 1 + cardinal(part);
        points += 1;
        rest = behind;
    }
    (points >= 2).then(|| (at.rest.len() - rest.len(), syllables))
}

/// A quantity: `1,234.5` 一千二百三十四点五.
fn quantity(at: At<'_>) -> Option<Figure> {
    let (_, mut rest) = digits(at.rest)?;
    while let Some((group, behind)) = rest.strip_prefix(',').and_then(digits)
        && group.len() == 3
    {
        rest = behind;
    }
    let whole = &at.rest[..at.rest.len() - rest.len()];
    let mut syllables = grouped_syllables(whole.as_bytes());
    if let Some((decimals, behind)) = rest.strip_prefix(POINTS).and_then(digits) {
        syllables += 1 + decimals.len() as u32;
        rest = behind;
    }
    Some((at.rest.len() - rest.len(), syllables))
}

/// Syllables of digits with or without commas between groups.
fn grouped_syllables(digits: &[u8]) -> u32 {
    if !digits.contains(&b',') {
        return integer_syllables(digits);
    }
    // Longer than any number that is read as one: a count of its digits will do.
    let mut plain = [0; 32];
    let mut length = 0;
    for &digit in digits.iter().filter(|&&byte| byte != b',') {
        let Some(slot) = plain.get_mut(length) else {
            return digits.len() as u32;
        };
        *slot = digit;
        length += 1;
    }
    integer_syllables(&plain[..length])
}
