//! A track whose cues are in two languages at once in, the same with a language for each line out.

use encoding_rs::SHIFT_JIS;

use crate::bilingual::copied::{copy_line, copy_part, end_cue};
use crate::bilingual::recognised::{
    ScriptOrder, Shape, TwoLanguages, are_at_once, moments, side_of,
};
use crate::bilingual::side::{Side, Written, halves};
use crate::model::{Cue, LanguageTag, LineView, Track, TrackBuilder};

/// How many cues of one moment are looked at for the other half of one: the work stays linear
/// where a file has all its cues at once.
const MOST_AT_ONCE: usize = 64;

/// The languages for lines of Chinese and for others.
#[derive(Clone, Copy, Debug)]
pub struct ScriptLanguages<'l> {
    /// Of lines of Chinese.
    pub chinese: &'l LanguageTag,
    /// Of all other lines.
    pub other: &'l LanguageTag,
}

/// Gives each line its language, by its script, and puts cues of the two languages that stand at
/// the same times and place into one, Chinese above. `found` is what
/// [`two_languages`](crate::bilingual::two_languages) has found in the track. A cue in one language
/// stays as it is; a line of Latin among lines of Chinese, such as a title, is a part of them. Where
/// both are in one line, a name in Latin that ends the Chinese goes with the other, and a bar between
/// the two goes. A line that stands twice in a cue stands there in both languages.
///
/// ```
/// use zimu::bilingual::{ScriptLanguages, by_script, two_languages};
/// use zimu::format::Format;
/// use zimu::model::LanguageTag;
///
/// let srt = Format::named("srt").unwrap();
/// let text = "1\n00:00:01,000 --> 00:00:02,000\n水开了 The water boils\n\n\
///             2\n00:00:02,000 --> 00:00:03,000\n泡茶吧 Let's make tea\n";
/// let track = srt.read(text).unwrap().track;
/// let found = two_languages(&track).unwrap();
/// let languages = ScriptLanguages { chinese: &LanguageTag::ZH_HANS, other: &found.other };
/// let track = by_script(&track, &found, languages);
/// let lines = track.lines(&track.cues()[0]).map(|line| (line.text, line.language.as_str()));
/// assert_eq!(lines.collect::<Vec<_>>(), [("水开了", "zh-Hans"), ("The water boils", "en")]);
/// ```
#[must_use]
pub fn by_script(track: &Track, found: &TwoLanguages, languages: ScriptLanguages<'_>) -> Track {
    let mut splitting = Splitting {
        track,
        found,
        languages,
        builder: TrackBuilder::with_capacity(track.text_bytes(), track.cues().len()),
        lines: Vec::new(),
    };
    for (start, title) in track.chapters() {
        splitting.builder.chapter(start, title);
    }
    for moment in moments(track) {
        match found.shape {
            Shape::Cues => splitting.moment(moment),
            Shape::Lines | Shape::OneLine => {
                for cue in moment {
                    splitting.cue(cue);
                }
            }
        }
    }
    splitting.builder.finish()
}

struct Splitting<'s> {
    track: &'s Track,
    found: &'s TwoLanguages,
    languages: ScriptLanguages<'s>,
    builder: TrackBuilder,
    /// What the lines of the cue at hand are in.
    lines: Vec<Written>,
}

impl<'s> Splitting<'s> {
    /// Cues of one moment, those of the two languages in pairs. Signs may stand between them.
    fn moment(&mut self, cues: &[Cue]) {
        let track = self.track;
        let sides: Vec<Side> = cues.iter().map(|cue| side_of(track, cue)).collect();
        let mut is_placed = vec![false; cues.len()];
        for (index, cue) in cues.iter().enumerate() {
            if is_placed[index] {
                continue;
            }
            let is_beside = |&at: &usize| {
                let other = &cues[at];
                !is_placed[at]
                    && sides[index].is_opposite(sides[at])
                    && are_at_once(cue.interval, other.interval)
                    && track.position(cue) == track.position(other)
            };
            let near = index + 1..cues.len().min(index + MOST_AT_ONCE);
            let beside = near.into_iter().find(is_beside);
            match (beside, sides[index]) {
                (Some(at), Side::Other) => self.pair(&cues[at], cue),
                (Some(at), Side::Chinese | Side::Neither) => self.pair(cue, &cues[at]),
                (None, _) => self.cue(cue),
            }
            if let Some(at) = beside {
                is_placed[at] = true;
            }
        }
    }

