//! Bytes in an encoding that is not UTF-8 in, text out, or nothing where any of them is wrong.
//!
//! What such a file waits for is the tables of its encoding, so a large one is decoded on
//! several processors: no character of GB18030 or Big5 has a line feed in it, so that behind
//! any line feed a text may be cut, and neither what a piece says nor whether it is valid
//! depends on the rest. Where a fault is, this does not say: whoever needs to know looks for
//! it from the start.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use encoding_rs::{BIG5, DecoderResult, Encoding, GB18030};

/// Below this a text is decoded before threads would have helped: one takes some 50 µs to
/// start, in which 40 KiB are decoded.
const LEAST_BYTES: usize = 512 * 1024;

/// What a thread decodes at once. Half of it makes one thread wait for the other twice as
/// often; twice of it adds 1 MB of memory and takes as long.
const PIECE_BYTES: usize = 128 * 1024;

/// Putting the pieces together takes a tenth of the time of decoding them, and is done by one
/// thread: more than these would wait for it.
const MOST_THREADS: usize = 4;

/// How much text is decoded before it is put in its place: it stays in the nearest cache.
const BUFFER_BYTES: usize = 16 * 1024;

/// All of `bytes` as text; `None` where any of it has no place in the encoding.
pub(super) fn decode(bytes: &[u8], encoding: &'static Encoding) -> Option<String> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let threads = threads.min(MOST_THREADS);
    let may_be_cut = encoding == GB18030 || encoding == BIG5;
    if may_be_cut
        && threads > 1
        && bytes.len() >= LEAST_BYTES
        && let Some(pieces) = cut(bytes, PIECE_BYTES)
    {
        return on_threads(&pieces, encoding, threads);
    }
    let mut text = String::with_capacity(most(bytes.len()));
    append(bytes, encoding, &mut buffer(), &mut text)?;
    Some(text)
}

/// Pieces that each end behind a line feed, of at least `piece_bytes` and less than twice
/// that; `None` where a line is too long for it.
fn cut(bytes: &[u8], piece_bytes: usize) -> Option<Vec<&[u8]>> {
    let mut pieces = Vec::with_capacity(bytes.len() / piece_bytes + 1);
    let mut rest = bytes;
    while rest.len() >= 2 * piece_bytes {
        let feed = memchr::memchr(b'\n', &rest[piece_bytes - 1..2 * piece_bytes - 1])?;
        let (piece, behind) = rest.split_at(piece_bytes + feed);
        pieces.push(piece);
        rest = behind;
    }
    pieces.push(rest);
    Some(pieces)
}

/// Decodes pieces in turn on as many threads, of which this is the first, and puts them
/// together.
fn on_threads(pieces: &[&[u8]], encoding: &'static Encoding, threads: usize) -> Option<String> {
    let bytes: usize = pieces.iter().map(|piece| piece.len()).sum();
    let mut text = String::with_capacity(most(bytes));
    thread::scope(|scope| {
        let decoded: Vec<Receiver<String>> = (1..threads)
            .map(|first| {
                let (sender, receiver) = sync_channel(1);
                let turns = pieces.iter().skip(first).step_by(threads);
                scope.spawn(move || send(turns.copied(), encoding, &sender));
                receiver
            })
            .collect();
        let mut buffer = buffer();
        for turn in pieces.chunks(threads) {
            append(turn.first()?, encoding, &mut buffer, &mut text)?;
            for (_, decoded) in turn[1..].iter().zip(&decoded) {
                text.push_str(&decoded.recv().ok()?);
            }
        }
        Some(text)
    })
}

/// Up to the first fault, or until nobody wants any more.
fn send<'b>(
    pieces: impl Iterator<Item = &'b [u8]>,
    encoding: &'static Encoding,
    sender: &SyncSender<String>,
) {
    let mut buffer = buffer();
    for piece in pieces {
        let mut text = String::with_capacity(most(piece.len()));
        let is_valid = append(piece, encoding, &mut buffer, &mut text).is_some();
        if !is_valid || sender.send(text).is_err() {
            return;
        }
    }
}

