//! Text in, bytes in the encoding that it came in out: what is changed in a file leaves the rest
//! of it as it was.

use encoding_rs::{BIG5, GB18030, UTF_16BE, UTF_16LE};

use crate::text::encoding::{Encoding, Scheme};
use crate::text::utf32;

/// Text in an encoding, without a byte order mark; `None` where a character has no place in it.
///
/// ```
/// use zimu::text::encoding::Encoding;
/// use zimu::text::encode::encode;
///
/// assert_eq!(encode("你好", Encoding::GB18030).unwrap(), b"\xc4\xe3\xba\xc3");
/// assert_eq!(encode("a", Encoding::UTF_16BE).unwrap(), b"\0a");
/// assert_eq!(encode("あ한", Encoding::BIG5), None);
/// ```
#[must_use]
pub fn encode(text: &str, encoding: Encoding) -> Option<Vec<u8>> {
    let encoder = match encoding.scheme() {
        Scheme::Whatwg(encoder) => encoder,
        Scheme::Utf32(order) => return Some(utf32::encode(text, order)),
    };
    if encoder == UTF_16LE {
        return Some(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
    }
    if encoder == UTF_16BE {
        return Some(text.encode_utf16().flat_map(u16::to_be_bytes).collect());
    }
    if encoder == GB18030 || encoder == BIG5 {
        let (bytes, _, has_unknown) = encoder.encode(text);
        return (!has_unknown).then(|| bytes.into_owned());
    }
    Some(text.as_bytes().to_vec())
}