    fn pair(&mut self, chinese: &Cue, other: &Cue) {
        for (cue, side) in [(chinese, Side::Chinese), (other, Side::Other)] {
            for line in self.track.lines(cue) {
                let language = self.language(side, &line);
                copy_line(self.track, &line, language, &mut self.builder);
            }
        }
        end_cue(self.track, chinese, chinese.interval, &mut self.builder);
    }

    fn cue(&mut self, cue: &Cue) {
        let track = self.track;
        let is_japanese = self.found.other.as_str() == "ja";
        let written = |line: LineView<'_>| match Written::of(line.text) {
            written if is_japanese && is_kanji(line.text) => written.maybe_japanese(),
            written => written,
        };
        self.lines.clear();
        self.lines.extend(track.lines(cue).map(written));
        let [upper, lower] = match self.found.order {
            ScriptOrder::ChineseFirst => [Side::Chinese, Side::Other],
            ScriptOrder::OtherFirst => [Side::Other, Side::Chinese],
        };
        let cut = match track.lines(cue).len() {
            2 if is_twice_the_same(track, cue) => 1,
            _ => cut(&self.lines, [upper, lower]),
        };
        for (index, line) in track.lines(cue).enumerate() {
            let side = if index < cut { upper } else { lower };
            let halves = halves(line.text).filter(|_| self.found.shape == Shape::OneLine);
            let Some([chinese, other]) = halves else {
                let language = self.language(side, &line);
                copy_line(track, &line, language, &mut self.builder);
                continue;
            };
            for (part, side) in [(chinese, Side::Chinese), (other, Side::Other)] {
                let language = self.language(side, &line);
                copy_part(track, &line, part, language, &mut self.builder);
            }
        }
        end_cue(track, cue, cue.interval, &mut self.builder);
    }

    /// The language that a line has, or else that of its side.
    fn language(&self, side: Side, line: &LineView<'s>) -> &'s LanguageTag {
        match side {
            _ if *line.language != LanguageTag::UND => line.language,
            Side::Chinese | Side::Neither => self.languages.chinese,
            Side::Other => self.languages.other,
        }
    }
}

/// Whether the two lines of a cue are one word that both languages have, as a name.
fn is_twice_the_same(track: &Track, cue: &Cue) -> bool {
    let mut lines = track.lines(cue).map(|line| line.text);
    lines
        .next()
        .is_some_and(|first| lines.all(|line| line == first))
}

/// Whether all characters of a line are in use in Japan: those that are Simplified alone are not in
/// its encoding.
fn is_kanji(text: &str) -> bool {
    let (_, _, has_others) = SHIFT_JIS.encode(text);
    !has_others
}

/// How wrong it is to have a line on a side: Chinese is never English; a line of Latin may be a
/// part of the Chinese, and one of both be either.
const fn fault(written: Written, side: Side) -> u32 {
    match (written.side(), side) {
        (Side::Chinese, Side::Chinese) | (Side::Other, Side::Other) => 0,
        (Side::Neither, side) => matches!(side, Side::Other) as u32,
        _ if written.is_mixed() => 2,
        (Side::Other, Side::Chinese | Side::Neither) => 6,
        (Side::Chinese, Side::Other | Side::Neither) => 200,
    }
}