/// What the text of so many bytes most often stays below: two bytes are one character at
/// least, which takes three in UTF-8.
const fn most(bytes: usize) -> usize {
    bytes + bytes / 2
}

fn buffer() -> String {
    String::with_capacity(BUFFER_BYTES)
}

/// Puts the text of a piece behind `text`; `None` where a byte of it is wrong. It goes by way
/// of a buffer: the decoder writes to all the room that it is given, even where it has no
/// text for it, which would make memory of what was only set aside.
fn append(
    piece: &[u8],
    encoding: &'static Encoding,
    buffer: &mut String,
    text: &mut String,
) -> Option<()> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut rest = piece;
    loop {
        buffer.clear();
        let (result, read) = decoder.decode_to_string_without_replacement(rest, buffer, true);
        text.push_str(buffer);
        rest = &rest[read..];
        match result {
            DecoderResult::InputEmpty => return Some(()),
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(..) => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;

    /// Lines in either encoding, with characters of one, two and four bytes, and at times a
    /// byte that has no place where it stands.
    fn lines() -> impl Strategy<Value = Vec<u8>> {
        let piece = prop_oneof![
            8 => (0xa4..=0xc6_u8, 0xa1..=0xfe_u8).prop_map(|(lead, trail)| vec![lead, trail]),
            1 => (0x81..=0x84_u8, 0x30..=0x39_u8, 0x81..=0xfe_u8, 0x30..=0x39_u8)
                .prop_map(|(first, second, third, last)| vec![first, second, third, last]),
            4 => Just(b"\n".to_vec()),
            2 => Just(b"\r\n".to_vec()),
            4 => (0x20..0x7f_u8).prop_map(|byte| vec![byte]),
        ];
        let noise = prop_oneof![6 => Just(Vec::new()), 1 => vec(0x80..=0xff_u8, 1)];
        let half = || vec(piece.clone(), 0..60).prop_map(|pieces| pieces.concat());
        (half(), noise, half()).prop_map(|(before, noise, behind)| [before, noise, behind].concat())
    }

    proptest! {
        #[test]
        fn pieces_are_the_whole(
            bytes in lines(),
            encoding in select(vec![GB18030, BIG5]),
            piece_bytes in 1..40_usize,
            threads in 1..=MOST_THREADS,
        ) {
            let Some(pieces) = cut(&bytes, piece_bytes) else {
                return Ok(());
            };
            prop_assert_eq!(pieces.concat(), &bytes[..]);
            prop_assert!(pieces.iter().all(|piece| piece.len() < 2 * piece_bytes));
            let whole = encoding.decode_without_bom_handling_and_without_replacement(&bytes);
            let together = on_threads(&pieces, encoding, threads);
            prop_assert_eq!(together.as_deref(), whole.as_deref());
        }
    }

    #[test]
    fn a_line_that_is_longer_than_a_piece_is_not_cut() {
        assert_eq!(cut(b"abcdef\nabcdef\n", 3), None);
        assert_eq!(
            cut(b"ab\ncdef\ng", 3),
            Some(vec![&b"ab\n"[..], b"cdef\n", b"g"])
        );
    }

    #[test]
    fn large_texts_are_decoded_whatever_their_lines() {
        let line = "渡船在霧中慢慢靠岸，岸上的人都看著它。";
        for text in [format!("{line}\n").repeat(20_000), line.repeat(20_000)] {
            for encoding in [GB18030, BIG5, encoding_rs::UTF_16LE] {
                let units = text.encode_utf16().flat_map(u16::to_le_bytes);
                let bytes: Vec<u8> = if encoding == encoding_rs::UTF_16LE {
                    units.collect()
                } else {
                    encoding.encode(&text).0.into_owned()
                };
                let faulty = [&bytes, &b"\xff"[..]].concat();
                assert!(bytes.len() >= LEAST_BYTES);
                assert!(decode(&bytes, encoding).is_some_and(|decoded| decoded == text));
                assert_eq!(decode(&faulty, encoding), None);
            }
        }
    }
}
