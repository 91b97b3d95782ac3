//! About when each line is spoken in, or nothing; the states that each frame may be in out.

use std::ops::Range;

use crate::align::Placed;
use crate::align::chain::Chain;

/// Room below and above a band, in states.
const BELOW: usize = 4;
const ABOVE: usize = 6;

/// States that are looked at where nothing is placed yet: about a minute before the likeliest one, and
/// as much behind it.
const AROUND: usize = 1500;

/// States that are looked at in a frame, at most: eleven minutes of text. A text that is longer than
/// that from one place to the next has nothing to do with what is said there.
const MOST: usize = 16_000;

/// A time that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pin {
    pub(super) frame: usize,
    /// The first state of a line.
    pub(super) state: usize,
    pub(super) hold: Hold,
}

/// What is known of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hold {
    /// The line begins then.
    At,
    /// It does not begin before.
    NotBefore,
}

/// The states of each frame, frame by frame.
pub(super) struct Bands<'p> {
    /// Frames and the states that are spoken in them; none where nothing is placed.
    points: Vec<(usize, usize)>,
    low: usize,
    high: usize,
    margin: usize,
    frames: usize,
    states: usize,
    band: Range<usize>,
    /// Those that are not passed yet.
    pins: &'p [Pin],
    /// The state that the last one that was passed has.
    held: usize,
}

impl<'p> Bands<'p> {
    /// Where lines are as placed, each state may be up to `margin` frames earlier or later. Between
    /// lines, and within them, the states go by evenly.
    pub(super) fn new(
        chain: &Chain,
        placed: &[Option<Placed>],
        frames: usize,
        margin: usize,
        pins: &'p [Pin],
    ) -> Self {
        let is_placed = placed.iter().any(Option::is_some);
        Self {
            points: if is_placed {
                points(chain, placed, frames)
            } else {
                Vec::new()
            },
            low: 0,
            high: 0,
            margin,
            frames,
            states: chain.len(),
            band: 0..0,
            pins,
            held: 0,
        }
    }

    /// The band of the next frame; `likeliest` counts the likeliest state of the one before. Neither
    /// end of a band ever goes back.
    pub(super) fn at(&mut self, frame: usize, likeliest: impl FnOnce() -> usize) -> Range<usize> {
        let band = if self.points.is_empty() {
            let likeliest = likeliest();
            likeliest.saturating_sub(AROUND)..(likeliest + AROUND).min(self.states)
        } else {
            self.placed(frame)
        };
        while let Some((pin, later)) = self
            .pins
            .split_first()
            .filter(|(pin, _)| pin.frame <= frame)
        {
            if pin.hold == Hold::At {
                self.held = self.held.max(pin.state);
            }
            self.pins = later;
        }
        let open = self.pins.first().map_or(self.states, |pin| pin.state);
        let start = band.start.max(self.band.start).max(self.held);
        let most = open.min(start + MOST);
        let end = band.end.max(self.band.end).min(most.max(self.band.end));
        self.band = start.min(self.states - 1)..end.max(start + 1).min(self.states);
        self.band.clone()
    }

    fn placed(&mut self, frame: usize) -> Range<usize> {
        let start = match frame.checked_sub(self.margin) {
            None => 0,
            Some(frame) => along(&self.points, &mut self.low, frame).saturating_sub(BELOW),
        };
        let end = if frame + self.margin >= self.frames {
            self.states
        } else {
            along(&self.points, &mut self.high, frame + self.margin) + ABOVE
        };
        start.min(self.states.saturating_sub(2))..end.max(2).min(self.states)
    }
}

/// Frames and the states that are spoken in them; neither goes back.
fn points(chain: &Chain, placed: &[Option<Placed>], frames: usize) -> Vec<(usize, usize)> {
    let mut points = vec![(0, 0)];
    for (line, placed) in placed.iter().enumerate() {
        let Some(placed) = placed else { continue };
        let states = chain.states(line);
        let least = points.last().map_or(0, |(frame, _)| *frame);
        let first = placed.first.max(least);
        points.push((first, states.start));
        points.push((placed.end.max(first + 5), states.end));
    }
    let least = points.last().map_or(0, |(frame, _)| *frame);
    points.push((frames.max(least), chain.len()));
    points
}

/// The state of a frame, which never is an earlier one than before.
fn along(points: &[(usize, usize)], at: &mut usize, frame: usize) -> usize {
    while *at + 2 < points.len() && points[*at + 1].0 <= frame {
        *at += 1;
    }
    let ((from, low), (to, high)) = (points[*at], points[*at + 1]);
    let done = frame.clamp(from, to) - from;
    low + (high - low) * done / (to - from).max(1)
}
