//! `cargo xtask floors`: rooms import only from lower floors.
//!
//! Source files come in as (path, text), every place that breaks the order of [`FLOORS`] goes out.
//! A room is a module directly below `src/`. It may name itself and rooms of lower floors, by the
//! full path `crate::room::…` (from the binary `zimu::room::…`), so that an import tells at a
//! glance which way the data flows. `src/lib.rs` is the door: it declares the rooms and may show
//! what is in them to the outside, but no room reaches another one through it.

mod paths;
mod place;

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use self::paths::paths;
use self::place::Place;
use crate::{Outcome, outcome, root};

/// The rooms of `src/`, from the ground floor up; a floor's number is its place in the list.
const FLOORS: &[&[&str]] = &[
    &["model"],
    &["text", "profile", "media", "speech"],
    &["transcript", "timing", "align", "segment", "spotting"],
    &["bilingual", "format", "check", "compare"],
    &["catalogue"],
    &["bin"],
];

pub(crate) fn run() -> Outcome {
    let violations = violations(sources(&root())?);
    outcome(violations.iter().map(ToString::to_string).collect())
}

/// One place that breaks the order; lines and columns count from 1.
struct Violation {
    file: PathBuf,
    line: usize,
    column: usize,
    what: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}:{}:{}: {}",
            self.file.display(),
            self.line,
            self.column,
            self.what
        )
    }
}

/// Every violation in `files`, whose paths are relative to the repository.
fn violations(files: impl IntoIterator<Item = (PathBuf, String)>) -> Vec<Violation> {
    files
        .into_iter()
        .flat_map(|(file, text)| in_file(&file, &text))
        .collect()
}

fn in_file(file: &Path, text: &str) -> Vec<Violation> {
    let violation = |line, column: usize, what| Violation {
        file: file.to_owned(),
        line,
        column: column + 1,
        what,
    };
    let room = match Place::of(file) {
        Place::Outside => return Vec::new(),
        Place::Inside(room) => room,
        Place::Unknown(name) => {
            let what = format!("expected a room of FLOORS in xtask/src/floors.rs, found `{name}`");
            return vec![violation(1, 0, what)];
        }
    };
    match paths(text) {
        Ok(paths) => {
            let faults = paths
                .iter()
                .filter_map(|path| Some((path.at, room.fault(path)?)));
            faults
                .map(|(at, what)| violation(at.line, at.column, what))
                .collect()
        }
        Err(fault) => {
            let at = fault.span().start();
            vec![violation(
                at.line,
                at.column,
                format!("expected Rust, found {fault}"),
            )]
        }
    }
}

