//! Bytes in, text out, or an error with the offset of the byte that is wrong.
//!
//! A byte order mark decides; what has that of UTF-32, low byte first, might also be UTF-16 that
//! begins with U+0000, and is if it cannot be UTF-32. Without a mark, what is UTF-8 is UTF-8; what is not is tried
//! strictly as GB18030 and as Big5, and where both would do, `chardetng` decides on the
//! first 64 KiB. Nothing is ever replaced by U+FFFD: a caption with a hole in it is worse
//! than an error.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, DecoderResult, UTF_8};

use crate::model::SourceText;
use crate::text::encoding::{Encoding, Scheme};
use crate::text::utf32::ByteOrder;
use crate::text::{pieces, utf32};

/// How much of a text the detector is shown.
const DETECTOR_PREFIX_BYTES: usize = 64 * 1024;

/// A text whose first bytes are this many of well-formed multi-byte UTF-8 is UTF-8 with a
/// fault in it, whatever else would decode it: four Chinese characters in a row that are
/// UTF-8 by chance do not happen.
const SURE_UTF8_BYTES: usize = 12;

/// A text that has so many characters of UTF-32 behind the mark of it is UTF-32, with a fault in
/// it or without: in UTF-16 every second of their units would be a control character.
const SURE_UTF32_CHARACTERS: usize = 4;

/// The most that is read, in bytes. Places in a text and in what is made of it are 32 bits wide,
/// and what is made of it is seldom longer.
const MOST_BYTES: usize = i32::MAX as usize;

/// Text, and the encoding it was in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text without its byte order mark: the bytes themselves where they were UTF-8.
    pub text: SourceText,
    /// What it was decoded as.
    pub encoding: Encoding,
    /// Bytes of the byte order mark before it.
    pub mark_bytes: usize,
}

/// Why bytes are not text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// A byte that has no place in the encoding.
    #[error("expected {encoding} text, found bytes that are not at byte {offset}")]
    Malformed {
        /// What the bytes were read as.
        encoding: Encoding,
        /// Offset of the first such byte, from 0, the byte order mark included.
        offset: u64,
    },
    /// No encoding reads the bytes.
    #[error(
        "expected text in UTF-8, UTF-16, UTF-32, GB18030 or Big5, found bytes that are none of \
         them (not UTF-8 at byte {utf8}, not GB18030 at byte {gb18030}, not Big5 at byte {big5})"
    )]
    Unknown {
        /// Where it stops being UTF-8.
        utf8: u64,
        /// Where it stops being GB18030.
        gb18030: u64,
        /// Where it stops being Big5.
        big5: u64,
    },
    /// A byte order mark says one thing, and whoever asked for an encoding another.
    #[error(
        "expected {forced} text, as was asked for, found the byte order mark of {marked} \
         (it is read as that where no encoding is asked for)"
    )]
    OtherMark {
        /// What was asked for.
        forced: Encoding,
        /// What the mark says.
        marked: Encoding,
    },
    /// Offsets into a text, and into what is made of it, are 32 bits wide.
    #[error("expected a text of less than 2 GiB, found {0} bytes")]
    TooLarge(u64),
}

/// Decodes `bytes` as `forced`, or as what they are found to be. Of UTF-16 and UTF-32 a byte
/// order mark decides the order, whichever was asked for: read in the other, it is no character.
///
/// # Errors
/// [`DecodeError`] where the bytes are not text of that encoding or of any.
///
/// ```
/// use zimu::text::decode::decode;
/// use zimu::text::encoding::Encoding;
///
/// let decoded = decode(b"\xc4\xe3\xba\xc3".to_vec(), None)?;
/// assert_eq!(&*decoded.text, "你好");
/// assert_eq!(decoded.encoding, Encoding::GB18030);
/// # Ok::<(), zimu::text::decode::DecodeError>(())
/// ```
pub fn decode(bytes: Vec<u8>, forced: Option<Encoding>) -> Result<Decoded, DecodeError> {
    let marked = mark(&bytes, forced);
    if let (Some(forced), Some((marked, _))) = (forced, marked)
        && !forced.agrees_with(marked)
    {
        return Err(DecodeError::OtherMark { forced, marked });
    }
    let known = marked.or(forced.map(|forced| (forced, 0)));
    let (encoding, mark_bytes) = known.unwrap_or((Encoding::UTF_8, 0));
    let viewed = if encoding == Encoding::UTF_8 {
        SourceText::view(bytes, |bytes| utf8(&bytes[mark_bytes..]))
    } else {
        Err(bytes)
    };
    let (text, encoding) = match (viewed, known) {
        (Ok(text), _) => (text, encoding),
        (Err(bytes), Some(_)) => (strictly(&bytes, mark_bytes, encoding)?.into(), encoding),
        (Err(bytes), None) => {
            let (text, encoding) = found_out(&bytes)?;
            (text.into(), encoding)
        }
    };
    if text.len() > MOST_BYTES {
        return Err(DecodeError::TooLarge(text.len() as u64));
    }
    Ok(Decoded {
        text,
        encoding,
        mark_bytes,
    })
}

