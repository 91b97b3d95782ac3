//! Two choices that a profile makes and that the text room carries out.
//!
//! They stand here because those two rooms are on one floor and do not know each other.

use schemars::JsonSchema;
use serde::Deserialize;

/// What counts as a character for reading speed (characters a second).
///
/// Never used for line length: that is measured in cells. Style guides differ: Netflix
/// counts every visible character as one, a CJK counter halves Latin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Counting {
    /// Every visible character is 1, spaces and marks included.
    All,
    /// Full-width characters are 1, half-width ones ½.
    #[default]
    Cjk,
}

/// Which marks may not stand at the start or the end of a line (W3C clreq, "Prohibition
/// Rules for Line Start and Line End").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BreakLevel {
    /// No prohibition: Chinese newspapers of Taiwan and Hong Kong.
    None,
    /// Closing and pausing marks start no line, opening marks end none. The usual level
    /// of zh-Hant.
    Basic,
    /// As basic, and a solidus ends no line: GB/T 15834-2011, the level of zh-Hans.
    Gb,
    /// As gb, and no dash or ellipsis starts a line.
    Strict,
}
