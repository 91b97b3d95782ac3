//! A track and limits in, how fast each cue is to be read out, of each language by its own way of
//! counting: what the rules of speed compare, and what a chart of it shows.

use crate::check::Checking;
use crate::check::measures::MILLI_CHARACTERS;
use crate::check::site::Shown;
use crate::model::{Cue, Track};
use crate::text::width::half_characters;

/// How fast a cue is to be read, in thousandths of a character a second; none of a language that
/// the cue has no line in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Speeds {
    /// The lines that the profile is for.
    pub first: Option<u32>,
    /// The lines that its `second` is for.
    pub second: Option<u32>,
}

/// The reading speeds of each cue, rounded down.
///
/// ```
/// use zimu::check::{Checking, speeds};
/// use zimu::format::Format;
/// use zimu::profile::Profile;
///
/// let srt = Format::named("srt").unwrap();
/// let text = "1\n00:00:01,000 --> 00:00:03,000\n渡船六点出发\n";
/// let track = srt.read(text).unwrap().track;
/// let profile = Profile::named("netflix-zh-hans")?;
/// let found: Vec<_> = speeds(&track, &Checking::of(&profile)).collect();
/// assert_eq!((found[0].first, found[0].second), (Some(3000), None));
/// # Ok::<(), zimu::profile::ProfileError>(())
/// ```
pub fn speeds<'a>(
    track: &'a Track,
    checking: &'a Checking<'_>,
) -> impl Iterator<Item = Speeds> + use<'a> {
    track.cues().iter().map(|cue| of_cue(track, cue, checking))
}

fn of_cue(track: &Track, cue: &Cue, checking: &Checking<'_>) -> Speeds {
    let mut amounts = [None; 2];
    for line in track.lines(cue) {
        let line = Shown::of(line, checking);
        *amounts[line.side as usize].get_or_insert(0) += amount(&line, checking);
    }
    let duration_ms = u64::from(cue.interval.duration_ms());
    let speed = |amount: u64| u32::try_from(amount / duration_ms).unwrap_or(u32::MAX);
    let [first, second] = amounts.map(|amount| amount.map(speed));
    Speeds { first, second }
}

/// What there is to read in a line: by the milliseconds that it is shown for, thousandths of a
/// character a second.
fn amount(line: &Shown<'_>, checking: &Checking<'_>) -> u64 {
    let limits = checking.limits_of(line.side);
    MILLI_CHARACTERS * u64::from(half_characters(line.text, limits.count))
}