/// All of a text in UTF-8, if it is that.
fn utf8(bytes: &[u8]) -> Option<&str> {
    match UTF_8.decode_without_bom_handling_and_without_replacement(bytes)? {
        Cow::Borrowed(text) => Some(text),
        Cow::Owned(_) => None,
    }
}

/// The encoding that a byte order mark says, and the length of the mark.
fn mark(bytes: &[u8], forced: Option<Encoding>) -> Option<(Encoding, usize)> {
    if bytes.starts_with(&ByteOrder::HighFirst.mark()) {
        return Some((Encoding::UTF_32BE, 4));
    }
    let (of, length) = encoding_rs::Encoding::for_bom(bytes)?;
    let marked = Encoding::of(of);
    if bytes.starts_with(&ByteOrder::LowFirst.mark()) {
        let valid = utf32::valid_up_to(bytes, ByteOrder::LowFirst);
        let is_utf32 = valid == bytes.len() || valid > 4 * SURE_UTF32_CHARACTERS;
        let is_asked = |forced: Encoding| forced.agrees_with(Encoding::UTF_32LE);
        let is_other = forced.is_some_and(|forced| forced.agrees_with(marked));
        if forced.is_some_and(is_asked) || is_utf32 && !is_other {
            return Some((Encoding::UTF_32LE, 4));
        }
    }
    Some((marked, length))
}

fn strictly(bytes: &[u8], mark_bytes: usize, encoding: Encoding) -> Result<String, DecodeError> {
    let body = &bytes[mark_bytes..];
    as_encoding(body, encoding).ok_or_else(|| DecodeError::Malformed {
        encoding,
        offset: (mark_bytes + valid_up_to(body, encoding)) as u64,
    })
}

/// All of a text without a mark; `None` where any of it has no place in the encoding.
fn as_encoding(bytes: &[u8], encoding: Encoding) -> Option<String> {
    match encoding.scheme() {
        Scheme::Utf32(order) => utf32::decode(bytes, order),
        Scheme::Whatwg(of) => pieces::decode(bytes, of),
    }
}

/// The text of bytes that are not UTF-8. Nothing is decoded twice but up to a fault: text in GB18030 soon has one as Big5, whereas
/// text in Big5 often has none as GB18030, so which of them it would rather be is asked first.
fn found_out(bytes: &[u8]) -> Result<(String, Encoding), DecodeError> {
    let utf8 = valid_up_to(bytes, Encoding::UTF_8);
    let multi_byte = bytes[..utf8].iter().filter(|byte| !byte.is_ascii());
    if multi_byte.take(SURE_UTF8_BYTES).count() == SURE_UTF8_BYTES {
        return Err(DecodeError::Malformed {
            encoding: Encoding::UTF_8,
            offset: utf8 as u64,
        });
    }
    let mut order = likelier(bytes).into_iter();
    let decoded = order.find_map(|encoding| Some((as_encoding(bytes, encoding)?, encoding)));
    decoded.ok_or_else(|| DecodeError::Unknown {
        utf8: utf8 as u64,
        gb18030: valid_up_to(bytes, Encoding::GB18030) as u64,
        big5: valid_up_to(bytes, Encoding::BIG5) as u64,
    })
}

/// GB18030 and Big5, first the one that the bytes are where they are valid as both. The
/// detector takes longer than decoding, so it is asked only where their first bytes leave it
/// open.
fn likelier(bytes: &[u8]) -> [Encoding; 2] {
    let prefix = &bytes[..bytes.len().min(DETECTOR_PREFIX_BYTES)];
    // The prefix may end within a character.
    let is_big5 = valid_up_to(prefix, Encoding::BIG5) + 1 >= prefix.len();
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let guess = is_big5.then(|| {
        detector.feed(prefix, prefix.len() == bytes.len());
        detector.guess(None, Utf8Detection::Deny)
    });
    if guess == Some(BIG5) {
        [Encoding::BIG5, Encoding::GB18030]
    } else {
        [Encoding::GB18030, Encoding::BIG5]
    }
}

