//! A track in, a sheet out: what each cue says, how much can be read in its time, and what helps.

use std::collections::HashMap;
use std::fmt::Write;

use crate::bilingual::sheet::sides::Sides;
use crate::bilingual::sheet::texts::push_key;
use crate::bilingual::sheet::{Entry, Sheet, State};
use crate::model::{Cue, CueId, LanguageTag, Timestamp, Track};
use crate::profile::Profile;

/// Words of so many characters and fewer say little by themselves: 对, 好的.
const FEW_CHARACTERS: usize = 4;

/// What a sheet is made for.
#[derive(Clone, Copy, Debug)]
pub struct Making<'m> {
    /// The language of the track.
    pub source: &'m LanguageTag,
    /// The language that it is translated into.
    pub target: &'m LanguageTag,
    /// The limits of the translation.
    pub profile: &'m Profile,
}

/// The sheet of a track: a row for each cue that has words. Of a track in two languages the
/// translations are in it.
///
/// The limit of a row is the reading speed of the profile times the time of the cue, in whole
/// characters, at least 1.
///
/// ```
/// use zimu::bilingual::sheet::{Making, sheet_of};
/// use zimu::format::Format;
/// use zimu::model::LanguageTag;
/// use zimu::profile::Profile;
///
/// let text = "1\n00:00:01,000 --> 00:00:02,500\n开船\n了\n\n";
/// let track = Format::named("srt").unwrap().read(text).unwrap().track;
/// let profile = Profile::named("netflix-en")?;
/// let making = Making { source: &LanguageTag::ZH_HANS, target: &LanguageTag::EN, profile: &profile };
/// let sheet = sheet_of(&track, making);
/// let entry = sheet.entries().next().unwrap();
/// assert_eq!((entry.id, entry.source, entry.limit), ("1", "开船了", Some(30)));
/// # Ok::<(), zimu::profile::ProfileError>(())
/// ```
#[must_use]
pub fn sheet_of(track: &Track, making: Making<'_>) -> Sheet {
    let sides = Sides::of(track, making.target);
    let mut sheet = Sheet::new(making.source.clone(), making.target.clone());
    let (mut words, mut translation) = (String::new(), String::new());
    let mut names: HashMap<String, u32> = HashMap::with_capacity(track.cues().len());
    let mut id = String::new();
    let mut cues = Vec::with_capacity(track.cues().len());
    for (at, cue) in track.cues().iter().enumerate() {
        sides.words(at, &mut words, &mut translation);
        if words.is_empty() {
            continue;
        }
        cues.push(cue);
        id.clear();
        // A string takes all that is written to it.
        let _ = write!(id, "{}", track.name(cue));
        let count = names.entry(id.clone()).or_default();
        *count += 1;
        if *count > 1 {
            let _ = write!(id, "#{count}");
        }
        let interval = cue.interval;
        sheet.push(Entry {
            id: &id,
            times: Some((interval.start(), interval.end())),
            source: &words,
            target: &translation,
            limit: limit(interval.duration_ms(), making.profile),
            state: State::Done,
            ..Entry::default()
        });
    }
    add_context(&mut sheet, track, &cues);
    sheet
}

fn limit(duration_ms: u32, profile: &Profile) -> Option<u32> {
    let limit = |cps: u32| u64::from(cps) * u64::from(duration_ms) / 1000;
    let limit = profile.max_cps.map(limit)?;
    Some(u32::try_from(limit).unwrap_or(u32::MAX).max(1))
}

/// Says of each row who speaks and in which chapter, and what is said around it where its words
/// need that: there are few, others say the same, or they are a part of an utterance. `cues` are
/// those that have rows.
fn add_context(sheet: &mut Sheet, track: &Track, cues: &[&Cue]) {
    let mut keys = String::new();
    let mut counts: HashMap<String, u32> = HashMap::with_capacity(sheet.rows.len());
    let mut needs = Vec::with_capacity(sheet.rows.len());
    for entry in sheet.entries() {
        keys.clear();
        push_key(entry.source, &mut keys);
        *counts.entry(keys.clone()).or_default() += 1;
    }
    for entry in sheet.entries() {
        keys.clear();
        push_key(entry.source, &mut keys);
        let is_short = keys.chars().count() <= FEW_CHARACTERS;
        needs.push(is_short || counts.get(&keys).is_some_and(|&count| count > 1));
    }
    let chapters: Vec<(Timestamp, &str)> = track.chapters().collect();
    let mut context = String::new();
    for (at, cue) in cues.iter().enumerate() {
        context.clear();
        let mut say = |what: &str, words: &str| {
            let end = if context.is_empty() { "" } else { "\n" };
            let _ = write!(context, "{end}{what}: {words}");
        };
        if let Some(name) = track.speaker(cue) {
            say("speaker", name);
        }
        let start = cue.interval.start();
        let behind = chapters.partition_point(|(begins, _)| *begins <= start);
        if let Some((_, title)) = behind.checked_sub(1).and_then(|at| chapters.get(at)) {
            say("chapter", title);
        }
        let is_part = matches!(cue.id, CueId::Numbered { part, .. } if part > 0);
        if is_part || needs.get(at) == Some(&true) {
            let source = |row: &super::Row| row.source.of(&sheet.text).to_owned();
            if let Some(before) = at.checked_sub(1).and_then(|at| sheet.rows.get(at)) {
                say("before", &source(before));
            }
            if let Some(after) = sheet.rows.get(at + 1) {
                say("after", &source(after));
            }
        }
        let kept = sheet.keep(&context);
        if let Some(row) = sheet.rows.get_mut(at) {
            row.context = kept;
        }
    }
}
