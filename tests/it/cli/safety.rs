//! Nothing is lost: what was there stays, and no half of a file is ever left.

use std::fs::{self, File};
use std::io::Read;
use std::process::{Command, Stdio};

use assert_cmd::cargo::cargo_bin;

use super::{Desk, SRT, TALK, TALK_SRT};

#[test]
fn a_file_with_other_captions_is_kept() {
    let desk = Desk::with("talk.txt", TALK).and("talk.zh-Hans.srt", "mine");
    desk.run(&["caption", "talk.txt"])
        .ends(2)
        .says("talk.zh-Hans.srt: ")
        .says("--overwrite");
    assert_eq!(desk.read("talk.zh-Hans.srt"), "mine");
    desk.run(&["caption", "talk.txt", "--overwrite"]).ends(0);
    assert_eq!(desk.read("talk.zh-Hans.srt"), TALK_SRT);
    assert_eq!(desk.names(), ["talk.txt", "talk.zh-Hans.srt"]);
}

/// Neither is written where one would be lost: what ends with 2 has written nothing.
#[test]
fn of_several_outputs_all_are_written_or_none() {
    let desk = Desk::with("talk.txt", TALK).and("talk.zh-Hans.vtt", "mine");
    desk.run(&["caption", "talk.txt", "--to", "srt,vtt"])
        .ends(2);
    assert_eq!(desk.names(), ["talk.txt", "talk.zh-Hans.vtt"]);
    assert_eq!(desk.read("talk.zh-Hans.vtt"), "mine");
}

#[test]
fn a_file_with_the_same_captions_is_left_alone() {
    let desk = Desk::with("talk.txt", TALK);
    desk.run(&["caption", "talk.txt"]).ends(0);
    let written = |desk: &Desk| {
        let found = fs::metadata(desk.path("talk.zh-Hans.srt")).expect("a file");
        found.modified().expect("a time")
    };
    let before = written(&desk);
    desk.run(&["caption", "talk.txt"])
        .ends(0)
        .says("talk.zh-Hans.srt (unchanged)");
    assert_eq!(written(&desk), before);
}

#[test]
fn an_output_that_is_the_input_is_refused() {
    let desk = Desk::with("talk.srt", SRT).and("folder/talk.zh-Hans.srt", SRT);
    for (input, output) in [
        ("talk.srt", &["-o", "talk.srt"][..]),
        ("talk.srt", &["-o", "folder/../talk.srt"]),
        ("talk.srt", &["-o", "."]),
        ("folder/talk.zh-Hans.srt", &[]),
    ] {
        desk.run(&[&["convert", input, "--overwrite"], output].concat())
            .ends(2)
            .says("expected an output that is not the input");
    }
    assert_eq!(
        (desk.read("talk.srt"), desk.names().len()),
        (SRT.to_owned(), 2)
    );
}

/// The input of one is the output of another: `--overwrite` is about outputs.
#[test]
fn an_output_that_is_another_input_is_refused() {
    let vtt = "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\n手工改过的\n\n";
    let desk = Desk::with("talk.srt", SRT).and("talk.vtt", vtt);
    desk.run(&[
        "convert",
        "talk.srt",
        "talk.vtt",
        "--to",
        "vtt",
        "-o",
        ".",
        "--overwrite",
    ]);
    assert_eq!(desk.read("talk.vtt"), vtt);
    let desk = Desk::with("talk.txt", TALK).and("second.srt", "Hello\nCaptions\n");
    desk.run(&[
        "caption",
        "talk.txt",
        "--second",
        "second.srt",
        "-o",
        "second.srt",
        "--overwrite",
    ])
    .ends(2);
    assert_eq!(desk.read("second.srt"), "Hello\nCaptions\n");
}

#[test]
fn two_inputs_to_one_output_are_refused() {
    let desk = Desk::with("a/talk.txt", TALK).and("b/talk.txt", "再见\n");
    let arguments = [
        "caption",
        "a/talk.txt",
        "b/talk.txt",
        "-o",
        "out/",
        "--overwrite",
        "--lang",
        "zh-Hans",
    ];
    desk.run(&arguments)
        .ends(2)
        .says("expected one input for each output, found a/talk.txt and b/talk.txt");
    desk.run(&arguments[..6])
        .ends(2)
        .says("expected one input for each output, found a/talk.txt and b/talk.txt");
    desk.run(&["caption", "a/talk.txt", "b/talk.txt", "-o", "one.srt"])
        .ends(2)
        .says("a folder");
    assert_eq!(desk.names(), ["a/talk.txt", "b/talk.txt"]);
}

