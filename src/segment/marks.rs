//! A line of captions that are there already in, the marks that a profile would show otherwise out.
//!
//! It is what the rewriter says of words before they are cut, and what becomes of a line once it is
//! known where it ends, so that whoever checks captions and whoever makes them are of one mind.

use crate::model::Span;
use crate::profile::Profile;
use crate::segment::rewriter::Rewriter;
use crate::segment::shown::Punctuation;

/// Finds marks, with buffers that are used again for the next line.
#[derive(Debug)]
pub struct Marks<'p> {
    rewriter: Rewriter<'p>,
    punctuation: Punctuation<'p>,
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
            punctuation: Punctuation::of(profile),
        }
    }

    /// The marks of a line that are not as the profile shows them, in order, but for those that
    /// hang on where it ends.
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

    /// Where a line ends as it is shown: before marks and spaces that the profile does not show
    /// there. A line of these alone ends where it does.
    ///
    /// ```
    /// use zimu::profile::Profile;
    /// use zimu::segment::Marks;
    ///
    /// let profile = Profile::named("netflix-zh-hans")?;
    /// let marks = Marks::of(&profile);
    /// let line = "水开了，泡茶。";
    /// assert_eq!(&line[..marks.shown_end(line)], "水开了，泡茶");
    /// let inside: Vec<_> = marks.inside(line).map(|mark| mark.shown).collect();
    /// assert_eq!(inside, [" "]);
    /// # Ok::<(), zimu::profile::ProfileError>(())
    /// ```
    #[must_use]
    pub fn shown_end(&self, line: &str) -> usize {
        self.punctuation.shown_end(line).unwrap_or(line.len())
    }

    /// The marks inside of a line, up to where it ends as it is shown, for which the profile shows
    /// something else there, in order.
    pub fn inside<'l>(&'l self, line: &'l str) -> impl Iterator<Item = Rewrite<'l>> {
        let others = self.punctuation.others(line);
        others.map(|(written, shown)| Rewrite { written, shown })
    }
}
