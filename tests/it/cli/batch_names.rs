//! What a batch makes of names that are odd, and of what is no file.

use super::Desk;

const TALK: &str = "大家好，今天我们谈谈字幕。\n";

#[test]
fn a_name_is_what_it_is() {
    for stem in [
        "two words",
        "two\nlines",
        "渡船🛶",
        "-o",
        "--prune",
        "'\"$(x)*?[a]",
        "a\u{301}\u{202e}b",
    ] {
        let desk = Desk::with(&format!("in/{stem}.txt"), TALK);
        desk.run(&["batch", "in", "-o", "out"]).ends(0);
        assert!(
            desk.path(&format!("out/{stem}.zh-Hans.srt")).exists(),
            "{stem}"
        );
        desk.run(&["batch", "in", "-o", "out"])
            .ends(0)
            .prints("1 unchanged");
    }
}

#[cfg(unix)]
#[test]
fn a_backslash_parts_no_folders() {
    let desk = Desk::with(r"in/a\b.txt", TALK).and("in/a/b.txt", TALK);
    desk.run(&["batch", "in", "-o", "out"]).ends(0);
    assert!(desk.path(r"out/a\b.zh-Hans.srt").exists());
    assert!(desk.path("out/a/b.zh-Hans.srt").exists());
}

#[test]
fn a_long_name_is_refused_where_that_of_its_captions_is_longer_still() {
    let long = "x".repeat(251);
    let deep = "d/".repeat(120);
    let desk = Desk::with(&format!("in/{long}.txt"), TALK).and(&format!("in/{deep}talk.txt"), TALK);
    let ran = desk.run(&["batch", "in", "-o", "out"]).ends(1);
    assert!(ran.err.contains(&format!("{long}.zh-Hans.srt: expected")));
    assert!(desk.path(&format!("out/{deep}talk.zh-Hans.srt")).exists());
    assert!(!desk.path("out/.zimu-run").exists());
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_no_text_is_left_out_and_told() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let desk = Desk::with("in/talk.txt", TALK);
    let name = OsStr::from_bytes(b"\xff\xfe.txt");
    std::fs::write(desk.path("in").join(name), TALK).unwrap();
    desk.run(&["batch", "in", "-o", "out"])
        .ends(1)
        .says("expected a name in UTF-8")
        .prints("1 talks: 1 made");
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_told_and_waited_for_by_nobody() {
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;
    let desk = Desk::with("in/talk.txt", TALK).and("in/folder.txt/other.txt", TALK);
    pipe(&desk, "in/pipe.txt");
    let _socket = UnixListener::bind(desk.path("in/socket.srt")).unwrap();
    symlink("nowhere", desk.path("in/dangling.txt")).unwrap();
    symlink("loop.txt", desk.path("in/loop.txt")).unwrap();
    symlink("..", desk.path("in/round")).unwrap();
    symlink("talk.txt", desk.path("in/linked.txt")).unwrap();
    // None of a talk.
    symlink("nowhere", desk.path("in/cover.jpg")).unwrap();
    let ran = desk
        .run(&["batch", "in", "-o", "out"])
        .ends(1)
        .prints("3 talks: 3 made");
    for name in ["pipe.txt", "socket.srt", "dangling.txt", "loop.txt"] {
        assert!(ran.err.contains(&format!("in/{name}: expected a file")));
    }
    assert!(!ran.err.contains("cover.jpg"));
    assert!(
        ran.err
            .contains("in/round: a link to a folder, which is not followed")
    );
    let desk = desk.and("in/.zimuignore", "round\n");
    let ran = desk.run(&["batch", "in", "-o", "out", "--dry-run"]);
    assert!(!ran.err.contains("in/round"), "{}", ran.err);
    symlink("../out", desk.path("in/made")).unwrap();
    symlink("folder.txt", desk.path("in/again")).unwrap();
    let report = ["batch", "in", "-o", "out", "--dry-run", "--report", "json"];
    let ran = desk.run(&report);
    let links = ran.out.split("\"links\": ").nth(1).unwrap();
    assert!(links.starts_with("[\n    \"in/again\"\n  ],"), "{links}");
    let desk = Desk::with("in/talk.txt", TALK).and("in/talk.zimu.toml", "second = 'pipe'\n");
    pipe(&desk, "in/pipe");
    desk.run(&["batch", "in", "-o", "out"])
        .ends(1)
        .says("in/pipe: expected a file to read");
}

#[cfg(unix)]
#[test]
fn what_has_the_name_of_an_output_and_is_no_file_is_kept() {
    use std::os::unix::fs::symlink;
    let name = "out/talk.zh-Hans.srt";
    let run = |desk: &Desk| desk.run(&["batch", "in", "-o", "out"]);
    let desk = Desk::with("in/talk.txt", TALK).and("out/file", "");
    pipe(&desk, name);
    run(&desk).ends(1).says("expected a file, or none");
    let desk = Desk::with("in/talk.txt", TALK).and(&format!("{name}/file"), "");
    run(&desk).ends(1).says("expected a file, or none");
    let desk = Desk::with("in/talk.txt", TALK).and("out/file", "");
    symlink("nowhere", desk.path(name)).unwrap();
    run(&desk).ends(1).says("expected a file, or none");
    assert!(desk.path(name).is_symlink());
    // A link to a file stays one.
    let desk = Desk::with("in/talk.txt", TALK).and("out/file", "");
    run(&desk).ends(0);
    std::fs::rename(desk.path(name), desk.path("elsewhere.srt")).unwrap();
    symlink("../elsewhere.srt", desk.path(name)).unwrap();
    let desk = desk.and("in/talk.txt", TALK.repeat(2));
    run(&desk).ends(0).prints("1 made");
    assert!(desk.path(name).is_symlink());
    assert!(desk.read("elsewhere.srt").matches("大家好").count() == 2);
}

#[cfg(unix)]
fn pipe(desk: &Desk, name: &str) {
    let made = std::process::Command::new("mkfifo")
        .arg(desk.path(name))
        .status();
    assert!(made.expect("mkfifo").success());
}

#[test]
fn a_folder_of_outputs_may_be_named_in_many_ways() {
    let desk = Desk::with("in/talk.txt", TALK).and("other/file", "");
    let absolute = desk.path("out").display().to_string();
    desk.run(&["batch", "in", "-o", "out"]).ends(0);
    for out in ["out/", "./out", "in/../out", "other/../out/.", &absolute] {
        desk.run(&["batch", "./in/", "-o", out])
            .ends(0)
            .prints("0 made, 1 unchanged");
    }
    desk.run(&["batch", "in", "-o", "in/../in/."])
        .ends(2)
        .says("expected another folder");
}

#[cfg(unix)]
#[test]
fn what_was_made_is_no_input_by_whatever_name_its_folder_goes() {
    use std::os::unix::fs::symlink;
    let desk = Desk::with("in/talk.txt", TALK).and("in/made/.keep", "");
    symlink("in/made", desk.path("link")).unwrap();
    for out in ["in/made", "link", "link/", "in/made/../made"] {
        desk.run(&["batch", "in", "-o", out])
            .ends(0)
            .prints("1 talks");
    }
}

#[test]
fn a_file_and_a_folder_of_one_name_are_told_by_the_plan() {
    for inside in ["more.txt", "further/more.txt", "further/below/more.txt"] {
        let inside = format!("in/a/Talk.zh-Hans.srt/{inside}");
        let desk = Desk::with("in/a/talk.txt", TALK)
            .and(&inside, TALK)
            // No output has the name of this one.
            .and("in/a/talk/more.txt", TALK);
        let ran = desk.run(&["batch", "in", "-o", "out", "--dry-run"]).ends(2);
        let told = format!(
            "out/a/talk.zh-Hans.srt: expected a file or a folder of that name, found \
             in/a/talk.txt for the one and {inside} for the other"
        );
        assert!(ran.err.contains(&told), "{}", ran.err);
    }
}

#[test]
fn what_lies_in_the_way_of_a_talk_is_told_by_the_plan() {
    let desk = Desk::with("in/a/talk.txt", TALK)
        .and("in/b/talk.txt", TALK)
        .and("in/c/d/talk.txt", TALK)
        .and("out/a/talk.zh-Hans.srt/kept.txt", TALK)
        .and("out/b/talk/kept.txt", TALK)
        .and("out/c", "mine\n");
    for more in [&["--dry-run"][..], &[]] {
        let ran = desk
            .run(&[&["batch", "in", "-o", "out"], more].concat())
            .ends(1)
            .says("out/a/talk.zh-Hans.srt: expected a file, or none, found a folder where")
            .says("in/a/talk.txt has its captions")
            .says("out/c: expected a folder, or none, found a file where in/c/d/talk.txt has");
        assert!(ran.out.contains("3 talks: 1 "), "{}", ran.out);
    }
    assert_eq!(desk.read("out/c"), "mine\n");
}
