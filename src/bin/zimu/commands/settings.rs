//! `zimu settings`: the `zimu.toml` that holds here, and the schema of one.

use zimu::profile::{CheckSettings, Overrides, Placed, Reading, Settings};

use crate::args::SettingsArguments;
use crate::commands::check_standards::Standards;
use crate::commands::{Outcome, print_line, print_schema};
use crate::report::Failure;
use crate::settings::Project;

pub(crate) fn run(arguments: &SettingsArguments) -> Result<Outcome, Failure> {
    if arguments.schema {
        print_schema(&Settings::schema())?;
        return Ok(Outcome::Clean);
    }
    if arguments.talk_schema {
        print_schema(&Overrides::schema())?;
        return Ok(Outcome::Clean);
    }
    let project = Project::nearest()?;
    // That there is such a profile, voice, glossary and rule is a part of what is asked.
    Standards::read(&project, None)?;
    project.voices(None)?;
    project.glossary(&[])?;
    project.name_style(None)?;
    print_line(&listing(&project))?;
    Ok(Outcome::Clean)
}

/// The file, and what it says.
fn listing(project: &Project) -> String {
    let Some(path) = project.path() else {
        return "no zimu.toml in this folder or above: the defaults hold".to_owned();
    };
    let Settings {
        profile,
        lang,
        voice,
        glossary,
        name_style,
        terms,
        readings,
        check,
    } = &project.settings;
    let mut lines = vec![path.display().to_string()];
    let mut key = |name: &str, value: String| lines.push(format!("{name:<19}{value}"));
    if let Some(profile) = profile {
        key("profile", profile.value.clone());
    }
    if let Some(lang) = lang {
        key("lang", lang.to_string());
    }
    if let Some(voice) = voice {
        key("voice", voice.value.clone());
    }
    if let Some(glossary) = glossary {
        key("glossary", glossary.value.clone());
    }
    if let Some(style) = name_style {
        key("name_style", style.value.clone());
    }
    if !terms.never_split.is_empty() {
        key("terms.never_split", list(&terms.never_split));
    }
    for (word, reading) in readings {
        let reading = match reading {
            Reading::Syllables(count) => count.to_string(),
            Reading::As(text) => format!("{text:?}"),
        };
        key(&format!("readings.{:?}", word.as_ref()), reading);
    }
    let CheckSettings {
        only,
        ignore,
        max_severity,
        fps,
        baseline,
        overrides,
    } = check;
    for (name, value) in check_keys(only, ignore, [max_severity, fps]) {
        key(&format!("check.{name}"), value);
    }
    if let Some(baseline) = baseline {
        key("check.baseline", baseline.value.clone());
    }
    for held in overrides {
        let profile = held.profile.iter();
        let profile = profile.map(|profile| ("profile", profile.value.clone()));
        let keys = check_keys(&held.only, &held.ignore, [&held.max_severity, &held.fps]);
        let keys = profile
            .chain(keys)
            .map(|(name, value)| format!("{name} {value}"));
        let keys = keys.collect::<Vec<_>>().join("; ");
        key("check.overrides", format!("{}: {keys}", list(&held.files)));
    }
    lines.join("\n")
}

/// What the table `[check]` and each of its overrides can say.
fn check_keys(
    only: &[Placed],
    ignore: &[Placed],
    [max_severity, fps]: [&Option<Placed>; 2],
) -> impl Iterator<Item = (&'static str, String)> {
    let lists = [("only", list(only)), ("ignore", list(ignore))];
    let one = |set: &Option<Placed>| {
        set.as_ref()
            .map_or_else(String::new, |set| set.value.clone())
    };
    let ones = [("max_severity", one(max_severity)), ("fps", one(fps))];
    let keys = lists.into_iter().chain(ones);
    keys.filter(|(_, value)| !value.is_empty())
}

fn list(set: &[Placed]) -> String {
    let values = set.iter().map(|set| &*set.value);
    values.collect::<Vec<_>>().join(", ")
}
