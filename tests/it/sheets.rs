//! Sheets for translators: what is made of captions, and what becomes of them where captions have
//! changed since. No translation may be lost, nor be shown below words that it is not of.

use std::ffi::OsStr;
use std::fmt::Write;
use std::path::Path;

use proptest::prelude::*;
use zimu::bilingual::sheet::{
    Applied, Applying, Entry, Making, SHEETS, Sheet, SheetForm, State, Unconfirmed, apply, sheet_of,
};
use zimu::model::{CueId, CueTimes, LanguageTag, Timestamp, Track, TrackBuilder};
use zimu::profile::Profile;
use zimu::text::align::{SIMILAR_PERMILLE, likeness_permille};
use zimu::text::terms::Terms;

use crate::road::{self, format, text_of, written};
use crate::snapshots::findings;

/// The captions that all sheets of the suite are of.
const TALK: &str = "talk.srt";

fn making(profile: &Profile) -> Making<'_> {
    Making {
        source: &LanguageTag::ZH_HANS,
        target: &LanguageTag::EN,
        profile,
    }
}

fn applied(track: &Track, sheet: &Sheet, unconfirmed: Unconfirmed) -> Applied {
    let applying = Applying {
        first: &LanguageTag::ZH_HANS,
        language: &LanguageTag::EN,
        profile: &road::profile("netflix-en"),
        terms: &Terms::NONE,
        unconfirmed,
    };
    apply(track, sheet, applying)
}

/// What a snapshot says of a file of the suite: of captions the sheet in each form, of a sheet what
/// becomes of the captions.
pub(crate) fn told(path: &Path) -> String {
    let text = text_of(path);
    let mut said = String::new();
    if path.file_name() == Some(OsStr::new(TALK)) {
        let track = road::read(&text, format("srt")).track;
        let sheet = sheet_of(&track, making(&road::profile("netflix-en")));
        for form in &SHEETS {
            write!(said, "=== {}\n{}\n", form.id, form.print(&sheet)).expect("a string takes all");
        }
        return said;
    }
    let talk = text_of(&path.with_file_name(TALK));
    let track = road::read(&talk, format("srt")).track;
    let ending = path.extension().and_then(OsStr::to_str).unwrap_or_default();
    let form = SheetForm::of_extension(ending).expect("a form of sheets");
    let looks = SheetForm::of_content(&text).map_or("nothing", |form| form.id);
    writeln!(said, "looks like {looks}\n").expect("a string takes all");
    let reading = match form.read(&text) {
        Ok(reading) => reading,
        Err(error) => {
            let (message, place) = (&error.message, error.place.of(&text));
            return format!(
                "{said}not read: {message}, at {place:?} ({})\n",
                error.way_out
            );
        }
    };
    let result = applied(&track, &reading.sheet, Unconfirmed::Leave);
    said += &findings(&text, &reading.diagnostics);
    said += "\n=== applied\n";
    said += &findings(&text, &result.diagnostics);
    writeln!(said, "\n{} translated", result.translated).expect("a string takes all");
    said += &written(&result.track, format("review")).0;
    if !result.surplus.is_empty() {
        let tsv = SheetForm::of_extension("tsv").expect("a form of sheets");
        said += "\n=== left over\n";
        said += &tsv.print(&result.surplus);
    }
    said
}

/// Words as a cue has them, with some that many cues have.
fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => prop::sample::select(vec!["对", "好的", "对，就是这样。", "OK"]).prop_map(str::to_owned),
        6 => "[江上船票渡口茶馆开关对岸来去红色亭子山火车三块钱一张]{1,16}[。，？]?",
        1 => "[a-z]{1,8}( [a-z]{1,8}){0,4}",
    ]
}

/// A translation whose every word says which row it is of.
fn translation(row: usize) -> String {
    let word = |letter: char| format!("t{row}{letter}");
    ['a', 'b', 'c', 'd', 'e', 'f'].map(word).join(" ")
}

/// The row that a word of a translation is of.
fn row_of(word: &str) -> usize {
    let digits = word
        .trim_start_matches('t')
        .trim_end_matches(char::is_alphabetic);
    digits.parse().expect("a word of a translation")
}

fn track(cues: &[String], first_ms: u32, step_ms: u32) -> Track {
    let mut builder = TrackBuilder::new();
    let language = builder.language(&LanguageTag::ZH_HANS);
    for (at, words) in cues.iter().enumerate() {
        let start = Timestamp::from_millis(first_ms + at as u32 * step_ms);
        builder.line(words, language);
        builder.cue(
            CueId::numbered(at as u32 + 1),
            CueTimes::new(start, start.later(step_ms)),
        );
    }
    builder.finish()
}

/// The sheet of a track, with a translation in each row.
fn translated(track: &Track) -> Sheet {
    let empty = sheet_of(track, making(&road::profile("netflix-en")));
    let mut sheet = Sheet::new(LanguageTag::ZH_HANS, LanguageTag::EN);
    for (row, entry) in empty.entries().enumerate() {
        let target = translation(row);
        sheet.push(Entry {
            target: &target,
            state: State::Done,
            ..entry
        });
    }
    sheet
}