/// Offset of the first byte that has no place in `encoding`; the length when all have.
fn valid_up_to(bytes: &[u8], encoding: Encoding) -> usize {
    let mut decoder = match encoding.scheme() {
        Scheme::Utf32(order) => return utf32::valid_up_to(bytes, order),
        Scheme::Whatwg(of) if of == UTF_8 => {
            return encoding_rs::Encoding::utf8_valid_up_to(bytes);
        }
        Scheme::Whatwg(of) => of.new_decoder_without_bom_handling(),
    };
    let mut discarded = [0; 4096];
    let mut read_before = 0;
    loop {
        let (result, read, _) =
            decoder.decode_to_utf8_without_replacement(&bytes[read_before..], &mut discarded, true);
        read_before += read;
        match result {
            DecoderResult::InputEmpty => return bytes.len(),
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(bad_bytes, read_after) => {
                let behind = usize::from(bad_bytes) + usize::from(read_after);
                return read_before.saturating_sub(behind);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoding_of(bytes: &[u8]) -> Result<Encoding, DecodeError> {
        decode(bytes.to_vec(), None).map(|decoded| decoded.encoding)
    }

    #[test]
    fn byte_order_marks_decide_and_are_taken_off() {
        for (bytes, encoding) in [
            (&b"\xef\xbb\xbfa"[..], Encoding::UTF_8),
            (b"\xff\xfea\0", Encoding::UTF_16LE),
            (b"\xfe\xff\0a", Encoding::UTF_16BE),
            (b"\xff\xfe\0\0a\0\0\0", Encoding::UTF_32LE),
            (b"\0\0\xfe\xff\0\0\0a", Encoding::UTF_32BE),
        ] {
            let decoded = decode(bytes.to_vec(), None).unwrap();
            assert_eq!((&*decoded.text, decoded.encoding), ("a", encoding));
            assert_eq!(&*decode(bytes.to_vec(), Some(encoding)).unwrap().text, "a");
        }
    }

    #[test]
    fn the_mark_of_utf16_decides_its_order() {
        let asked = Encoding::named("utf-16");
        for bytes in [b"\xff\xfea\0", b"\xfe\xff\0a"] {
            assert_eq!(&*decode(bytes.to_vec(), asked).unwrap().text, "a");
        }
    }

    #[test]
    fn a_mark_of_another_encoding_than_the_forced_is_an_error() {
        for (bytes, forced, marked) in [
            (&b"\xef\xbb\xbfa"[..], Encoding::GB18030, Encoding::UTF_8),
            (b"\xef\xbb\xbfa", Encoding::UTF_16LE, Encoding::UTF_8),
            (b"\xff\xfea\0", Encoding::UTF_8, Encoding::UTF_16LE),
            (b"\xfe\xff\0a", Encoding::BIG5, Encoding::UTF_16BE),
        ] {
            let error = decode(bytes.to_vec(), Some(forced)).unwrap_err();
            assert_eq!(error, DecodeError::OtherMark { forced, marked });
        }
    }

    #[test]
    fn utf8_with_a_fault_is_not_taken_for_gb18030() {
        let mut bytes = "今天我们谈谈字幕".as_bytes().to_vec();
        let offset = bytes.len() as u64;
        bytes.extend(b"\xc3\x28");
        let encoding = Encoding::UTF_8;
        assert_eq!(
            encoding_of(&bytes),
            Err(DecodeError::Malformed { encoding, offset })
        );
    }

    #[test]
    fn a_forced_encoding_names_the_bad_byte() {
        let error = decode(b"ab\xff".to_vec(), Some(Encoding::GB18030)).unwrap_err();
        assert_eq!(
            error.to_string(),
            "expected GB18030 text, found bytes that are not at byte 2"
        );
    }

    #[test]
    fn bytes_of_no_encoding_are_an_error() {
        assert_eq!(
            encoding_of(b"a\xff\xff"),
            Err(DecodeError::Unknown {
                utf8: 1,
                gb18030: 1,
                big5: 1
            })
        );
    }

    #[test]
    fn half_a_utf16_character_is_an_error() {
        assert!(encoding_of(b"\xff\xfe\x60\x4f\x41").is_err());
        assert!(encoding_of(b"\xff\xfe\x00\xd8").is_err());
    }

    #[test]
    fn what_cannot_be_utf32_is_utf16_that_begins_with_nul() {
        let bytes = b"\xff\xfe\0\0a\0b\0";
        let decoded = decode(bytes.to_vec(), None).unwrap();
        assert_eq!(
            (&*decoded.text, decoded.encoding),
            ("\0ab", Encoding::UTF_16LE)
        );
        let odd = decode(bytes[..6].to_vec(), None).unwrap();
        assert_eq!((&*odd.text, odd.encoding), ("\0a", Encoding::UTF_16LE));
        let asked = decode(b"\xff\xfe\0\0a\0\0\0".to_vec(), Some(Encoding::UTF_16LE)).unwrap();
        assert_eq!(&*asked.text, "\0a\0");
    }

    #[test]
    fn what_is_no_character_of_utf32_is_an_error_with_its_place() {
        let text = utf32::encode("渡船靠岸", ByteOrder::LowFirst);
        let before = [&ByteOrder::LowFirst.mark()[..], &text].concat();
        let encoding = Encoding::UTF_32LE;
        for fault in [&b"\0\xd8\0\0"[..], b"\0\0\x11\0", b"a\0\0"] {
            let bytes = [&before, fault].concat();
            let offset = before.len() as u64;
            let expected = DecodeError::Malformed { encoding, offset };
            for forced in [None, Some(encoding)] {
                assert_eq!(decode(bytes.clone(), forced).unwrap_err(), expected);
            }
        }
    }
}
