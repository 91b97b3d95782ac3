//! Captions in, where each of their times goes out: as somebody asks, or where they were heard.

use std::io::{self, Write};

use zimu::format::{Format, Places, TimePlace, TimeRole};
use zimu::model::{Cue, Interval, Span, Timestamp, Track};
use zimu::spotting::{Respotted, Retiming};

/// Where the times of a file go.
pub(super) enum Moves<'m> {
    /// All as somebody asks.
    Asked(&'m Retiming),
    /// Each cue to where it was heard, and then as somebody asks.
    Heard(&'m Respotted, &'m Retiming),
}

impl Moves<'_> {
    /// Puts the cues of a track where they go.
    pub(super) fn track(&self, track: &mut Track) {
        if let Self::Heard(respotted, _) = self {
            respotted.track(track);
        }
        self.asked().track(track);
    }

    /// How many cues have an end that is not where it would have gone to.
    pub(super) fn clamped(&self, track: &Track) -> usize {
        let cues = self.ways(track).map(|(_, from, _)| from);
        let is_clamped = |interval: &Interval| {
            let start = interval.start();
            [start, interval.end()]
                .iter()
                .any(|&at| self.asked().is_clamped(start, at))
        };
        cues.filter(is_clamped).count()
    }

    /// How many cues are elsewhere, and where the first and the last of them went.
    pub(super) fn told(&self, track: &Track) -> String {
        let moved = self.ways(track).filter(|(was, _, is)| was != is);
        let starts: Vec<_> = moved
            .map(|(was, _, is)| (was.start(), is.start()))
            .collect();
        let of = track.cues().len();
        let Some((first, last)) = starts.first().zip(starts.last()) else {
            return format!("none of {of} cues changed");
        };
        let went = |(was, is): &(Timestamp, Timestamp)| format!("{was} to {is}");
        format!(
            "{} of {of} cues changed, from {} up to {}",
            starts.len(),
            went(first),
            went(last)
        )
    }

    /// Each cue as it was, as it was heard, and as it is.
    fn ways(&self, track: &Track) -> impl Iterator<Item = (Interval, Interval, Interval)> {
        track.cues().iter().enumerate().map(|(at, cue)| {
            let heard = match self {
                Self::Asked(_) => cue.interval,
                Self::Heard(respotted, _) => respotted.interval(at),
            };
            (cue.interval, heard, self.asked().interval(heard))
        })
    }

    const fn asked(&self) -> &Retiming {
        match self {
            Self::Asked(retiming) | Self::Heard(_, retiming) => retiming,
        }
    }
}

/// A file that stays as it is but for its times.
pub(super) struct Patch<'a> {
    text: &'a str,
    format: &'static Format,
    places: &'a Places,
    moves: &'a Moves<'a>,
    /// Which cue a time is of, by where it stands; of cues that were heard.
    cues: Vec<(Span, usize)>,
}

impl<'a> Patch<'a> {
    pub(super) fn of(
        text: &'a str,
        format: &'static Format,
        places: &'a Places,
        moves: &'a Moves<'a>,
    ) -> Self {
        let mut cues = Vec::new();
        if let Moves::Heard(..) = moves {
            for (at, place) in places.cues.iter().enumerate() {
                let times = [place.start, place.end].into_iter().flatten();
                cues.extend(times.map(|span| (span, at)));
            }
            cues.sort_unstable();
        }
        Self {
            text,
            format,
            places,
            moves,
            cues,
        }
    }

    pub(super) fn print(&self, sink: &mut dyn Write) -> io::Result<()> {
        let moved = |place: &TimePlace, at: Timestamp| self.moved(place, at);
        self.format
            .write_with_times(self.text, &self.places.times, moved, sink)
    }

    /// Whether the cues of what is printed are shown as they are to be, to what the format can say.
    pub(super) fn is_faithful(&self, meant: &Track) -> bool {
        let Moves::Heard(..) = self.moves else {
            return true;
        };
        let mut printed = Vec::with_capacity(self.text.len());
        // Memory takes all that is written to it.
        let _ = self.print(&mut printed);
        let printed = String::from_utf8(printed).ok();
        let read = printed.and_then(|text| self.format.read(text));
        let step_ms = self.format.step_ms;
        let is_near = |(is, meant): (&Cue, &Cue)| {
            let [is, meant] = [is, meant].map(|cue| cue.interval.start().millis());
            is.abs_diff(meant) <= step_ms
        };
        read.is_some_and(|read| {
            let (is, meant) = (read.track.cues(), meant.cues());
            is.len() == meant.len() && is.iter().zip(meant).all(is_near)
        })
    }

    /// Where a time goes. A cue that ends after its start still does.
    fn moved(&self, place: &TimePlace, at: Timestamp) -> Timestamp {
        let start = place.cue_start;
        let [moved, moved_start] = [at, start].map(|at| self.time(place, at));
        let is_end = place.role == TimeRole::End && at == place.at && at > start;
        if is_end && self.moves.asked().covers(start) {
            return moved.max(moved_start.later(self.format.step_ms));
        }
        moved
    }

    fn time(&self, place: &TimePlace, at: Timestamp) -> Timestamp {
        let asked = self.moves.asked();
        match self.moves {
            Moves::Asked(_) => asked.time(place.cue_start, at),
            Moves::Heard(respotted, _) => {
                let own = self
                    .cues
                    .binary_search_by_key(&place.span, |(span, _)| *span);
                let is_own = at == place.at || at == place.cue_start;
                let cue = match own {
                    Ok(own) if is_own => Some(self.cues[own].1),
                    // What its own time is counted from goes its own way.
                    Err(_) if is_own => respotted.cue_at(place.cue_start),
                    Ok(_) | Err(_) => respotted.cue_at(at),
                };
                let at = cue.map_or(at, |cue| respotted.time(cue, at));
                asked.time(at, at)
            }
        }
    }
}
