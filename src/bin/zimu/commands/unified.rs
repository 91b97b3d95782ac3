//! A text as it is and as it would be in, what differs out, as `diff -u` has it.

use std::fmt::{self, Write};

use imara_diff::{
    Algorithm, Diff, InternedInput, Interner, Token, UnifiedDiffConfig, UnifiedDiffPrinter,
};

/// What would change in the file of a name.
pub(super) fn unified(name: &str, is: &str, would_be: &str) -> String {
    let input = InternedInput::new(is, would_be);
    let mut diff = Diff::compute(Algorithm::Myers, &input);
    diff.postprocess_lines(&input);
    let lines = Lines(&input.interner);
    let hunks = diff.unified_diff(&lines, UnifiedDiffConfig::default(), &input);
    format!("--- {name}\n+++ {name}\n{hunks}")
}

/// The lines of both texts, with their ends.
struct Lines<'a>(&'a Interner<&'a str>);

impl Lines<'_> {
    fn line(&self, mut f: impl Write, sign: char, line: Token) -> fmt::Result {
        let line = self.0[line];
        write!(f, "{sign}{line}")?;
        if !line.ends_with('\n') {
            write!(f, "\n\\ No newline at end of file\n")?;
        }
        Ok(())
    }
}

impl UnifiedDiffPrinter for Lines<'_> {
    fn display_header(
        &self,
        mut f: impl Write,
        start_before: u32,
        start_after: u32,
        len_before: u32,
        len_after: u32,
    ) -> fmt::Result {
        let (before, after) = (start_before + 1, start_after + 1);
        writeln!(f, "@@ -{before},{len_before} +{after},{len_after} @@")
    }

    fn display_context_token(&self, f: impl Write, token: Token) -> fmt::Result {
        self.line(f, ' ', token)
    }

    fn display_hunk(&self, mut f: impl Write, before: &[Token], after: &[Token]) -> fmt::Result {
        for (sign, lines) in [('-', before), ('+', after)] {
            for &line in lines {
                self.line(&mut f, sign, line)?;
            }
        }
        Ok(())
    }
}
