//! What is said of texts in two languages: a pair of them, or one that has both, in each layout; and
//! of lines of English.

use std::fmt::Write;
use std::path::Path;

use zimu::bilingual::{
    Paired, ScriptLanguages, Second, SecondText, by_script, pair, pair_tracks, separate, stacked,
    two_languages,
};
use zimu::format::Format;
use zimu::model::{LanguageTag, Track};
use zimu::segment::{Layout, wrap};
use zimu::text::script::is_chinese;
use zimu::text::terms::Terms;
use zimu::timing::Known;

use super::{case, findings, review};
use crate::road::{self, Spoken, format, profile, text_of, written};

pub(super) fn paired(path: &Path) -> String {
    let first = text_of(&path.with_file_name(format!("{}.txt", case(path))));
    let second = text_of(path);
    let spoken = Spoken::of(&first, Known::default()).expect("a fixture that has its times");
    let limits = profile("youtube");
    let translation = Second {
        text: SecondText::Lines(&second),
        language: &LanguageTag::EN,
        profile: &profile(limits.second.as_deref().unwrap_or_default()),
        terms: &Terms::NONE,
    };
    let mut said = findings(&first, &spoken.findings);
    said += "\n=== translation\n";
    match pair(&spoken.track(&limits), &spoken.transcript, translation) {
        Err(error) => say!(said, "not paired: {error}\n"),
        Ok(paired) => {
            said += &findings(&second, &paired.diagnostics);
            said += "\n=== both\n";
            said += &review(&paired.track);
        }
    }
    said
}

pub(super) fn paired_by_times(path: &Path) -> String {
    let srt = format("srt");
    let first = text_of(&path.with_file_name(format!("{}.zh.srt", case(path))));
    let mut first = road::read(&first, srt).track;
    first.name_language(&LanguageTag::ZH_HANS);
    let second = road::read(&text_of(path), srt).track;
    let profile = profile("netflix-en");
    let layout = Layout::new(&profile, &LanguageTag::EN);
    let Paired { track, diagnostics } = pair_tracks(&first, &second, layout);
    findings("", &diagnostics) + "\n=== both\n" + &review(&track) + &in_languages(&track)
}

/// A transcript whose lines are pairs, or captions.
pub(super) fn apart(path: &Path) -> String {
    let text = text_of(path);
    let track = match Format::of_content(&text) {
        None => {
            let spoken = Spoken::of_pairs(&text, Known::default()).expect("a transcript");
            spoken.track(&profile("youtube"))
        }
        Some(format) => {
            let track = road::read(&text, format).track;
            let Some(found) = two_languages(&track) else {
                return "in one language\n".to_owned();
            };
            let languages = ScriptLanguages {
                chinese: &LanguageTag::ZH_HANS,
                other: &found.other,
            };
            by_script(&track, &found, languages)
        }
    };
    in_languages(&track)
}

/// The lines of a track, language by language.
fn in_languages(track: &Track) -> String {
    let mut said = String::new();
    for language in track.languages() {
        say!(said, "\n=== {language}\n");
        for cue in track.cues() {
            let lines = track.lines(cue).filter(|line| line.language == language);
            let lines: Vec<_> = lines.map(|line| line.text).collect();
            if !lines.is_empty() {
                let (name, start) = (track.name(cue), cue.interval.start());
                say!(said, "{name:<6} {start} {}\n", lines.join(" ⏎ "));
            }
        }
    }
    said
}

/// Each line as it is wrapped for English.
pub(super) fn wrapped(path: &Path) -> String {
    let profile = profile("netflix-en");
    let layout = Layout::new(&profile, &LanguageTag::EN);
    let mut said = String::new();
    for line in text_of(path).lines() {
        say!(said, "{}\n\n", wrap(line, layout).join("\n"));
    }
    said
}

/// What is told apart by how it looks, and a file for each language.
pub(super) fn in_each_layout(path: &Path) -> String {
    let track = road::read(&text_of(path), format("vtt")).track;
    let mut said = String::new();
    let chinese_first = stacked(&track, is_chinese);
    for id in ["srt", "vtt", "ass", "ttml"] {
        let (text, _) = written(&chinese_first, format(id));
        say!(said, "=== stacked, {id}\n{text}\n");
    }
    let english_first = stacked(&track, |language| *language == LanguageTag::EN);
    say!(
        said,
        "=== stacked, English on top\n{}",
        review(&english_first)
    );
    for (language, track) in separate(&track) {
        let (text, _) = written(&track, format("vtt"));
        say!(said, "\n=== separate, {language}\n{text}");
    }
    said
}
