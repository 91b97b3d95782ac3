//! Rules that some style guides have besides: how numbers are written, how two speak, what is not
//! shown of markup.

use crate::check::site::{Notes, Side, Site};
use crate::model::{MarkKind, Span};
use crate::profile::{DigitForm, TextStyle};
use crate::text::class::Class;

/// What counts things and names none, as days, hours, storeys and chapters do, which have their
/// number in digits.
const COUNTERS: &str = "个個位名只隻条條张張件项項次辆輛架枚颗顆粒篇份套座间間家所种種段句遍匹艘头頭双雙对對支枝栋棟幢扇\
                        朵棵株首部门門样樣笔筆杯瓶盒碗本把根";

/// What makes a span of time or a sum of what stands before it: 3个月, 3个小时, 3个百分点.
const MEASURED: &str = "月小星礼禮钟鐘世百千万萬亿億";

/// What makes a number before it another one: which, or how much.
const NUMBERED: &str = "第点點百千万萬亿億十";

/// Dashes that somebody's line may begin with.
const DASHES: [char; 7] = ['-', '‐', '‑', '–', '—', '―', '－'];

pub(super) fn digit_form(site: &Site<'_, '_>, notes: &mut Notes<'_>) {
    for (at, line) in site.lines.iter().enumerate() {
        if site.limits_of(line.side).digits == DigitForm::Half {
            for run in runs(line.text, |c| matches!(c, '０'..='９')) {
                notes.part(at, run);
            }
        }
    }
}

/// Only of a number that is alone in its line: two may be a range, a score or a comparison.
pub(super) fn number_words(site: &Site<'_, '_>, notes: &mut Notes<'_>) {
    for (at, line) in site.lines.iter().enumerate() {
        let most = site.limits_of(line.side).spell_out_up_to;
        // Most lines have no digit at all.
        if most == 0 || !line.text.bytes().any(|byte| byte.is_ascii_digit()) {
            continue;
        }
        let mut numbers = runs(line.text, char::is_numeric);
        if let (Some(number), None) = (numbers.next(), numbers.next())
            && line.text[number.start()..].starts_with(|c| matches!(c, '1'..='9'))
            && number
                .of(line.text)
                .parse()
                .is_ok_and(|value: u32| value <= most)
            && counts_things(&line.text[..number.start()], &line.text[number.end()..])
        {
            notes.part(at, number);
        }
    }
}

/// Whether a number between the two says how many things there are.
fn counts_things(before: &str, behind: &str) -> bool {
    let last = before.trim_end().chars().next_back();
    let is_begun = last.is_none_or(|c| match Class::of(c) {
        Class::Han => !NUMBERED.contains(c),
        Class::Open | Class::Clause | Class::Sentence | Class::Enumeration => !c.is_ascii(),
        _ => false,
    });
    let mut behind = behind.trim_start().chars();
    let is_counter = behind.next().is_some_and(|c| COUNTERS.contains(c));
    is_begun && is_counter && behind.next().is_none_or(|c| !MEASURED.contains(c))
}

pub(super) fn dialogue_dash(site: &Site<'_, '_>, notes: &mut Notes<'_>) {
    for whose in [Side::First, Side::Second] {
        let dash = &site.limits_of(whose).dialogue_dash;
        let lines = || {
            site.lines
                .iter()
                .enumerate()
                .filter(|(_, line)| line.side == whose)
        };
        let has_two = lines()
            .skip(1)
            .any(|(_, line)| dash_of(line.text).is_some());
        if dash.is_empty() || !has_two {
            continue;
        }
        // A line below that has none goes on with what is said above it.
        for (place, (at, line)) in lines().enumerate() {
            match dash_of(line.text) {
                Some(part) if part.of(line.text) != dash => notes.part(at, part),
                None if place == 0 => notes.part(at, Span::default()),
                Some(_) | None => {}
            }
        }
    }
}

/// The dash that a line begins with, and the spaces behind it. Two are a Chinese dash, and one before
/// a digit may be a minus.
fn dash_of(line: &str) -> Option<Span> {
    let words = line.trim_start();
    let start = line.len() - words.len();
    let behind = words.strip_prefix(DASHES)?;
    let is_other = behind.starts_with(|c: char| DASHES.contains(&c) || c.is_numeric());
    let end = line.len() - behind.trim_start().len();
    (!is_other).then_some(Span::new(start, end))
}

pub(super) fn styles(site: &Site<'_, '_>, notes: &mut Notes<'_>) {
    for (at, line) in site.lines.iter().enumerate() {
        let forbidden = &site.limits_of(line.side).forbid_styles;
        for mark in line.marks {
            let style = match mark.kind {
                MarkKind::Bold => TextStyle::Bold,
                MarkKind::Italic => TextStyle::Italic,
                MarkKind::Underline => TextStyle::Underline,
                MarkKind::Ruby(_) => TextStyle::Ruby,
            };
            if forbidden.contains(&style) {
                notes.part(at, mark.span.earlier(line.start));
            }
        }
    }
}

/// The runs of characters that are such.
fn runs(text: &str, is_such: fn(char) -> bool) -> impl Iterator<Item = Span> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + text[from..].find(is_such)?;
        let run = text[start..].find(|c| !is_such(c));
        from = run.map_or(text.len(), |length| start + length);
        Some(Span::new(start, from))
    })
}
