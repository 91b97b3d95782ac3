//! A text that was read, shared by all who look at it: a reader, the track that was made of it,
//! the report of what was wrong with it.
//!
//! Bytes that are UTF-8 become a text without a copy; that they are is found out once.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use self_cell::self_cell;

/// A text that several hold at once; a clone is one count more.
///
/// ```
/// use zimu::model::SourceText;
///
/// let text = SourceText::from("你好");
/// assert_eq!(text.clone().len(), 6);
///
/// let text = SourceText::view(b"\xef\xbb\xbfok".to_vec(), |bytes| {
///     std::str::from_utf8(bytes).ok()?.strip_prefix('\u{feff}')
/// });
/// assert_eq!(&*text.unwrap(), "ok");
/// ```
#[derive(Clone)]
pub struct SourceText(Arc<Held>);

enum Held {
    Text(String),
    Bytes(Viewed),
}

type Utf8<'b> = &'b str;

self_cell! {
    struct Viewed {
        owner: Vec<u8>,
        #[covariant]
        dependent: Utf8,
    }
}

impl SourceText {
    /// The text that `view` finds in `bytes`.
    ///
    /// # Errors
    /// The bytes, where it finds none.
    pub fn view(
        bytes: Vec<u8>,
        view: impl for<'b> FnOnce(&'b [u8]) -> Option<&'b str>,
    ) -> Result<Self, Vec<u8>> {
        let viewed = Viewed::try_new_or_recover(bytes, |bytes| view(bytes).ok_or(()));
        match viewed {
            Ok(viewed) => Ok(Self(Arc::new(Held::Bytes(viewed)))),
            Err((bytes, ())) => Err(bytes),
        }
    }
}

impl Deref for SourceText {
    type Target = str;

    fn deref(&self) -> &str {
        match &*self.0 {
            Held::Text(text) => text,
            Held::Bytes(viewed) => viewed.borrow_dependent(),
        }
    }
}

impl From<String> for SourceText {
    fn from(text: String) -> Self {
        Self(Arc::new(Held::Text(text)))
    }
}

impl From<&str> for SourceText {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl From<&String> for SourceText {
    fn from(text: &String) -> Self {
        Self::from(text.clone())
    }
}

impl From<&Self> for SourceText {
    fn from(text: &Self) -> Self {
        text.clone()
    }
}

impl Default for SourceText {
    fn default() -> Self {
        Self::from(String::new())
    }
}

impl fmt::Debug for SourceText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl fmt::Display for SourceText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl PartialEq for SourceText {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for SourceText {}
