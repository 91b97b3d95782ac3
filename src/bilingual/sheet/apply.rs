//! A sheet and a track in, the track in two languages out, with all that did not go into it.
//!
//! A translation is shown below the words that it was made for, and below no others: see
//! `matching.rs` for what belongs to what. What is done and finds no cue is left over, and
//! handed back as a sheet of its own.

use std::fmt::Write;

use crate::bilingual::sheet::matching::{Matched, matched};
use crate::bilingual::sheet::one_script::{self, OneScript};
use crate::bilingual::sheet::recut::{Run, lines_of};
use crate::bilingual::sheet::sides::{Side, Sides};
use crate::bilingual::sheet::texts::{Texts, join, join_translation};
use crate::bilingual::sheet::{Entry, Sheet, State, kinds};
use crate::model::{
    Cue, CueId, CueTimes, Diagnostic, LanguageTag, LineView, MarkKind, Track, TrackBuilder,
};
use crate::profile::Profile;
use crate::text::terms::Terms;
use crate::text::width::half_characters;

/// What a sheet is applied for.
#[derive(Clone, Copy, Debug)]
pub struct Applying<'a> {
    /// The language of the track, where its lines do not say theirs.
    pub first: &'a LanguageTag,
    /// The language of the translation.
    pub language: &'a LanguageTag,
    /// The limits of its lines.
    pub profile: &'a Profile,
    /// What is not broken in it.
    pub terms: &'a Terms,
    /// What becomes of translations that nobody has confirmed.
    pub unconfirmed: Unconfirmed,
}

/// What becomes of a translation that is fuzzy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unconfirmed {
    /// It is told, and stays in the sheet.
    Leave,
    /// It is used.
    Take,
}

/// A track with translations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// The same cues; those with a translation show it below their words.
    pub track: Track,
    /// What was found, with places in the text of the sheet.
    pub diagnostics: Vec<Diagnostic>,
    /// The rows that are of no cue.
    pub surplus: Sheet,
    /// How many cues have a translation.
    pub translated: usize,
}

/// Applies a sheet to a track: each translation goes to the cue with the words that it was made
/// for, by those words, wherever either stands. Of several with the same words the id decides.
/// Words that were changed since are found by their likeness to at least
/// [`SIMILAR_PERMILLE`](crate::text::align::SIMILAR_PERMILLE), and told; words that were cut into
/// cues otherwise take their translations with them. A cue without a row keeps the translation that
/// it has.
///
/// ```
/// use zimu::bilingual::sheet::{Applying, Entry, Sheet, State, Unconfirmed, apply};
/// use zimu::format::Format;
/// use zimu::model::LanguageTag;
/// use zimu::profile::Profile;
/// use zimu::text::terms::Terms;
///
/// let text = "1\n00:00:01,000 --> 00:00:02,500\n票在这里买\n\n2\n00:00:03,000 --> 00:00:05,000\n开船了\n\n";
/// let track = Format::named("srt").unwrap().read(text).unwrap().track;
/// let mut sheet = Sheet::new(LanguageTag::ZH_HANS, LanguageTag::EN);
/// sheet.push(Entry { id: "1", source: "开船了", target: "Off we go", ..Entry::default() });
/// let profile = Profile::named("netflix-en")?;
/// let applying = Applying {
///     first: &LanguageTag::ZH_HANS,
///     language: &LanguageTag::EN,
///     profile: &profile,
///     terms: &Terms::NONE,
///     unconfirmed: Unconfirmed::Leave,
/// };
/// let track = apply(&track, &sheet, applying).track;
/// let lines = |cue: usize| track.lines(&track.cues()[cue]).map(|line| line.text).collect::<Vec<_>>();
/// assert_eq!(lines(0), ["票在这里买"]);
/// assert_eq!(lines(1), ["开船了", "Off we go"]);
/// # Ok::<(), zimu::profile::ProfileError>(())
/// ```
#[must_use]
pub fn apply(track: &Track, sheet: &Sheet, applying: Applying<'_>) -> Applied {
    let sources = sheet.entries().map(|entry| entry.source);
    let of_rows = one_script::written(&sheet.source_language, sources);
    let lines = track.cues().iter().flat_map(|cue| track.lines(cue));
    let of_cues = one_script::written(applying.first, lines.map(|line| line.text));
    let (entries, rows) = rows_of(sheet, OneScript::of(of_rows, of_cues));
    let mut script = OneScript::of(of_cues, of_rows);
    let sides = Sides::of(track, applying.language).told_by(&rows, &mut script);
    let (cue_indices, cues) = cues_of(track, &sides, &mut script);
    let mut application = Application {
        applying,
        track,
        sides: &sides,
        entries: &entries,
        row_keys: &rows.keys(),
        cue_keys: &cues.keys(),
        row_characters: rows.characters(),
        cue_characters: cues.characters(),
        told: vec![Told::Nothing; track.cues().len()],
        is_used: vec![false; entries.len()],
        diagnostics: Vec::new(),
    };
    for found in matched(&rows, &cues) {
        application.take(&found, &cue_indices);
    }
    let surplus = application.surplus(sheet);
    application.tell_missing(&cue_indices);
    let Application {
        told,
        mut diagnostics,
        ..
    } = application;
    diagnostics.sort_by_key(|found| found.span);
    let (track, translated) = with_translations(track, &sides, &told, applying);
    Applied {
        track,
        diagnostics,
        surplus,
        translated,
    }
}