/// What is done to captions, at a place in parts of 256 of them.
#[derive(Clone, Debug)]
enum Change {
    Insert(u8, String),
    Delete(u8),
    Move(u8, u8),
    /// Another character somewhere in the words.
    Edit(u8, u8, char),
    /// Two cues become one.
    Join(u8),
    /// One becomes two.
    Cut(u8, u8),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        (any::<u8>(), words()).prop_map(|(at, words)| Change::Insert(at, words)),
        any::<u8>().prop_map(Change::Delete),
        (any::<u8>(), any::<u8>()).prop_map(|(from, to)| Change::Move(from, to)),
        (
            any::<u8>(),
            any::<u8>(),
            prop::sample::select(vec!['猫', '鱼', 'x'])
        )
            .prop_map(|(at, place, put)| Change::Edit(at, place, put)),
        any::<u8>().prop_map(Change::Join),
        (any::<u8>(), any::<u8>()).prop_map(|(at, place)| Change::Cut(at, place)),
    ]
}

/// The place that so many parts of 256 are at.
fn place(parts: u8, length: usize) -> usize {
    usize::from(parts) * length / 256
}

fn changed(cues: &mut Vec<String>, change: Change) {
    if let Change::Insert(at, words) = change {
        return cues.insert(place(at, cues.len() + 1), words);
    }
    if cues.len() < 2 {
        return;
    }
    let split = |words: &str, parts: u8| {
        let (at, _) = words
            .char_indices()
            .nth(place(parts, words.chars().count()))
            .expect("words");
        (words[..at].to_owned(), words[at..].to_owned())
    };
    match change {
        Change::Insert(..) => {}
        Change::Delete(at) => drop(cues.remove(place(at, cues.len()))),
        Change::Move(from, to) => {
            let moved = cues.remove(place(from, cues.len()));
            cues.insert(place(to, cues.len() + 1), moved);
        }
        Change::Edit(at, parts, put) => {
            let at = place(at, cues.len());
            let (before, behind) = split(&cues[at], parts);
            let behind: String = behind.chars().skip(1).collect();
            cues[at] = format!("{before}{put}{behind}");
        }
        Change::Join(at) => {
            let at = place(at, cues.len() - 1);
            let next = cues.remove(at + 1);
            cues[at] += &next;
        }
        Change::Cut(at, parts) => {
            let at = place(at, cues.len());
            let (before, behind) = split(&cues[at], parts);
            if !before.is_empty() {
                cues[at] = before;
                cues.insert(at + 1, behind);
            }
        }
    }
}

/// Words without what may be shown otherwise.
fn said(words: &str) -> String {
    let is_mark = |c: &char| c.is_whitespace() || "。，".contains(*c);
    words.chars().filter(|c| !is_mark(c)).collect()
}

/// Checks that each word of each translation is in the track or left over, once, and that it is
/// shown below words that it is of. Gives how many words are shown.
fn check(before: &[String], result: &Applied) -> Result<usize, TestCaseError> {
    let mut count = vec![0; before.len()];
    let mut shown = 0;
    // Cues that show words of one row are a run, and so are rows whose words one cue shows.
    let mut runs: Vec<(Vec<usize>, String)> = Vec::new();
    for cue in result.track.cues() {
        let lines: Vec<_> = result.track.lines(cue).collect();
        let of = |tag: &LanguageTag| {
            let lines = lines.iter().filter(|line| line.language == tag);
            lines.map(|line| line.text).collect::<Vec<_>>().join(" ")
        };
        let (first, second) = (of(&LanguageTag::ZH_HANS), of(&LanguageTag::EN));
        let mut rows: Vec<usize> = second.split_whitespace().map(row_of).collect();
        shown += rows.len();
        for &row in &rows {
            count[row] += 1;
        }
        rows.dedup();
        match runs.last_mut() {
            Some((last, words)) if !rows.is_empty() && last.last() == rows.first() => {
                last.extend(&rows[1..]);
                *words += &said(&first);
            }
            _ if rows.is_empty() => {}
            _ => runs.push((rows, said(&first))),
        }
    }
    for (rows, words) in runs {
        let of_rows: String = rows.iter().map(|&row| said(&before[row])).collect();
        let permille = likeness_permille(&of_rows, &words);
        prop_assert!(permille >= SIMILAR_PERMILLE, "{of_rows} is not {words}");
        let stale = result
            .diagnostics
            .iter()
            .any(|found| found.kind.id == "sheet-stale");
        prop_assert!(
            stale || of_rows == words,
            "{of_rows} is {words}, and nobody is told"
        );
    }
    for entry in result.surplus.entries() {
        for word in entry.target.split_whitespace() {
            count[row_of(word)] += 1;
        }
    }
    prop_assert!(count.iter().all(|&count| count == 6), "{count:?}");
    Ok(shown)
}

