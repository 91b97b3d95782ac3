//! `zimu calibrate`: what a voice is learned from, what its file says, and where it is used.

use super::{Desk, SRT, TALK};
use crate::road::root;

/// Captions of a slow voice and of a fast one, long enough to learn from.
fn desk() -> Desk {
    let read = |name: &str| {
        let path = root().join("fixtures/timing").join(name);
        std::fs::read(path).expect("a fixture")
    };
    Desk::with("slow.srt", read("slow-lecture.srt"))
        .and("fast.srt", read("fast-news.srt"))
        .and("short.srt", SRT)
        .and("talk.txt", TALK)
}

fn end_ms(srt: &str) -> u32 {
    let (_, end) = srt.rsplit_once(" --> ").expect("a cue");
    let digits: String = end.chars().take(12).filter(char::is_ascii_digit).collect();
    digits.parse().expect("a time")
}

#[test]
fn a_voice_is_learned_and_used() {
    let desk = desk();
    let ran = desk
        .run(&["calibrate", "slow.srt", "--save", "voice.toml"])
        .ends(0);
    ran.says("of speech in 79 lines (2 cues told nothing) → voice.toml. What was held out took ");
    let captions = |more: &[&str]| {
        let arguments = [&["caption", "talk.txt", "-o", "-"], more].concat();
        desk.run(&arguments).ends(0)
    };
    let usual = end_ms(&captions(&[]).out);
    let slow =
        captions(&["--voice", "voice.toml"]).says("the text and the voice of voice.toml (±12 %");
    assert!(
        end_ms(&slow.out) * 100 > usual * 115,
        "{} {usual}",
        slow.out
    );
    // As a setting, from the folder that it stands in.
    let desk = desk.and("zimu.toml", "voice = 'voice.toml'\n");
    assert_eq!(
        desk.run(&["caption", "talk.txt", "-o", "-"]).ends(0).out,
        slow.out
    );
    desk.run(&["settings"]).ends(0);
}

#[test]
fn the_file_says_what_it_was_made_from() {
    let desk = desk();
    let ran = desk.run(&["calibrate", "slow.srt", "fast.srt"]).ends(0);
    assert!(
        ran.out.starts_with("# Learned by zimu calibrate from 0:1"),
        "{}",
        ran.out
    );
    assert!(
        ran.out
            .contains("\n# \"slow.srt\"\n# \"fast.srt\"\n\n[interval]\nsyllable_us = ")
    );
    assert_eq!(
        desk.run(&["calibrate", "slow.srt", "fast.srt"]).out,
        ran.out
    );
}

#[test]
fn another_voice_is_kept() {
    let desk = desk().and("voice.toml", "# by hand\n");
    let ran = desk
        .run(&["calibrate", "slow.srt", "--save", "voice.toml"])
        .ends(2);
    ran.says("voice.toml: expected no file, or one that holds the same");
    assert_eq!(desk.read("voice.toml"), "# by hand\n");
    desk.run(&[
        "calibrate",
        "slow.srt",
        "--save",
        "voice.toml",
        "--overwrite",
    ])
    .ends(0);
    let again = desk
        .run(&["calibrate", "slow.srt", "--save", "voice.toml"])
        .ends(0);
    again.says("voice.toml (unchanged)");
    desk.run(&["calibrate", "slow.srt", "--save", "slow.srt"])
        .ends(2)
        .says("expected an output that is not");
}

#[test]
fn too_little_teaches_nothing() {
    let desk = desk();
    let ran = desk
        .run(&["calibrate", "short.srt", "--save", "voice.toml"])
        .ends(2);
    ran.says(
        "expected at least 5 minutes of speech to learn a voice from, found 0:00:00.000 in 0 lines",
    );
    // One that is no captions does not stop the others.
    let ran = desk
        .run(&["calibrate", "slow.srt", "talk.txt", "--save", "voice.toml"])
        .ends(1);
    ran.says("talk.txt: expected captions in one of");
    assert!(desk.names().contains(&"voice.toml".to_owned()));
}

#[test]
fn a_voice_that_is_none_is_an_error_with_its_place() {
    let desk = desk()
        .and("zimu.toml", "voice = 'gone.toml'\n")
        .and("voice.toml", "[rests]\nat = 1\n");
    let ran = desk.run(&["caption", "talk.txt", "-o", "-"]).ends(2);
    ran.says("expected a voice's file, found none at gone.toml")
        .says("zimu.toml:1:9");
    desk.run(&["settings"]).ends(2);
    let ran = desk
        .run(&["caption", "talk.txt", "-o", "-", "--voice", "voice.toml"])
        .ends(2);
    ran.says("voice.toml:2:1")
        .says("`zimu calibrate` prints them");
}
