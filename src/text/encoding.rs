//! The encodings that text is read in: their names, and how each is decoded.

use std::fmt;

use encoding_rs::{BIG5, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use crate::text::utf32::ByteOrder;

/// An encoding that Chinese text comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding(Scheme);

/// Who decodes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scheme {
    /// One of the encodings of the web.
    Whatwg(&'static encoding_rs::Encoding),
    /// What is not used there.
    Utf32(ByteOrder),
}

/// The names of UTF-32. Without an order it is the same as of UTF-16 without one.
const UTF32_NAMES: [(&str, Encoding); 3] = [
    ("utf-32", Encoding::UTF_32LE),
    ("utf-32le", Encoding::UTF_32LE),
    ("utf-32be", Encoding::UTF_32BE),
];

impl Encoding {
    /// UTF-8, with or without a byte order mark.
    pub const UTF_8: Self = Self(Scheme::Whatwg(UTF_8));
    /// UTF-16, low byte first.
    pub const UTF_16LE: Self = Self(Scheme::Whatwg(UTF_16LE));
    /// UTF-16, high byte first.
    pub const UTF_16BE: Self = Self(Scheme::Whatwg(UTF_16BE));
    /// UTF-32, low byte first.
    pub const UTF_32LE: Self = Self(Scheme::Utf32(ByteOrder::LowFirst));
    /// UTF-32, high byte first.
    pub const UTF_32BE: Self = Self(Scheme::Utf32(ByteOrder::HighFirst));
    /// GB18030, which holds GBK and GB2312.
    pub const GB18030: Self = Self(Scheme::Whatwg(GB18030));
    /// Big5 with the Hong Kong supplement.
    pub const BIG5: Self = Self(Scheme::Whatwg(BIG5));

    /// Every encoding that is read.
    pub const ALL: [Self; 7] = [
        Self::UTF_8,
        Self::UTF_16LE,
        Self::UTF_16BE,
        Self::UTF_32LE,
        Self::UTF_32BE,
        Self::GB18030,
        Self::BIG5,
    ];

    /// The encoding of a name or one of its usual aliases, such as `gbk` or `utf-16`.
    ///
    /// ```
    /// use zimu::text::encoding::Encoding;
    ///
    /// assert_eq!(Encoding::named("gbk"), Some(Encoding::GB18030));
    /// assert_eq!(Encoding::named("UTF-32"), Some(Encoding::UTF_32LE));
    /// assert_eq!(Encoding::named("latin1"), None);
    /// ```
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let mut utf32 = UTF32_NAMES.iter();
        if let Some((_, found)) = utf32.find(|(known, _)| known.eq_ignore_ascii_case(name)) {
            return Some(*found);
        }
        let found = encoding_rs::Encoding::for_label(name.as_bytes())?;
        // To a decoder GBK is GB18030: the labels are apart only for encoders.
        let found = if found == encoding_rs::GBK {
            GB18030
        } else {
            found
        };
        let found = Self::of(found);
        Self::ALL.contains(&found).then_some(found)
    }

    pub(super) const fn of(found: &'static encoding_rs::Encoding) -> Self {
        Self(Scheme::Whatwg(found))
    }

    pub(super) const fn scheme(self) -> Scheme {
        self.0
    }

    /// Whether a text that is asked for in this encoding may have the mark of another.
    pub(super) fn agrees_with(self, marked: Self) -> bool {
        let is_either = |either: [Self; 2]| either.contains(&self) && either.contains(&marked);
        self == marked
            || is_either([Self::UTF_16LE, Self::UTF_16BE])
            || is_either([Self::UTF_32LE, Self::UTF_32BE])
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Scheme::Whatwg(of) if of == GB18030 => "GB18030",
            Scheme::Whatwg(of) => of.name(),
            Scheme::Utf32(ByteOrder::LowFirst) => "UTF-32LE",
            Scheme::Utf32(ByteOrder::HighFirst) => "UTF-32BE",
        })
    }
}