/// The rows that have words, in the order of their times, for a sheet that was sorted otherwise;
/// those without words behind them.
fn rows_of(sheet: &Sheet, mut script: OneScript) -> (Vec<Entry<'_>>, Texts) {
    let mut entries: Vec<Entry<'_>> = sheet.entries().collect();
    if entries.iter().all(|entry| entry.times.is_some()) {
        entries.sort_by_key(|entry| entry.times);
    }
    let mut rows = Texts::default();
    let (mut with_words, mut without) = (Vec::with_capacity(entries.len()), Vec::new());
    for entry in entries {
        if rows.push(script.words(entry.source), entry.id) {
            with_words.push(entry);
        } else {
            without.push(entry);
        }
    }
    with_words.append(&mut without);
    (with_words, rows)
}

/// The cues that have words.
fn cues_of(track: &Track, sides: &Sides<'_>, script: &mut OneScript) -> (Vec<usize>, Texts) {
    let mut cues = Texts::default();
    let mut indices = Vec::with_capacity(track.cues().len());
    let (mut words, mut translation) = (String::new(), String::new());
    for (at, cue) in track.cues().iter().enumerate() {
        sides.words(at, &mut words, &mut translation);
        if cues.push(script.words(&words), track.name(cue)) {
            indices.push(at);
        }
    }
    (indices, cues)
}

/// What the sheet says of a cue.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Told {
    /// There is no row for it.
    Nothing,
    /// There is one without a translation that could be used.
    Row,
    /// The lines of its translation; none where there is to be none.
    Lines(Vec<String>),
}

struct Application<'a> {
    applying: Applying<'a>,
    track: &'a Track,
    sides: &'a Sides<'a>,
    entries: &'a [Entry<'a>],
    row_keys: &'a [&'a str],
    cue_keys: &'a [&'a str],
    row_characters: Vec<u32>,
    cue_characters: Vec<u32>,
    told: Vec<Told>,
    is_used: Vec<bool>,
    diagnostics: Vec<Diagnostic>,
}

