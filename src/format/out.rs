//! Where writers print to: text that goes on to a sink a piece at a time.
//!
//! A whole file is never held: a piece goes on as soon as it is 256 KiB, which is faster
//! than one large buffer (its pages are touched again and again) and than a write a cue.

use std::io;

use crate::model::{Interval, Timestamp};

/// When a piece goes on to the sink.
const PIECE_BYTES: usize = 256 * 1024;

/// Text on its way to a sink.
pub struct Out<'w> {
    piece: Vec<u8>,
    sink: &'w mut dyn io::Write,
}

impl<'w> Out<'w> {
    pub(super) fn new(sink: &'w mut dyn io::Write) -> Self {
        Self {
            piece: Vec::with_capacity(PIECE_BYTES + PIECE_BYTES / 8),
            sink,
        }
    }

    /// Prints text.
    #[inline]
    pub(super) fn push_str(&mut self, text: &str) {
        self.piece.extend_from_slice(text.as_bytes());
    }

    /// Prints a character.
    #[inline]
    pub(super) fn push(&mut self, c: char) {
        self.push_str(c.encode_utf8(&mut [0; 4]));
    }

    /// Prints a number with at least `width` digits, 10 at most.
    #[inline]
    pub(super) fn number(&mut self, number: u32, width: usize) {
        let needed = number.checked_ilog10().map_or(1, |log| log as usize + 1);
        let digits = self.room::<10>(needed.max(width));
        let mut rest = number;
        for digit in digits.iter_mut().rev() {
            *digit = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
    }

    /// Room for `length` bytes, `MOST` at most, to be printed where they go. What is copied in
    /// once it is whole waits for its last byte.
    #[inline]
    fn room<const MOST: usize>(&mut self, length: usize) -> &mut [u8] {
        let from = self.piece.len();
        self.piece.extend_from_slice(&[0; MOST]);
        self.piece.truncate(from + length);
        &mut self.piece[from..]
    }

    /// Prints `hh:mm:ss`, `point`, `mmm`: the clock of SRT and WebVTT.
    #[inline]
    pub(super) fn clock(&mut self, at: Timestamp, point: u8) {
        let (hours, clock) = clock(at, point);
        if hours < 100 {
            self.piece.extend_from_slice(&clock);
        } else {
            self.number(hours, 2);
            self.piece.extend_from_slice(&clock[2..]);
        }
    }

    /// Prints the number of a cue, and its times on the next line with ` --> ` between them.
    #[inline]
    pub(super) fn numbered_times(&mut self, number: u32, shown: Interval, point: u8) {
        const TIMES: &[u8; 30] = b"\n00:00:00,000 --> 00:00:00,000";
        self.number(number, 1);
        let (_, start) = clock(shown.start(), point);
        let (hours, end) = clock(shown.end(), point);
        if hours >= 100 {
            self.push('\n');
            return self.times(shown, point);
        }
        // Nearly every cue.
        let from = self.piece.len();
        self.piece.extend_from_slice(TIMES);
        let times = &mut self.piece[from..];
        times[1..13].copy_from_slice(&start);
        times[18..].copy_from_slice(&end);
    }

    /// Prints the times of a cue, ` --> ` between them.
    pub(super) fn times(&mut self, shown: Interval, point: u8) {
        self.clock(shown.start(), point);
        self.push_str(" --> ");
        self.clock(shown.end(), point);
    }

    /// Prints anything that can be displayed.
    pub(super) fn display(&mut self, value: impl std::fmt::Display) {
        use std::io::Write;
        // A vector takes all that is written to it.
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
        self.sink.write_all(&self.piece)?;
        self.piece.clear();
        Ok(())
    }
}

/// The hours, and the clock with the last two digits of them.
///
/// Hours, minutes and seconds are taken apart together, each in three bytes of one number.
#[inline]
fn clock(at: Timestamp, point: u8) -> (u32, [u8; 12]) {
    const EMPTY: u64 = u64::from_le_bytes(*b"00:00:00");
    const LOW_DIGITS: u64 = 0x000f_0000_0f00_000f;
    let (hours, minutes, seconds, ms) = at.clock();
    let parts = u64::from(hours % 100) | u64::from(minutes) << 24 | u64::from(seconds) << 48;
    // 103 / 1024 is a tenth as far as 99 goes.
    let tens = ((parts * 103) >> 10) & LOW_DIGITS;
    let ones = parts - tens * 10;
    let mut clock = [point; 12];
    clock[..8].copy_from_slice(&(EMPTY + tens + (ones << 8)).to_le_bytes());
    let digit = |number: u32| b'0' + (number % 10) as u8;
    clock[9..].copy_from_slice(&[digit(ms / 100), digit(ms / 10), digit(ms)]);
    (hours, clock)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

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

    #[test]
    fn clocks_are_those_of_their_times() {
        let mut bytes = Vec::new();
        let mut out = Out::new(&mut bytes);
        let mut expected = String::new();
        let hour = 3_600_000;
        for ms in (0..100 * hour)
            .step_by(997_001)
            .chain([99 * hour, 1193 * hour + 7])
        {
            let at = Timestamp::from_millis(ms);
            out.numbered_times(ms, Interval::at_least_1_ms(Timestamp::ZERO, at), b'.');
            let number = ms;
            let (h, m, s, ms) = at.later(u32::from(ms == 0)).clock();
            let _ = write!(
                expected,
                "{number}\n00:00:00.000 --> {h:02}:{m:02}:{s:02}.{ms:03}"
            );
        }
        out.flush().unwrap();
        assert_eq!(String::from_utf8(bytes).unwrap(), expected);
    }
}
