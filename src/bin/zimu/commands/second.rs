//! A second language: captions of it beside those of the input, or an input that has it already.

use std::path::{Path, PathBuf};

use zimu::bilingual::{
    Paired, ScriptLanguages, ScriptOrder, by_script, pair_tracks, two_languages,
};
use zimu::format::names::Languages;
use zimu::model::{LanguageTag, Track};
use zimu::profile::Profile;
use zimu::segment::Layout;
use zimu::text::script::{self, is_chinese};
use zimu::text::terms::Terms;

use crate::args::ConvertArguments;
use crate::called::Called;
use crate::commands::Outcome;
use crate::commands::source::{Source, captions};
use crate::files::{self, is_same_file, name_of};
use crate::report::{self, Failure};
use crate::settings::{ProfileChoice, Project, SECOND_PROFILE};

/// Captions in a second language.
pub(super) struct Second {
    path: PathBuf,
    track: Track,
    language: LanguageTag,
    profile: Profile,
    terms: Terms,
    pub(super) outcome: Outcome,
}

impl Second {
    /// Those that `arguments` ask for.
    pub(super) fn read(
        arguments: &ConvertArguments,
        project: &Project,
    ) -> Result<Option<Self>, Failure> {
        let Some(path) = &arguments.second else {
            return Ok(None);
        };
        let reading = &arguments.files.reading;
        let source = Source::decode(path, files::read(path)?, reading)?;
        let captions = captions(&source, None, reading)?;
        source.report(&captions.diagnostics, reading);
        if captions.track.cues().is_empty() {
            return Err(Failure::of_file(path, "expected captions, found none"));
        }
        let named = || Some(name_of(path).languages?.first().clone());
        let written = || script::detect(&source.text).unwrap_or(LanguageTag::EN);
        let asked = arguments.second_lang.clone();
        let language = asked.or_else(named).unwrap_or_else(written);
        let profile = match asked_profile(arguments) {
            Some(choice) => choice,
            None if is_chinese(&language) => project.profile(None),
            None => ProfileChoice::asked(SECOND_PROFILE),
        };
        Ok(Some(Self {
            path: path.clone(),
            track: captions.track,
            language,
            profile: profile.read()?,
            terms: project.terms(None)?,
            outcome: Outcome::of(&captions.diagnostics),
        }))
    }

    /// The track of `input` with these below, and the languages of the two.
    pub(super) fn below(
        &self,
        track: &Track,
        first: LanguageTag,
        input: &Path,
        arguments: &ConvertArguments,
    ) -> (Track, Languages) {
        let layout = Layout {
            profile: &self.profile,
            language: &self.language,
            terms: &self.terms,
        };
        let Paired { track, diagnostics } = pair_tracks(track, &self.track, layout);
        if !arguments.files.reading.quiet {
            for note in diagnostics {
                let (input, second) = (input.display(), self.path.display());
                report::note(&format!(
                    "{input} and {second}: {note}: {}",
                    note.kind.way_out
                ));
            }
        }
        (track, Languages::Two(first, self.language.clone()))
    }
}

/// The files that are read for a second language.
pub(super) fn files_of(arguments: &ConvertArguments) -> impl Iterator<Item = PathBuf> {
    let profile = asked_profile(arguments).and_then(ProfileChoice::file);
    arguments.second.clone().into_iter().chain(profile)
}

fn asked_profile(arguments: &ConvertArguments) -> Option<ProfileChoice<'_>> {
    let name = arguments.second_profile.as_deref()?;
    Some(ProfileChoice::asked_by("--second-profile", name))
}

/// Gives each line of a track its language, where the track is plainly in two, by its script, and
/// says which they are. `languages` are those that are known of it: else all lines are in the first.
/// A format that says the language of each line is believed. What was found by the script is
/// among the notes, where no name said it.
pub(super) fn told_apart(
    track: &mut Track,
    languages: Option<Languages>,
    second: Option<&LanguageTag>,
    called: &Called,
    notes: &mut Vec<String>,
) -> Option<Languages> {
    if let tags @ [first, second, ..] = &track.line_languages()[..]
        && !tags.contains(&&LanguageTag::UND)
    {
        return Languages::pair((*first).clone(), (*second).clone()).or(languages);
    }
    let Some(found) = two_languages(track) else {
        return in_the_first(track, languages);
    };
    let asked = second.cloned();
    let (chinese, other) = match &languages {
        Some(Languages::Two(one, other)) if is_chinese(one) => {
            (one.clone(), asked.unwrap_or_else(|| other.clone()))
        }
        Some(Languages::Two(one, other)) if is_chinese(other) => {
            (other.clone(), asked.unwrap_or_else(|| one.clone()))
        }
        Some(Languages::One(one)) if is_chinese(one) => {
            (one.clone(), asked.unwrap_or_else(|| found.other.clone()))
        }
        None => (
            LanguageTag::ZH_HANS,
            asked.unwrap_or_else(|| found.other.clone()),
        ),
        // The file is said to be in languages that its script does not tell apart.
        Some(Languages::One(_) | Languages::Two(..)) => return in_the_first(track, languages),
    };
    let both = ScriptLanguages {
        chinese: &chinese,
        other: &other,
    };
    *track = by_script(track, &found, both);
    let is_named = languages
        .as_ref()
        .is_some_and(|known| known.second() == Some(&other));
    if !is_named {
        notes.push(format!(
            "in two languages by its script, {chinese} and {other} ({} names another)",
            called.second_language
        ));
    }
    Some(match found.order {
        ScriptOrder::ChineseFirst => Languages::Two(chinese, other),
        ScriptOrder::OtherFirst => Languages::Two(other, chinese),
    })
}

fn in_the_first(track: &mut Track, languages: Option<Languages>) -> Option<Languages> {
    if let Some(languages) = &languages {
        track.name_language(languages.first());
    }
    languages
}

/// The one file that a second language is put beside, and not beside itself.
pub(super) fn only(inputs: &[PathBuf], arguments: &ConvertArguments) -> Result<(), Failure> {
    match (inputs, &arguments.second) {
        ([input], Some(second)) if is_same_file(input, second) => Err(Failure::of_file(
            second,
            "expected captions in another language for --second, found the input itself",
        )),
        ([_], Some(_)) | (_, None) => Ok(()),
        (inputs, Some(second)) => Err(Failure::plain(format!(
            "expected one input beside --second {}, found {}",
            second.display(),
            inputs.len()
        ))),
    }
}
