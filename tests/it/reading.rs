//! Small caption files in, the cues that they hold out: one test for each way in which a reader
//! could lose a word, a time or its silence. Whole files are compared in `snapshots`.

use zimu::model::{Position, Severity, Track};

use crate::road::{format, read, written};

/// Each cue on a line: its times in milliseconds, and its lines with `/` between them.
fn cues(id: &str, text: &str) -> Vec<String> {
    shown(&read(text, format(id)).track)
}

fn shown(track: &Track) -> Vec<String> {
    let cue = |cue| {
        let lines: Vec<&str> = track.lines(cue).map(|line| line.text).collect();
        let (start, end) = (cue.interval.start(), cue.interval.end());
        format!("{}-{} {}", start.millis(), end.millis(), lines.join("/"))
    };
    track.cues().iter().map(cue).collect()
}

/// The worst that is said of a text, and the first line that it is said of.
fn worst(id: &str, text: &str) -> Option<(Severity, usize)> {
    let found = read(text, format(id)).diagnostics;
    let worst = found
        .iter()
        .rev()
        .max_by_key(|finding| finding.severity())?;
    let before = &text[..worst.span.start()];
    Some((worst.severity(), 1 + before.matches('\n').count()))
}

fn srt_cue(text: &str) -> String {
    format!("1\n00:00:01,000 --> 00:00:02,000\n{text}\n\n")
}

fn vtt_cue(text: &str) -> String {
    format!("WEBVTT\n\n00:01.000 --> 00:02.000\n{text}\n\n")
}

/// A price, an opening time or a range begins with digits too.
#[test]
fn text_that_begins_like_a_time_is_text_in_subrip() {
    for text in [
        "7:30 的船 -> 8:10 到",
        "8:00—18:00 都有人接听",
        "3.5——4 公里",
        "10.24—10.30 打八折",
        "3.5GHz—",
    ] {
        assert_eq!(cues("srt", &srt_cue(text)), [format!("1000-2000 {text}")]);
    }
}

/// Whoever types the times in full width types the number so too.
#[test]
fn a_number_in_full_width_is_no_text_in_subrip() {
    let text = "１\n00:00:01,000 --> 00:00:02,000\n甲\n\n２\n00:00:02,000 --> 00:00:03,000\n乙\n";
    assert_eq!(cues("srt", text), ["1000-2000 甲", "2000-3000 乙"]);
    assert_eq!(worst("srt", text), Some((Severity::Repair, 1)));
}

#[test]
fn cues_that_are_put_in_order_are_reported() {
    let srt = "1\n00:00:05,000 --> 00:00:06,000\n后\n\n2\n00:00:01,000 --> 00:00:02,000\n先\n";
    assert_eq!(cues("srt", srt), ["1000-2000 先", "5000-6000 后"]);
    assert_eq!(worst("srt", srt), Some((Severity::Repair, 6)));
    let vtt = "WEBVTT\n\n00:05.000 --> 00:06.000\n后\n\n00:01.000 --> 00:02.000\n先\n";
    assert_eq!(cues("vtt", vtt), ["1000-2000 先", "5000-6000 后"]);
    assert_eq!(worst("vtt", vtt), Some((Severity::Repair, 6)));
}

/// The grammar of SubRip has two digits of hours or more, and zimu writes them.
#[test]
fn a_hundred_hours_need_no_repair() {
    let text = "1\n100:00:00,000 --> 100:00:01,000\n很久以后\n\n";
    assert_eq!(cues("srt", text), ["360000000-360001000 很久以后"]);
    assert_eq!(worst("srt", text), None);
}

/// A text that is lost is a fault, in every format.
#[test]
fn text_without_times_is_a_fault() {
    let srt = "没有时间的一段\n\n1\n00:00:01,000 --> 00:00:02,000\n甲\n";
    assert_eq!(worst("srt", srt), Some((Severity::Fault, 1)));
    let vtt = "WEBVTT\n\n没有时间的一段\n\n00:01.000 --> 00:02.000\n甲\n";
    assert_eq!(cues("vtt", vtt), ["1000-2000 甲"]);
    assert_eq!(worst("vtt", vtt), Some((Severity::Fault, 3)));
}

