//! `--explain`: why the captions are as they are, on the standard output.

use super::Desk;

const TALK: &str = "大家好\n今天我们来聊一聊，字幕应该怎么断行才好读\n真的吗?!\n";

const NETFLIX: [&str; 4] = ["caption", "talk.txt", "--profile", "netflix-zh-hans"];

fn explained(more: &[&str]) -> (Desk, String) {
    let desk = Desk::with("talk.txt", TALK);
    let arguments = [&NETFLIX[..], &["--explain=breaks"], more].concat();
    let out = desk.run(&arguments).ends(0).out;
    (desk, out)
}

#[test]
fn breaks_and_changed_marks_are_explained() {
    let (desk, out) = explained(&[]);
    let expected = "\
talk.txt, for the profile netflix-zh-hans

talk.txt:2: 今天我们来聊一聊，字幕应该怎么断行才好读
  2      今天我们来聊一聊  ⏎ new line after a clause
         字幕应该怎么断行才好读
         marks: 聊，字 → 聊⏎字

talk.txt:3: 真的吗?!
  3      真的吗？
         marks: 吗?! → 吗？
";
    assert_eq!(out, expected);
    assert_eq!(desk.names(), ["talk.txt"]);
}

#[test]
fn captions_are_written_where_they_are_asked_for() {
    let (plain, _) = explained(&["-o", "out.srt"]);
    assert_eq!(plain.names(), ["out.srt", "talk.txt"]);
    let same = Desk::with("talk.txt", TALK);
    let arguments = [&NETFLIX[..], &["-o", "out.srt"]].concat();
    same.run(&arguments).ends(0);
    assert_eq!(plain.read("out.srt"), same.read("out.srt"));
}

#[test]
fn captions_and_an_explanation_do_not_share_the_standard_output() {
    let desk = Desk::with("talk.txt", TALK);
    let arguments = [&NETFLIX[..], &["--explain", "breaks", "-o", "-"]].concat();
    let ran = desk.run(&arguments).ends(2);
    assert_eq!(ran.out, "");
    ran.says("expected a file or a folder to write captions to (-o)");
    desk.run(&["caption", "talk.txt", "--explain", "dreams"])
        .ends(2)
        .says("breaks");
}

#[test]
fn what_was_left_alone_is_said_to_be() {
    let desk = Desk::with("talk.txt", "大家好\n");
    let out = desk
        .run(&["caption", "talk.txt", "--explain=breaks"])
        .ends(0)
        .out;
    let nothing = "nothing was cut, and every mark is shown as it was written\n";
    assert!(out.ends_with(nothing), "{out}");
    let desk = desk.and("zimu.toml", "profile = 'ted'\n");
    let ran = desk.run_with(&["caption", "-", "--explain=breaks"], TALK);
    let out = ran.ends(0).out;
    let first = "-, for the profile ted, settings of zimu.toml\n";
    assert!(out.starts_with(first), "{out}");
}

#[test]
fn what_is_counted_is_read_with_what_stands_beside_it() {
    let desk = Desk::with("talk.txt", "2024年（掌声）在302房间\n");
    let ran = desk
        .run(&["caption", "talk.txt", "--explain", "timing"])
        .ends(0);
    // 二零二四年 在三零二房间
    assert!(ran.out.contains("11: han 4"), "{}", ran.out);
}
