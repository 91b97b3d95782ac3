//! The rules of the house that neither the compiler nor clippy keeps.
//!
//! Every file of the repository comes in; every breach goes out as `path:line: what`, all at once.
//! A rule is a row of [`RULES`]: a function over a path and a text, with a test that plants a
//! breach. Rules about code read it through [`code`], so that docs, comments and strings may say
//! what code may not do.

use std::env;
use std::fs;
use std::path::Path;

/// A file's path, from the repository's root and with `/`, and its text, to all that is wrong.
type Rule = fn(path: &str, text: &str) -> Vec<Breach>;

/// A line, counted from 1, and what was expected there.
type Breach = (usize, String);

const RULES: &[Rule] = &[
    opens_with_docs,
    is_short,
    has_clean_lines,
    library_is_silent,
    library_is_pure,
    library_has_no_floats,
    code_is_finished,
    names_no_machine,
    names_no_registry,
];

/// A longer file holds two ideas.
const MAX_LINES: usize = 400;

const PRINTERS: [&str; 4] = ["print", "println", "eprint", "eprintln"];

/// The modules of `std` that reach beyond values.
const WORLD: [&str; 5] = ["env", "fs", "process", "thread", "time"];

/// Files of the library that may use threads: what they give does not depend on them.
const THREADS_ALLOWED: [&str; 2] = ["src/align/likely.rs", "src/text/pieces.rs"];

/// Files and folders of the library that may use floats: sound is counted in them.
const FLOATS_ALLOWED: [&str; 6] = [
    "src/align/",
    "src/media/",
    "src/speech/",
    "src/timing/estimate.rs",
    "src/timing/learn.rs",
    "src/timing/squares.rs",
];

const UNFINISHED: [&str; 3] = ["dbg", "todo", "unimplemented"];

/// Each cut in two, so that this file keeps its own rule.
const MACHINE: [&str; 3] = [
    concat!("/h", "ome/"),
    concat!("/r", "oot/"),
    concat!("/w", "ork/"),
];

const REGISTRIES: [&str; 4] = ["crates.io", "npmjs.com", "npmjs.org", "pypi.org"];

/// What nobody writes by hand.
const SKIPPED: [&str; 3] = [".git", "target", "Cargo.lock"];

#[test]
fn the_house_is_tidy() {
    let root = env::var_os("CARGO_MANIFEST_DIR").expect("cargo runs the tests");
    let mut files = Vec::new();
    walk(Path::new(&root), "", &mut files);
    files.sort();
    assert!(files.iter().any(|(path, _)| path == "src/lib.rs"));
    let paths: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    let mut breaches = suites_without_snapshots(&paths);
    for (path, text) in &files {
        let found = RULES.iter().flat_map(|rule| rule(path, text));
        breaches.extend(found.map(|(line, what)| format!("{path}:{line}: {what}")));
    }
    assert!(breaches.is_empty(), "\n{}", breaches.join("\n"));
}

fn walk(folder: &Path, prefix: &str, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("a folder that can be read") {
        let path = entry.expect("a folder that can be read").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if SKIPPED.contains(&&*name) {
            continue;
        }
        if path.is_dir() {
            walk(&path, &format!("{prefix}{name}/"), files);
        } else {
            let bytes = fs::read(&path).expect("a file that can be read");
            let text = String::from_utf8_lossy(&bytes).into_owned();
            files.push((format!("{prefix}{name}"), text));
        }
    }
}

/// Folders of fixtures that no snapshot answers to, once there are snapshots. `paths` are sorted.
fn suites_without_snapshots(paths: &[&str]) -> Vec<String> {
    let holds = |folder: &str| paths.iter().any(|path| path.starts_with(folder));
    let inside = paths
        .iter()
        .filter_map(|path| path.strip_prefix("fixtures/")?.split_once('/'));
    let mut suites: Vec<&str> = inside.map(|(suite, _)| suite).collect();
    suites.dedup();
    suites.retain(|suite| holds("snapshots/") && !holds(&format!("snapshots/{suite}/")));
    let what = |suite| format!("fixtures/{suite}:1: expected a folder snapshots/{suite}");
    suites.into_iter().map(what).collect()
}

