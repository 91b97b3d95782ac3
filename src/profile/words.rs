//! What the TOML reader says in, the same in the words of whoever writes a profile out.
//!
//! The reader speaks of its own types ("invalid type: integer `5`, expected a string") and
//! says last what was expected. It knows nothing of keys that are each right and do not go
//! together; their places are looked up here.

use std::collections::BTreeMap;

use serde::de::IgnoredAny;
use toml::Spanned;

use crate::model::Span;
use crate::profile::TomlError;

/// Messages that say nothing of what was expected, and what we say for them.
const WHOLE: [(&str, &str); 3] = [
    ("duplicate key", "expected each key once, found it again"),
    (
        "wanted string or table",
        "expected one word in quotes, found something else",
    ),
    (
        "too many characters in string",
        "expected one character as a key, found several",
    ),
];

/// How a message begins that says what was found, then what was expected.
const FOUND_FIRST: [&str; 4] = [
    "invalid type: ",
    "invalid value: ",
    "unknown field ",
    "unknown variant ",
];

/// How what was found begins in the reader's words, and in ours. What it quotes follows.
const FOUND: [(&str, &str); 7] = [
    ("string ", ""),
    ("integer ", ""),
    ("floating point ", ""),
    ("boolean ", ""),
    ("character ", ""),
    ("sequence", "a list"),
    ("map", "a table"),
];

/// What was expected, in the reader's words and in ours.
const EXPECTED: [(&str, &str); 4] = [
    ("a string", "text in quotes"),
    ("u32", "a whole number from 0"),
    ("a map", "a table"),
    ("a sequence", "a list"),
];

/// An error of the reader, with its place.
pub(crate) fn toml_error(error: &toml::de::Error) -> TomlError {
    TomlError {
        message: expected_first(error.message()),
        span: error.span().map(Span::from).unwrap_or_default(),
    }
}

/// Where the value of the first of `keys` stands that `toml` has.
pub(super) fn value_of(toml: &str, keys: &[&str]) -> Span {
    let values: BTreeMap<String, Spanned<IgnoredAny>> = toml::from_str(toml).unwrap_or_default();
    let value = keys.iter().find_map(|key| values.get(*key));
    value.map_or(Span::default(), |value| Span::from(value.span()))
}

fn expected_first(message: &str) -> String {
    // Our own checks say it so already.
    if message.starts_with("expected ") {
        return message.to_owned();
    }
    if let Some((_, ours)) = WHOLE.iter().find(|(theirs, _)| *theirs == message) {
        return (*ours).to_owned();
    }
    if let Some(key) = message.strip_prefix("missing field ") {
        return format!("expected the key {key}, found none");
    }
    let found_first = FOUND_FIRST.iter().find_map(|start| {
        let (found, expected) = message.strip_prefix(start)?.split_once(", expected ")?;
        Some((*start, found, expected))
    });
    let Some((start, found, expected)) = found_first else {
        return format!("expected TOML, found it broken: {message}");
    };
    let expected = if start == "unknown field " {
        match expected.strip_prefix("one of ") {
            Some(keys) => format!("one of the keys {keys}"),
            None => format!("the key {expected}"),
        }
    } else {
        translated(expected, &EXPECTED)
    };
    format!("expected {expected}, found {}", translated(found, &FOUND))
}

/// The phrase with its beginning in our words.
fn translated(phrase: &str, words: &[(&str, &str)]) -> String {
    let phrase = phrase.trim_end_matches(" as i128");
    let ours = words
        .iter()
        .find_map(|(theirs, ours)| Some(format!("{ours}{}", phrase.strip_prefix(theirs)?)));
    ours.unwrap_or_else(|| phrase.to_owned())
}

#[cfg(test)]
mod tests {
    use crate::profile::Profile;

    #[test]
    fn errors_say_what_was_expected_in_words_of_toml() {
        let lines = "expected a whole number from 1 to 4, found";
        let rate = "expected a frame rate such as \"25\" or \"24000/1001\", found";
        for (toml, message) in [
            ("max_lines = 'two'", &format!("{lines} \"two\"")[..]),
            ("max_lines = 1.5", &format!("{lines} `1.5`")),
            ("max_lines = true", &format!("{lines} `true`")),
            ("max_lines = [1]", &format!("{lines} a list")),
            (
                "max_lines = 99999999999999999999",
                &format!("{lines} `99999999999999999999`"),
            ),
            ("[max_lines]", &format!("{lines} a table")),
            ("inherit = 5", "expected text in quotes, found `5`"),
            ("count = 'words'", "expected `all` or `cjk`, found `words`"),
            (
                "count = 5",
                "expected one word in quotes, found something else",
            ),
            ("default_fps = 25", &format!("{rate} `25`")),
            ("default_fps = 'film'", &format!("{rate} \"film\"")),
            (
                "line_end_forbidden = 3",
                "expected punctuation marks in quotes, found `3`",
            ),
            ("inline_replace = '，'", "expected a table, found \"，\""),
            (
                "inline_replace = { '，。' = '' }",
                "expected one character as a key, found several",
            ),
            (
                "inline_replace = { '，' = 1 }",
                "expected text in quotes, found `1`",
            ),
            (
                "max_lines = 2\nmax_lines = 2",
                "expected each key once, found it again",
            ),
            (
                "max_lines 2",
                "expected TOML, found it broken: key with no value, expected `=`",
            ),
        ] {
            let error = Profile::from_toml("mine", toml).unwrap_err();
            assert_eq!(error.to_string(), message, "{toml}");
        }
    }
}
