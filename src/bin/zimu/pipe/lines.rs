//! A stream in, its lines out, one at a time: what is held is one line, and never more of one
//! than the limit.

use std::io::{self, BufRead, Read};

/// The longest line that is read: 64 MiB, a transcript of some two thousand hours.
pub(crate) const LINE_LIMIT_BYTES: u64 = 64 << 20;

/// Room that is kept from line to line.
const KEPT_BYTES: usize = 1 << 20;

/// The byte order mark of UTF-8, which some programs put before the first line.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// A line that is not blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Line<'l> {
    /// Its number in the stream, from 1, blank lines counted.
    pub(crate) number: u64,
    /// `None` where it is longer than the limit.
    pub(crate) bytes: Option<&'l [u8]>,
}

/// The lines of a stream.
#[derive(Debug)]
pub(crate) struct Lines<R> {
    stream: R,
    limit_bytes: u64,
    number: u64,
    line: Vec<u8>,
}

impl<R: BufRead> Lines<R> {
    pub(crate) const fn of(stream: R) -> Self {
        Self::within(stream, LINE_LIMIT_BYTES)
    }

    const fn within(stream: R, limit_bytes: u64) -> Self {
        Self {
            stream,
            limit_bytes,
            number: 0,
            line: Vec::new(),
        }
    }

    /// The next line that is not blank. No byte past its end is waited for.
    ///
    /// # Errors
    /// That of the stream.
    pub(crate) fn next(&mut self) -> io::Result<Option<Line<'_>>> {
        loop {
            self.line.clear();
            self.line.shrink_to(KEPT_BYTES);
            let mut bounded = (&mut self.stream).take(self.limit_bytes + 1);
            if bounded.read_until(b'\n', &mut self.line)? == 0 {
                return Ok(None);
            }
            self.number += 1;
            if self.line.len() as u64 > self.limit_bytes && !self.line.ends_with(b"\n") {
                self.stream.skip_until(b'\n')?;
                return Ok(Some(Line {
                    number: self.number,
                    bytes: None,
                }));
            }
            if self.number == 1 && self.line.starts_with(MARK) {
                self.line.drain(..MARK.len());
            }
            if !self.line.trim_ascii().is_empty() {
                break;
            }
        }
        Ok(Some(Line {
            number: self.number,
            bytes: Some(self.line.trim_ascii()),
        }))
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use proptest::prelude::*;

    use super::*;

    fn lines(stream: impl BufRead, limit_bytes: u64) -> Vec<(u64, Option<String>)> {
        let mut lines = Lines::within(stream, limit_bytes);
        let mut all = Vec::new();
        while let Some(Line { number, bytes }) = lines.next().expect("a stream of bytes") {
            let text = bytes.map(|bytes| String::from_utf8_lossy(bytes).into_owned());
            all.push((number, text));
        }
        all
    }

    #[test]
    fn blank_lines_count_and_are_no_lines() {
        let stream = "\u{feff}{1}\r\n\n \t\r\n  {4} \n{5}".as_bytes();
        let text = |text: &str| Some(text.to_owned());
        let found = lines(stream, 64);
        assert_eq!(
            found,
            [(1, text("{1}")), (4, text("{4}")), (5, text("{5}"))]
        );
        assert_eq!(lines("\u{feff}\n".as_bytes(), 64), []);
    }

    /// The end of a line is not counted.
    #[test]
    fn of_a_line_past_the_limit_nothing_is_left() {
        let text = |text: &str| Some(text.to_owned());
        let found = lines(&b"1234\n12345\n123456789012\n1\n12345"[..], 4);
        let expected = [
            (1, text("1234")),
            (2, None),
            (3, None),
            (4, text("1")),
            (5, None),
        ];
        assert_eq!(found, expected);
        let mut lines = Lines::within(&[b'1'; 9000][..], 4);
        lines.next().expect("a stream of bytes");
        assert!(lines.line.capacity() < 100);
    }

    proptest! {
        #[test]
        fn lines_are_the_same_however_they_come(
            stream in "[\u{feff}a \n]{0,60}",
            piece_bytes in 1_usize..9,
            limit_bytes in 1_u64..9,
        ) {
            let pieces = BufReader::with_capacity(piece_bytes, stream.as_bytes());
            prop_assert_eq!(lines(pieces, limit_bytes), lines(stream.as_bytes(), limit_bytes));
        }
    }
}
