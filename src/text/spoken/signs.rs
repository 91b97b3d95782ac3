//! Signs and units in, how they are read out, and at which marks a voice rests.

use crate::text::class::Class;
use crate::text::spoken::Rest;

/// Signs that are read out wherever they stand.
const READ: [(char, &str); 37] = [
    ('%', "百分之"),
    ('％', "百分之"),
    ('‰', "千分之"),
    ('$', "美元"),
    ('＄', "美元"),
    ('€', "欧元"),
    ('£', "英镑"),
    ('¥', "元"),
    ('￥', "元"),
    ('℃', "摄氏度"),
    ('℉', "华氏度"),
    ('°', "度"),
    ('+', "加"),
    ('＋', "加"),
    ('=', "等于"),
    ('＝', "等于"),
    ('&', "安"),
    ('＆', "安"),
    ('×', "乘"),
    ('÷', "除以"),
    ('±', "正负"),
    ('≈', "约等于"),
    ('≥', "大于等于"),
    ('≤', "小于等于"),
    ('>', "大于"),
    ('<', "小于"),
    ('@', "艾"),
    ('²', "平方"),
    ('³', "立方"),
    ('½', "二分之一"),
    ('¼', "四分之一"),
    ('¾', "四分之三"),
    ('㎡', "平方米"),
    ('㎏', "公斤"),
    ('㎜', "毫米"),
    ('㎝', "厘米"),
    ('㎞', "公里"),
];

/// How a sign that is read out is read.
pub(super) fn read(c: char) -> Option<&'static str> {
    let known = READ.iter().find(|&&(sign, _)| sign == c);
    known.map(|&(_, read)| read)
}

/// Units behind a number, as they are read in Chinese, the longer before those they begin with.
/// What is not here (GB, TB, K) is spelled.
const UNITS: [(&str, &str); 45] = [
    ("km/h", "公里每小时"),
    ("km²", "平方公里"),
    ("kWh", "千瓦时"),
    ("kHz", "千赫兹"),
    ("kW", "千瓦"),
    ("kg", "公斤"),
    ("km", "公里"),
    ("cm²", "平方厘米"),
    ("cm³", "立方厘米"),
    ("cm", "厘米"),
    ("mAh", "毫安时"),
    ("m/s", "米每秒"),
    ("m²", "平方米"),
    ("m2", "平方米"),
    ("m³", "立方米"),
    ("mm", "毫米"),
    ("mg", "毫克"),
    ("ml", "毫升"),
    ("mL", "毫升"),
    ("min", "分钟"),
    ("ms", "毫秒"),
    ("MHz", "兆赫兹"),
    ("GHz", "吉赫兹"),
    ("Hz", "赫兹"),
    ("nm", "纳米"),
    ("μm", "微米"),
    ("µm", "微米"),
    ("um", "微米"),
    ("μs", "微秒"),
    ("fps", "帧"),
    ("px", "像素"),
    ("ft", "英尺"),
    ("°C", "摄氏度"),
    ("°F", "华氏度"),
    ("h", "小时"),
    ("s", "秒"),
    ("m", "米"),
    ("g", "克"),
    ("t", "吨"),
    ("L", "升"),
    ("V", "伏"),
    ("W", "瓦"),
    ("w", "万"), // 300w 三百万
    ("Pa", "帕"),
    ("°", "度"),
];

/// The unit that `text`, which stands behind a number, begins with: its length in bytes and how it
/// is read.
pub(super) fn unit(text: &str) -> Option<(usize, &'static str)> {
    let ends = |unit: &str| {
        let next = text[unit.len()..].chars().next();
        next.is_none_or(|c| !matches!(Class::of(c), Class::Letter | Class::Digit))
    };
    let known = UNITS
        .iter()
        .find(|(unit, _)| text.starts_with(unit) && ends(unit));
    known.map(|&(unit, read)| (unit.len(), read))
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
