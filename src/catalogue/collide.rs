//! Paths of outputs in, those that some file system would take for one out, or for a folder that
//! others are in.
//!
//! One system tells `Talk.srt` from `talk.srt` and the next does not; the same holds for the
//! two ways that Unicode has to write é. A catalogue is to be the same on all of them.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

/// Two inputs for one name.
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

/// All folders that inputs are in, as [`folded`], each with the first of them. What is made is in
/// folders of the same names.
#[must_use]
pub fn folders<'p>(inputs: impl IntoIterator<Item = &'p str>) -> BTreeMap<String, &'p str> {
    let mut folders = BTreeMap::new();
    let mut last = None;
    for input in inputs {
        let mut path = input;
        while let Some((folder, _)) = path.rsplit_once('/') {
            // Neighbours have one folder, and what is known is known with all that it is in.
            if last == Some(folder) || folders.contains_key(&folded(folder)) {
                break;
            }
            folders.insert(folded(folder), input);
            path = folder;
        }
        last = input.rsplit_once('/').map(|(folder, _)| folder);
    }
    folders
}

/// Pairs of inputs of which the first would write a file where the second's folder is to be.
/// `outputs` are each with their input, and `folders` are [`folders`].
///
/// ```
/// use zimu::catalogue::{blocked, folders};
///
/// let folders = folders(["a.txt", "a.srt/b.txt"]);
/// let found = blocked([("a.txt", "A.srt"), ("a.srt/b.txt", "a.srt/b.srt")], &folders);
/// assert_eq!(found[0].inputs, ["a.txt", "a.srt/b.txt"]);
/// ```
#[must_use]
pub fn blocked<'p>(
    outputs: impl IntoIterator<Item = (&'p str, &'p str)>,
    folders: &BTreeMap<String, &'p str>,
) -> Vec<Collision> {
    let blocked = outputs.into_iter().filter_map(|(input, output)| {
        let inside = folders.get(&folded(output))?;
        Some(Collision {
            output: output.to_owned(),
            inputs: [input, inside].map(ToOwned::to_owned),
        })
    });
    blocked.collect()
}
