//! What people are told on the standard error, to the letter.

use super::{Desk, TALK};

/// The place counts characters; the caret stands under what is meant, behind characters that are
/// two columns wide.
#[test]
fn a_finding_is_shown_at_its_place() {
    let desk = Desk::with("talk.txt", "[0:05] 大家好\n[0:06] 今天\n　[0:03] 再见\n");
    let ran = desk.run(&["caption", "talk.txt", "-o", "talk.srt"]).ends(1);
    // The pace is three syllables a second, and the last cue stays 150 ms longer.
    assert_eq!(
        ran.err,
        "\
error: expected a time later than those before it and earlier than those behind it
 --> talk.txt:3:2
  |
3 | 　[0:03] 再见
  |   ^^^^^^
  |
  = help: the time was not used; mend it, or take it away
talk.txt → talk.srt: 3 cues of 3 utterances, 2 times, 0:00:07.749, timed from the text and its own times
"
    );
}

#[test]
fn a_caret_stands_right_under_wide_characters() {
    let toml = "# 我自己的\ninline_replace = { \"，\" = \"字\" }\n";
    let desk = Desk::with("talk.txt", TALK).and("mine.toml", toml);
    let ran = desk
        .run(&["caption", "talk.txt", "--profile", "mine.toml"])
        .ends(2);
    let lines: Vec<&str> = ran.err.lines().collect();
    let at = lines
        .iter()
        .position(|line| line.starts_with("2 | "))
        .expect("the line");
    let column = |line: &str, what: &str| {
        let before = &line[..line.find(what).expect(what)];
        zimu::text::width::half_cells(before)
    };
    assert!(ran.err.contains("mine.toml:2:"), "{}", ran.err);
    let value = column(lines[at], "{ ");
    let caret = column(lines[at + 1], "^");
    let end = caret + lines[at + 1].matches('^').count() as u32;
    assert!(
        caret >= value && end <= column(lines[at], " }") + 2,
        "{}",
        ran.err
    );
}

/// What is wrong is the mark, not the words behind it.
#[test]
fn a_caret_stands_under_the_mark_alone() {
    let talk = "他说：“你好\n　”然后走了\n[0:05] ”再见\n\t”后来\n停\u{7}\u{7}一下\n";
    let desk = Desk::with("talk.txt", talk);
    let ran = desk.run(&["caption", "talk.txt", "-o", "-"]).ends(0);
    let lines: Vec<&str> = ran.err.lines().collect();
    let marked = |place: &str| {
        let at = lines.iter().position(|line| line.contains(place));
        lines[at.expect(place) + 3]
    };
    for (place, under) in [
        ("talk.txt:2:2", "  |   ^"),
        ("talk.txt:3:8", "  |        ^"),
        ("talk.txt:4:2", "  |     ^"),
        ("talk.txt:5:2", "  |   ^^"),
    ] {
        assert_eq!(marked(place), under, "{}", ran.err);
    }
}

/// The fault is in the option: there is no place in the text to mend it.
#[test]
fn a_duration_that_does_not_fit_is_told_without_a_place() {
    let desk = Desk::with("talk.txt", TALK);
    let ran = desk
        .run(&["caption", "talk.txt", "-o", "-", "--duration", "0:00.5"])
        .ends(1);
    let told = "\
error: talk.txt: expected at least 90 ms for each syllable, found 10 syllables from 0:00:00.000 \
        to 0:00:00.500: 20.0 a second
 |
 = help: the words were squeezed; mend the times or the duration
";
    assert!(ran.err.starts_with(told), "{}", ran.err);
}

/// Of many findings of one kind the first are shown, and the others counted.
#[test]
fn many_findings_of_one_kind_are_counted() {
    let desk = Desk::with("talk.txt", "甲\n”\n乙\n”\n丙\n”\n丁\n”\n戊\n”\n");
    let ran = desk.run(&["caption", "talk.txt", "-o", "-"]).ends(0);
    assert_eq!(ran.err.matches("warning: ").count(), 3, "{}", ran.err);
    ran.says("note: talk.txt: 2 more of stray-closing-mark\n");
}

#[test]
fn quiet_says_only_what_went_wrong() {
    let desk =
        Desk::with("talk.txt", "#\n[12:75] 大家好\n").and("faulty.txt", "[0:10] 一\n[0:05] 二\n");
    assert_eq!(
        desk.run(&["caption", "talk.txt", "-o", "a.srt", "--quiet"])
            .ends(0)
            .err,
        ""
    );
    let ran = desk
        .run(&["caption", "faulty.txt", "-o", "b.srt", "-q"])
        .ends(1);
    assert!(
        ran.err.starts_with("error: ") && !ran.err.contains("→"),
        "{}",
        ran.err
    );
    desk.run(&["caption", "missing.txt", "-q"])
        .ends(2)
        .says("error: missing.txt: ");
}

/// An exit code without a word is a riddle.
#[test]
fn quiet_says_what_is_an_error_by_strict() {
    let desk = Desk::with("talk.txt", "#\n[12:75] 大家好\n");
    let ran = desk
        .run(&["caption", "talk.txt", "-o", "a.srt", "--quiet", "--strict"])
        .ends(1);
    assert!(
        ran.err.starts_with("error: expected a title"),
        "{}",
        ran.err
    );
    assert!(!ran.err.contains("note"), "{}", ran.err);
    let ran = desk.run(&["caption", "talk.txt", "-o", "b.srt", "--strict"]);
    ran.ends(1).says("error: expected a title").says("note: ");
}

/// No bar and no colour where nobody sees them.
#[test]
fn a_pipe_is_told_plain_words() {
    let desk = Desk::with("a.txt", "#\n大家好\n").and("b.txt", TALK);
    let ran = desk.run(&["caption", "a.txt", "b.txt"]).ends(0);
    assert!(
        !ran.err.contains(['\u{1b}', '\r', '█', '░']),
        "{:?}",
        ran.err
    );
    assert_eq!(ran.out, "");
}

/// On standard output there are captions and nothing else.
#[test]
fn what_is_told_goes_to_the_standard_error() {
    let desk = Desk::with("talk.txt", "#\n大家好\n");
    let ran = desk.run(&["caption", "talk.txt", "-o", "-"]).ends(0);
    assert_eq!(ran.out, "1\n00:00:00,000 --> 00:00:01,094\n大家好\n\n");
    ran.says("talk.txt → standard output: 1 cues of 1 utterances, 1 repairs, 0:00:01.094, ");
}

/// Neither a place in a text that was mended nor a line of any length stops a report.
#[test]
fn odd_places_are_shown() {
    let long = format!("{}\u{200b}\n”\n", "长".repeat(100_000));
    let vtt = "WEBVTT\n\n\u{fffd}\u{fffd}字字字\0\n\n00:01.000 --> 00:02.000\n甲\n";
    let desk = Desk::with("long.txt", long)
        .and("nul.vtt", vtt)
        .and("end.txt", "甲\n[0:05]");
    desk.run(&["caption", "long.txt", "-o", "-"])
        .ends(0)
        .says("--> long.txt:2:1");
    let ran = desk
        .run(&["convert", "nul.vtt", "-o", "-"])
        .says("--> nul.vtt:3:6");
    assert!(ran.out.ends_with("甲\n\n"), "{}", ran.err);
    desk.run(&["caption", "end.txt", "-o", "-"])
        .ends(1)
        .says("--> end.txt:2:1");
}
