//! Paths of outputs in, those that some file system would take for one out.
//!
//! One system tells `Talk.srt` from `talk.srt` and the next does not; the same holds for the
//! two ways that Unicode has to write é. A catalogue is to be the same on all of them.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

/// Two inputs for one output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collision {
    /// The output, as the first of them would write it.
    pub output: String,
    /// The inputs.
    pub inputs: [String; 2],
}

/// What a path is to a file system that tells neither case nor ways of writing apart.
///
/// ```
/// use zimu::catalogue::folded;
///
/// assert_eq!(folded("Cafe\u{301}.srt"), folded("café.srt"));
/// ```
#[must_use]
pub fn folded(path: &str) -> String {
    path.nfc().flat_map(char::to_lowercase).nfc().collect()
}

/// Pairs of inputs of which both would write an output. `outputs` are each with their input.
#[must_use]
pub fn collisions<'p>(outputs: impl IntoIterator<Item = (&'p str, &'p str)>) -> Vec<Collision> {
    let mut by_output: BTreeMap<String, (&str, &str)> = BTreeMap::new();
    let mut collisions = Vec::new();
    for (input, output) in outputs {
        let first = *by_output.entry(folded(output)).or_insert((input, output));
        if first.0 != input {
            collisions.push(Collision {
                output: first.1.to_owned(),
                inputs: [first.0.to_owned(), input.to_owned()],
            });
        }
    }
    collisions
}
