//! A track in two languages in, as many as it is laid out in out, each with what the name of its
//! file says.

use std::path::Path;

use zimu::bilingual::{separate, stacked};
use zimu::format::names::Languages;
use zimu::model::LanguageTag;
use zimu::text::script::is_chinese;

use crate::args::{Layout, LayoutArguments};
use crate::called::Called;
use crate::commands::scripts::Version;
use crate::report::Failure;

/// Lays each version of the captions of an input out as is asked for. What two have
/// in common, the language that is in no other script, is there once.
pub(super) fn laid_out(
    input: &Path,
    versions: Vec<Version>,
    asked: &LayoutArguments,
    called: &Called,
    notes: &mut Vec<String>,
) -> Result<Vec<Version>, Failure> {
    let mut all = Vec::with_capacity(versions.len());
    for version in versions {
        let parts = layouts_of(input, version, asked, called, notes)?;
        let are_several = parts.len() > 1;
        for part in parts {
            if !(are_several && all.contains(&part)) {
                all.push(part);
            }
        }
    }
    Ok(all)
}

/// In one language, or where nothing is asked for, captions stay as they are.
fn layouts_of(
    input: &Path,
    captions: Version,
    asked: &LayoutArguments,
    called: &Called,
    notes: &mut Vec<String>,
) -> Result<Vec<Version>, Failure> {
    let layouts = asked.layouts();
    let languages = captions.track.line_languages();
    if let Some(top) = &asked.top {
        check_top(input, top, &languages, called)?;
    }
    if languages.len() < 2 {
        let is_noted = asked.is_asked() && layouts.contains(&Layout::Separate);
        if is_noted {
            notes.push(format!(
                "expected lines in two languages for {} separate, found {}: they stay as they are",
                called.layout,
                listed(&languages)
            ));
        }
        return Ok(vec![captions]);
    }
    let mut versions = Vec::new();
    for layout in &layouts {
        match layout {
            Layout::Stacked => versions.push(on_top_of_each_other(&captions, asked.top.as_ref())),
            Layout::Separate => versions.extend(apart(&captions)),
        }
    }
    if versions.is_empty() {
        versions.push(captions);
    }
    Ok(versions)
}

fn check_top(
    input: &Path,
    top: &LanguageTag,
    languages: &[&LanguageTag],
    called: &Called,
) -> Result<(), Failure> {
    if languages.iter().any(|language| is_of(language, top)) {
        return Ok(());
    }
    Err(Failure::of_file(
        input,
        format!(
            "expected a language of its lines for {}, which are in {}, found {top}",
            called.top,
            listed(languages)
        ),
    ))
}

fn listed(languages: &[&LanguageTag]) -> String {
    if languages.is_empty() {
        return "none".to_owned();
    }
    let tags: Vec<_> = languages.iter().map(|tag| tag.as_str()).collect();
    tags.join(" and ")
}

/// Whether a language is the one that is asked for: `zh` is any Chinese.
fn is_of(language: &LanguageTag, asked: &LanguageTag) -> bool {
    language == asked || language.primary() == asked.as_str()
}

fn on_top_of_each_other(captions: &Version, top: Option<&LanguageTag>) -> Version {
    let is_top = |language: &LanguageTag| match top {
        Some(top) => is_of(language, top),
        None => is_chinese(language),
    };
    let mut languages = captions.track.line_languages();
    languages.sort_by_key(|language| !is_top(language));
    let named = match languages[..] {
        [first, second] => Languages::pair(first.clone(), second.clone()),
        _ => None,
    };
    Version {
        languages: named.or_else(|| captions.languages.clone()),
        track: stacked(&captions.track, is_top),
    }
}

fn apart(captions: &Version) -> impl Iterator<Item = Version> {
    separate(&captions.track)
        .into_iter()
        .map(|(language, track)| Version {
            languages: Some(Languages::One(language)),
            track,
        })
}
