//! `zimu sheet --apply`: a sheet and captions in, captions in two languages out.
//!
//! What is of no cue any more is written beside the sheet before anything else is: a run that
//! fails behind that has lost nothing.

use std::path::{Path, PathBuf};

use zimu::bilingual::sheet::{
    Applied, Applying, Sheet, SheetError, SheetForm, SheetReading, Unconfirmed, apply as applied,
};
use zimu::format::names::Languages;
use zimu::model::LanguageTag;
use zimu::text::decode::decode;

use crate::args::SheetArguments;
use crate::commands::scripts::Version;
use crate::commands::sheet::{Captions, read_captions, second_profile};
use crate::commands::source::Source;
use crate::commands::{Outcome, Sink};
use crate::files::{self, Destination, Existing, is_standard};
use crate::inputs::Inputs;
use crate::outputs::{Claims, Outputs};
use crate::report::Failure;
use crate::settings::Project;

/// What stands in the name of the file of what is left over.
const SURPLUS: &str = "surplus";

pub(super) fn apply(
    input: &Path,
    sheet_path: &Path,
    arguments: &SheetArguments,
    project: &Project,
) -> Result<Outcome, Failure> {
    let mut claims = Claims::with([input, sheet_path].into_iter().chain(project.path()))?;
    let style = project.name_style(arguments.files.layout.name_style())?;
    let inputs = Inputs::named(&arguments.files.inputs);
    let outputs = Outputs::of(&arguments.files, &inputs, style)?;
    let source = Source::decode(
        sheet_path,
        files::read(sheet_path)?,
        &arguments.files.reading,
    )?;
    let (form, reading) = read_sheet(&source)?;
    let SheetReading {
        sheet,
        mut diagnostics,
    } = reading;
    let of_sheet = Some(&sheet.target_language).filter(|tag| **tag != LanguageTag::UND);
    let asked = arguments.second_lang.as_ref().or(of_sheet);
    let Captions {
        track,
        outcome,
        first,
        second,
    } = read_captions(input, asked, arguments, project)?;
    let language = asked.cloned().or(second).unwrap_or(LanguageTag::EN);
    let terms = project.terms(None)?;
    let Applied {
        track,
        diagnostics: found,
        surplus,
        translated,
    } = applied(
        &track,
        &sheet,
        Applying {
            first: &first,
            language: &language,
            profile: &second_profile(arguments, project)?,
            terms: &terms,
            unconfirmed: if arguments.fuzzy {
                Unconfirmed::Take
            } else {
                Unconfirmed::Leave
            },
        },
    );
    diagnostics.extend(found);
    diagnostics.sort_by_key(|found| found.span);
    source.report(&diagnostics, &arguments.files.reading);
    let kept = keep(surplus, form, sheet_path, input)?;
    let cues = track.cues().len();
    let languages = Languages::Two(first, language);
    let mut sink = Sink {
        arguments: &arguments.files,
        outputs: &outputs,
        claims: &mut claims,
    };
    let captions = Version {
        languages: Some(languages),
        track,
    };
    let names = sink.write(input, vec![captions])?.join(", ");
    if !arguments.files.reading.quiet {
        let input = input.display();
        anstream::eprintln!("{input} → {names}: {translated} of {cues} cues translated");
        if let Some((path, count)) = kept {
            anstream::eprintln!(
                "{}: {count} translations that are left over",
                path.display()
            );
        }
    }
    Ok(outcome.max(Outcome::of(&diagnostics)))
}

/// Reads a sheet in the form of its ending, else in that of its content.
fn read_sheet(source: &Source) -> Result<(&'static SheetForm, SheetReading), Failure> {
    let ending = source.path.extension().and_then(|ending| ending.to_str());
    let of_name = ending.and_then(SheetForm::of_extension);
    let Some(form) = SheetForm::of_content(&source.text).or(of_name) else {
        return Err(Failure::of_file(
            &source.path,
            "expected a sheet: a table with the columns source and target, PO or XLIFF",
        ));
    };
    // Tables are read alike; what is kept of one is written as it was called.
    let form = of_name
        .filter(|named| is_table(named) && is_table(form))
        .unwrap_or(form);
    let reading = form.read(&source.text).map_err(|error| {
        let SheetError {
            message,
            place,
            way_out,
        } = error;
        Failure::InText {
            path: source.path.clone(),
            text: source.text.to_string(),
            span: place,
            message,
            way_out: way_out.to_owned(),
        }
    })?;
    Ok((form, reading))
}

fn is_table(form: &SheetForm) -> bool {
    matches!(form.id, "tsv" | "csv")
}

/// Writes what is left over beside the sheet, to what is left over already. A sheet that is such a
/// file keeps it itself.
fn keep(
    surplus: Sheet,
    form: &SheetForm,
    sheet: &Path,
    input: &Path,
) -> Result<Option<(PathBuf, usize)>, Failure> {
    let beside = if is_standard(sheet) { input } else { sheet };
    let stem = beside.file_stem().unwrap_or_default().to_string_lossy();
    if surplus.is_empty() || stem.ends_with(&format!(".{SURPLUS}")) {
        return Ok(None);
    }
    let extension = form.extensions.first().copied().unwrap_or_default();
    let path = beside.with_file_name(format!("{stem}.{SURPLUS}.{extension}"));
    let count = surplus.entries().len();
    let all = if path.is_file() {
        let mut before = kept_before(&path, form)?;
        before.add_new(&surplus);
        before
    } else {
        surplus
    };
    let text = form.print(&all);
    let destination = Destination::of(&path);
    let staged = files::stage(&destination, Existing::Overwrite, |sink| {
        sink.write_all(text.as_bytes())
    })?;
    staged.commit()?;
    Ok(Some((path, count)))
}

/// What was left over before. Of a file that is no sheet nothing is known, and it stays.
fn kept_before(path: &Path, form: &SheetForm) -> Result<Sheet, Failure> {
    let bytes = files::read(path)?;
    let decoded = decode(bytes, None).map_err(|error| Failure::of_file(path, error.to_string()))?;
    let reading = form.read(&decoded.text).map_err(|error| {
        let message =
            format!("expected what was left over of the sheet before: {error} (move it away)");
        Failure::of_file(path, message)
    })?;
    Ok(reading.sheet)
}
