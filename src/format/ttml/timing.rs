//! The times of an element and those of the one around it in, when it is shown out.
//!
//! TTML2 §12: times count from where the element around begins, or, in a sequence, from where
//! the one before ends; of an end and a duration the earlier one holds; nothing goes on after
//! what it is in.

use crate::format::draft::{Draft, REVERSED, TimeBase, TimePlace, TimeRole};
use crate::format::ttml::names::{ATTRIBUTE, Attribute, Tag};
use crate::format::ttml::text::Shown;
use crate::format::ttml::times::Rates;
use crate::model::{Span, Timestamp, kinds};

kinds! {
    Format;
    pub(super) OUTSIDE: Fault, "never-shown",
        "expected a start before the end of the element around it",
        "it was left out, as players do; mend its times";
    SEQUENCE: Fault, "endless-sequence",
        "expected an end of the element before in the sequence",
        "this one was taken to begin with it; give it an end";
}

/// When an element is shown, and what those inside count from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Timed {
    pub(super) begin: Timestamp,
    pub(super) end: Option<Timestamp>,
    /// Its own end, where it says one.
    own_end: Option<Timestamp>,
    /// Whether its begin moves with another time of the file.
    pub(super) is_anchored: bool,
    /// Whether its end was told to be wrong.
    pub(super) is_reversed: bool,
    pub(super) begin_is_lost: bool,
    container: Container,
    /// When the last one inside ended, if that is known.
    inside: Inside,
}

/// How what is inside of an element is timed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Container {
    /// Each by itself.
    Parallel,
    /// One after the other.
    Sequence,
}

/// When what is inside of an element ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Inside {
    /// There is nothing yet.
    Empty,
    Ends(Timestamp),
    /// Never by itself. In a sequence, the last one, which began then.
    Never(Timestamp),
}

/// A time that stands in a file, until it is known what its `p` counts from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Held {
    pub(super) place: TimePlace,
    /// Whether it is a duration, which counts from the begin of its own element.
    pub(super) is_duration: bool,
}

impl Timed {
    /// What holds outside of all elements.
    pub(super) const ALWAYS: Self = Self {
        begin: Timestamp::ZERO,
        end: None,
        own_end: None,
        is_anchored: false,
        is_reversed: false,
        begin_is_lost: false,
        container: Container::Parallel,
        inside: Inside::Empty,
    };

    /// From when to when it is shown.
    pub(super) const fn shown(&self) -> Shown {
        Shown {
            begin: self.begin,
            end: self.end,
        }
    }

    fn is_sequence(&self) -> bool {
        self.container == Container::Sequence
    }

    /// Begins an element inside of this one; `None` where it is never shown. Where its times stand
    /// goes to `held`.
    pub(super) fn child(
        &self,
        tag: &Tag<'_>,
        rates: &Rates,
        draft: &mut Draft<'_>,
        held: &mut Vec<Held>,
    ) -> Option<Self> {
        let place = draft.span_of(tag.raw);
        let (from, is_anchored) = match self.inside {
            Inside::Ends(end) if self.is_sequence() => (end, true),
            Inside::Never(begin) if self.is_sequence() => {
                draft.found(&SEQUENCE, place);
                (begin, true)
            }
            Inside::Empty | Inside::Ends(_) | Inside::Never(_) => (self.begin, self.is_anchored),
        };
        let base = base_of(from, is_anchored);
        let mut read = |attribute| time(tag, attribute, rates, draft);
        let (begin_at, end_at, dur) = (
            read(Attribute::Begin),
            read(Attribute::End),
            read(Attribute::Dur),
        );
        let begin = begin_at.map_or(from, |(_, at)| from.later(at.millis()));
        let has_begin = begin_at.is_some();
        let mut timed = Self {
            begin,
            is_anchored: is_anchored || has_begin,
            begin_is_lost: !has_begin
                && (tag.get(Attribute::Begin).is_some() || tag.wrong == Some(&ATTRIBUTE)),
            container: match tag.get(Attribute::TimeContainer) {
                Some("seq") => Container::Sequence,
                Some(_) | None => Container::Parallel,
            },
            ..Self::ALWAYS
        };
        let mut stands = |attribute, written: Option<(Span, Timestamp)>, at, base, role| {
            if let Some((span, _)) = written {
                let place = TimePlace {
                    span,
                    at,
                    base,
                    cue_start: begin,
                    role,
                };
                let is_duration = attribute == Attribute::Dur;
                held.push(Held { place, is_duration });
            }
        };
        stands(Attribute::Begin, begin_at, begin, base, TimeRole::Start);
        let end = end_at.map(|(_, at)| from.later(at.millis()));
        stands(
            Attribute::End,
            end_at,
            end.unwrap_or(begin),
            base,
            TimeRole::End,
        );
        let gone = dur.map(|(_, at)| begin.later(at.millis()));
        let dur_base = base_of(begin, timed.is_anchored);
        stands(
            Attribute::Dur,
            dur,
            gone.unwrap_or(begin),
            dur_base,
            TimeRole::End,
        );

        let own_end = [end, gone].into_iter().flatten().min();
        if self.end.is_some_and(|end| begin >= end) {
            draft.found(&OUTSIDE, place);
            return None;
        }
        if let Some(end) = own_end
            && end <= begin
        {
            draft.found(&REVERSED, place);
            timed.is_reversed = true;
            return Some(timed);
        }
        timed.own_end = own_end;
        timed.end = [own_end, self.end].into_iter().flatten().min();
        Some(timed)
    }

    /// Text is in it, or a line break: these never end.
    pub(super) fn has_text(&mut self) {
        if !self.is_sequence() {
            self.inside = Inside::Never(self.begin);
        }
    }

    /// An element inside of this one is over.
    pub(super) fn ended(&mut self, child: &Self) {
        let implied = match child.inside {
            Inside::Empty => Some(child.begin),
            Inside::Ends(end) => Some(end),
            Inside::Never(_) => None,
        };
        let end = child.own_end.or(implied);
        self.inside = match (self.inside, end) {
            (_, None) => Inside::Never(child.begin),
            (Inside::Never(begin), _) if !self.is_sequence() => Inside::Never(begin),
            (Inside::Ends(latest), Some(end)) if !self.is_sequence() => {
                Inside::Ends(latest.max(end))
            }
            (Inside::Empty | Inside::Ends(_) | Inside::Never(_), Some(end)) => Inside::Ends(end),
        };
    }
}

fn base_of(from: Timestamp, is_anchored: bool) -> TimeBase {
    if is_anchored {
        TimeBase::Time(from)
    } else {
        TimeBase::Recording
    }
}

/// Reads a time of a tag. A duration may be said to be without end.
fn time(
    tag: &Tag<'_>,
    attribute: Attribute,
    rates: &Rates,
    draft: &mut Draft<'_>,
) -> Option<(Span, Timestamp)> {
    let written = tag.get(attribute)?;
    if written == "indefinite" && attribute != Attribute::Begin {
        return None;
    }
    let place = draft.span_of(written);
    match rates.time(written) {
        Ok((at, found)) => {
            if let Some(kind) = found {
                draft.found(kind, place);
            }
            Some((place, at))
        }
        Err(kind) => {
            draft.found(kind, place);
            None
        }
    }
}
