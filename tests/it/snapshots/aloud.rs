//! How texts are read aloud, counted and heard.

use std::fmt::Write;
use std::path::Path;

use zimu::text::aloud::{Sound, syllables};
use zimu::text::spoken::{Readings, Said, said as said_of};

use crate::road::text_of;

/// The syllables of each line by kind; the line has how many it should be, and how it is read.
pub(super) fn counted(path: &Path) -> String {
    let mut wrong = Vec::new();
    let mut said = String::new();
    for line in text_of(path).lines() {
        let mut columns = line.split('\t');
        let written = columns.next().expect("a text");
        let expected = columns.next().and_then(|count| count.parse().ok());
        let count = said_of(written);
        if Some(count.syllables()) != expected {
            wrong.push(format!("{line}: {}", count.syllables()));
        }
        let Said {
            han,
            function,
            filler,
            number,
            word,
            letter,
        } = count;
        let kinds = [
            (han, "han"),
            (function, "function"),
            (filler, "filler"),
            (number, "number"),
            (word, "word"),
            (letter, "letter"),
        ];
        say!(said, "{written}:");
        for (count, kind) in kinds.iter().filter(|(count, _)| *count > 0) {
            say!(said, " {count} {kind}");
        }
        said.push('\n');
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    said
}

/// A text and, in pinyin without tones, how it is read: where it is heard otherwise, both are told.
pub(super) fn sounding(path: &Path) -> String {
    let text = text_of(path);
    let mut wrong = (0, 0);
    let mut said = String::new();
    for line in text.lines() {
        let (written, expected) = line.split_once('\t').expect("a text and its reading");
        let expected: Vec<_> = expected.split(' ').map(Sound::spelled).collect();
        let heard = syllables(written, &Readings::NONE);
        let heard: Vec<_> = heard.iter().map(|syllable| syllable.sound).collect();
        say!(said, "{written}: {}", names(&heard));
        if heard != expected {
            wrong.0 += 1;
            say!(said, ", expected {}", names(&expected));
        }
        wrong.1 += 1;
        said.push('\n');
    }
    say!(said, "{} of {} read otherwise\n", wrong.0, wrong.1);
    said
}

fn names(sounds: &[Sound]) -> String {
    let names: Vec<_> = sounds.iter().map(ToString::to_string).collect();
    names.join(" ")
}