impl Application<'_> {
    /// Gives cues the translation of their rows, where it is whole.
    fn take(&mut self, found: &Matched, cue_indices: &[usize]) {
        let cues = &cue_indices[found.cues.clone()];
        let rows = &self.entries[found.rows.clone()];
        let run = Run {
            rows,
            row_characters: &self.row_characters[found.rows.clone()],
            cue_characters: &self.cue_characters[found.cues.clone()],
            permille: found.permille,
        };
        let row_keys = &self.row_keys[found.rows.clone()];
        if !run.is_in_order(row_keys, &self.cue_keys[found.cues.clone()]) {
            return;
        }
        for &cue in cues {
            self.told[cue] = Told::Row;
        }
        let is_done = |entry: &Entry<'_>| match entry.state {
            State::Open => false,
            State::Done => true,
            State::Fuzzy { .. } => self.applying.unconfirmed == Unconfirmed::Take,
        };
        if !rows.iter().all(is_done) {
            // A part of a translation is not of all the cues, and of which is not known.
            for (at, row) in found.rows.clone().zip(rows) {
                if row.state == State::Open {
                    self.is_used[at] = true;
                    self.diagnostics.push(kinds::MISSING.at(row.place));
                } else if let ([_], State::Fuzzy { .. }) = (rows, row.state) {
                    self.is_used[at] = true;
                    self.diagnostics.push(kinds::UNCONFIRMED.at(row.place));
                }
            }
            return;
        }
        self.is_used[found.rows.clone()].fill(true);
        let [first, ..] = rows else { return };
        if found.permille < 1000 {
            let now = self.words_of(cues);
            let like = found.permille / 10;
            let what = format!("some that were changed since: {now} ({like}% alike)");
            self.diagnostics.push(kinds::STALE.found(first.place, what));
        } else if rows.len() != cues.len() || rows.len() > 1 {
            let what = format!("{} rows for {} cues", rows.len(), cues.len());
            self.diagnostics.push(kinds::RECUT.found(first.place, what));
        }
        let lines = lines_of(run, self.applying);
        let shown = cues.iter().map(|&cue| &self.track.cues()[cue]);
        for ((&at, cue), lines) in cues.iter().zip(shown).zip(lines) {
            self.check(first, cue, &lines);
            self.tell_replaced(first, at, &lines);
            self.told[at] = Told::Lines(lines);
        }
    }

    /// Says where a translation is too long to be shown, or to be read.
    fn check(&mut self, row: &Entry<'_>, cue: &Cue, lines: &[String]) {
        let profile = self.applying.profile;
        if lines.len() > profile.max_lines as usize {
            let what = format!("{} lines", lines.len());
            self.diagnostics
                .push(kinds::TOO_LONG.found(row.place, what));
        }
        let Some(max_cps) = profile.max_cps else {
            return;
        };
        let halves: u32 = lines
            .iter()
            .map(|line| half_characters(line, profile.count))
            .sum();
        let duration_ms = cue.interval.duration_ms();
        let most = u64::from(max_cps) * u64::from(duration_ms) / 1000;
        let characters = u64::from(halves.div_ceil(2));
        if characters > most.max(1) {
            let what = format!("{characters} characters where {} can be read", most.max(1));
            self.diagnostics
                .push(kinds::TOO_FAST.found(row.place, what));
        }
    }

    /// Says what is shown no more, where the cue had another translation.
    fn tell_replaced(&mut self, row: &Entry<'_>, cue: usize, lines: &[String]) {
        let (mut words, mut before, mut now) = (String::new(), String::new(), String::new());
        self.sides.words(cue, &mut words, &mut before);
        for line in lines {
            join_translation(line, &mut now);
        }
        if !before.is_empty() && before != now {
            self.diagnostics
                .push(kinds::REPLACED.found(row.place, before));
        }
    }

    fn words_of(&self, cues: &[usize]) -> String {
        let (mut all, mut words, mut translation) = (String::new(), String::new(), String::new());
        for &cue in cues {
            self.sides.words(cue, &mut words, &mut translation);
            join(&words, 0, &mut all);
        }
        all
    }

    /// The rows that are of no cue and have a translation.
    fn surplus(&mut self, sheet: &Sheet) -> Sheet {
        let mut surplus = Sheet::new(sheet.source_language.clone(), sheet.target_language.clone());
        for (entry, is_used) in self.entries.iter().zip(&self.is_used) {
            if *is_used {
                continue;
            }
            match entry.state {
                State::Open => continue,
                State::Done => self.diagnostics.push(kinds::SURPLUS.at(entry.place)),
                State::Fuzzy { .. } => self.diagnostics.push(kinds::UNCONFIRMED.at(entry.place)),
            }
            surplus.push(*entry);
        }
        surplus
    }

    /// Says which cues have neither a row nor a translation of their own.
    fn tell_missing(&mut self, cue_indices: &[usize]) {
        for &at in cue_indices {
            let cue = &self.track.cues()[at];
            let has_own = || self.sides.lines(at).any(|(_, side)| side == Side::Second);
            if self.told[at] == Told::Nothing && !has_own() {
                let mut what = format!(
                    "none for cue {} at {}: ",
                    self.track.name(cue),
                    cue.interval.start()
                );
                // A string takes all that is written to it.
                let _ = write!(what, "{}", self.words_of(&[at]));
                self.diagnostics.push(kinds::NO_ROW.overall(what));
            }
        }
    }
}

/// The track with what the sheet says of each cue, and how many have a translation.
fn with_translations(
    track: &Track,
    sides: &Sides<'_>,
    told: &[Told],
    applying: Applying<'_>,
) -> (Track, usize) {
    let mut builder = TrackBuilder::with_capacity(2 * track.text_bytes(), track.cues().len());
    for (start, title) in track.chapters() {
        builder.chapter(start, title);
    }
    let mut translated = 0;
    for (at, (cue, told)) in track.cues().iter().zip(told).enumerate() {
        let mut is_translated = false;
        for (line, side) in sides.lines(at) {
            let language = match (side, told) {
                (Side::Second, Told::Lines(_)) => continue,
                (Side::Second, Told::Nothing | Told::Row) => applying.language,
                (Side::First, _) if *line.language == LanguageTag::UND => applying.first,
                (Side::First | Side::Other, _) => line.language,
            };
            is_translated |= side == Side::Second;
            copy_line(track, &line, language, &mut builder);
        }
        if let Told::Lines(lines) = told {
            let language = builder.language(applying.language);
            for line in lines {
                builder.line(line, language);
            }
            is_translated |= !lines.is_empty();
        }
        translated += usize::from(is_translated);
        if let Some(name) = track.speaker(cue) {
            builder.speaker(name);
        }
        if let Some(position) = track.position(cue) {
            builder.position(position);
        }
        let id = match cue.id {
            CueId::Named(_) => builder.id(&track.name(cue).to_string()),
            id @ CueId::Numbered { .. } => id,
        };
        builder.cue(id, CueTimes::from(cue.interval));
    }
    (builder.finish(), translated)
}

fn copy_line(
    track: &Track,
    line: &LineView<'_>,
    language: &LanguageTag,
    builder: &mut TrackBuilder,
) {
    let start = builder.here();
    builder.push_str(line.text);
    let moved = |place: usize| start + (place - line.span.start());
    for mark in line.marks {
        let kind = match mark.kind {
            MarkKind::Ruby(reading) => MarkKind::Ruby(builder.aside(track.reading(reading))),
            kind @ (MarkKind::Bold | MarkKind::Italic | MarkKind::Underline) => kind,
        };
        builder.mark_range(moved(mark.span.start())..moved(mark.span.end()), kind);
    }
    let language = builder.language(language);
    builder.end_line(language);
}
