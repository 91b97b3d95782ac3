//! Where writers print to: text that goes on to a sink a piece at a time.
//!
//! A whole file is never held: a piece goes on as soon as it is 256 KiB, which is faster
//! than one large buffer (its pages are touched again and again) and than a write a cue.

use std::io;

use crate::model::Timestamp;

/// When a piece goes on to the sink.
const PIECE_BYTES: usize = 256 * 1024;

/// Text on its way to a sink.
pub struct Out<'w> {
    piece: String,
    sink: &'w mut dyn io::Write,
}

impl<'w> Out<'w> {
    pub(super) fn new(sink: &'w mut dyn io::Write) -> Self {
        Self {
            piece: String::new(),
            sink,
        }
    }

    /// Prints text.
    pub(super) fn push_str(&mut self, text: &str) {
        self.piece.push_str(text);
    }

    /// Prints a character.
    pub(super) fn push(&mut self, c: char) {
        self.piece.push(c);
    }

    /// Prints a number with at least `width` digits, 10 at most.
    pub(super) fn number(&mut self, number: u32, width: usize) {
        let mut digits = [b'0'; 10];
        let mut rest = number;
        let mut first = digits.len();
        while rest > 0 || first > digits.len() - width {
            first -= 1;
            digits[first] = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
        for &digit in &digits[first..] {
            self.piece.push(char::from(digit));
        }
    }

    /// Prints `hh:mm:ss`, `point`, `mmm`: the clock of SRT and WebVTT.
    pub(super) fn clock(&mut self, at: Timestamp, point: char) {
        let (hours, minutes, seconds, ms) = at.clock();
        self.number(hours, 2);
        self.push(':');
        self.number(minutes, 2);
        self.push(':');
        self.number(seconds, 2);
        self.push(point);
        self.number(ms, 3);
    }

    /// Prints anything that can be displayed.
    pub(super) fn display(&mut self, value: impl std::fmt::Display) {
        use std::fmt::Write;
        // A `String` takes all that is written to it.
        let _ = write!(self.piece, "{value}");
    }

    /// Marks the end of a cue: the piece goes on when it is large enough.
    pub(super) fn end_cue(&mut self) -> io::Result<()> {
        if self.piece.len() < PIECE_BYTES {
            return Ok(());
        }
        self.flush()
    }

    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.sink.write_all(self.piece.as_bytes())?;
        self.piece.clear();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_wide_as_asked_or_as_they_need() {
        let mut bytes = Vec::new();
        let mut out = Out::new(&mut bytes);
        for (number, width) in [(0, 1), (7, 2), (123, 2), (u32::MAX, 3), (5, 3)] {
            out.number(number, width);
            out.push(' ');
        }
        out.flush().unwrap();
        assert_eq!(bytes, b"0 07 123 4294967295 005 ");
    }
}