fn opens_with_docs(path: &str, text: &str) -> Vec<Breach> {
    let silent = is_rust(path) && !text.starts_with("//!");
    let what = "expected `//!`: what comes in, what goes out, why";
    silent.then(|| (1, what.to_owned())).into_iter().collect()
}

fn is_short(path: &str, text: &str) -> Vec<Breach> {
    let found = text.lines().count();
    let long = is_rust(path) && found > MAX_LINES;
    let what = format!("expected at most {MAX_LINES} lines");
    long.then_some((found, what)).into_iter().collect()
}

/// The bytes of fixtures and snapshots are what is tested; a NUL tells pictures from text.
fn has_clean_lines(path: &str, text: &str) -> Vec<Breach> {
    if is_data(path) || text.contains('\0') {
        return Vec::new();
    }
    by_line(text, |line| {
        let stray = line.contains(['\r', '\t']) || line.ends_with(char::is_whitespace);
        let what = || "expected no tab, no carriage return, no white space at the end".to_owned();
        stray.then(what)
    })
}

fn library_is_silent(path: &str, text: &str) -> Vec<Breach> {
    by_word(&library_code(path, text), |word, after| {
        let prints = PRINTERS.contains(&word) && after.starts_with('!');
        prints.then(|| format!("expected a library that gives values, found `{word}!`"))
    })
}

fn library_is_pure(path: &str, text: &str) -> Vec<Breach> {
    by_word(&library_code(path, text), |word, after| {
        let module = after.strip_prefix("::").filter(|_| word == "std")?;
        let group = module.starts_with('{').then(|| module.split(';').next());
        let named = group.flatten().unwrap_or(split_word(module).0);
        let mut found: Vec<&str> = named.split(|c| !in_word(c)).collect();
        let may = |module| module == "thread" && THREADS_ALLOWED.contains(&path);
        found.retain(|&module| WORLD.contains(&module) && !may(module));
        let what = || format!("expected a library that takes values, found std {found:?}");
        (!found.is_empty()).then(what)
    })
}

fn library_has_no_floats(path: &str, text: &str) -> Vec<Breach> {
    by_word(&library_code(path, text), |word, _| {
        let digits = word.strip_suffix("f32").or(word.strip_suffix("f64"))?;
        let number = digits.chars().all(|c| c.is_ascii_digit() || c == '_');
        let found = number
            && !FLOATS_ALLOWED
                .iter()
                .any(|allowed| path.starts_with(allowed));
        found.then(|| format!("expected integers, found `{word}`"))
    })
}

fn code_is_finished(path: &str, text: &str) -> Vec<Breach> {
    if !is_rust(path) || is_test(path) {
        return Vec::new();
    }
    by_word(&outside_tests(&code(text)), |word, after| {
        let unfinished = UNFINISHED.contains(&word) && after.starts_with('!');
        let unwraps = word == "unwrap" && after.starts_with("()");
        (unfinished || unwraps).then(|| format!("expected finished code, found `{word}`"))
    })
}

fn names_no_machine(_: &str, text: &str) -> Vec<Breach> {
    let begins = |word: &str| MACHINE.iter().any(|top| word.starts_with(top));
    by_line(text, |line| {
        let mut words = line.split(|c: char| !in_word(c) && c != '.' && c != '/');
        let found = words.find(|word| begins(word.trim_start_matches("//")))?;
        Some(format!("expected no path of one machine, found `{found}`"))
    })
}

fn names_no_registry(_: &str, text: &str) -> Vec<Breach> {
    let ends_host = |c: char| !in_word(c) && c != '.' && c != '-';
    let is_registry = |host: &&str| REGISTRIES.iter().any(|name| host.ends_with(name));
    by_line(text, |line| {
        let addresses = line.split("://").skip(1);
        let mut hosts = addresses.filter_map(|address| address.split(ends_host).next());
        let found = hosts.find(is_registry)?;
        Some(format!("expected no registry's address, found `{found}`"))
    })
}