/// A browser takes all behind a `<` for a tag, and shows none of it. That is worth saying.
#[test]
fn text_that_is_taken_for_a_tag_is_reported() {
    let text = vtt_cue("只要 a <b 就行");
    assert_eq!(cues("vtt", &text), ["1000-2000 只要 a "]);
    assert!(worst("vtt", &text).is_some());
}

/// The tag goes on over the line's end; the text has one line.
#[test]
fn a_tag_over_two_lines_leaves_no_empty_line() {
    let text = vtt_cue("<v 阿水\n哥>名字写了两行");
    let reading = read(&text, format("vtt"));
    assert_eq!(shown(&reading.track), ["1000-2000 名字写了两行"]);
    assert_eq!(
        reading.track.speaker(&reading.track.cues()[0]),
        Some("阿水 哥")
    );
}

/// "If the current node is not of that kind, ignore the end tag" (WebVTT, "cue text parsing").
#[test]
fn an_end_tag_that_does_not_fit_is_ignored_in_webvtt() {
    let track = read(&vtt_cue("<b>甲<i>乙</b>丙</i>丁"), format("vtt")).track;
    let (again, _) = written(&track, format("vtt"));
    assert!(again.contains("<b>甲<i>乙丙</i>丁</b>"), "{again}");
}

/// HTML's oldest references need no semicolon in text, whatever follows.
#[test]
fn a_reference_without_its_semicolon_is_read() {
    assert_eq!(cues("vtt", &vtt_cue("AT&ampT")), ["1000-2000 AT&T"]);
}

/// A line end that is written as a reference parts words as any space does.
#[test]
fn a_line_end_by_reference_is_a_space() {
    let text = vtt_cue("one&#10;two&#13;&#10;three");
    assert_eq!(cues("vtt", &text), ["1000-2000 one two three"]);
}

/// Of a setting the last value that is one counts.
#[test]
fn a_setting_that_is_none_takes_none_away() {
    let text = "WEBVTT\n\n00:01.000 --> 00:02.000 line:0 line:up\n甲\n";
    let track = read(text, format("vtt")).track;
    assert_eq!(track.position(&track.cues()[0]), Some(Position::TopCentre));
}

/// A cue without a line has none to tell it from the next one.
#[test]
fn the_position_of_an_empty_cue_is_its_own() {
    let vtt = "WEBVTT\n\n00:01.000 --> 00:02.000 line:0\n\n00:03.000 --> 00:04.000\n甲\n";
    let json = "{\"format\":\"zimu-cues\",\"version\":1,\"cues\":[\
        {\"start_ms\":1000,\"end_ms\":2000,\"position\":8,\"lines\":[]},\
        {\"start_ms\":3000,\"end_ms\":4000,\"lines\":[{\"text\":\"甲\"}]}]}";
    for (id, text) in [("vtt", vtt), ("json", json)] {
        let track = read(text, format(id)).track;
        let positions = track.cues().iter().map(|cue| track.position(cue));
        assert_eq!(
            positions.collect::<Vec<_>>(),
            [Some(Position::TopCentre), None],
            "{id}"
        );
    }
}

/// Of two speakers in one cue the model holds one. The other is not lost in silence.
#[test]
fn a_second_voice_in_a_cue_is_reported() {
    let text = vtt_cue("<v 阿水>走不走？</v>\n<v 阿芒>走！</v>");
    assert_eq!(cues("vtt", &text), ["1000-2000 走不走？/走！"]);
    assert!(worst("vtt", &text).is_some());
}

/// Every JSON file ends in `.json`. One of another tool has captions that are not read.
#[test]
fn json_of_another_kind_is_a_fault() {
    for text in [
        "{}",
        "{\"events\":[{\"tStartMs\":0,\"dDurationMs\":900,\"segs\":[{\"utf8\":\"甲\"}]}]}",
        "{\"format\":\"others\",\"version\":1,\"cues\":[]}",
    ] {
        assert_eq!(cues("json", text), [""; 0], "{text}");
        assert_eq!(
            worst("json", text).map(|(severity, _)| severity),
            Some(Severity::Fault),
            "{text}"
        );
    }
}

