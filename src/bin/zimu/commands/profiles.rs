//! `zimu profiles`: the table of profiles, all that is known of one, and the schema of a user's own.

use zimu::profile::Profile;

use crate::args::{ProfilesArguments, ProfilesCommand};
use crate::commands::{Outcome, print};
use crate::report::Failure;
use crate::settings::Project;

pub(crate) fn run(arguments: &ProfilesArguments) -> Result<Outcome, Failure> {
    let failed = |error: &dyn std::error::Error| Failure::plain(error.to_string());
    if arguments.schema {
        super::print_schema(&Profile::schema())?;
        return Ok(Outcome::Clean);
    }
    if let Some(ProfilesCommand::Show { profile }) = &arguments.command {
        let lineage = Project::nearest()?.profile(profile.as_deref()).lineage()?;
        print(&lineage.to_toml())?;
        return Ok(Outcome::Clean);
    }
    for name in Profile::names().map_err(|error| failed(&error))? {
        let profile = Profile::named(&name).map_err(|error| failed(&error))?;
        super::print_line(&line(&profile))?;
    }
    Ok(Outcome::Clean)
}

fn line(profile: &Profile) -> String {
    let Profile {
        name, max_lines, ..
    } = profile;
    let width = match profile.max_cells_per_line {
        Some(cells) => format!("{cells:>2} cells × {max_lines}"),
        None => "as written".to_owned(),
    };
    let speed = profile
        .max_cps
        .map_or(String::new(), |cps| format!("{cps:>2} characters/s"));
    let longest = profile.max_duration_ms.map_or(String::new(), |longest_ms| {
        let shortest_ms = profile.min_duration_ms;
        format!("{shortest_ms:>4} to {longest_ms} ms")
    });
    format!("{name:<30}{width:<14}{speed:<17}{longest}")
        .trim_end()
        .to_owned()
}
