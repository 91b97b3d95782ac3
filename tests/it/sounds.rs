//! What a profile shows of sounds that are heard and not said.

use zimu::model::LanguageTag;
use zimu::profile::Profile;
use zimu::segment::{Layout, segment};
use zimu::timing::{Known, clock};
use zimu::transcript::parse;

/// The lines of each cue of `talk` in a profile that shows its sounds, or drops them.
fn shown(talk: &str, sounds: &str) -> Vec<String> {
    let transcript = parse(talk).transcript;
    let mine = format!("inherit = 'youtube'\nsound_cues = '{sounds}'");
    let profile = Profile::from_toml("mine", &mine).expect("a profile");
    let clock = clock(&transcript, Known::default()).expect("times").clock;
    let layout = Layout::new(&profile, &LanguageTag::ZH_HANS);
    let segments = segment(&transcript, &clock, layout);
    let lines = |cue| segments.lines(cue, &transcript).collect::<Vec<_>>();
    let cues = segments.segments.iter();
    cues.map(|cue| lines(cue).join("⏎")).collect()
}

#[test]
fn sounds_are_shown_or_dropped() {
    let talk = "谢谢 （掌声） 大家\n[音乐]\n好（笑声）。\n（咳嗽）。再来\n";
    let all = [
        "谢谢 （掌声） 大家",
        "[音乐]",
        "好（笑声）。",
        "（咳嗽）。再来",
    ];
    assert_eq!(shown(talk, "show"), all);
    assert_eq!(shown(talk, "drop"), ["谢谢 大家", "好。", "再来"]);
}

#[test]
fn a_line_of_sounds_alone_is_not_shown_empty() {
    let talk = format!("{}（掌声）\n", "今天我们说一说这个问题，".repeat(8));
    let shown = shown(&talk, "drop").concat().replace('⏎', "");
    assert_eq!(shown, talk.trim_end().replace("（掌声）", ""));
}
