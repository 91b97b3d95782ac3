//! Figures in, how they are read out.
//!
//! A date, a time of day, a telephone number and a quantity are written alike and read in
//! their own ways. [`figure`] tries them in order and the first that fits reads. Rules: Mandarin
//! text normalisation as `WeTextProcessing` and `PaddleSpeech` do it, checked against each other;
//! where they differ, the reading that has the usual count.

use crate::text::class::Class;
use crate::text::spoken::aloud::Aloud;
use crate::text::spoken::number::{CALLED, COUNTED, say_digits, say_integer};
use crate::text::spoken::signs;

/// A text at its first digit: what stands before it and all from there on.
#[derive(Clone, Copy, Debug)]
pub(super) struct At<'t> {
    pub(super) before: &'t str,
    pub(super) rest: &'t str,
}

/// Reads the figure at the start of `at.rest`, which begins with a digit, and gives its length in
/// bytes. What a form does not read it says nothing of.
pub(super) fn figure<A: Aloud>(at: At<'_>, out: &mut A) -> usize {
    let forms: [fn(At<'_>, &mut A) -> Option<usize>; 8] = [
        date,
        telephone,
        clock,
        ratio,
        fraction,
        digit_by_digit,
        parts,
        quantity,
    ];
    let read = forms.iter().find_map(|form| form(at, out));
    read.unwrap_or(1)
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

fn say_cardinal(digits: &str, out: &mut impl Aloud) {
    let plain = digits.trim_start_matches('0');
    say_integer(if plain.is_empty() { "0" } else { plain }, out);
}

/// A number of something: 两个, 两点, but 二十个.
fn say_number_of(digits: &str, out: &mut impl Aloud) {
    match digits.trim_start_matches('0') {
        "2" => out.say("两"),
        _ => say_cardinal(digits, out),
    }
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
fn date(at: At<'_>, out: &mut impl Aloud) -> Option<usize> {
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
    if !is_date {
        return None;
    }
    say_digits(year, &COUNTED, out);
    out.say("年");
    say_cardinal(month, out);
    out.say("月");
    say_cardinal(day, out);
    out.say("日");
    Some(at.rest.len() - rest.len())
}

/// `13800138000`, `010-64035547`, `400-820-1234`.
fn telephone(at: At<'_>, out: &mut impl Aloud) -> Option<usize> {
    let length = telephone_length(at.rest)?;
    say_digits(&at.rest[..length], &CALLED, out);
    Some(length)
}

fn telephone_length(text: &str) -> Option<usize> {
    let (first, rest) = digits(text)?;
    let mobile = first.len() == 11 && first.starts_with('1') && !first.starts_with("10");
    if mobile {
        return Some(first.len());
    }
    let (second, behind) = digits(rest.strip_prefix('-')?)?;
    match behind.strip_prefix('-').and_then(digits) {
        None if first.starts_with('0') && matches!((first.len(), second.len()), (3 | 4, 7 | 8)) => {
            Some(text.len() - behind.len())
        }
        Some((_, behind)) if matches!(first, "400" | "800") => Some(text.len() - behind.len()),
        _ => None,
    }
}

/// `8:05`, `01:02:03`: 八点零五分. A full hour has no minutes.
fn clock(at: At<'_>, out: &mut impl Aloud) -> Option<usize> {
    let (hour, rest) = digits(at.rest)?;
    let (minute, rest) = digits(rest.strip_prefix([':', '：'])?)?;
    let is_time = hour.len() <= 2 && value(hour)? <= 24 && is_sixtieth(minute);
    if !is_time || ends_with_one_of(at.before, &SCORES) {
        return None;
    }
    say_number_of(hour, out);
    out.say("点");
    let second = rest.strip_prefix([':', '：']).and_then(digits);
    let second = second.filter(|(second, _)| is_sixtieth(second));
    if second.is_some() || minute != "00" {
        say_sixtieth(minute, "分", out);
    }
    let Some((second, rest)) = second else {
        return Some(at.rest.len() - rest.len());
    };
    say_sixtieth(second, "秒", out);
    Some(at.rest.len() - rest.len())
}

fn is_sixtieth(digits: &str) -> bool {
    digits.len() == 2 && digits < "60"
}

/// 零五分, 三十分.
fn say_sixtieth(digits: &str, unit: &str, out: &mut impl Aloud) {
    if digits.starts_with('0') && digits != "00" {
        out.say("零");
    }
    say_cardinal(digits, out);
    out.say(unit);
}

/// `3:1`, `16:9`: 三比一.
fn ratio(at: At<'_>, out: &mut impl Aloud) -> Option<usize> {
    let (first, rest) = digits(at.rest)?;
    let (second, rest) = digits(rest.strip_prefix([':', '：'])?)?;
    say_cardinal(first, out);
    out.say("比");
    say_cardinal(second, out);
    Some(at.rest.len() - rest.len())
}

/// `1/3`: 三分之一. What is no part of one (`120/80`) is read as a ratio.
fn fraction(at: At<'_>, out: &mut impl Aloud) -> Option<usize> {
    let (part, rest) = digits(at.rest)?;
    let (whole, rest) = digits(rest.strip_prefix(['/', '／'])?)?;
    if rest.starts_with('/') || at.before.ends_with('/') {
        return None;
    }
    let (first, between, last) = if value(part)? < value(whole)? {
        (whole, "分之", part)
    } else {
        (part, "比", whole)
    };
    say_cardinal(first, out);
    out.say(between);
    say_cardinal(last, out);
    Some(at.rest.len() - rest.len())
}

/// Years, room and service numbers, what a name ends with: `2024年`, `MH370`, `007`.
fn digit_by_digit(at: At<'_>, out: &mut impl Aloud) -> Option<usize> {
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
    if !is_read_so || goes_on {
        return None;
    }
    let is_called = is_service || ends_with_one_of(at.before, &CALLED_BEFORE);
    let names = if is_called { &CALLED } else { &COUNTED };
    say_digits(number, names, out);
    Some(number.len())
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
fn parts(at: At<'_>, out: &mut impl Aloud) -> Option<usize> {
    let (_, rest) = digits(at.rest)?;
    let (_, behind) = rest.strip_prefix(POINTS).and_then(digits)?;
    let (_, mut behind) = behind.strip_prefix(POINTS).and_then(digits)?;
    while let Some((_, further)) = behind.strip_prefix(POINTS).and_then(digits) {
        behind = further;
    }
    let length = at.rest.len() - behind.len();
    for (index, part) in at.rest[..length].split(POINTS).enumerate() {
        if index > 0 {
            out.say("点");
        }
        say_cardinal(part, out);
    }
    Some(length)
}

/// A quantity: `1,234.5` 一千二百三十四点五.
fn quantity(at: At<'_>, out: &mut impl Aloud) -> Option<usize> {
    let (first, mut rest) = digits(at.rest)?;
    while let Some((group, behind)) = rest.strip_prefix(',').and_then(digits)
        && group.len() == 3
    {
        rest = behind;
    }
    let whole = &at.rest[..at.rest.len() - rest.len()];
    let decimals = rest.strip_prefix(POINTS).and_then(digits);
    if decimals.is_none() && whole == "2" && is_number_of(at.before, rest) {
        out.say("两");
    } else if first.len() == whole.len() {
        say_integer(whole, out);
    } else {
        say_grouped(whole, out);
    }
    let Some((decimals, behind)) = decimals else {
        return Some(whole.len());
    };
    out.say("点");
    say_digits(decimals, &COUNTED, out);
    Some(at.rest.len() - behind.len())
}

/// Digits with commas between groups.
fn say_grouped(grouped: &str, out: &mut impl Aloud) {
    // Longer than any number that is read as one: it is said digit by digit.
    let mut plain = [0; 32];
    let mut length = 0;
    for digit in grouped.bytes().filter(u8::is_ascii_digit) {
        let Some(slot) = plain.get_mut(length) else {
            return say_digits(grouped, &COUNTED, out);
        };
        *slot = digit;
        length += 1;
    }
    say_integer(str::from_utf8(&plain[..length]).unwrap_or_default(), out);
}

/// What is counted in 二: 二月, 二号, 二楼, 二两; and what makes a longer number of it.
const COUNTED_IN_TWO: &str = "月日号號楼樓班班级級等十百零之分比的和与與到至";

/// Whether one digit between these is a number of something: `2个` 两个, but 第2, 2月.
fn is_number_of(before: &str, behind: &str) -> bool {
    let is_ordinal = before.ends_with(['第', '初', '周', '十', '零', '-', '.'])
        || before.ends_with(|c: char| c.is_ascii_alphanumeric());
    let unit = behind.strip_prefix(' ').unwrap_or(behind);
    let next = unit.chars().next();
    let is_counted =
        next.is_some_and(|c| Class::of(c) == Class::Han && !COUNTED_IN_TWO.contains(c));
    // 2月 is a month, 2个月 are two.
    !is_ordinal && (is_counted || signs::unit(unit).is_some())
}
