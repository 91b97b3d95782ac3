//! Captions in two languages, each with cuts of its own, in; one track in both out.
//!
//! Which cues belong together is said by `belongs.rs`. Here the words of the second are put
//! below those of the first: as they stand where they are one cue's and fit, else joined,
//! shared out over the cues of their group (`share.rs`), and wrapped.

use std::ops::Range;

use crate::bilingual::Paired;
use crate::bilingual::belongs::{Belongings, Home, belongings};
use crate::bilingual::copied::{copy_line, end_cue};
use crate::bilingual::share::{Shared, said_half_cells, shares};
use crate::bilingual::told::Told;
use crate::model::{Cue, Interval, LanguageTag, LineView, Span, Timestamp, Track, TrackBuilder};
use crate::segment::{Layout, wrap};
use crate::text::class::Class;
use crate::text::width::half_cells;

/// Pairs two tracks of one recording by their times, wherever each of them is cut. `layout` is
/// how the second language is shown; its language is that of lines of the second in none that
/// is known.
///
/// A cue of the second belongs to the cue of the first with which it shares most time, of two to
/// the earlier. One that shares less than half of the shorter one's time with any, and for more
/// than half of its own time is shown beside none, is a cue of its own, at the time that is free.
/// A cue of the first to which none belongs by that, but which shares half of the shorter one's
/// time with one, has its part of that one's words, if the two of the first are not shown at once.
///
/// Ids and times of the first stay. One cue of the second beside one of the first stands below
/// it, in its own lines where they fit the profile. Several are joined. What is said over several
/// cues is shared out over them, in proportion to how much each says. No word of either is lost
/// and none is shown twice, marks stay as they are written; what the pairing had to do is told in
/// the diagnostics.
///
/// ```
/// use zimu::bilingual::pair_tracks;
/// use zimu::format::Format;
/// use zimu::model::LanguageTag;
/// use zimu::profile::Profile;
/// use zimu::segment::Layout;
///
/// let srt = Format::named("srt").unwrap();
/// let first = "1\n00:00:01,000 --> 00:00:03,000\n茶在桌上\n\n2\n00:00:03,000 --> 00:00:05,000\n请自己倒\n";
/// let second = "1\n00:00:01,100 --> 00:00:04,900\nThe tea is on the table, help yourself\n";
/// let (first, second) = (srt.read(first).unwrap().track, srt.read(second).unwrap().track);
///
/// let profile = Profile::named("netflix-en")?;
/// let track = pair_tracks(&first, &second, Layout::new(&profile, &LanguageTag::EN)).track;
/// let lines = |cue: usize| track.lines(&track.cues()[cue]).map(|line| line.text).collect::<Vec<_>>();
/// assert_eq!(lines(0), ["茶在桌上", "The tea is on the table,"]);
/// assert_eq!(lines(1), ["请自己倒", "help yourself"]);
/// # Ok::<(), zimu::profile::ProfileError>(())
/// ```
#[must_use]
pub fn pair_tracks(first: &Track, second: &Track, layout: Layout<'_>) -> Paired {
    let intervals =
        |track: &Track| -> Vec<Interval> { track.cues().iter().map(|cue| cue.interval).collect() };
    let profile = &layout.profile.with_marks_as_written();
    let layout = Layout { profile, ..layout };
    let Belongings { homes, centres } = belongings(&intervals(first), &intervals(second));
    let mut pairing = Pairing {
        first,
        second,
        layout,
        joined: String::with_capacity(second.text_bytes()),
        beside: vec![Beside::None; first.cues().len()],
        told: Told::default(),
        builder: TrackBuilder::with_capacity(
            first.text_bytes() + second.text_bytes(),
            first.cues().len() + second.cues().len() / 8,
        ),
    };
    for (start, title) in first.chapters() {
        pairing.builder.chapter(start, title);
    }
    pairing.share_out(&homes, &centres);
    for (index, cue) in first.cues().iter().enumerate() {
        pairing.both(index, cue);
    }
    for (cue, home) in second.cues().iter().zip(&homes) {
        if let Home::Alone(interval) = *home {
            pairing.alone(cue, interval);
        }
    }
    let Pairing { told, builder, .. } = pairing;
    Paired {
        track: builder.finish(),
        diagnostics: told.diagnostics(),
    }
}

/// What stands below the lines of a cue of the first.
#[derive(Clone, Copy, Debug)]
enum Beside {
    None,
    /// The lines of one cue of the second, by its index.
    Cue(usize),
    /// A range of the joined words; a line end in it is to stay.
    Words(Span),
}

struct Pairing<'p> {
    first: &'p Track,
    second: &'p Track,
    layout: Layout<'p>,
    /// The words that do not stand as they are.
    joined: String,
    beside: Vec<Beside>,
    told: Told,
    builder: TrackBuilder,
}