/// Their characters tell them apart, and so do the names of their outputs.
#[test]
fn two_inputs_of_one_name_in_two_languages_are_no_collision() {
    let desk = Desk::with("a/talk.txt", TALK).and("b/talk.txt", "大家好，歡迎收聽\n");
    desk.run(&["caption", "a/talk.txt", "b/talk.txt", "-o", "out/"])
        .ends(0);
    let outputs = ["out/talk.zh-Hans.srt", "out/talk.zh-Hant.srt"];
    assert_eq!(
        desk.names(),
        [&["a/talk.txt", "b/talk.txt"], &outputs[..]].concat()
    );
}

/// Two spellings of one folder hide no collision; one file that is named twice is none.
#[test]
fn one_folder_by_two_names_is_one() {
    let desk = Desk::with("a/talk.txt", TALK).and("a/talk.md", "再见\n");
    desk.run(&["caption", "a/talk.txt", "./a/talk.md", "--overwrite"])
        .ends(2)
        .says("expected one input for each output, found a/talk.txt and ./a/talk.md");
    assert_eq!(desk.names(), ["a/talk.md", "a/talk.txt"]);
    desk.run(&["caption", "a/talk.txt", "./a/talk.txt"]).ends(0);
}

#[test]
fn an_output_that_is_the_profile_is_refused() {
    let toml = "inherit = 'ted'\n";
    let desk = Desk::with("talk.txt", TALK).and("mine.toml", toml);
    let options = ["--profile", "mine.toml", "--to", "srt", "--overwrite"];
    desk.run(&[&["caption", "talk.txt", "-o", "mine.toml"], &options[..]].concat())
        .ends(2)
        .says(
            "mine.toml: expected an output that is not the input, nor anything else that is read",
        );
    assert_eq!(desk.read("mine.toml"), toml);
}

/// The second would be empty, and told as a text without words.
#[test]
fn the_standard_input_is_read_once() {
    let desk = Desk::with("talk.txt", TALK);
    for arguments in [&["-", "-"][..], &["-", "--second", "-"]] {
        desk.run_with(&[&["caption"], arguments].concat(), TALK)
            .ends(2)
            .says("error: expected the standard input once, found \"-\" 2 times");
    }
    desk.run_with(&["convert", "-", "-", "-o", "out/"], SRT)
        .ends(2)
        .says("expected the standard input once");
    assert_eq!(desk.names(), ["talk.txt"]);
}

#[test]
fn a_folder_is_not_written_over() {
    let desk = Desk::with("talk.txt", TALK).and("talk.zh-Hans.srt/inside", "");
    for arguments in [&[][..], &["--overwrite"]] {
        desk.run(&[&["caption", "talk.txt"], arguments].concat())
            .ends(2)
            .says("talk.zh-Hans.srt: expected a file, or none, found a folder of that name");
    }
    assert_eq!(desk.names(), ["talk.txt", "talk.zh-Hans.srt/inside"]);
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link() {
    let desk = Desk::with("talk.txt", TALK).and("kept/real.srt", "old");
    std::os::unix::fs::symlink("kept/real.srt", desk.path("link.srt")).expect("a link");
    desk.run(&["caption", "talk.txt", "-o", "link.srt", "--overwrite"])
        .ends(0);
    assert!(desk.path("link.srt").is_symlink());
    assert_eq!(desk.read("kept/real.srt"), TALK_SRT);
}

#[cfg(unix)]
#[test]
fn a_link_to_nothing_is_told_from_a_file() {
    let desk = Desk::with("talk.txt", TALK);
    std::os::unix::fs::symlink("gone.srt", desk.path("link.srt")).expect("a link");
    desk.run(&["caption", "talk.txt", "-o", "link.srt", "--overwrite"])
        .ends(2)
        .says("link.srt: expected a file, or none, found a link to what is not there");
    assert!(desk.path("link.srt").is_symlink());
}

/// `zimu … | head -1`: more than a pipe holds, and nobody to read it.
#[test]
fn a_pipe_that_is_closed_ends_it_in_silence() {
    let desk = Desk::with("long.txt", TALK.repeat(5000));
    let input = File::open(desk.path("long.txt")).expect("a file");
    let mut command = Command::new(cargo_bin!("zimu"));
    command.args(["caption", "-", "-o", "-", "--quiet"]);
    command
        .stdin(input)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("a run");
    let mut first = [0; 2];
    let mut out = child.stdout.take().expect("a pipe");
    out.read_exact(&mut first).expect("captions");
    drop(out);
    let ended = child.wait_with_output().expect("an end");
    assert_eq!((&first, ended.status.code()), (b"1\n", Some(0)));
    assert_eq!(String::from_utf8_lossy(&ended.stderr), "");
}
