//! A caption file and other times for it in, the same file with those times out: every other byte
//! stays as it is.
//!
//! Where the times stand is what the format's reader says, so that what is put elsewhere is what
//! was read. It knows nothing of why a time changes.

use std::io;

use crate::format::draft::Draft;
use crate::format::{Format, Out, Places, Reading, TimeBase, TimePlace};
use crate::model::{SourceText, Timestamp};

impl Format {
    /// Reads a text, and finds where its times stand, in the order of the text; `None` where the
    /// format is only written.
    ///
    /// ```
    /// use zimu::format::Format;
    ///
    /// let srt = Format::named("srt").unwrap();
    /// let text = "1\n00:00:01,000 --> 00:00:02,000\n你好\n";
    /// let (_, places) = srt.read_with_times(text).unwrap();
    /// assert_eq!(places[1].span.of(text), "00:00:02,000");
    /// ```
    #[must_use]
    pub fn read_with_times(
        &self,
        text: impl Into<SourceText>,
    ) -> Option<(Reading, Vec<TimePlace>)> {
        let read = self.read_with_places(text);
        read.map(|(reading, places)| (reading, places.times))
    }

    /// The same, with where the times of each cue stand.
    #[must_use]
    pub fn read_with_places(&self, text: impl Into<SourceText>) -> Option<(Reading, Places)> {
        let text = text.into();
        let mut draft = Draft::with_places(&text);
        self.read.map(|read| {
            read(&mut draft);
            draft.finish()
        })
    }

    /// Prints `text` with the times that `moved` gives for those at `places`; all else of it as it
    /// is, and a time that stays too.
    ///
    /// # Errors
    /// Those of `sink`.
    ///
    /// ```
    /// use zimu::format::Format;
    ///
    /// let vtt = Format::named("vtt").unwrap();
    /// let text = "WEBVTT - 第一讲\n\n00:01.000 --> 00:02.000 align:left\n你好\n";
    /// let (_, places) = vtt.read_with_times(text).unwrap();
    /// let mut printed = Vec::new();
    /// vtt.write_with_times(text, &places, |_, at| at.later(500), &mut printed)?;
    /// assert_eq!(printed, text.replace(".000", ".500").as_bytes());
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn write_with_times(
        &self,
        text: &str,
        places: &[TimePlace],
        mut moved: impl FnMut(&TimePlace, Timestamp) -> Timestamp,
        sink: &mut dyn io::Write,
    ) -> io::Result<()> {
        let mut out = Out::new(sink);
        let mut copied = 0;
        for place in places {
            let at = moved(place, place.at);
            let Some(is) = place.written(at, |base| moved(place, base)) else {
                continue;
            };
            out.push_str(text.get(copied..place.span.start()).unwrap_or_default());
            (self.print_time)(place.span.of(text), is, &mut out);
            copied = place.span.end();
            out.end_cue()?;
        }
        out.push_str(text.get(copied..).unwrap_or_default());
        out.flush()
    }
}

impl TimePlace {
    /// What is to be written in the place of what stands there for it to say `at`, if that is
    /// something else; `moved` says where the time goes that it is counted from.
    pub(super) fn written(
        &self,
        at: Timestamp,
        moved: impl FnOnce(Timestamp) -> Timestamp,
    ) -> Option<Timestamp> {
        let (was, is) = match self.base {
            TimeBase::Recording => (self.at, at),
            TimeBase::Time(base) => (
                self.at.earlier(base.millis()),
                at.earlier(moved(base).millis()),
            ),
            TimeBase::Offset(ms) => (offset(self.at, ms), offset(at, ms)),
        };
        (was != is).then_some(is)
    }
}

fn offset(at: Timestamp, ms: i32) -> Timestamp {
    if ms < 0 {
        at.earlier(ms.unsigned_abs())
    } else {
        at.later(ms.unsigned_abs())
    }
}
