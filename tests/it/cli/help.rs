//! The whole help, and the listings: a change of the interface is a change of this snapshot.

use std::fmt::Write;

use insta::{Settings, assert_snapshot};
use zimu::format::FORMATS;

use super::Desk;

/// The commands that `zimu --help` lists, but for that which prints help.
fn commands(help: &str) -> impl Iterator<Item = &str> {
    let list = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let names = list.map_while(|line| line.split_whitespace().next());
    names.filter(|name| *name != "help")
}

#[test]
fn the_help_is_the_one_that_was_read() {
    let desk = Desk::new();
    let help = desk.run(&["--help"]).ends(0).out;
    let mut said = String::new();
    let mut page = |arguments: &[&str]| {
        let out = desk.run(arguments).ends(0).out;
        let command = arguments.join(" ");
        writeln!(said, "$ zimu {command}\n\n{}\n", out.trim_end()).expect("a string takes all");
    };
    page(&["--help"]);
    for command in commands(&help) {
        page(&[command, "--help"]);
    }
    page(&["formats"]);
    page(&["profiles"]);
    page(&["rules"]);
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path("../../../snapshots/cli");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| assert_snapshot!("help", said));
}

#[test]
fn the_version_is_the_one_of_the_package() {
    let version = Desk::new().run(&["--version"]).ends(0).out;
    assert_eq!(version, concat!("zimu ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn every_command_explains_itself() {
    let help = Desk::new().run(&["--help"]).ends(0).out;
    let listed: Vec<&str> = commands(&help).collect();
    assert!(
        listed.starts_with(&["caption", "batch", "convert"]),
        "{listed:?}"
    );
}

/// Every format has its lines, and they fit where the help does.
#[test]
fn the_formats_are_listed_in_a_hundred_columns() {
    let listing = Desk::new().run(&["formats"]).ends(0).out;
    for line in listing.lines() {
        assert!(
            line.chars().count() <= 100 && line.trim_end() == line,
            "{line}"
        );
    }
    let (ways, kept) = listing.split_once("\n\n").expect("two tables");
    for format in FORMATS {
        for (table, word) in [(ways, format.name), (kept, "")] {
            let mut lines = table.lines().skip(1);
            let line = lines.find(|line| line.split("  ").next() == Some(format.id));
            assert!(
                line.is_some_and(|line| line.contains(word)),
                "{}",
                format.id
            );
        }
    }
}
