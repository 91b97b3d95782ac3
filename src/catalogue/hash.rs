//! What bytes are known by from one run to the next.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The first half of a hash of 256 bits: of ten thousand million files no two have one by
/// chance. Which hash it is, whoever makes it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Hash([u8; 16]);

/// Not 32 digits of a hash.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected 32 hexadecimal digits, found {0:?}")]
pub struct NoHash(String);

impl Hash {
    /// Of all the bytes of a hash.
    #[must_use]
    pub fn of(all: &[u8; 32]) -> Self {
        let mut half = [0; 16];
        half.copy_from_slice(&all[..16]);
        Self(half)
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", u128::from_be_bytes(self.0))
    }
}

impl FromStr for Hash {
    type Err = NoHash;

    fn from_str(text: &str) -> Result<Self, NoHash> {
        let is_hash = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let number = u128::from_str_radix(text, 16).ok().filter(|_| is_hash);
        let number = number.ok_or_else(|| NoHash(text.to_owned()))?;
        Ok(Self(number.to_be_bytes()))
    }
}

impl From<Hash> for String {
    fn from(hash: Hash) -> Self {
        hash.to_string()
    }
}

impl TryFrom<String> for Hash {
    type Error = NoHash;

    fn try_from(text: String) -> Result<Self, NoHash> {
        text.parse()
    }
}