/// All `.rs` files below `src/` of the repository at `root`, sorted, with their text.
fn sources(root: &Path) -> io::Result<Vec<(PathBuf, String)>> {
    let mut folders = vec![root.join("src")];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path)?;
                files.push((path.strip_prefix(root).unwrap_or(&path).to_owned(), text));
            }
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(files: impl IntoIterator<Item = (PathBuf, String)>) -> Vec<String> {
        violations(files).iter().map(ToString::to_string).collect()
    }

    fn found(file: &str, text: &str) -> Vec<String> {
        all([(PathBuf::from(file), text.to_owned())])
    }

    const CLEAN: [&str; 0] = [];

    #[test]
    fn an_upward_import_is_found_with_its_place() {
        assert_eq!(
            found(
                "src/text/width.rs",
                "//! Width.\n\nfn f() {\n    crate::format::srt::read(a)\n}"
            ),
            [
                "src/text/width.rs:4:5: expected a room on a floor below 1, \
              found `crate::format::srt::read` (floor 3) in a room of floor 1"
            ]
        );
    }

    #[test]
    fn a_sideways_import_is_found() {
        assert_eq!(
            found("src/segment/mod.rs", "use crate::timing::pace;"),
            [
                "src/segment/mod.rs:1:5: expected a room on a floor below 2, \
              found `crate::timing::pace` (floor 2) in a room of floor 2"
            ]
        );
    }

    #[test]
    fn a_path_inside_a_macro_is_found() {
        assert_eq!(
            found(
                "src/model/cue.rs",
                "macro_rules! cue { () => { $crate::check::RULES } }"
            ),
            [
                "src/model/cue.rs:1:29: expected a room on a floor below 0, \
              found `crate::check::RULES` (floor 3) in a room of floor 0"
            ]
        );
    }

    #[test]
    fn each_part_of_a_grouped_use_is_judged() {
        assert_eq!(
            found(
                "src/profile.rs",
                "use crate::{model::Track, check, text::{self, width}};"
            ),
            [
                "src/profile.rs:1:27: expected a room on a floor below 1, \
                 found `crate::check` (floor 3) in a room of floor 1",
                "src/profile.rs:1:41: expected a room on a floor below 1, \
                 found `crate::text::self` (floor 1) in a room of floor 1",
                "src/profile.rs:1:47: expected a room on a floor below 1, \
                 found `crate::text::width` (floor 1) in a room of floor 1",
            ]
        );
    }

    #[test]
    fn supers_that_leave_the_room_are_found() {
        for (file, path) in [
            ("src/text.rs", "super::model"),
            ("src/text/mod.rs", "self::super::model"),
            ("src/text/width.rs", "super::super::format"),
            ("src/text/wide/table.rs", "super::super::super::*"),
        ] {
            let what = format!("expected a path that stays in the room `text`, found `{path}`");
            assert_eq!(
                found(file, &format!("use {path};")),
                [format!("{file}:1:5: {what}")]
            );
        }
    }

    #[test]
    fn supers_that_stay_in_the_room_are_not() {
        for (file, text) in [
            ("src/text.rs", "mod tests { use super::width; }"),
            ("src/text/mod.rs", "pub(super) fn f() {}"),
            (
                "src/text/width.rs",
                "use super::breaks; mod tests { use super::super::breaks; }",
            ),
            ("src/text/wide/table.rs", "use super::super::breaks;"),
            (
                "src/bin/zimu/commands/caption.rs",
                "use super::super::super::args;",
            ),
        ] {
            assert_eq!(found(file, text), CLEAN, "{file}");
        }
    }

    #[test]
    fn an_unknown_room_is_found_once_a_file() {
        assert_eq!(
            found("src/loft/mod.rs", "use crate::check; use crate::Track;"),
            ["src/loft/mod.rs:1:1: expected a room of FLOORS in xtask/src/floors.rs, found `loft`"]
        );
    }

    #[test]
    fn a_name_at_the_root_is_found() {
        for (file, text, column, root, name) in [
            ("src/check/mod.rs", "use crate::Track;", 5, "crate", "Track"),
            (
                "src/check/mod.rs",
                "use crate as house;",
                5,
                "crate",
                "self",
            ),
            (
                "src/bin/zimu/files.rs",
                "use crate::a; use zimu::{Track, model::Cue};",
                26,
                "zimu",
                "Track",
            ),
            (
                "src/bin/zimu/main.rs",
                "fn f() -> ::zimu::Track {}",
                13,
                "zimu",
                "Track",
            ),
        ] {
            let what =
                format!("expected a room's full path `{root}::room::…`, found `{root}::{name}`");
            assert_eq!(found(file, text), [format!("{file}:1:{column}: {what}")]);
        }
    }

    #[test]
    fn what_is_not_rust_is_found() {
        let found = found("src/model/cue.rs", "fn f() {\n    \"");
        let [one] = found.as_slice() else {
            panic!("{found:?}")
        };
        assert!(
            one.starts_with("src/model/cue.rs:2:5: expected Rust, found "),
            "{one}"
        );
    }

    #[test]
    fn a_clean_house_passes() {
        let house = [
            (
                "src/lib.rs",
                "pub mod model; pub mod format; pub use crate::model::Track;",
            ),
            (
                "src/model/mod.rs",
                "mod cue; pub use cue::Cue; pub(crate) fn f() {}",
            ),
            (
                "src/text/width.rs",
                "use crate::model::{Cue, Track}; use crate::text::clusters;",
            ),
            (
                "src/format.rs",
                "//! See `crate::catalogue`.\n/// [`crate::Track`]\nuse crate::text;",
            ),
            (
                "src/bin/zimu/main.rs",
                "mod args; use crate::args; use zimu::{check::RULES, format};",
            ),
        ];
        assert_eq!(
            all(house.map(|(file, text)| (file.into(), text.to_owned()))),
            CLEAN
        );
    }

    #[test]
    fn this_house_is_clean() {
        let sources = sources(&root()).expect("src/ can be read");
        assert!(
            sources
                .iter()
                .any(|(file, _)| file == Path::new("src/lib.rs"))
        );
        assert_eq!(all(sources), CLEAN);
    }
}
