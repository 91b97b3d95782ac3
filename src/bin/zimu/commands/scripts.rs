//! `--script`, `--also` and `--glossary`: captions in, the same in each script that was asked for out.

use std::path::Path;

use zimu::bilingual::{InScript, Widest, in_script};
use zimu::format::names::Languages;
use zimu::model::{LanguageTag, Track};
use zimu::text::conversion::{Converter, Glossary};
use zimu::text::script::{Script, is_chinese};

use crate::args::ScriptArguments;
use crate::called::Called;
use crate::report::Failure;
use crate::settings::Project;

/// How many cues with a line that is too wide are named.
const NAMED_CUES: usize = 5;

/// Captions in one script and layout, and what the names of their files say.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Version {
    pub(super) languages: Option<Languages>,
    pub(super) track: Track,
}

/// What the names of versions say.
pub(super) fn languages(versions: &[Version]) -> Vec<Option<Languages>> {
    let languages = versions.iter().map(|version| version.languages.clone());
    languages.collect()
}

/// Which scripts were asked for.
#[derive(Debug)]
pub(super) struct Scripts {
    /// In each of these, or as the captions come.
    wanted: Vec<Option<Script>>,
    glossary: Glossary,
    called: &'static Called,
}

impl Scripts {
    /// Reads the glossaries, if there is anything to convert.
    pub(super) fn of(
        arguments: &ScriptArguments,
        also: &[Script],
        project: &Project,
        called: &'static Called,
    ) -> Result<Self, Failure> {
        let wanted = wanted(arguments.script, also);
        let are_converted = wanted.iter().any(Option::is_some);
        if !are_converted && !arguments.glossary.is_empty() {
            return Err(Failure::plain(
                "expected a script that --glossary is for (--script hant-tw), found none",
            ));
        }
        let glossary = if are_converted {
            project.glossary(&arguments.glossary)?
        } else {
            Glossary::NONE
        };
        Ok(Self {
            wanted,
            glossary,
            called,
        })
    }

    /// How many versions there are of each input.
    pub(super) const fn count(&self) -> usize {
        self.wanted.len()
    }

    /// What the names of all versions say.
    pub(super) fn languages(&self, languages: &Languages) -> Vec<Option<Languages>> {
        let wanted = self.wanted.iter();
        wanted
            .map(|&script| written(Some(languages), script))
            .collect()
    }

    /// All versions of the captions of an input. What was changed is among the notes.
    pub(super) fn versions(
        &self,
        input: &Path,
        captions: Version,
        widest: Widest,
        notes: &mut Vec<String>,
    ) -> Result<Vec<Version>, Failure> {
        self.versions_in(&self.wanted, input, captions, widest, notes)
    }

    /// The same in other scripts than those that were asked for.
    pub(super) fn versions_in(
        &self,
        wanted: &[Option<Script>],
        input: &Path,
        captions: Version,
        widest: Widest,
        notes: &mut Vec<String>,
    ) -> Result<Vec<Version>, Failure> {
        let [None] = *wanted else {
            let mut version = |&script: &Option<Script>| match script {
                None => Ok(Version {
                    languages: captions.languages.clone(),
                    track: captions.track.clone(),
                }),
                Some(script) => self.converted(input, &captions, script, widest, notes),
            };
            return wanted.iter().map(&mut version).collect();
        };
        Ok(vec![captions])
    }

    /// The captions in a script, whether or not it was asked for.
    pub(super) fn converted(
        &self,
        input: &Path,
        captions: &Version,
        script: Script,
        widest: Widest,
        notes: &mut Vec<String>,
    ) -> Result<Version, Failure> {
        let mut into = Converter::new(script, &self.glossary);
        let converted = in_script(&captions.track, &mut into, widest);
        if converted.lines == 0 && !captions.track.cues().is_empty() {
            let message = format!(
                "expected lines in Chinese to write in another script, found none ({} zh-Hans says \
                 that they are)",
                self.called.language
            );
            return Err(Failure::of_file(input, message));
        }
        note(script, &converted, widest, notes);
        Ok(Version {
            languages: written(captions.languages.as_ref(), Some(script)),
            track: converted.track,
        })
    }
}

/// The captions in one script, or as they come, and in others too.
pub(super) fn wanted(script: Option<Script>, also: &[Script]) -> Vec<Option<Script>> {
    let others = also.iter().map(|&script| Some(script));
    [script].into_iter().chain(others).collect()
}

/// The languages, with their Chinese in a script.
fn written(languages: Option<&Languages>, script: Option<Script>) -> Option<Languages> {
    let tag = |tag: &LanguageTag| match script.filter(|_| is_chinese(tag)) {
        Some(script) => script.tag(tag),
        None => tag.clone(),
    };
    languages.map(|languages| match languages {
        Languages::One(first) => Languages::One(tag(first)),
        Languages::Two(first, second) => Languages::Two(tag(first), tag(second)),
    })
}

fn note(script: Script, converted: &InScript, widest: Widest, notes: &mut Vec<String>) {
    let InScript {
        track,
        lines,
        changed,
        too_wide,
    } = converted;
    let tag = script.tag(&LanguageTag::ZH_HANS);
    notes.push(format!(
        "{changed} of {lines} lines of Chinese are written otherwise in {tag}"
    ));
    if too_wide.is_empty() {
        return;
    }
    let names = too_wide.iter().take(NAMED_CUES);
    let mut names: Vec<_> = names
        .map(|&cue| track.name(&track.cues()[cue]).to_string())
        .collect();
    if let Some(more) = too_wide
        .len()
        .checked_sub(NAMED_CUES)
        .filter(|more| *more > 0)
    {
        names.push(format!("{more} more"));
    }
    let (count, names) = (too_wide.len(), names.join(", "));
    let than = match widest {
        Widest::HalfCells(_) => "the profile has room for",
        Widest::AsBefore | Widest::Unlimited => "any line was before",
    };
    notes.push(format!(
        "in {tag} lines of {count} cues are wider than {than}: {names} (a shorter \
         word in a --glossary mends that)"
    ));
}
