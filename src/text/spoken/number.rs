//! A written number in, how it is said out.
//!
//! Chinese reads a number in groups of four digits (万, 亿): the rules are those of
//! everyday reading.

use crate::text::spoken::aloud::Aloud;

/// Longest cardinal that is read as one: 16 digits, up to 千万亿. Longer ones are said
/// digit by digit, as account numbers are.
const LONGEST_CARDINAL: usize = 16;

/// The digits as they are counted with, and as they are called one by one over a telephone.
pub(super) const COUNTED: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
pub(super) const CALLED: [&str; 10] = ["零", "幺", "二", "三", "四", "五", "六", "七", "八", "九"];

/// What a digit counts in its group of four, and what a group counts.
const PLACES: [&str; 4] = ["", "十", "百", "千"];
const GROUPS: [&str; 4] = ["", "万", "亿", "万亿"];

/// ASCII digits, each by itself.
pub(super) fn say_digits(digits: &str, names: &[&str; 10], out: &mut impl Aloud) {
    for digit in digits.bytes().filter(u8::is_ascii_digit) {
        out.say(names[usize::from(digit - b'0')]);
    }
}

/// An integer of ASCII digits, read as a cardinal (`120` 一百二十).
///
/// One that begins with 0, or is longer than 16 digits, is read digit by digit.
pub(super) fn say_integer(digits: &str, out: &mut impl Aloud) {
    let leading_zero = digits.len() > 1 && digits.starts_with('0');
    if leading_zero || digits.len() > LONGEST_CARDINAL || digits == "0" {
        say_digits(digits, &COUNTED, out);
    } else {
        say_cardinal(digits.as_bytes(), out);
    }
}

fn say_cardinal(digits: &[u8], out: &mut impl Aloud) {
    let mut zero_pending = false;
    let mut group_has_digit = false;
    for (at, &digit) in digits.iter().enumerate() {
        let place = digits.len() - 1 - at;
        if digit == b'0' {
            zero_pending = true;
        } else {
            if zero_pending && at > 0 {
                out.say("零"); // once for a run
            }
            out.say(digit_at(digits, at));
            out.say(PLACES[place % 4]);
            zero_pending = false;
            group_has_digit = true;
        }
        if place.is_multiple_of(4) {
            if group_has_digit {
                out.say(GROUPS[place / 4]);
                // No 零 for the zeros that end a group: 一万零五 but 十万五千.
                zero_pending &= digits.get(at + 1) == Some(&b'0');
            }
            group_has_digit = false;
        }
    }
}

/// 两千 and 两万, and 十五, not 一十五, at the very start.
fn digit_at(digits: &[u8], at: usize) -> &'static str {
    let place = digits.len() - 1 - at;
    match (digits[at], place % 4) {
        (b'1', 1) if at == 0 => "",
        (b'2', 3) => "两",
        (b'2', 0) if at == 0 && place > 0 => "两",
        (digit, _) => COUNTED[usize::from(digit - b'0')],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::spoken::aloud::Heard;

    fn said(digits: &str) -> String {
        let mut said = Heard::default();
        say_integer(digits, &mut said);
        said.0
    }

    #[test]
    fn integers_are_read() {
        for (digits, reading) in [
            ("0", "零"),
            ("7", "七"),
            ("10", "十"),
            ("15", "十五"),
            ("20", "二十"),
            ("101", "一百零一"),
            ("115", "一百一十五"),
            ("120", "一百二十"),
            ("1001", "一千零一"),
            ("1010", "一千零一十"),
            ("2200", "两千二百"),
            ("10005", "一万零五"),
            ("105000", "十万五千"),
            ("100000", "十万"),
            ("100000000", "一亿"),
            ("100010000", "一亿零一万"),
            ("12345678", "一千二百三十四万五千六百七十八"),
            ("007", "零零七"),
        ] {
            assert_eq!(said(digits), reading);
        }
    }

    #[test]
    fn a_number_too_long_to_read_is_spelled() {
        assert_eq!(said(&"9".repeat(40)), "九".repeat(40));
    }
}
