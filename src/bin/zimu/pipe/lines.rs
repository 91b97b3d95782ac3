//! A stream in, its lines out, one at a time: what is held is one line, and never more of one
//! than the limit. The beginning of a longer one is given, for its id may stand there.

use std::io::{self, BufRead, Read};

/// The longest line that is read: 64 MiB, a transcript of some two thousand hours.
pub(crate) const LINE_LIMIT_BYTES: u64 = 64 << 20;

/// Room that is kept from line to line.
const KEPT_BYTES: usize = 1 << 20;

/// The byte order mark of UTF-8, which some programs put before the first line of a file: of files
/// that were put together it is before others too.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// A line that is not blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Line<'l> {
    /// Its number in the stream, from 1, blank lines counted.
    pub(crate) number: u64,
    pub(crate) bytes: Bytes<'l>,
}

/// What was read of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bytes<'l> {
    Whole(&'l [u8]),
    /// It is longer than the limit.
    Beginning(&'l [u8]),
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
                    bytes: Bytes::Beginning(unmarked(&self.line)),
                }));
            }
            if !unmarked(&self.line).is_empty() {
                break;
            }
        }
        Ok(Some(Line {
            number: self.number,
            bytes: Bytes::Whole(unmarked(&self.line)),
        }))
    }
}

/// A line without the mark before it, and the white space around it.
fn unmarked(line: &[u8]) -> &[u8] {
    line.strip_prefix(MARK).unwrap_or(line).trim_ascii()
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
            all.push((
                number,
                match bytes {
                    Bytes::Whole(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
                    Bytes::Beginning(bytes) => {
                        assert!(bytes.len() as u64 <= limit_bytes + 1);
                        None
                    }
                },
            ));
        }
        all
    }

    #[test]
    fn blank_lines_count_and_are_no_lines() {
        let stream = "\u{feff}{1}\r\n\n \t\r\n  {4} \n\u{feff}{5}".as_bytes();
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
