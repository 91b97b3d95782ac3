//! `zimu formats`: the table of formats, as two: what each is, and what it keeps; and what is
//! written for whom.

use comfy_table::{Table, presets};
use zimu::format::{FORMATS, Feature, Format};

use crate::args::Layout;
use crate::commands::{Outcome, print_line};
use crate::report::Failure;
use crate::targets::TARGETS;

/// What is listed of what a format has room for, and what it is called here.
const LISTED: [(Feature, &str); 10] = [
    (Feature::Ends, "ends"),
    (Feature::Overlaps, "overlaps"),
    (Feature::Lines, "lines"),
    (Feature::Ids, "ids"),
    (Feature::Speaker, "speakers"),
    (Feature::Language, "language"),
    (Feature::Emphasis, "emphasis"),
    (Feature::Ruby, "ruby"),
    (Feature::Positions, "position"),
    (Feature::Chapters, "chapters"),
];

/// What stands where a format keeps something.
const KEPT: &str = "yes";

pub(crate) fn run() -> Result<Outcome, Failure> {
    print_line(&listing())?;
    Ok(Outcome::Clean)
}

fn listing() -> String {
    let mut formats = table(["format", "name", "read", "write", "times to", "endings"]);
    let names = LISTED.iter().map(|(_, name)| *name);
    let mut kept = table(["keeps"].into_iter().chain(names));
    for format in FORMATS {
        formats.add_row([
            format.id,
            format.name,
            said(format.can_read()),
            said(format.can_write()),
            &step(format),
            &format.extensions.join(" "),
        ]);
        let features = LISTED
            .iter()
            .map(|(feature, _)| said(format.holds(*feature)));
        kept.add_row([format.id].into_iter().chain(features));
    }
    let mut targets = table(["for", "formats", "layout", "names"]);
    for target in &TARGETS {
        let layouts = target.layouts.iter().map(|layout| match layout {
            Layout::Stacked => "stacked",
            Layout::Separate => "separate",
        });
        targets.add_row([
            target.id,
            &target.formats.join(" "),
            &layouts.collect::<Vec<_>>().join(" "),
            target.name_style,
        ]);
    }
    let tables = [formats, kept, targets].map(|table| trimmed(&table));
    tables.join("\n\n")
}

/// One without lines: two spaces between columns.
pub(super) fn table(headings: impl IntoIterator<Item = &'static str>) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_header(headings);
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    table
}

/// Without the spaces at the ends of lines.
pub(super) fn trimmed(table: &Table) -> String {
    let lines = table.lines().map(|line| line.trim_end().to_owned());
    lines.collect::<Vec<_>>().join("\n")
}

const fn said(is_so: bool) -> &'static str {
    if is_so { KEPT } else { "" }
}

/// What times are rounded to.
fn step(format: &Format) -> String {
    match format.step_ms {
        whole if whole % 1000 == 0 => format!("{} s", whole / 1000),
        parts => format!("{parts} ms"),
    }
}
