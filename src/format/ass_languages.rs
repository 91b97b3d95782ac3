//! A track in, the styles of its languages out, for the head of an ASS file and for its events.
//!
//! A file in one language has the style `Default` alone. Of one in two the Chinese has a style of
//! its own and the other a smaller one, as groups that subtitle for Chinese viewers have it: one
//! event a cue, with `{\rSecondary}` where the second language begins. No player needs to know that
//! the two belong together, and none lays them over each other. Which style is for which language
//! is said in the head, where players and Aegisub leave alone what they do not know.

use crate::format::out::Out;
use crate::model::{LanguageTag, LineView, Track};
use crate::text::script::is_chinese;

/// How a line of the head begins that says the language of a style: `Language of Secondary: en`.
pub(super) const LANGUAGE_OF: &str = "Language of ";

const FORMAT: &str = "
[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, \
Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, \
Alignment, MarginL, MarginR, MarginV, Encoding
";

/// The font and its size. Microsoft `YaHei` has the characters of the mainland, Hong Kong and
/// Taiwan, and is on every Windows since Vista. There `VSFilter` shows what the named font has;
/// libass, which is what other systems use, looks in others for each character that it does not
/// find.
const MAIN: &str = ",Microsoft YaHei,72";

/// 0.7 of it: in files for Chinese viewers the second language has 70 to 77 % of the size.
const SECONDARY: &str = ",Microsoft YaHei,50";

/// Colours, and no emphasis.
const LOOK: &str = ",&H00FFFFFF,&H000000FF,&H00000000,&H80000000,0,0,0,0,100,100,0,0,1,";

/// Outlines and shadows by size.
const MAIN_OUTLINE: &str = "3,1";
const SECONDARY_OUTLINE: &str = "2,1";

/// At the bottom in the middle, and margins.
const PLACE: &str = ",2,60,60,50,1\n";

/// The styles of a file.
pub(super) struct LanguageStyles<'t> {
    /// The main one first; none in a file in one language.
    languages: Vec<&'t LanguageTag>,
}

impl<'t> LanguageStyles<'t> {
    pub(super) fn of(track: &'t Track) -> Self {
        let mut languages = track.line_languages();
        if languages.len() < 2 {
            languages.clear();
        }
        if let Some(main) = languages.iter().position(|language| is_chinese(language)) {
            languages[..=main].rotate_right(1);
        }
        Self { languages }
    }

    /// Prints what the head says of the languages, and the table of styles.
    pub(super) fn print(&self, out: &mut Out<'_>) {
        for (style, language) in self.languages.iter().enumerate() {
            if **language != LanguageTag::UND {
                out.push_str(LANGUAGE_OF);
                self.print_name(style, out);
                out.push_str(": ");
                out.display(language);
                out.push('\n');
            }
        }
        out.push_str(FORMAT);
        for style in 0..self.languages.len().max(1) {
            let (font, outline) = match style {
                0 => (MAIN, MAIN_OUTLINE),
                _ => (SECONDARY, SECONDARY_OUTLINE),
            };
            out.push_str("Style: ");
            self.print_name(style, out);
            for part in [font, LOOK, outline, PLACE] {
                out.push_str(part);
            }
        }
    }

    /// The number of a line's style.
    pub(super) fn of_line(&self, line: &LineView<'_>) -> usize {
        let mut known = self.languages.iter();
        let place = known.position(|language| *language == line.language);
        place.unwrap_or_default()
    }

    pub(super) fn print_name(&self, style: usize, out: &mut Out<'_>) {
        let main = self.languages.first();
        match style {
            0 if main.is_some_and(|language| is_chinese(language)) => out.push_str("Chinese"),
            0 => out.push_str("Default"),
            1 => out.push_str("Secondary"),
            // A track has at most 256 languages.
            other => out.display(format_args!("Secondary {other}")),
        }
    }
}