proptest! {
    #[test]
    fn no_translation_is_lost_or_shown_below_other_words(
        cues in prop::collection::vec(words(), 1..25),
        changes in prop::collection::vec(change(), 0..8),
        (first_ms, step_ms) in (0..100_000_u32, 500..6000_u32),
        order in any::<u64>(),
        form in 0..SHEETS.len(),
    ) {
        let made = translated(&track(&cues, 0, 2000));
        // As a tool hands it back, its rows in another order.
        let mut rows: Vec<Entry<'_>> = made.entries().collect();
        if order % 2 == 0 {
            rows.sort_by_key(|entry| order.wrapping_mul(entry.source.len() as u64 + 1) >> 7);
        }
        let mut sheet = Sheet::new(LanguageTag::ZH_HANS, LanguageTag::EN);
        for entry in rows {
            let times = entry.times.filter(|_| order % 4 > 0);
            sheet.push(Entry { times, ..entry });
        }
        let sheet = SHEETS[form].read(&SHEETS[form].print(&sheet)).expect("a sheet").sheet;
        let mut later = cues.clone();
        for change in changes {
            changed(&mut later, change);
        }
        let result = applied(&track(&later, first_ms, step_ms), &sheet, Unconfirmed::Leave);
        check(&cues, &result)?;
    }

    /// Retimed, with cues put in and taken out, each cue that is still there has its own.
    #[test]
    fn what_is_still_there_keeps_its_translation(
        cues in prop::collection::btree_set("[江上船票渡口茶馆]{3,9}", 2..20),
        put in prop::collection::vec(("[一-九]{2,6}", any::<u8>()), 0..5),
        taken in prop::collection::vec(any::<u8>(), 0..5),
        step_ms in 500..6000_u32,
    ) {
        let mut cues: Vec<String> = cues.into_iter().collect();
        // In no order that a set has.
        cues.sort_by_key(|words| words.chars().rev().collect::<String>());
        let sheet = translated(&track(&cues, 0, 2000));
        let mut later = cues.clone();
        for at in taken {
            changed(&mut later, Change::Delete(at));
        }
        for (words, at) in put {
            changed(&mut later, Change::Insert(at, words));
        }
        let result = applied(&track(&later, 7000, step_ms), &sheet, Unconfirmed::Leave);
        let shown = check(&cues, &result)?;
        let kept = later.iter().filter(|words| cues.contains(words)).count();
        prop_assert_eq!(shown, 6 * kept);
        prop_assert_eq!(result.translated, kept);
    }

    /// Cut otherwise from end to end, all words keep their translations.
    #[test]
    fn what_is_cut_otherwise_keeps_its_translation(
        cues in prop::collection::vec("[一-九]{4,12}", 1..12),
        parts in prop::collection::vec((any::<u8>(), any::<u8>()), 1..12),
    ) {
        let sheet = translated(&track(&cues, 0, 2000));
        let mut later = cues.clone();
        for (at, place) in parts {
            changed(&mut later, Change::Join(at));
            changed(&mut later, Change::Cut(at, place));
        }
        let result = applied(&track(&later, 0, 3000), &sheet, Unconfirmed::Leave);
        prop_assert_eq!(check(&cues, &result)?, 6 * cues.len());
        prop_assert!(result.surplus.is_empty());
    }

    #[test]
    fn what_is_written_reads_back_in_every_form(
        rows in prop::collection::vec(("[^\\p{Cc}\r\n]{1,20}", "[^\\p{Cc}\r\n]{0,20}|[a-z]{1,9}\n[a-z]{1,9}", any::<bool>()), 1..12),
    ) {
        let mut sheet = Sheet::new(LanguageTag::ZH_HANS, LanguageTag::EN);
        for (at, (source, target, is_fuzzy)) in rows.iter().enumerate() {
            let id = format!("{at}.1");
            let permille = (at % 2 == 0).then_some(870);
            let state = if *is_fuzzy { State::Fuzzy { permille } } else { State::Done };
            let (source, target) = (source.trim(), target.trim());
            if !source.is_empty() && !source.contains('\u{feff}') {
                sheet.push(Entry { id: &id, source, target, state, ..Entry::default() });
            }
        }
        for form in &SHEETS {
            let text = form.print(&sheet);
            let again = form.read(&text).expect("a sheet");
            prop_assert!(again.diagnostics.is_empty(), "{}: {:?}", form.id, again.diagnostics);
            let rows = |sheet: &Sheet| -> Vec<_> {
                let entries = sheet.entries();
                entries.map(|entry| (entry.id.to_owned(), entry.source.to_owned(), entry.target.to_owned(), entry.state)).collect()
            };
            prop_assert_eq!(rows(&again.sheet), rows(&sheet), "{}: {}", form.id, text);
        }
    }

    #[test]
    fn any_text_is_a_sheet_or_says_why(text in "\\PC*|(id|source|target|msgid \"|msgstr|<xliff>|<source>|</|\n|\t|;|\"|对|#, fuzzy|#\\||&){0,40}", table in any::<bool>()) {
        let text = if table { format!("source\ttarget\n{text}") } else { text };
        for form in &SHEETS {
            if let Ok(reading) = form.read(&text) {
                let result = applied(&track(&["对".to_owned()], 0, 1000), &reading.sheet, Unconfirmed::Take);
                prop_assert_eq!(result.track.cues().len(), 1);
            }
        }
    }
}
