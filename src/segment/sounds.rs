//! A piece of a transcript in, what of it is shown where sounds are not out.
//!
//! The clock and the places to cut never see this: a sound takes its time, and its room, whether
//! it is shown or not, so that a profile moves nothing by what it shows.

use crate::model::{Span, Transcript, Utterance};
use crate::profile::{Profile, SoundCues};
use crate::text::class::Class;

/// What a profile does with the sounds of a transcript.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sounds<'t> {
    transcript: &'t Transcript,
    policy: SoundCues,
}

impl<'t> Sounds<'t> {
    pub(super) const fn of(transcript: &'t Transcript, profile: &Profile) -> Self {
        let policy = profile.sound_cues;
        Self { transcript, policy }
    }

    /// Whether nothing of an utterance is shown.
    pub(super) fn hide(self, utterance: &Utterance) -> bool {
        self.policy == SoundCues::Drop && self.transcript.is_sound(utterance)
    }

    /// The words of `piece` without its sounds; `None` where all of it is shown.
    pub(super) fn without(self, piece: Span) -> Option<String> {
        let sounds = match self.policy {
            SoundCues::Show => return None,
            SoundCues::Drop => self.transcript.sounds_in(piece),
        };
        if sounds.is_empty() {
            return None;
        }
        let text = &self.transcript.text;
        let mut kept = String::with_capacity(piece.len());
        let mut at = piece.start();
        for sound in sounds {
            push(&mut kept, Span::new(at, sound.start()).of(text));
            at = sound.end();
        }
        push(&mut kept, Span::new(at, piece.end()).of(text));
        Some(kept)
    }
}

/// Adds what stands behind a sound: not a second space, nor a mark that closes nothing.
fn push(kept: &mut String, words: &str) {
    let is_idle = |c: char| Class::of(c) == Class::Space || Class::of(c).closes();
    kept.push_str(match kept.chars().next_back() {
        None => words.trim_start_matches(is_idle),
        Some(c) if c.is_whitespace() => words.trim_start(),
        Some(_) => words,
    });
}

#[cfg(test)]
mod tests {
    use crate::model::{LanguageTag, Transcript};
    use crate::profile::Profile;
    use crate::timing::{Known, clock};
    use crate::transcript::parse;

    /// The lines of each cue.
    fn shown(transcript: &Transcript, sounds: &str) -> Vec<String> {
        let mine = format!("inherit = 'youtube'\nsound_cues = '{sounds}'");
        let profile = Profile::from_toml("mine", &mine).unwrap();
        let clock = clock(transcript, Known::default()).unwrap().clock;
        let segments = super::super::segment(transcript, &profile, &clock, &LanguageTag::ZH_HANS);
        let lines = |cue| {
            segments
                .lines(cue, transcript)
                .collect::<Vec<_>>()
                .join("⏎")
        };
        segments.segments.iter().map(lines).collect()
    }

    #[test]
    fn sounds_are_shown_or_dropped() {
        let transcript =
            parse("谢谢 （掌声） 大家\n[音乐]\n好（笑声）。\n（咳嗽）。再来\n").transcript;
        let all = [
            "谢谢 （掌声） 大家",
            "[音乐]",
            "好（笑声）。",
            "（咳嗽）。再来",
        ];
        assert_eq!(shown(&transcript, "show"), all);
        assert_eq!(shown(&transcript, "drop"), ["谢谢 大家", "好。", "再来"]);
    }

    #[test]
    fn a_line_of_sounds_alone_is_not_shown_empty() {
        let talk = format!("{}（掌声）\n", "今天我们说一说这个问题，".repeat(8));
        let transcript = parse(&talk).transcript;
        let shown = shown(&transcript, "drop").concat().replace('⏎', "");
        assert_eq!(shown, talk.trim_end().replace("（掌声）", ""));
    }
}
