//! `zimu sheet`: captions in, a sheet for a translator out; and back, with `--apply`.

use std::path::{Path, PathBuf};

use zimu::bilingual::sheet::{Making, SHEETS, SheetForm, sheet_of};
use zimu::bilingual::two_languages;
use zimu::format::Reading;
use zimu::format::names::Languages;
use zimu::model::{LanguageTag, Track};
use zimu::profile::Profile;
use zimu::text::script::is_chinese;

use crate::args::SheetArguments;
use crate::called::OPTIONS;
use crate::commands::second::told_apart;
use crate::commands::sheet_past::Past;
use crate::commands::source::{Source, captions};
use crate::commands::{Outcome, sheet_apply, strictness, tell_all};
use crate::files::{self, Destination, Existing, is_standard};
use crate::outputs::Claims;
use crate::report::Failure;
use crate::settings::{ProfileChoice, Project, SECOND_PROFILE};

/// What goes to the standard output.
const DEFAULT_FORM: &str = "tsv";

pub(crate) fn run(arguments: &SheetArguments) -> Result<Outcome, Failure> {
    let project = Project::nearest()?;
    let [input] = arguments.files.inputs.as_slice() else {
        let count = arguments.files.inputs.len();
        return Err(Failure::plain(format!(
            "expected one file of captions, found {count}"
        )));
    };
    let outcome = match &arguments.apply {
        Some(sheet) => sheet_apply::apply(input, sheet, arguments, &project),
        None => make(input, arguments, &project),
    };
    outcome.map(|outcome| outcome.strictly(strictness(&arguments.files.reading)))
}

/// The limits of a translation.
pub(super) fn second_profile(
    arguments: &SheetArguments,
    project: &Project,
) -> Result<Profile, Failure> {
    if let Some(name) = &arguments.second_profile {
        return ProfileChoice::asked(name).read();
    }
    let first = project.profile(None).read()?;
    let name = first.second.as_deref().unwrap_or(SECOND_PROFILE);
    ProfileChoice::asked(name).read()
}

/// Captions that are to have a second language.
pub(super) struct Captions {
    pub(super) track: Track,
    pub(super) outcome: Outcome,
    pub(super) first: LanguageTag,
    /// What they are in below it, as far as they or their name say it.
    pub(super) second: Option<LanguageTag>,
}

/// Reads captions, and tells what was found in them. `asked` is what the second language is where
/// neither they nor their name say it.
pub(super) fn read_captions(
    path: &Path,
    asked: Option<&LanguageTag>,
    arguments: &SheetArguments,
    project: &Project,
) -> Result<Captions, Failure> {
    let reading = &arguments.files.reading;
    let source = Source::decode(path, files::read(path)?, reading)?;
    let Reading {
        mut track,
        diagnostics,
    } = captions(&source, None, reading)?;
    source.report(&diagnostics, reading);
    if track.cues().is_empty() {
        return Err(Failure::of_file(
            path,
            "expected captions, found none that could be read",
        ));
    }
    let named = source.languages(arguments.files.lang.as_ref(), project);
    let is_named = matches!(named, Some(Languages::Two(..)));
    // Kana and hangul say more than that; Latin letters may be of any language.
    let by_script = two_languages(&track).map(|found| found.other);
    let by_script = by_script.filter(|tag| ![LanguageTag::EN, LanguageTag::UND].contains(tag));
    let asked = asked.filter(|_| !is_named && by_script.is_none());
    let mut notes = Vec::new();
    let told = told_apart(&mut track, named, asked, &OPTIONS, &mut notes);
    tell_all(path, &notes, reading);
    let (first, second) = match told {
        None => (LanguageTag::ZH_HANS, None),
        Some(Languages::One(first)) => (first, None),
        // Of two, Chinese is what is translated, wherever it stands.
        Some(Languages::Two(one, other)) if is_chinese(&other) && !is_chinese(&one) => {
            (other, Some(one))
        }
        Some(Languages::Two(first, second)) => (first, Some(second)),
    };
    let second = second.or_else(|| {
        let mut tags = track.languages().iter();
        let is_second =
            |tag: &&LanguageTag| tag.primary() != first.primary() && **tag != LanguageTag::UND;
        tags.find(is_second).cloned()
    });
    Ok(Captions {
        track,
        outcome: Outcome::of(&diagnostics),
        first,
        second,
    })
}

fn make(input: &Path, arguments: &SheetArguments, project: &Project) -> Result<Outcome, Failure> {
    let (form, destination) = target(arguments.files.output.as_deref())?;
    if let Some(format) = arguments.files.to.first() {
        return Err(Failure::plain(format!(
            "expected --to only with --apply, found --to {}: a sheet has the form of its ending",
            format.id
        )));
    }
    let past = Past::of(arguments)?;
    let read = past.files.iter().map(PathBuf::as_path).chain([input]);
    Claims::with(read)?.claim(input, &destination)?;
    let asked = arguments.second_lang.as_ref();
    let captions = read_captions(input, asked, arguments, project)?;
    let target = asked.cloned().or(captions.second);
    let target = target.unwrap_or(LanguageTag::EN);
    let profile = second_profile(arguments, project)?;
    let making = Making {
        source: &captions.first,
        target: &target,
        profile: &profile,
    };
    let mut sheet = sheet_of(&captions.track, making);
    let own = sheet.done_count();
    let (memory, outcome) = past.memory(&target, &profile, arguments, project)?;
    memory.fill(&mut sheet);
    let text = form.print(&sheet);
    let existing = Existing::asked(arguments.files.overwrite);
    let staged = files::stage(&destination, existing, |sink| {
        sink.write_all(text.as_bytes())
    })?;
    let name = destination.told(staged.commit()?);
    if !arguments.files.reading.quiet {
        let (rows, done) = (sheet.entries().len(), sheet.done_count());
        anstream::eprint!("{} → {name}: {rows} rows", input.display());
        if own > 0 {
            anstream::eprint!(", {own} translated already");
        }
        if !past.files.is_empty() {
            let (found, alike) = (done - own, sheet.fuzzy_count());
            let known = memory.len();
            anstream::eprint!(", {found} found among {known} translations, {alike} like one");
        }
        anstream::eprintln!();
    }
    Ok(outcome.max(captions.outcome))
}

/// The form that is written, and where.
fn target(output: Option<&Path>) -> Result<(&'static SheetForm, Destination), Failure> {
    let endings = || {
        let endings = SHEETS.iter().filter_map(|form| form.extensions.first());
        endings
            .map(|ending| format!(".{ending}"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let Some(path) = output else {
        let message = format!(
            "expected -o FILE for the sheet, with an ending of {}",
            endings()
        );
        return Err(Failure::plain(message));
    };
    let ending = path.extension().and_then(|ending| ending.to_str());
    let form = match ending {
        _ if is_standard(path) => SHEETS.iter().find(|form| form.id == DEFAULT_FORM),
        Some(ending) => SheetForm::of_extension(ending),
        None => None,
    };
    let form = form.ok_or_else(|| {
        Failure::of_file(
            path,
            format!("expected an ending of a sheet: one of {}", endings()),
        )
    })?;
    Ok((form, Destination::of(path)))
}
