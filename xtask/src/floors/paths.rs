//! Rust source in, every path it names out: `use` groups spelled out, macros included.
//!
//! It reads tokens, not syntax, because a path inside `macro_rules!` or a macro call is as much an
//! import as one in a `use`. Comments and docs are no tokens here. It does not know rooms or
//! floors; [`super::place`] judges what this module finds.

use proc_macro2::{Delimiter, Group, Ident, LexError, LineColumn, Literal, TokenStream, TokenTree};

/// The two names of the crate root: of the library from inside, and from its binary.
const ROOTS: [&str; 2] = ["crate", "zimu"];

/// One path, as if it stood alone: `use crate::{text::{self, width}}` gives two of them.
#[derive(Debug)]
pub(crate) struct Path {
    /// The names between the `::`. A keyword in front of a leading `::` counts as one, since
    /// tokens do not tell `use ::zimu` from `a::zimu`.
    pub(crate) segments: Vec<String>,
    /// Where the path begins; in a group, where its own part of it begins.
    pub(crate) at: LineColumn,
    /// How many `mod name { … }` of the same file stand around it.
    pub(crate) depth: usize,
}

/// Every path in `text`, in order.
///
/// # Errors
/// Where `text` is not made of Rust tokens.
pub(crate) fn paths(text: &str) -> Result<Vec<Path>, LexError> {
    let mut reader = Reader { paths: Vec::new() };
    reader.stream(text.parse()?, 0);
    Ok(reader.paths)
}

struct Reader {
    paths: Vec<Path>,
}

impl Reader {
    fn stream(&mut self, stream: TokenStream, depth: usize) {
        let tokens: Vec<TokenTree> = stream.into_iter().collect();
        let mut rest = tokens.as_slice();
        while let [first, after @ ..] = rest {
            rest = match first {
                TokenTree::Ident(word) if word == "mod" => self.module(after, depth),
                TokenTree::Ident(_) => self.path(rest, Vec::new(), depth),
                TokenTree::Group(group) => {
                    self.stream(group.stream(), depth);
                    after
                }
                TokenTree::Literal(literal) => {
                    self.quoted(literal, depth);
                    after
                }
                TokenTree::Punct(_) => after,
            };
        }
    }

    /// What follows the word `mod`. Gives back the tokens not yet read.
    fn module<'t>(&mut self, tokens: &'t [TokenTree], depth: usize) -> &'t [TokenTree] {
        let [TokenTree::Ident(_), TokenTree::Group(body), after @ ..] = tokens else {
            return tokens;
        };
        self.stream(body.stream(), depth + 1);
        after
    }

    /// One path, and all paths of the group it may end in. `segments` holds the names in front of
    /// it when it stands in a group. Gives back the tokens not yet read.
    fn path<'t>(
        &mut self,
        tokens: &'t [TokenTree],
        mut segments: Vec<String>,
        depth: usize,
    ) -> &'t [TokenTree] {
        let Some(first) = tokens.first() else {
            return tokens;
        };
        let mut rest = tokens;
        loop {
            rest = match rest {
                [TokenTree::Group(group), after @ ..] if group.delimiter() == Delimiter::Brace => {
                    self.parts(group, &segments, depth);
                    return after;
                }
                [TokenTree::Ident(name), after @ ..] => {
                    segments.push(plain(name));
                    after
                }
                // A glob, or the variable of a macro: either may stand for any name.
                [TokenTree::Punct(mark), after @ ..] if matches!(mark.as_char(), '*' | '$') => {
                    segments.push(mark.to_string());
                    after
                }
                _ => break,
            };
            let Some(after) = after_colons(rest) else {
                break;
            };
            rest = after;
        }
        if renames_root(&segments, rest) {
            segments.push("self".to_owned());
        }
        self.paths.push(Path {
            segments,
            at: first.span().start(),
            depth,
        });
        rest
    }

    /// The comma-separated parts of a `use` group, each behind `prefix`.
    fn parts(&mut self, group: &Group, prefix: &[String], depth: usize) {
        let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
        let is_comma =
            |token: &TokenTree| matches!(token, TokenTree::Punct(mark) if mark.as_char() == ',');
        for part in tokens.split(is_comma) {
            self.path(after_colons(part).unwrap_or(part), prefix.to_vec(), depth);
        }
    }

    /// A path in a string, as attributes hold them: `#[serde(with = "crate::model::cue")]`.
    fn quoted(&mut self, literal: &Literal, depth: usize) {
        let text = literal.to_string();
        let text = text.trim_matches('"');
        let names_root = text
            .split_once("::")
            .is_some_and(|(root, _)| ROOTS.contains(&root));
        if let (true, Ok(stream)) = (names_root, text.parse()) {
            let known = self.paths.len();
            self.stream(stream, depth);
            for path in &mut self.paths[known..] {
                path.at = literal.span().start();
            }
        }
    }
}

