//! `zimu calibrate FOLDER`: what each channel of a catalogue and each speaker is learned from, and
//! that a batch speaks so.

use std::fmt::Write as _;

use super::Desk;

/// What somebody says, in turn.
const WORDS: [&str; 7] = [
    "渡船每天早上六点从码头出发",
    "我们先去看看那座老桥",
    "桥下的水比去年高了很多",
    "听说明年要修一条新路",
    "大家都在等这条路",
    "可是谁也不知道什么时候动工",
    "那就再等一等",
];

/// A line of an interview: who says it, what, and when.
struct Said {
    speaker: &'static str,
    words: &'static str,
    start_ms: u64,
    end_ms: u64,
}

/// Lines of two who take turns: the first is slow, and the other as fast as is said. Both
/// scatter, as people do.
fn interview(lines: u64, other_ms: u64) -> Vec<Said> {
    let mut now_ms = 1000;
    let say = |line: u64| {
        let speakers = [("主持人", 330), ("客人", other_ms)];
        let (speaker, syllable_ms) = speakers[(line % 2) as usize];
        let words = WORDS[(line * line % 7) as usize];
        let percent = 70 + line * 37 % 61;
        let syllables = words.chars().count() as u64;
        let (start_ms, takes_ms) = (now_ms, syllables * syllable_ms * percent / 100);
        now_ms += takes_ms;
        let end_ms = start_ms + takes_ms * 9 / 10;
        Said {
            speaker,
            words,
            start_ms,
            end_ms,
        }
    };
    (0..lines).map(say).collect()
}

fn transcript(lines: &[Said]) -> String {
    let line = |said: &Said| format!("{}：{}。\n", said.speaker, said.words);
    lines.iter().map(line).collect()
}

fn srt(lines: &[Said]) -> String {
    let time = |ms: u64| {
        let (seconds, ms) = (ms / 1000, ms % 1000);
        let (minutes, seconds) = (seconds / 60, seconds % 60);
        format!("00:{minutes:02}:{seconds:02},{ms:03}")
    };
    let mut srt = String::new();
    for (number, said) in (1..).zip(lines) {
        let [start, end] = [said.start_ms, said.end_ms].map(time);
        let _ = write!(srt, "{number}\n{start} --> {end}\n{}\n\n", said.words);
    }
    srt
}

/// Two channels: of one two talks have captions that somebody timed, and one has none; of the
/// other none has.
fn catalogue() -> Desk {
    let (first, second, new) = (interview(300, 180), interview(240, 190), interview(20, 1));
    Desk::with("in/a/first.txt", transcript(&first))
        .and("in/a/first.srt", srt(&first))
        .and("in/a/2024/second.txt", transcript(&second))
        .and("in/a/2024/second.srt", srt(&second))
        .and("in/a/new.txt", transcript(&new))
        .and("in/b/new.txt", transcript(&new))
}

