//! A `p` with all that is around it in, its cues out.

use crate::format::draft::{Draft, TimeBase, TimePlace};
use crate::format::ttml::head::Head;
use crate::format::ttml::ids::name_of;
use crate::format::ttml::level::Level;
use crate::format::ttml::names::{Attribute, Tag};
use crate::format::ttml::place::position;
use crate::format::ttml::shown::Lines;
use crate::format::ttml::styles::{Others, REFERENCE, RubyPart, Style};
use crate::format::ttml::text::{Look, Moment, Moments, Paragraph, Ruby, Shown, What};
use crate::format::ttml::timing::{Held, OUTSIDE};
use crate::model::{CueId, CueTimes, Position, Span, Timestamp, kinds};
use crate::text::class::without_controls;

kinds! {
    Format;
    OPEN_END: Note, "open-end",
        "expected an end",
        "the cue ends at the next start, at most 5 s later";
    UNTIMED: Fault, "text-without-times",
        "expected times, of the p or of what it is in",
        "it was taken to be shown from the start; give it its times";
    TOO_MANY: Fault, "too-many-parts",
        "expected fewer parts that are shown at one time",
        "each was made a cue of its own";
    HIDDEN: Note, "hidden-text",
        "expected text that is shown",
        "what is hidden was left out";
    pub(super) VOICE: Repair, "second-voice",
        "expected one speaker in a p",
        "its text was kept, under the first; give it a p of its own";
    pub(super) DOUBLE_READING: Fault, "second-reading",
        "expected one reading over the text",
        "the second was dropped";
}

/// The cues of a file while they are read.
#[derive(Debug, Default)]
pub(super) struct Cues<'t> {
    open: Option<Open<'t>>,
    paragraph: Paragraph,
    /// Where times of the open `p` stand, and of what is in it.
    held: Vec<Floating>,
    last_end: Timestamp,
}

/// A time, and whether it counts from the begin of the `p` if that is put into the file.
#[derive(Debug)]
struct Floating {
    place: TimePlace,
    is_floating: bool,
}

/// The `p` that is open.
#[derive(Debug)]
struct Open<'t> {
    tag: Tag<'t>,
    /// Which level it is.
    level: usize,
    agent: Option<&'t str>,
    has_noted_styling: bool,
    has_hidden: bool,
}

impl Open<'_> {
    fn says(&self, attribute: Attribute) -> bool {
        self.tag.get(attribute).is_some()
    }

    /// Whether it has an end, or what ought to be one.
    fn has_end(&self) -> bool {
        self.says(Attribute::End) || self.says(Attribute::Dur)
    }

    fn has_times(&self) -> bool {
        self.says(Attribute::Begin) || self.has_end()
    }
}

impl<'t> Cues<'t> {
    /// The level of the `p` that is open.
    pub(super) fn open_level(&self) -> Option<usize> {
        self.open.as_ref().map(|open| open.level)
    }

    /// A `p` begins.
    pub(super) fn begin(
        &mut self,
        tag: &Tag<'t>,
        level: &mut Level<'t>,
        at: usize,
        held: &mut Vec<Held>,
        others: Others,
    ) {
        self.paragraph.clear();
        let timed = &mut level.timed;
        if timed.begin_is_lost && timed.end.is_none_or(|end| self.last_end < end) {
            timed.begin = timed.begin.max(self.last_end);
        }
        self.held.extend(held.drain(..).map(|held| Floating {
            place: held.place,
            is_floating: held.is_duration && held.place.base == TimeBase::Recording,
        }));
        self.open = Some(Open {
            tag: tag.clone(),
            level: at,
            agent: level.agent,
            has_noted_styling: others == Others::Some,
            has_hidden: false,
        });
    }

    /// Times of a `span` stand where they do.
    pub(super) fn hold(&mut self, held: &mut Vec<Held>) {
        self.held.extend(held.drain(..).map(|held| Floating {
            place: held.place,
            is_floating: held.place.base == TimeBase::Recording,
        }));
    }

    /// Whether nothing was said of other styling in this `p` yet.
    pub(super) fn is_first_note(&mut self, others: Others) -> bool {
        let Some(open) = &mut self.open else {
            return true;
        };
        let was_noted = open.has_noted_styling;
        open.has_noted_styling |= others == Others::Some;
        !was_noted
    }

    /// Text is left out that is not shown.
    pub(super) fn is_hidden(&mut self, place: Span, draft: &mut Draft<'t>) {
        let was_told = match &mut self.open {
            Some(open) => std::mem::replace(&mut open.has_hidden, true),
            None => false,
        };
        if !was_told {
            draft.found(&HIDDEN, place);
        }
    }

    /// What a `span` is of a ruby.
    pub(super) fn ruby(&mut self, part: Option<RubyPart>, parent: Ruby) -> Ruby {
        self.paragraph.ruby(part, parent)
    }

    /// Who speaks in a `span`.
    pub(super) fn agent(&mut self, agent: Option<&'t str>, place: Span, draft: &mut Draft<'t>) {
        if let Some(open) = &mut self.open {
            match open.agent {
                None => open.agent = agent,
                Some(_) if open.agent == agent => {}
                Some(_) => draft.found(&VOICE, place),
            }
        }
    }

    /// A `span` begins, or a line ends.
    pub(super) fn mark(
        &mut self,
        what: What,
        level: &Level<'t>,
        head: Option<&Head<'t>>,
        draft: &mut Draft<'t>,
    ) {
        if self.open.is_some() {
            let (look, _) = look(level, head, draft);
            self.paragraph.mark(what, look, level.timed.shown());
        }
    }

