//! A track in, the same track with something else in it: a cue less, another line, other numbers.
//!
//! For passes that change a few cues of many: what stays is not copied.

use crate::model::{CueId, LineView, MarkKind, Span, Track};

impl Track {
    /// Keeps the cues for whose index in [`Track::cues`] `keep` says so.
    ///
    /// ```
    /// use zimu::format::Format;
    ///
    /// let text = "1\n00:00:01,000 --> 00:00:02,000\n靠岸了\n\n2\n00:00:03,000 --> 00:00:04,000\n走吧\n\n";
    /// let mut track = Format::named("srt").unwrap().read(text).unwrap().track;
    /// track.retain_cues(|at| at != 0);
    /// assert_eq!(track.name(&track.cues()[0]).to_string(), "2");
    /// ```
    pub fn retain_cues(&mut self, mut keep: impl FnMut(usize) -> bool) {
        let mut at = 0..;
        self.cues.retain(|_| at.next().is_some_and(&mut keep));
    }

    /// Deals the numbers of those cues that have one out anew, so that they rise with the cues.
    pub fn number_in_order(&mut self) {
        let number = |id| match id {
            CueId::Numbered { number, part } => Some((number, part)),
            CueId::Named(_) => None,
        };
        let mut numbers: Vec<_> = self.cues.iter().filter_map(|cue| number(cue.id)).collect();
        numbers.sort_unstable();
        let numbered = self.cues.iter_mut().filter(|cue| number(cue.id).is_some());
        for (cue, (number, part)) in numbered.zip(numbers) {
            cue.id = CueId::Numbered { number, part };
        }
    }

    /// Gives a line of a cue another text; markup over all of it stays over all of it. Both are
    /// given by their index. Nothing is done where there is no such line, where `text` has a line
    /// end, or where [`LineView::has_one_style`] does not hold.
    ///
    /// ```
    /// use zimu::format::Format;
    ///
    /// let text = "1\n00:00:01,000 --> 00:00:02,000\n<i>靠岸了。</i>\n\n";
    /// let mut track = Format::named("srt").unwrap().read(text).unwrap().track;
    /// track.rewrite_line(0, 0, "靠岸了");
    /// let line = track.lines(&track.cues()[0]).next().unwrap();
    /// assert_eq!((line.text, line.marks[0].span), ("靠岸了", line.span));
    /// ```
    pub fn rewrite_line(&mut self, cue: usize, line: usize, text: &str) {
        let Some(cue) = self.cues.get(cue) else {
            return;
        };
        let view = self.lines(cue).nth(line);
        let at = cue.first_line + line as u32;
        if text.contains(['\n', '\r']) || !view.is_some_and(|view| view.has_one_style()) {
            return;
        }
        let start = self.source_bytes + self.text.len();
        self.text.push_str(text);
        let span = Span::new(start, start + text.len());
        let line = &mut self.lines[at as usize];
        (line.text, line.is_plain) = (span, false);
        let first = self.marks.partition_point(|mark| mark.line < at);
        for mark in self.marks[first..]
            .iter_mut()
            .take_while(|mark| mark.line == at)
        {
            mark.span = span;
        }
    }
}

impl LineView<'_> {
    /// Whether what markup there is in the line is over all of it, and is no reading of it.
    #[must_use]
    pub fn has_one_style(&self) -> bool {
        let is_over_all = |kind| !matches!(kind, MarkKind::Ruby(_));
        let mut marks = self.marks.iter();
        marks.all(|mark| mark.span == self.span && is_over_all(mark.kind))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CueTimes, LanguageTag, Timestamp, TrackBuilder};

    fn track(ids: [&str; 4]) -> Track {
        let mut builder = TrackBuilder::new();
        let language = builder.language(&LanguageTag::ZH_HANS);
        for (at, id) in (0..).zip(ids) {
            builder.push_str("渡");
            let from = builder.here();
            builder.push_str("船");
            builder.mark(from, MarkKind::Bold);
            builder.end_line(language);
            let id = builder.id(id);
            builder.cue(id, CueTimes::open(Timestamp::from_millis(at * 1000)));
        }
        builder.finish()
    }

    fn names(track: &Track) -> Vec<String> {
        let cues = track.cues().iter();
        cues.map(|cue| track.name(cue).to_string()).collect()
    }

    #[test]
    fn numbers_rise_and_names_stay() {
        let mut track = track(["3", "开头", "1.2", "1"]);
        track.number_in_order();
        assert_eq!(names(&track), ["1", "开头", "1.2", "3"]);
        track.retain_cues(|at| at % 2 == 1);
        assert_eq!(names(&track), ["开头", "3"]);
    }

    #[test]
    fn a_line_with_markup_in_it_or_none_at_all_stays() {
        let mut track = track(["1", "2", "3", "4"]);
        let given = track.clone();
        for (cue, line) in [(0, 0), (0, 1), (4, 0)] {
            track.rewrite_line(cue, line, "靠岸");
        }
        assert_eq!(track, given);
        track.retain_marks(|_| false);
        track.rewrite_line(0, 0, "靠\n岸");
        assert_eq!(track.lines(&track.cues()[0]).next().unwrap().text, "渡船");
        track.rewrite_line(1, 0, "靠岸");
        assert_eq!(track.lines(&track.cues()[1]).next().unwrap().text, "靠岸");
    }
}
