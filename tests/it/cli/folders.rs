//! Many files at once: a folder stands for the caption files below it.

use super::{Desk, SRT};

const VTT: &str = "WEBVTT\n\n00:01.000 --> 00:02.000\n你好\n";

/// Two that are captions by their names, two by their content, and all that is none.
fn shelf() -> Desk {
    Desk::with("shelf/b.srt", SRT)
        .and("shelf/deep/er/a.VTT", VTT)
        .and("shelf/deep/found.txt", SRT)
        .and(
            "shelf/deep/kept.json",
            r#"{"format":"zimu-cues","version":1,"cues":[]}"#,
        )
        .and("shelf/notes.txt", "大家好\n")
        .and("shelf/deep/package.json", "{}")
        .and("shelf/page.xml", "<a/>")
        .and("shelf/picture.png", [0x89, b'P', 0, 0xff])
        .and("shelf/.hidden.srt", SRT)
        .and("shelf/.git/c.srt", SRT)
}

fn new_names(desk: &Desk) -> Vec<String> {
    let mut names = desk.names();
    names.retain(|name| !name.starts_with("shelf/"));
    names
}

#[test]
fn a_folder_is_mirrored() {
    let desk = shelf();
    let ran = desk
        .run(&["convert", "shelf", "-o", "out/", "--to", "vtt,json"])
        .ends(0);
    let outputs = [
        "out/b.json",
        "out/b.vtt",
        "out/deep/er/a.json",
        "out/deep/er/a.vtt",
        "out/deep/found.json",
        "out/deep/found.vtt",
        "out/deep/kept.json",
        "out/deep/kept.vtt",
    ];
    assert_eq!(ran.err.matches(" → ").count(), 4, "{}", ran.err);
    assert_eq!(new_names(&desk), outputs);
}

#[test]
fn outputs_stand_beside_inputs_without_a_folder() {
    let desk = Desk::with("shelf/b.srt", SRT).and("shelf/deep/a.srt", SRT);
    for _ in 0..2 {
        let ran = desk.run(&["convert", "shelf", "--to", "vtt,json"]).ends(0);
        // In the order of their names, and what was made before is not read.
        let inputs: Vec<_> = ran
            .err
            .lines()
            .filter_map(|line| line.split(" → ").next())
            .collect();
        assert_eq!(inputs, ["shelf/b.srt", "shelf/deep/a.srt"]);
    }
    let names = [
        "shelf/b.json",
        "shelf/b.srt",
        "shelf/b.vtt",
        "shelf/deep/a.json",
        "shelf/deep/a.srt",
        "shelf/deep/a.vtt",
    ];
    assert_eq!(desk.names(), names);
}

/// Where outputs go is not read, though it is in the folder.
#[test]
fn a_folder_may_hold_that_of_the_outputs() {
    let desk = Desk::with("b.srt", SRT);
    for _ in 0..2 {
        desk.run(&["convert", ".", "-o", "out/", "--to", "vtt"])
            .ends(0);
    }
    assert_eq!(desk.names(), ["b.srt", "out/b.vtt"]);
}

/// A folder's outputs go to a folder, with a slash or without.
#[test]
fn the_output_of_a_folder_is_one() {
    let desk = Desk::with("shelf/b.srt", SRT).and("taken", "");
    desk.run(&["convert", "shelf", "-o", "out", "--to", "vtt"])
        .ends(0);
    assert_eq!(new_names(&desk), ["out/b.vtt", "taken"]);
    desk.run(&["convert", "shelf", "-o", "taken", "--to", "vtt"])
        .ends(2)
        .says("taken: expected a folder");
    let ran = desk.run(&["convert", "shelf", "-o", "-", "--to", "vtt"]);
    assert!(ran.ends(0).out.starts_with("WEBVTT"));
}

#[test]
fn a_folder_without_captions_is_an_error() {
    let desk = Desk::with("shelf/notes.txt", "大家好\n").and("done/a.vtt", VTT);
    desk.run(&["convert", "shelf", "--to", "vtt"])
        .ends(2)
        .says("shelf: expected a folder with captions in it, or below it, found none");
    desk.run(&["convert", "done", "--to", "vtt"])
        .ends(2)
        .says("done: expected a folder with captions in it, or below it, found none but 1 in what is written");
    assert_eq!(desk.names(), ["done/a.vtt", "shelf/notes.txt"]);
}