    /// Text that stands at `place`.
    pub(super) fn text(
        &mut self,
        text: &str,
        place: Span,
        level: &Level<'t>,
        head: Option<&Head<'t>>,
        draft: &mut Draft<'t>,
    ) {
        if self.open.is_none() {
            return;
        }
        let (look, style) = look(level, head, draft);
        if style.hidden == Some(true) || style.absent == Some(true) {
            if !text.trim().is_empty() {
                self.is_hidden(place, draft);
            }
        } else {
            self.paragraph.push(text, look, level.timed.shown());
        }
    }

    /// The `p` ends.
    pub(super) fn end(&mut self, level: &Level<'t>, head: &Head<'t>, draft: &mut Draft<'t>) {
        let Some(open) = self.open.take() else { return };
        let place = draft.span_of(open.tag.raw);
        let (mut moments, how) = self.paragraph.moments();
        if how == Moments::TooMany {
            draft.found(&TOO_MANY, place);
        }
        if moments.is_empty() && open.has_times() && !open.has_hidden {
            let pieces = (0..self.paragraph.pieces.len()).collect();
            let shown = level.timed.shown();
            moments.push(Moment { shown, pieces });
        }
        self.release(&open, level, &moments, draft);
        let region = head.region_at(level.region);
        if let Some(region) = region {
            let all = moments.len();
            moments.retain_mut(|moment| clip(&mut moment.shown, region.shown));
            if moments.len() < all {
                draft.found(&OUTSIDE, place);
            }
        }
        let position = region.map(|region| {
            let style = region.style.over(head.initial);
            position(&style, level.style.text_align.or(style.text_align))
        });
        let name = open.tag.text(Attribute::Id).filter(|id| !id.is_empty());
        let name = name.as_deref().map(name_of);
        let name = name.as_deref().map(without_controls);
        let count = moments.len();
        for (at, moment) in moments.iter().enumerate() {
            let id = match &name {
                None => draft.next_id(),
                Some(name) if count == 1 => draft.builder.id(name),
                Some(name) => draft.builder.id(&format!("{name}.{}", at + 1)),
            };
            self.cue(id, moment, position, &open, level, head, draft);
        }
    }

    #[expect(clippy::too_many_arguments, reason = "all that a cue is made of")]
    fn cue(
        &mut self,
        id: CueId,
        moment: &Moment,
        position: Option<Position>,
        open: &Open<'t>,
        level: &Level<'t>,
        head: &Head<'t>,
        draft: &mut Draft<'t>,
    ) {
        let place = draft.span_of(open.tag.raw);
        let language = language(level, draft);
        let mut lines = Lines::new(&mut draft.builder, language);
        for &piece in &moment.pieces {
            lines.piece(&self.paragraph.pieces[piece], &self.paragraph.text);
        }
        lines.finish();
        if let Some(position) = position {
            draft.builder.position(position);
        }
        if let Some(agent) = open.agent {
            match head.agent_name(agent) {
                Some(name) => draft.builder.speaker(name),
                None => draft.found(&REFERENCE, draft.span_of(agent)),
            }
        }
        let Shown { begin, end } = moment.shown;
        let times = if let Some(end) = end {
            CueTimes::new(begin, end)
        } else {
            let is_timed = open.says(Attribute::Begin) || level.timed.is_anchored;
            // One that cannot be read, or is not after the start, was told.
            if !open.has_end() {
                let kind = if is_timed || begin != level.timed.begin {
                    &OPEN_END
                } else {
                    &UNTIMED
                };
                draft.found(kind, place);
            }
            CueTimes::open(begin)
        };
        self.last_end = end.unwrap_or(begin);
        draft.cue(id, times);
    }

    /// Says where the times of the `p` stand. One that is shown from the start of the recording,
    /// and does not say it, has a place for a `begin`: what is in it counts from there.
    fn release(
        &mut self,
        open: &Open<'t>,
        level: &Level<'t>,
        moments: &[Moment],
        draft: &mut Draft<'t>,
    ) {
        let begin = level.timed.begin;
        let begins = moments.iter().any(|moment| moment.shown.begin == begin);
        let is_put = begins && !level.timed.is_anchored && !level.timed.begin_is_lost;
        if is_put {
            let behind = draft.span_of(open.tag.name).end();
            draft.start_at(Span::new(behind, behind), begin);
        }
        for held in self.held.drain(..) {
            let mut place = held.place;
            if held.is_floating && is_put {
                place.base = TimeBase::Time(begin);
            }
            draft.time(place);
        }
    }
}

/// Shows a part of a `p` no longer than its region; whether it is shown at all.
fn clip(shown: &mut Shown, region: Shown) -> bool {
    shown.begin = shown.begin.max(region.begin);
    shown.end = [shown.end, region.end].into_iter().flatten().min();
    shown.end.is_none_or(|end| shown.begin < end)
}

fn language(level: &Level<'_>, draft: &mut Draft<'_>) -> u8 {
    let language = level.language;
    language.unwrap_or_else(|| draft.unknown_language())
}

/// How text of an element looks, and its whole style.
fn look<'t>(level: &Level<'t>, head: Option<&Head<'t>>, draft: &mut Draft<'t>) -> (Look, Style) {
    let mut style = level.style;
    if let Some(head) = head {
        if let Some(region) = head.region_at(level.region) {
            style = style.over(region.style);
        }
        style = style.over(head.initial);
    }
    let look = Look {
        marks: style.marks(),
        language: language(level, draft),
        space: level.space,
        ruby: level.ruby,
    };
    (look, style)
}
