//! `zimu caption --media`: a recording that is not of the text, one that is damaged, and one whose
//! length alone is asked for. What is placed where is told by the tests of the room.

use super::{Desk, TALK};
use crate::road::root;

fn desk(recording: &str) -> Desk {
    let path = root().join("fixtures/sound").join(recording);
    Desk::with("talk.txt", "今天天气很好我们出去走走\n".repeat(10))
        .and("talk.media", std::fs::read(path).expect("a fixture"))
}

#[test]
fn a_recording_of_something_else_is_a_fault_and_its_length_counts() {
    let desk = desk("ogg-vorbis.ogg");
    let caption = ["caption", "talk.txt", "--media", "talk.media", "-o", "-"];
    let heard = desk.run(&caption).ends(1);
    let heard = heard.says("is it that of this text?");
    let length = desk
        .run(&[&caption[..], &["--media-length-only"]].concat())
        .ends(1);
    assert!(!length.err.contains("is it that of this text?"));
    assert_eq!(heard.out, length.out);
}

#[test]
fn what_is_no_recording_ends_before_anything_is_written() {
    let desk = Desk::with("talk.txt", TALK).and("talk.wav", "RIFF nothing");
    desk.run(&[
        "caption", "talk.txt", "--media", "talk.wav", "-o", "talk.srt",
    ])
    .ends(2)
    .says("talk.wav: expected");
    assert!(!desk.names().contains(&"talk.srt".to_owned()));
}

#[test]
fn what_becomes_of_lines_is_asked_of_a_recording_alone() {
    let desk = Desk::with("talk.txt", TALK);
    for option in [&["--absent", "estimate"][..], &["--media-length-only"]] {
        let arguments = [&["caption", "talk.txt", "-o", "-"], option].concat();
        desk.run(&arguments).ends(2).says("--media");
    }
}