#[test]
fn two_files_of_a_folder_for_one_output_are_refused() {
    let desk = Desk::with("shelf/a.srt", SRT)
        .and("shelf/z.vtt", VTT)
        .and("shelf/z.srt", SRT);
    desk.run(&["convert", "shelf", "-o", "out/", "--to", "json"])
        .ends(2)
        .says("out/z.json: expected one input for each output, found shelf/z.srt and shelf/z.vtt");
    let other = Desk::with("one/a.srt", SRT).and("two/a.srt", SRT);
    other
        .run(&["convert", "one", "two", "-o", "out", "--to", "vtt"])
        .ends(2)
        .says("found one/a.srt and two/a.srt");
    assert_eq!(new_names(&desk), [""; 0]);
    assert_eq!(other.names(), ["one/a.srt", "two/a.srt"]);
}

/// A file that is named and found in a folder too is read once.
#[test]
fn a_file_is_read_once() {
    let desk = Desk::with("shelf/deep/a.srt", SRT);
    let ran = desk
        .run(&[
            "convert",
            "shelf/deep/a.srt",
            "shelf",
            "./shelf/deep",
            "--to",
            "vtt",
        ])
        .ends(0);
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
}

/// One that cannot be read stops no other.
#[test]
fn the_others_go_on() {
    let desk = Desk::with("shelf/a.srt", "no captions").and("shelf/b.srt", SRT);
    desk.run(&["convert", "shelf", "-o", "out/", "--to", "vtt"])
        .ends(1)
        .says("shelf/a.srt: ");
    assert_eq!(new_names(&desk), ["out/b.vtt"]);
}

#[test]
fn the_content_says_what_the_standard_input_is() {
    let desk = Desk::new();
    let ran = desk.run_with(&["convert", "-", "--to", "srt"], VTT).ends(0);
    assert_eq!(ran.out, SRT);
    let cues = "\n\n00:00:01,000 --> 00:00:02,000\n你好\n";
    let from = ["convert", "-", "--to", "srt", "--from", "srt"];
    assert_eq!(desk.run_with(&from, cues).out, SRT);
    desk.run_with(&["convert", "-", "--to", "srt"], "你好")
        .ends(2)
        .says("-: expected captions in one of");
    desk.run_with(&["convert", "-", "--from", "review"], SRT)
        .ends(2)
        .says("expected one of vtt, ");
}

#[test]
fn what_is_read_as_something_else_is_said() {
    let desk = Desk::with("talk.srt", VTT);
    let convert = ["convert", "talk.srt", "-o", "-"];
    desk.run(&convert)
        .ends(0)
        .says("note: talk.srt: its name says SubRip, its content WebVTT, which counts");
    desk.run(&[&convert[..], &["--from", "srt"]].concat()).says(
        "note: talk.srt: its content looks like WebVTT, and is read as SubRip, as --from says",
    );
    let quiet = desk.run(&[&convert[..], &["--quiet"]].concat()).ends(0);
    assert_eq!(quiet.err, "");
}

/// Before anything is written, once for each format that is.
#[test]
fn losses_are_said_first() {
    let spoken = VTT.replace("你好", "<v 甲>你好");
    let desk = Desk::with("talk.vtt", spoken).and("talk.srt", "mine");
    let convert = ["convert", "talk.vtt", "--to", "json,srt,transcript"];
    desk.run(&convert)
        .ends(2)
        .says("note: talk.vtt: SubRip has no room for 1 speakers, who are not named\n");
    assert_eq!(desk.names(), ["talk.srt", "talk.vtt"]);
    let ran = desk.run(&[&convert[..], &["--overwrite"]].concat()).ends(0);
    assert_eq!(ran.err.matches("speakers").count(), 1, "{}", ran.err);
    let last = ran.err.lines().last().expect("a line");
    assert!(last.contains(" → "), "{last}");
    let quiet = desk.run(&[&convert[..], &["--overwrite", "--quiet"]].concat());
    assert_eq!(quiet.ends(0).err, "");
}
