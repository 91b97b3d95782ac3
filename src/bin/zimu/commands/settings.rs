//! `zimu settings`: the `zimu.toml` that holds here, and the schema of one.

use zimu::profile::{Overrides, Reading, Settings};

use crate::args::SettingsArguments;
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
    // That there is such a profile, voice and glossary is a part of what is asked.
    project.profile(None).read()?;
    project.voice(None)?;
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
        let terms = terms.never_split.iter().map(|term| &*term.value);
        key("terms.never_split", terms.collect::<Vec<_>>().join(", "));
    }
    for (word, reading) in readings {
        let reading = match reading {
            Reading::Syllables(count) => count.to_string(),
            Reading::As(text) => format!("{text:?}"),
        };
        key(&format!("readings.{:?}", word.as_ref()), reading);
    }
    lines.join("\n")
}
