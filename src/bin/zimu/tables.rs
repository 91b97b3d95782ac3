//! Rows in, a table for people out: columns and two spaces between them, nothing drawn.

use std::fmt::Write as _;

use comfy_table::{Table, presets};

pub(crate) fn table<const N: usize>(heads: [&str; N]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_header(heads);
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    table
}

/// Adds a table with anything in it to a text.
pub(crate) fn push(text: &mut String, table: &Table) {
    if table.row_count() > 0 {
        let _ = writeln!(text, "{}\n", table.trim_fmt());
    }
}
