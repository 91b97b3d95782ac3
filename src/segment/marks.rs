//! A line of captions that are there already in, the marks that a profile would show otherwise out.
//!
//! It is what the rewriter says of words before they are cut, so that whoever checks captions and
//! whoever makes them are of one mind. Marks that hang on where a line ends are not told here.

use crate::model::Span;
use crate::profile::Profile;
use crate::segment::rewriter::Rewriter;

/// Finds marks, with buffers that are used again for the next line.
#[derive(Debug)]
pub struct Marks<'p> {
    rewriter: Rewriter<'p>,
}

/// A mark that is shown otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rewrite<'l> {
    /// Where it stands in the line, the spaces that go with it included.
    pub written: Span,
    /// What is shown instead.
    pub shown: &'l str,
}

impl<'p> Marks<'p> {
    /// The marks that `profile` wants.
    #[must_use]
    pub fn of(profile: &'p Profile) -> Self {
        Self {
            rewriter: Rewriter::of(profile),
        }
    }

    /// The marks of a line that are not as the profile shows them, in order.
    ///
    /// ```
    /// use zimu::profile::Profile;
    /// use zimu::segment::Marks;
    ///
    /// let profile = Profile::named("netflix-zh-hans")?;
    /// let mut marks = Marks::of(&profile);
    /// let line = "水开了……泡茶吗?";
    /// let shown: Vec<_> = marks
    ///     .find(line)
    ///     .map(|mark| (mark.written.of(line), mark.shown))
    ///     .collect();
    /// assert_eq!(shown, [("……", "⋯"), ("?", "？")]);
    /// # Ok::<(), zimu::profile::ProfileError>(())
    /// ```
    pub fn find<'l>(&'l mut self, line: &'l str) -> impl Iterator<Item = Rewrite<'l>> {
        let rewritten = self.rewriter.rewrite(line);
        rewritten.rewrites()
    }
}
