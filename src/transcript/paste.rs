//! A time read aloud in, the time out.
//!
//! Who copies a transcript from YouTube's own panel has each time twice: `1:05` on a line, and
//! on the next the same for a screen reader, `1分钟5秒钟` or `1 minute, 5 seconds`.

/// Units by their names, the longer first, with their seconds.
const UNITS: [(&str, u32); 13] = [
    ("小时", 3600),
    ("小時", 3600),
    ("hours", 3600),
    ("hour", 3600),
    ("分钟", 60),
    ("分鐘", 60),
    ("分", 60),
    ("minutes", 60),
    ("minute", 60),
    ("秒钟", 1),
    ("秒鐘", 1),
    ("秒", 1),
    ("second", 1),
];

/// What stands between two parts.
const BETWEEN: [char; 3] = [' ', ',', '，'];

/// The seconds that `line` says, where it says a time and nothing else.
pub(super) fn seconds_said(line: &str) -> Option<u32> {
    let mut seconds = 0_u32;
    let mut rest = line;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        let count: u32 = rest[..digits].parse().ok()?;
        let unit = rest[digits..].trim_start();
        let mut units = UNITS.iter();
        let (behind, length_s) =
            units.find_map(|(name, length_s)| Some((unit.strip_prefix(name)?, length_s)))?;
        seconds = seconds.checked_add(count.checked_mul(*length_s)?)?;
        rest = behind.strip_prefix('s').unwrap_or(behind);
        rest = rest.trim_start_matches(BETWEEN);
    }
    (!line.is_empty()).then_some(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_as_it_is_said() {
        for (line, seconds) in [
            ("5秒钟", 5),
            ("1分钟5秒", 65),
            ("1 分钟 5 秒钟", 65),
            ("1小时2分钟3秒钟", 3723),
            ("1 minute, 5 seconds", 65),
            ("1 hour, 1 second", 3601),
        ] {
            assert_eq!(seconds_said(line), Some(seconds), "{line}");
        }
        for line in ["", "5", "5秒钟后", "秒", "五秒", "4294967295小时"] {
            assert_eq!(seconds_said(line), None, "{line}");
        }
    }
}