fn is_rust(path: &str) -> bool {
    path.rsplit('.').next() == Some("rs") && !is_data(path)
}

/// The code of a file of the library; nothing of any other file.
fn library_code(path: &str, text: &str) -> String {
    let library = path.starts_with("src/") && !path.starts_with("src/bin/");
    let code = (library && is_rust(path)).then(|| code(text));
    code.unwrap_or_default()
}

fn is_test(path: &str) -> bool {
    path.split('/')
        .any(|name| matches!(name, "tests" | "tests.rs" | "benches"))
}

fn is_data(path: &str) -> bool {
    path.starts_with("fixtures/") || path.starts_with("snapshots/")
}

fn by_line(text: &str, check: impl Fn(&str) -> Option<String>) -> Vec<Breach> {
    let breach = |(index, line)| Some((index + 1, check(line)?));
    text.split('\n').enumerate().filter_map(breach).collect()
}

/// Gives `check` every word of `code`, with all that follows it.
fn by_word(code: &str, check: impl Fn(&str, &str) -> Option<String>) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let (mut line, mut rest) = (1, code);
    while let Some(start) = rest.find(in_word) {
        line += rest[..start].matches('\n').count();
        let (word, after) = split_word(&rest[start..]);
        breaches.extend(check(word, after).map(|what| (line, what)));
        rest = after;
    }
    breaches
}

fn in_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn split_word(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c| !in_word(c)).unwrap_or(text.len()))
}

/// `code` without its `#[cfg(test)] mod name { … }`, line for line, as rustfmt sets them.
fn outside_tests(code: &str) -> String {
    let (mut marked, mut inside) = (false, false);
    let mut kept = String::new();
    for line in code.lines().map(str::trim_end) {
        inside |= marked && line.starts_with("mod ") && line.ends_with('{');
        marked = line == "#[cfg(test)]" || marked && line.starts_with("#[");
        kept += if inside { "" } else { line };
        kept.push('\n');
        inside &= line != "}";
    }
    kept
}

/// `text` with comments and literals blanked, line for line.
fn code(text: &str) -> String {
    let mut code = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (prose, after) = rest.split_at(prose(rest));
        if prose.is_empty() {
            code.push(first);
            rest = &after[first.len_utf8()..];
        } else {
            code.extend(prose.chars().map(|c| if c == '\n' { c } else { ' ' }));
            rest = after;
        }
    }
    code
}

/// The length of the comment or literal at the start of `text`, 0 where there is code.
fn prose(text: &str) -> usize {
    let until = |start: usize, end: &str| {
        let found = text[start..].find(end);
        found.map_or(text.len(), |at| start + at + end.len())
    };
    let raw = text.strip_prefix('r').unwrap_or_default();
    let hashes = raw.len() - raw.trim_start_matches('#').len();
    let mut characters = text.chars();
    match [characters.next(), characters.next(), characters.next()] {
        [Some('/'), Some('/'), _] => until(0, "\n"),
        [Some('/'), Some('*'), _] => until(2, "*/"),
        [Some('r'), ..] if raw[hashes..].starts_with('"') => {
            until(hashes + 2, &format!("\"{}", "#".repeat(hashes)))
        }
        [Some('"'), ..] => quoted(text, '"'),
        // A lifetime opens with the same mark, but nothing closes it.
        [Some('\''), Some('\\'), _] | [Some('\''), _, Some('\'')] => quoted(text, '\''),
        _ => 0,
    }
}