/// The name without the `r#` that would let it pass for another one.
fn plain(name: &Ident) -> String {
    let name = name.to_string();
    name.strip_prefix("r#").unwrap_or(&name).to_owned()
}

fn after_colons(tokens: &[TokenTree]) -> Option<&[TokenTree]> {
    match tokens {
        [
            TokenTree::Punct(first),
            TokenTree::Punct(second),
            after @ ..,
        ] if first.as_char() == ':' && second.as_char() == ':' => Some(after),
        _ => None,
    }
}

/// `use crate as house` takes the root itself, as `use crate::{self as house}` would.
fn renames_root(segments: &[String], rest: &[TokenTree]) -> bool {
    let ends_at_root = segments
        .last()
        .is_some_and(|name| ROOTS.contains(&name.as_str()));
    ends_at_root && matches!(rest, [TokenTree::Ident(word), ..] if word == "as")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The paths of more than one segment, as `line:column path`, columns from 0.
    fn found(text: &str) -> Vec<String> {
        let paths = paths(text).expect("tokens");
        let long = paths.iter().filter(|path| path.segments.len() > 1);
        long.map(|path| {
            format!(
                "{}:{} {}",
                path.at.line,
                path.at.column,
                path.segments.join("::")
            )
        })
        .collect()
    }

    #[test]
    fn a_group_is_spelled_out_with_a_place_for_each_part() {
        assert_eq!(
            found("use crate::{model::Track, text::{self, width}, *};"),
            [
                "1:12 crate::model::Track",
                "1:33 crate::text::self",
                "1:39 crate::text::width",
                "1:47 crate::*",
            ]
        );
        assert_eq!(
            found("use crate::{{model::Cue}};"),
            ["1:13 crate::model::Cue"]
        );
    }

    #[test]
    fn types_expressions_and_turbofish_count() {
        assert_eq!(
            found("fn f(a: crate::A) { g::<crate::b::B>();\n  crate::c::C { d: ::zimu::e } }"),
            [
                "1:8 crate::A",
                "1:24 crate::b::B",
                "2:2 crate::c::C",
                "2:21 zimu::e"
            ]
        );
    }

    #[test]
    fn macros_and_attribute_strings_count_and_docs_do_not() {
        assert_eq!(found("m!(x => $crate::a::B);"), ["1:9 crate::a::B"]);
        assert_eq!(
            found("#[serde(with = \"crate::a\")] struct S;"),
            ["1:15 crate::a"]
        );
        assert_eq!(
            found("/// See crate::a.\n//! crate::b\n// crate::c\nstruct S;"),
            [""; 0]
        );
        assert_eq!(
            found("/** crate::a */ const A: &str = \"see crate::b\";"),
            [""; 0]
        );
    }

    #[test]
    fn disguises_of_the_root_are_seen() {
        assert_eq!(found("use crate as house;"), ["1:4 crate::self"]);
        assert_eq!(found("use ::zimu as house;"), ["1:0 use::zimu::self"]);
        assert_eq!(found("crate::r#format::x!();"), ["1:0 crate::format::x"]);
        assert_eq!(found("crate::$room"), ["1:0 crate::$"]);
    }

    #[test]
    fn modules_of_the_same_file_count_as_depth() {
        let paths = paths("super::a; mod b { super::c; mod d { super::e } } mod f; super::g");
        let depths: Vec<usize> = paths
            .expect("tokens")
            .iter()
            .filter(|path| path.segments[0] == "super")
            .map(|path| path.depth)
            .collect();
        assert_eq!(depths, [0, 1, 2, 0]);
    }

    #[test]
    fn what_is_not_rust_is_an_error() {
        assert!(paths("fn f( {").is_err());
    }
}
