//! A track in, the languages that its lines are in out.
//!
//! Not [`Track::languages`], which are those that came up while it was built: a reader names one
//! before it knows whether any line will be in it.

use crate::model::{Cue, LanguageTag, Track};

impl Track {
    /// The languages that lines are in, each once, in the order of the cues: one that came up
    /// and has none is not among them.
    ///
    /// ```
    /// use zimu::format::Format;
    /// use zimu::model::LanguageTag;
    ///
    /// let text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<lang zh-Hans>渡口</lang>\n<lang en>the ferry</lang>\n";
    /// let track = Format::named("vtt").unwrap().read(text).unwrap().track;
    /// assert_eq!(track.line_languages(), [&LanguageTag::ZH_HANS, &LanguageTag::EN]);
    /// ```
    #[must_use]
    pub fn line_languages(&self) -> Vec<&LanguageTag> {
        let mut found = Vec::new();
        let mut last = None;
        let lines = |cue: &Cue| {
            self.lines
                .get(cue.first_line as usize..cue.end_line as usize)
        };
        for line in self.cues.iter().filter_map(lines).flatten() {
            if last == Some(line.language) {
                continue;
            }
            last = Some(line.language);
            let language = &self.languages[usize::from(line.language)];
            if !found.contains(&language) {
                found.push(language);
            }
            if found.len() == self.languages.len() {
                break;
            }
        }
        found
    }
}