fn quoted(text: &str, mark: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        if c == mark && !escaped {
            return at + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    text.len()
}

/// The lines where `rule` finds a breach.
fn found(rule: Rule, path: &str, text: &str) -> Vec<usize> {
    rule(path, text).into_iter().map(|(line, _)| line).collect()
}

const NONE: [usize; 0] = [];

#[test]
fn a_module_without_docs_is_found() {
    assert_eq!(found(opens_with_docs, "src/a.rs", "use a;\n//! A."), [1]);
    assert_eq!(found(opens_with_docs, "src/a.rs", "//! A."), NONE);
}

#[test]
fn a_long_file_is_found() {
    assert_eq!(found(is_short, "tests/it/a.rs", &"\n".repeat(401)), [401]);
    assert_eq!(found(is_short, "tests/it/a.rs", &"\n".repeat(400)), NONE);
}

#[test]
fn stray_white_space_is_found() {
    let text = "a\nb \nc\r\n\td\ne\u{3000}\n";
    assert_eq!(found(has_clean_lines, "a.md", text), [2, 3, 4, 5]);
    assert_eq!(found(has_clean_lines, "fixtures/a", text), NONE);
}

#[test]
fn printing_in_the_library_is_found() {
    let text = "print!(a);\nfn println() {}\neprintln!();";
    assert_eq!(found(library_is_silent, "src/a.rs", text), [1, 3]);
    assert_eq!(found(library_is_silent, "src/bin/a.rs", text), NONE);
}

#[test]
fn the_world_in_the_library_is_found() {
    let text = "use std::fs;\nuse std::{fmt, io::{self, Read}};\nuse std::{\n a::{b}, env};";
    assert_eq!(found(library_is_pure, "src/a.rs", text), [1, 3]);
    assert_eq!(found(library_is_pure, "xtask/a.rs", text), NONE);
}

#[test]
fn floats_in_the_library_are_found() {
    let text = "let a: f64;\nlet b = 1.5_f32;\nlet c = buf32;\nlet d = 2f64;";
    assert_eq!(found(library_has_no_floats, "src/a.rs", text), [1, 2, 4]);
}

#[test]
fn unfinished_code_is_found() {
    let tests = "#[cfg(test)]\n#[rustfmt::skip]\nmod tests {\n  a.unwrap();\n}";
    let text = format!("a.unwrap();\ntodo!()\n{tests}\ndbg!(b);\nunwrap(c)");
    assert_eq!(found(code_is_finished, "xtask/src/a.rs", &text), [1, 2, 8]);
    assert_eq!(found(code_is_finished, "tests/it/a.rs", &text), NONE);
}

#[test]
fn a_path_of_one_machine_is_found() {
    for top in MACHINE {
        let text = format!("src{top}a\n<https://example.org{top}>\nin `{top}a`");
        assert_eq!(found(names_no_machine, "a.md", &text), [3]);
    }
}

#[test]
fn an_address_of_a_registry_is_found() {
    for name in REGISTRIES {
        let text = format!("see {name}\n(https{0}{name})\nhttp{0}index.{name}/a", "://");
        assert_eq!(found(names_no_registry, "a.md", &text), [2, 3]);
    }
}

#[test]
fn a_suite_without_snapshots_is_found() {
    let paths = ["fixtures/a/1.srt", "fixtures/b/1.srt", "snapshots/a/1.snap"];
    let expected = ["fixtures/b:1: expected a folder snapshots/b"];
    assert_eq!(suites_without_snapshots(&paths), expected);
    assert_eq!(suites_without_snapshots(&paths[..2]), [""; 0]);
}

#[test]
fn comments_and_literals_are_not_code() {
    for (text, expected) in [
        ("a // b\nc", "a c"),
        ("a /*/ b\n */ d", "a d"),
        (r#"a"\"b\\"c"#, "a c"),
        (r##"r#"a" b"#c r"\"d"##, "c d"),
        (r"fn<'a>('\'','字', r#b)", "fn<'a>( , , r#b)"),
        ("return \"a\nb\"; \"c", "return ;"),
    ] {
        let words: Vec<String> = code(text).split_whitespace().map(str::to_owned).collect();
        assert_eq!(words.join(" "), expected);
    }
}