impl Pairing<'_> {
    /// Fills `beside`, group by group.
    fn share_out(&mut self, homes: &[Home], centres: &[usize]) {
        let mut firsts: Vec<usize> = (0..centres.len()).collect();
        firsts.sort_by_key(|&index| centres[index]);
        let home = |&index: &usize| match homes[index] {
            Home::Beside(centre) => Some(centre),
            Home::Alone(_) => None,
        };
        let mut seconds: Vec<usize> = (0..homes.len()).filter(|at| home(at).is_some()).collect();
        seconds.sort_by_key(home);
        let mut groups = seconds
            .chunk_by(|one, other| home(one) == home(other))
            .peekable();
        for members in firsts.chunk_by(|&one, &other| centres[one] == centres[other]) {
            let centre = members.first().map(|&index| centres[index]);
            let told = groups.next_if(|group| group.first().and_then(home) == centre);
            let told = told.unwrap_or_default();
            self.tell_places(members, told);
            match (members, told) {
                (_, []) => {}
                (&[only], &[one]) if self.fits(one) => self.beside[only] = Beside::Cue(one),
                (members, told) => self.join(members, told),
            }
        }
    }

    /// A cue has one place, which is that of the first.
    fn tell_places(&mut self, members: &[usize], told: &[usize]) {
        let place = members.first().map(|&index| &self.first.cues()[index]);
        let place = place.and_then(|cue| self.first.position(cue));
        for &index in told {
            let cue = &self.second.cues()[index];
            let own = self.second.position(cue);
            if own.is_some() && own != place {
                self.told.moved.add(cue.interval.start());
            }
        }
    }

    /// Whether the lines of a cue of the second can stay as they are.
    fn fits(&self, index: usize) -> bool {
        let cue = &self.second.cues()[index];
        let profile = self.layout.profile;
        let max = profile
            .max_cells_per_line
            .map_or(u32::MAX, |cells| 2 * cells);
        let mut lines = self.second.lines(cue);
        lines.len() <= profile.max_lines as usize && lines.all(|line| half_cells(line.text) <= max)
    }

    /// The words of some cues of the second, shared out over some of the first.
    fn join(&mut self, members: &[usize], told: &[usize]) {
        let start = self.joined.len();
        let mut seams = Vec::new();
        for &index in told {
            if self.joined.len() > start {
                seams.push(self.joined.len() - start);
            }
            self.push_words(index, start, members.len());
        }
        let place = |index: usize, track: &Track| track.cues()[index].interval.start();
        if let [one, _, ..] = *told {
            self.told.joined.add(place(one, self.second));
        }
        let [_, _, ..] = *members else {
            self.beside[members[0]] = Beside::Words(Span::new(start, self.joined.len()));
            return;
        };
        self.told.shared.add(place(members[0], self.first));
        let words = &self.joined[start..];
        // A break in a line was good before a space at its end as much as behind it.
        let behind_space = |&seam: &usize| seam + usize::from(words[seam..].starts_with(' '));
        let seams: Vec<usize> = seams.iter().map(behind_space).collect();
        let cues = members.iter().map(|&index| &self.first.cues()[index]);
        let lengths: Vec<u32> = cues.map(|cue| said_half_cells(self.first, cue)).collect();
        let shared = Shared {
            words,
            seams: &seams,
            terms: self.layout.terms,
        };
        let parts = shares(shared, &lengths);
        for (&index, part) in members.iter().zip(parts) {
            if !part.is_empty() {
                let part = Span::new(start + part.start(), start + part.end());
                self.beside[index] = Beside::Words(part);
            }
        }
    }

    /// Adds the lines of a cue of the second to the words joined since `start`. Who speaks in
    /// turn keeps a line of their own where all stands in one cue.
    fn push_words(&mut self, index: usize, start: usize, cues: usize) {
        let second = self.second;
        for line in second.lines(&second.cues()[index]) {
            let words = line.text.trim();
            if words.is_empty() {
                continue;
            }
            if !line.marks.is_empty() {
                self.told
                    .without_markup
                    .add(second.cues()[index].interval.start());
            }
            let before = self.joined[start..].chars().next_back();
            let is_turn = words.starts_with(['-', '–', '—', '‐']);
            let parts = |c: Option<char>| {
                c.is_some_and(|c| !matches!(Class::of(c), Class::Han | Class::Kana))
            };
            if before.is_some() && is_turn && cues == 1 {
                self.joined.push('\n');
            } else if before.is_some() && (parts(before) || parts(words.chars().next())) {
                self.joined.push(' ');
            }
            self.joined.push_str(words);
        }
    }

    /// A cue of the first with what is beside it.
    fn both(&mut self, index: usize, cue: &Cue) {
        for line in self.first.lines(cue) {
            copy_line(self.first, &line, line.language, &mut self.builder);
        }
        match self.beside[index] {
            Beside::None => self.told.first_alone.add(cue.interval.start()),
            Beside::Cue(other) => self.lines_of(&self.second.cues()[other]),
            Beside::Words(span) => self.words(span, cue.interval.start()),
        }
        end_cue(self.first, cue, cue.interval, &mut self.builder);
    }

    fn words(&mut self, span: Span, start: Timestamp) {
        let words = &self.joined[as_range(span)];
        let index = self.builder.language(self.layout.language);
        let mut count = 0;
        for turn in words.split('\n') {
            for line in wrap(turn, self.layout) {
                self.builder.line(&line, index);
                count += 1;
            }
        }
        if count > self.layout.profile.max_lines as usize {
            self.told.too_long.add(start);
        }
    }

    /// A cue of the second that is shown by itself, at a time.
    fn alone(&mut self, cue: &Cue, interval: Interval) {
        self.told.second_alone.add(cue.interval.start());
        self.lines_of(cue);
        if let Some(speaker) = self.second.speaker(cue) {
            self.builder.speaker(speaker);
        }
        if let Some(position) = self.second.position(cue) {
            self.builder.position(position);
        }
        // A number would be that of a cue of the first.
        let name = format!("{}-{}", self.layout.language, self.second.name(cue));
        let id = self.builder.id(&name);
        self.builder.cue(id, interval.into());
    }

    fn lines_of(&mut self, cue: &Cue) {
        for line in self.second.lines(cue) {
            let language = language_of(&line, self.layout);
            copy_line(self.second, &line, language, &mut self.builder);
        }
    }
}

/// The language of a line of the second.
fn language_of<'l>(line: &LineView<'l>, layout: Layout<'l>) -> &'l LanguageTag {
    if *line.language == LanguageTag::UND {
        layout.language
    } else {
        line.language
    }
}

const fn as_range(span: Span) -> Range<usize> {
    span.start()..span.end()
}
