//! Signs and units in, how many syllables they are read in out, and at which marks a voice rests.

use crate::text::class::Class;
use crate::text::spoken::Rest;

/// Signs that are read out wherever they stand.
const READ: [(char, u32); 37] = [
    ('%', 3), // 百分之
    ('％', 3),
    ('‰', 3),
    ('$', 2), // 美元
    ('＄', 2),
    ('€', 2),
    ('£', 2),
    ('¥', 1),
    ('￥', 1),
    ('℃', 3), // 摄氏度
    ('℉', 3),
    ('°', 1),
    ('+', 1),
    ('＋', 1),
    ('=', 2), // 等于
    ('＝', 2),
    ('&', 1),
    ('＆', 1),
    ('×', 1),
    ('÷', 2), // 除以
    ('±', 2),
    ('≈', 3), // 约等于
    ('≥', 4), // 大于等于
    ('≤', 4),
    ('>', 2),
    ('<', 2),
    ('@', 1),
    ('²', 2), // 平方
    ('³', 2),
    ('½', 4), // 二分之一
    ('¼', 4),
    ('¾', 4),
    ('㎡', 3),
    ('㎏', 2),
    ('㎜', 2),
    ('㎝', 2),
    ('㎞', 2),
];

/// The syllables of a sign that is read out.
pub(super) fn read(c: char) -> Option<u32> {
    let known = READ.iter().find(|&&(sign, _)| sign == c);
    known.map(|&(_, syllables)| syllables)
}

/// Units behind a number, as they are read in Chinese, the longer before those they begin with.
/// What is not here (GB, TB, K) is spelled.
const UNITS: [(&str, u32); 45] = [
    ("km/h", 5), // 公里每小时
    ("km²", 4),
    ("kWh", 3),
    ("kHz", 3),
    ("kW", 2),
    ("kg", 2),
    ("km", 2),
    ("cm²", 4),
    ("cm³", 4),
    ("cm", 2),
    ("mAh", 3),
    ("m/s", 3),
    ("m²", 3),
    ("m2", 3),
    ("m³", 3),
    ("mm", 2),
    ("mg", 2),
    ("ml", 2),
    ("mL", 2),
    ("min", 2),
    ("ms", 2),
    ("MHz", 3),
    ("GHz", 3),
    ("Hz", 2),
    ("nm", 2),
    ("μm", 2),
    ("µm", 2),
    ("um", 2),
    ("μs", 2),
    ("fps", 1), // 帧
    ("px", 2),
    ("ft", 2),
    ("°C", 3),
    ("°F", 3),
    ("h", 2),
    ("s", 1),
    ("m", 1),
    ("g", 1),
    ("t", 1),
    ("L", 1),
    ("V", 1),
    ("W", 1),
    ("w", 1), // 300w 三百万
    ("Pa", 1),
    ("°", 1),
];

/// The unit that `text`, which stands behind a number, begins with: its length in bytes and its
/// syllables.
pub(super) fn unit(text: &str) -> Option<(usize, u32)> {
    let ends = |unit: &str| {
        let next = text[unit.len()..].chars().next();
        next.is_none_or(|c| !matches!(Class::of(c), Class::Letter | Class::Digit))
    };
    let known = UNITS
        .iter()
        .find(|(unit, _)| text.starts_with(unit) && ends(unit));
    known.map(|&(unit, syllables)| (unit.len(), syllables))
}

/// Where a voice rests.
pub(super) fn rest_at(c: char, class: Class) -> Option<Rest> {
    match class {
        Class::Enumeration => Some(Rest::Enumeration),
        Class::Clause if matches!(c, '：' | ':' | '﹕') => Some(Rest::Colon),
        Class::Clause if matches!(c, '；' | ';' | '﹔') => Some(Rest::Semicolon),
        Class::Clause => Some(Rest::Comma),
        Class::Dash | Class::Ellipsis => Some(Rest::Dash),
        Class::Sentence => Some(Rest::Sentence),
        Class::Han
        | Class::Kana
        | Class::Letter
        | Class::Digit
        | Class::Space
        | Class::Open
        | Class::Close
        | Class::Quote
        | Class::Connector
        | Class::Interpunct
        | Class::Solidus
        | Class::Ignored
        | Class::Sign => None,
    }
}