#[test]
fn a_faulty_cue_of_json_is_reported_at_its_place() {
    let text = "{\"format\":\"zimu-cues\",\"version\":1,\"cues\":[\n\
        {\"start_ms\":0,\"end_ms\":900,\"lines\":[{\"text\":\"甲\"}]},\n\
        {\"start_ms\":2000,\"end_ms\":1000,\"lines\":[{\"text\":\"乙\"}]}]}";
    assert_eq!(cues("json", text), ["0-900 甲", "2000-7000 乙"]);
    assert_eq!(worst("json", text), Some((Severity::Fault, 3)));
}

/// What browsers and WebVTT take for one line is one line in the files that are made of it.
#[test]
fn a_line_separator_does_not_make_a_line_on_the_way() {
    let track = read(&vtt_cue("甲\u{2028}乙"), format("vtt")).track;
    let (srt, _) = written(&track, format("srt"));
    assert_eq!(read(&srt, format("srt")).track.cues()[0].line_count(), 1);
}

/// A name with a line end in it must not become a line of its own.
#[test]
fn asides_of_several_lines_take_no_text_away() {
    let json = "{\"format\":\"zimu-cues\",\"version\":1,\"cues\":[{\"id\":\"a\\n\\nb\",\
        \"start_ms\":1000,\"end_ms\":2000,\"speaker\":\"甲\\n\\n乙\",\"lines\":[{\"text\":\"渡口在下游\",\
        \"marks\":[{\"kind\":\"ruby\",\"start\":0,\"end\":2,\"reading\":\"dù\\n\\nkǒu\"}]}]}]}";
    let (vtt, _) = written(&read(json, format("json")).track, format("vtt"));
    assert_eq!(cues("vtt", &vtt), ["1000-2000 渡口在下游"], "{vtt}");
}

/// The bottom centre is where captions stand by default, in every format.
#[test]
fn the_default_position_is_none() {
    let track = read(&srt_cue("{\\an2}甲"), format("srt")).track;
    assert_eq!(track.position(&track.cues()[0]), None);
}

/// The characters that a terminal obeys do not come from JSON to a file of captions.
#[test]
fn control_characters_of_json_reach_no_other_format() {
    let json = "{\"format\":\"zimu-cues\",\"version\":1,\"cues\":[{\"id\":\"a\\u0000\",\
        \"start_ms\":1000,\"end_ms\":2000,\"speaker\":\"\\u001b甲\",\"lines\":[{\"text\":\"渡\\u009b口\",\
        \"marks\":[{\"kind\":\"ruby\",\"start\":2,\"end\":3,\"reading\":\"kǒu\\u0085\"}]}]}]}";
    let reading = read(json, format("json"));
    for id in ["srt", "vtt", "json"] {
        let (text, _) = written(&reading.track, format(id));
        assert!(
            !text.contains(|c: char| c.is_control() && c != '\n'),
            "{text:?}"
        );
    }
    assert_eq!(reading.diagnostics.len(), 4);
}

/// A line has one byte for its language. Each that finds no room is said, and soon.
#[test]
fn languages_that_find_no_room_are_reported() {
    let lines = |count| {
        let line = |at| format!("{{\"language\":\"en-x-{at}\",\"text\":\"a\"}}");
        (0..count).map(line).collect::<Vec<_>>().join(",")
    };
    let found = |count| {
        let text = format!(
            "{{\"format\":\"zimu-cues\",\"version\":1,\"cues\":[\
            {{\"start_ms\":0,\"end_ms\":900,\"lines\":[{}]}}]}}",
            lines(count)
        );
        let reading = read(&text, format("json"));
        assert_eq!(reading.track.languages().len(), count.min(256));
        reading.diagnostics.len()
    };
    assert_eq!(found(256), 0);
    assert_eq!(found(100_000), 99_744);
}
