//! Recordings beside the transcripts of a catalogue: they are listened to, once, and again where they
//! are others.

use std::fs;

use super::batch::{batch, made};
use super::spoken::{LINES, lines, spoken};
#[cfg(unix)]
use super::spoken::{hours_of_silence, stopped};
use super::{Desk, starts};
use crate::road::root;

fn shelf() -> (Desk, Vec<u32>) {
    let (wav, said) = lines();
    let desk = Desk::with("in/talk.txt", LINES.join("\n") + "\n")
        .and("in/talk.wav", wav)
        .and("in/talk.info.json", r#"{"duration": 60}"#);
    (desk, said)
}

fn captions(desk: &Desk) -> String {
    desk.read("out/talk.zh-Hans.srt")
}

fn are_near(found: &[u32], expected: &[u32]) -> bool {
    let is_near = |(one, other): (&u32, &u32)| one.abs_diff(*other) <= 60;
    found.len() == expected.len() && found.iter().zip(expected).all(is_near)
}

#[test]
fn a_recording_beside_a_transcript_is_listened_to() {
    let (desk, said) = shelf();
    batch(&desk, &[])
        .ends(0)
        .prints("10 lines placed, 0 not heard, 0 doubtful");
    let found = starts(&captions(&desk));
    assert!(are_near(&found, &said), "{found:?} {said:?}");
    batch(&desk, &[]).ends(0).prints("0 made, 1 unchanged");
    // Another recording of the same text: everybody speaks later.
    let (mut wav, _) = lines();
    let header = 44;
    wav.splice(header..header, std::iter::repeat_n(0, 32_000));
    for at in [4, 40] {
        let bytes: [u8; 4] = wav[at..at + 4].try_into().expect("a length");
        let longer = u32::from_le_bytes(bytes) + 32_000;
        wav[at..at + 4].copy_from_slice(&longer.to_le_bytes());
    }
    let desk = desk.and("in/talk.wav", wav);
    batch(&desk, &["--report", "csv", "--report-file", "run.csv"])
        .ends(0)
        .prints("1 made");
    let later: Vec<_> = said.iter().map(|start| start + 1000).collect();
    assert!(are_near(&starts(&captions(&desk)), &later));
    let table = desk.read("run.csv");
    assert!(
        table.contains("lines_placed,lines_not_heard,") && table.contains(",10,0,"),
        "{table}"
    );
}

#[test]
fn the_length_alone_is_taken_where_somebody_says_so() {
    let (desk, said) = shelf();
    let ran = batch(&desk, &["--media-length-only"]).ends(0);
    assert!(!ran.out.contains("lines placed"), "{}", ran.out);
    let by_length = captions(&desk);
    assert!(by_length.contains("--> 00:01:00,000"));
    let desk = desk.and("in/talk.zimu.toml", "listen = true\n");
    batch(&desk, &["--media-length-only"])
        .ends(0)
        .prints("1 made");
    assert!(are_near(&starts(&captions(&desk)), &said));
    let desk = desk.and("in/talk.zimu.toml", "listen = false\n");
    batch(&desk, &[]).ends(0);
    assert_eq!(captions(&desk), by_length);
}

#[test]
fn what_becomes_of_lines_is_asked_of_all_and_of_one() {
    let (wav, _) = spoken(&[&LINES[..4], &LINES[5..]].concat());
    let (desk, _) = shelf();
    let desk = desk.and("in/talk.wav", wav);
    batch(&desk, &[])
        .ends(0)
        .prints("9 lines placed, 1 not heard");
    assert!(!captions(&desk).contains(LINES[4]));
    batch(&desk, &["--absent", "estimate"]).ends(0);
    assert!(captions(&desk).contains(LINES[4]));
    let desk = desk.and("in/talk.zimu.toml", "absent = 'drop'\n");
    batch(&desk, &["--absent", "estimate"]).ends(0);
    assert!(!captions(&desk).contains(LINES[4]));
}

#[test]
fn what_cannot_be_listened_to_is_a_fault_and_its_length_counts() {
    let (desk, _) = shelf();
    fs::remove_file(desk.path("in/talk.wav")).expect("a recording");
    let pictures = fs::read(root().join("fixtures/media/pictures.mp4")).expect("a fixture");
    let mut other = fs::read(root().join("fixtures/sound/webm-opus.webm")).expect("a fixture");
    // It does not say how long it is: there is room where it did (RFC 9559, 5.1.2.10; 8794, 11.3.2).
    let duration = other.windows(3).position(|at| at == [0x44, 0x89, 0x88]);
    let duration = duration.expect("its length");
    other[duration..duration + 2].copy_from_slice(&[0xec, 0x89]);
    let desk = desk
        .and("in/talk.mp4", pictures)
        .and("in/other.txt", LINES.join("\n"))
        .and("in/other.webm", other);
    let ran = batch(&desk, &[]).ends(1);
    let ran = ran.says("talk.txt: expected a recording with sound");
    ran.says("other.txt: expected to hear most lines");
    assert_eq!(made(&desk).len(), 2);
    assert!(captions(&desk).contains("--> 00:01:00,000"));
    batch(&desk, &[]).ends(0).prints("0 made, 2 unchanged");
}

#[test]
fn what_is_no_recording_fails_unless_somebody_says_how_long_it_is() {
    let (desk, _) = shelf();
    let desk = desk.and("in/other.txt", LINES.join("\n"));
    let desk = desk.and("in/other.wav", "RIFF nothing");
    let ran = batch(&desk, &[]).ends(1);
    ran.says("(`duration` in a .zimu.toml of that name says it)");
    let desk = desk.and("in/other.zimu.toml", "duration = \"1:00\"\n");
    let ran = batch(&desk, &[]).ends(1);
    ran.prints("1 made, 1 unchanged");
}

#[test]
fn several_jobs_at_once_hear_the_same() {
    let runs = ["1", "4"].map(|jobs| {
        let (desk, _) = shelf();
        let (wav, _) = lines();
        let text = LINES.join("\n");
        let desk = desk.and("in/b.txt", &text).and("in/b.wav", wav);
        batch(&desk, &["--jobs", jobs]).ends(0);
        [captions(&desk), desk.read("out/b.zh-Hans.srt")]
    });
    assert_eq!(runs[0], runs[1]);
}

#[cfg(unix)]
#[test]
fn whoever_stops_a_run_twice_does_not_wait_for_a_recording() {
    let (desk, _) = shelf();
    hours_of_silence(&desk.path("in/talk.wav"));
    let arguments = ["batch", "in", "-o", "out"];
    let code = stopped(&desk.path(""), &arguments, &["-INT", "-INT"]);
    assert_eq!(code, Some(130));
    assert!(!desk.path("out/talk.zh-Hans.srt").exists());
    fs::remove_file(desk.path("in/talk.wav")).expect("a recording");
    batch(&desk, &[]).ends(0).prints("1 made");
    assert_eq!(made(&desk), ["out/talk.zh-Hans.srt"]);
}
