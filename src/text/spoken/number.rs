//! A written number in, how many syllables it takes to say out.
//!
//! Chinese reads a number in groups of four digits (万, 亿): the rules are those of
//! everyday reading, far enough to count.

/// Longest cardinal that is read as one: 16 digits, up to 千万亿. Longer ones are said
/// digit by digit, as account numbers are.
const LONGEST_CARDINAL: usize = 16;

/// Syllables of an integer of ASCII digits, read as a cardinal (`120` 一百二十, 4).
///
/// One that begins with 0, or is longer than 16 digits, is read digit by digit.
pub(super) fn integer_syllables(digits: &[u8]) -> u32 {
    let leading_zero = digits.len() > 1 && digits[0] == b'0';
    if leading_zero || digits.len() > LONGEST_CARDINAL {
        return digits.len() as u32;
    }
    if digits == b"0" {
        return 1;
    }
    // 十五, not 一十五: only at the very start.
    let starts_with_ten = digits.len() % 4 == 2 && digits[0] == b'1';
    cardinal_syllables(digits) - u32::from(starts_with_ten)
}

fn cardinal_syllables(digits: &[u8]) -> u32 {
    let mut syllables = 0;
    let mut zero_pending = false;
    let mut group_has_digit = false;
    for (at, &digit) in digits.iter().enumerate() {
        let place = digits.len() - 1 - at;
        if digit == b'0' {
            zero_pending = true;
        } else {
            let begun = syllables > 0;
            syllables += u32::from(zero_pending && begun); // 零, once for a run
            syllables += 1 + u32::from(!place.is_multiple_of(4)); // 十 百 千
            zero_pending = false;
            group_has_digit = true;
        }
        if place.is_multiple_of(4) {
            if group_has_digit {
                syllables += GROUP_SYLLABLES[place / 4];
                // No 零 for the zeros that end a group: 一万零五 but 十万五千.
                zero_pending &= digits.get(at + 1) == Some(&b'0');
            }
            group_has_digit = false;
        }
    }
    syllables
}

/// Nothing, 万, 亿, 万亿.
const GROUP_SYLLABLES: [u32; 4] = [0, 1, 1, 2];

#[cfg(test)]
mod tests {
    use super::integer_syllables;

    #[test]
    fn integers_take_as_long_as_they_are_read() {
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
            let expected = reading.chars().count();
            assert_eq!(
                integer_syllables(digits.as_bytes()) as usize,
                expected,
                "{digits} {reading}"
            );
        }
    }

    #[test]
    fn a_number_too_long_to_read_is_spelled() {
        assert_eq!(integer_syllables(&[b'9'; 40]), 40);
    }
}