#[test]
fn each_channel_and_each_speaker_has_a_voice() {
    let desk = catalogue();
    let ran = desk.run(&["calibrate", "in"]).ends(0);
    insta::assert_snapshot!(ran.out, @r"
    channel  speaker  files  lines  speech       off before  off now  voice
    a/                2      538    0:23:28.291  11.5 %      1.8 %    its own
             主持人          270    0:15:10.376  22.2 %      0.1 %    its own
             客人            268    0:08:17.915  40.3 %      5.4 %    its own

    → in/a/zimu-voice.toml
    ");
    let file = desk.read("in/a/zimu-voice.toml");
    assert!(
        file.starts_with("# Learned by zimu calibrate from 0:"),
        "{file}"
    );
    assert!(file.contains("\n# \"a/2024/second.srt\"\n# \"a/first.srt\"\n"));
    assert!(file.contains("\n[speakers.\"主持人\".interval]\nsyllable_us = "));
    assert_eq!(desk.run(&["calibrate", "in"]).ends(0).out, ran.out);
}

/// How long each cue of captions with a time for each syllable lasts, in milliseconds a character.
fn pace(srt: &str) -> Vec<u64> {
    let ms = |time: &str| -> u64 {
        let parts: Vec<u64> = time
            .split([':', ','])
            .map(|part| part.parse().expect("a number"))
            .collect();
        parts[..3].iter().fold(0, |all, part| all * 60 + part) * 1000 + parts[3]
    };
    let cues = srt.split("\n\n").filter(|cue| !cue.is_empty());
    cues.map(|cue| {
        let mut lines = cue.lines().skip(1);
        let (start, end) = lines
            .next()
            .and_then(|times| times.split_once(" --> "))
            .expect("times");
        let characters = lines.map(|line| line.chars().count() as u64).sum::<u64>();
        (ms(end) - ms(start)) / characters
    })
    .collect()
}

#[test]
fn a_batch_has_the_voices_of_its_channels() {
    let desk = catalogue();
    let batch = &["batch", "in", "-o", "out", "--profile", "asis"][..];
    desk.run(batch).ends(0);
    let usual = desk.read("out/a/new.zh-Hans.srt");
    desk.run(&["calibrate", "in"]).ends(0);
    let ran = desk.run(batch).ends(0);
    ran.prints("1 made, 3 unchanged");
    let learned = desk.read("out/a/new.zh-Hans.srt");
    assert_ne!(learned, usual);
    assert_eq!(desk.read("out/b/new.zh-Hans.srt"), usual);
    // The first is slow, and the second fast.
    let pace = pace(&learned);
    assert!(
        pace.chunks(2).all(|turn| turn[0] > turn[1] + 60),
        "{pace:?}"
    );
    let manifest = desk.read("out/zimu-manifest.jsonl");
    assert_eq!(
        manifest.matches("a/zimu-voice.toml").count(),
        1,
        "{manifest}"
    );
    // Who says which voice it is has it, of all talks and of one.
    desk.run(&[batch, &["--pace", "slow"]].concat())
        .ends(0)
        .prints("4 made");
    let slow = desk.read("out/a/new.zh-Hans.srt");
    assert_eq!(desk.read("out/b/new.zh-Hans.srt"), slow);
    let desk = desk
        .and("in/a/new.zimu.toml", "voice = \"../guest.toml\"\n")
        .and("in/guest.toml", "[interval]\nsyllable_us = 900_000\n");
    desk.run(batch).ends(0);
    let guest = desk.read("out/a/new.zh-Hans.srt");
    assert!(![slow, learned, usual].contains(&guest));
}

#[test]
fn captions_that_nobody_timed_teach_nothing() {
    let talk = transcript(&interview(300, 180));
    let desk = Desk::with("in/talk.txt", &talk);
    desk.run(&[
        "caption",
        "in/talk.txt",
        "-o",
        "in/talk.srt",
        "--pace",
        "fast",
    ])
    .ends(0);
    let ran = desk.run(&["calibrate", "in"]).ends(2);
    ran.says("talk.srt: expected times that somebody has heard")
        .says("in: expected at least 5 minutes of speech to learn a voice from, found 0:00:00.000");
    assert!(!desk.names().contains(&"in/zimu-voice.toml".to_owned()));
}

#[test]
fn captions_of_another_talk_teach_nothing() {
    let desk = catalogue().and("in/a/first.txt", "今天没有船\n去不了对面\n".repeat(90));
    let ran = desk.run(&["calibrate", "in"]).ends(0);
    ran.says("a/first.srt: expected the words of a/first.txt, found others: it taught nothing")
        .prints("a/                1      ");
}

#[test]
fn one_voice_of_all_goes_where_it_is_said() {
    let desk = catalogue();
    let ran = desk.run(&["calibrate", "in", "--save", "voice.toml"]);
    ran.ends(0).prints("\n→ voice.toml\n").prints("./ ");
    assert!(!desk.names().contains(&"in/a/zimu-voice.toml".to_owned()));
    let talk = ["caption", "in/b/new.txt", "-o", "-", "--profile", "asis"];
    let captions = desk
        .run(&[&talk[..], &["--voice", "voice.toml"]].concat())
        .ends(0);
    let pace = pace(&captions.out);
    assert!(
        pace.chunks(2).all(|turn| turn[0] > turn[1] + 60),
        "{pace:?}"
    );
}

#[test]
fn a_voice_that_somebody_wrote_is_kept() {
    let desk = catalogue().and("in/a/zimu-voice.toml", "# by hand\n");
    desk.run(&["calibrate", "in"])
        .ends(2)
        .says("zimu-voice.toml: expected no file, or one that holds the same");
    assert_eq!(desk.read("in/a/zimu-voice.toml"), "# by hand\n");
    desk.run(&["calibrate", "in", "--overwrite"]).ends(0);
}

#[test]
fn a_folder_of_no_pairs_is_an_error() {
    let desk = Desk::with("in/talk.txt", "大家好\n").and("in/other.srt", super::SRT);
    desk.run(&["calibrate", "in"])
        .ends(2)
        .says("in: expected transcripts in Chinese with captions beside them");
    // What cannot be read stops no other.
    let desk = catalogue()
        .and("in/a/bad.txt", "大家好\n")
        .and("in/a/bad.srt", "");
    desk.run(&["calibrate", "in"]).ends(1).says("bad.srt: ");
}