/// How many lines are above, of the cut that has the least that is wrong; of such cuts one with
/// lines on both sides, so that a line of both goes with the language that lacks one.
fn cut(lines: &[Written], [upper, lower]: [Side; 2]) -> usize {
    const ALL_ON_ONE_SIDE: u32 = 3;
    let mut wrong: u32 = lines.iter().map(|&line| fault(line, lower)).sum();
    let mut best = (wrong + ALL_ON_ONE_SIDE, 0);
    for (index, &line) in lines.iter().enumerate() {
        wrong = wrong + fault(line, upper) - fault(line, lower);
        let count = index + 1;
        let alone = if count == lines.len() {
            ALL_ON_ONE_SIDE
        } else {
            0
        };
        best = best.min((wrong + alone, count));
    }
    best.1
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::bilingual::two_languages;
    use crate::model::{CueId, CueTimes, Timestamp};

    /// The lines of each cue of a track of `cues`, with `*` before those not in Chinese.
    fn told(cues: &[&str]) -> Vec<String> {
        let (track, found) = found(cues);
        let Some(found) = found else {
            return vec!["one".to_owned()];
        };
        let languages = ScriptLanguages {
            chinese: &LanguageTag::ZH_HANS,
            other: &found.other,
        };
        let apart = by_script(&track, &found, languages);
        let cue = |cue: &Cue| {
            let line = |line: LineView<'_>| {
                let mark = if *line.language == LanguageTag::ZH_HANS {
                    ""
                } else {
                    "*"
                };
                format!("{mark}{}", line.text)
            };
            apart.lines(cue).map(line).collect::<Vec<_>>().join("|")
        };
        apart.cues().iter().map(cue).collect()
    }

    fn found(cues: &[&str]) -> (Track, Option<TwoLanguages>) {
        let mut builder = TrackBuilder::new();
        let unknown = builder.language(&LanguageTag::UND);
        for (number, cue) in (1..).zip(cues) {
            for line in cue.split('|') {
                builder.line(line, unknown);
            }
            let start = Timestamp::from_millis(1000 * number);
            builder.cue(
                CueId::numbered(number),
                CueTimes::new(start, start.later(900)),
            );
        }
        let track = builder.finish();
        let found = two_languages(&track);
        (track, found)
    }

    #[test]
    fn a_line_goes_with_the_language_that_lacks_one() {
        assert_eq!(
            told(&[
                "水开了|The water boils",
                "泡茶吧|Let's make tea",
                "茶好了|The tea is ready",
                "请坐|Have a seat",
                "他姓白鹭|He is 白鹭 Li",
                "他叫 Tom the Third|They call him Tom",
                "Kestrel|怎么用|How to use it",
                "Kestrel|怎么用",
                "Kestrel",
                "1998",
            ]),
            [
                "水开了|*The water boils",
                "泡茶吧|*Let's make tea",
                "茶好了|*The tea is ready",
                "请坐|*Have a seat",
                "他姓白鹭|*He is 白鹭 Li",
                "他叫 Tom the Third|*They call him Tom",
                "Kestrel|怎么用|*How to use it",
                "Kestrel|怎么用",
                "*Kestrel",
                "1998",
            ]
        );
    }

    #[test]
    fn some_lines_of_latin_make_no_two_languages() {
        for cues in [
            &["打开以后点|New Page", "写标题", "保存", "完了", "再说|OK"][..],
            &["我们用 Kestrel", "再点 Done", "然后点 New Page", "好"],
            &["水开了", "The water boils"],
            &["水开了|The water boils"],
            &[],
        ] {
            assert_eq!(told(cues), ["one"], "{cues:?}");
        }
    }

    #[test]
    fn the_script_tells_the_other_language() {
        for (other, tag) in [
            ("お茶です", "ja"),
            ("차입니다", "ko"),
            ("Чай", "und"),
            ("Tea", "en"),
        ] {
            let cue = format!("茶|{other}");
            let (_, found) = found(&[&cue, &cue]);
            assert_eq!(found.unwrap().other.as_str(), tag);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// Whatever the cues are, nothing but a space between two halves is lost.
        #[test]
        fn nothing_is_lost(cues in prop::collection::vec("([水茶船鹭。]{0,4}[ |]?([a-z]{1,5} ?){0,4}[ |]?){0,3}x", 0..12)) {
            let cues: Vec<_> = cues.iter().map(String::as_str).collect();
            let (track, found) = found(&cues);
            if let Some(found) = found {
                let languages = ScriptLanguages { chinese: &LanguageTag::ZH_HANS, other: &found.other };
                let apart = by_script(&track, &found, languages);
                let kept = |track: &Track| -> String {
                    let lines = track.cues().iter().flat_map(|cue| track.lines(cue));
                    lines.flat_map(|line| line.text.split_whitespace()).collect()
                };
                prop_assert_eq!(kept(&apart), kept(&track));
                prop_assert_eq!(apart.cues().len(), track.cues().len());
            }
        }
    }
}
