//! A caption file as it was read and its captions as they are to be in, the file with what differs
//! in it out: every other byte of it stays.
//!
//! Times are put where the reader says that they stand, lines where they stand as they are shown:
//! one whose text is found once between the start of its cue and the next is no less plain than
//! one that the reader points at. What is written is to be read again: only that says that it is
//! what was meant.

use memchr::memmem;

use crate::format::blocks::{Block, arranged, have_others_between};
use crate::format::{CuePlace, Format, Out, Places, TimePlace, TimeRole};
use crate::model::{Cue, Span, Timestamp, Track};

/// A file whose captions are to be other ones.
#[derive(Debug)]
pub struct Amending<'a> {
    format: &'static Format,
    text: &'a str,
    track: &'a Track,
    places: &'a Places,
    /// The starts of all cues, in the order of the file.
    starts: Vec<Span>,
    /// Whether a cue has its times for itself.
    has_times: Vec<bool>,
    /// Where ends stand that are said after the cue.
    ends: Vec<Option<Span>>,
    blocks: Option<Vec<Block>>,
}

/// What is put into a file.
enum Put<'t> {
    Time(Timestamp),
    Text(&'t str),
}

impl<'a> Amending<'a> {
    /// `text` as `format` has read it: `track` has the cues that `places` are of.
    ///
    /// ```
    /// use zimu::format::{Amending, Format};
    ///
    /// let srt = Format::named("srt").unwrap();
    /// let text = "1\n00:00:01,000 --> 00:00:02,000\n<i>靠岸了。</i>\n";
    /// let (reading, places) = srt.read_with_places(text).unwrap();
    /// let amending = Amending::of(srt, text, &reading.track, &places);
    /// let mut wanted = reading.track.clone();
    /// wanted.rewrite_line(0, 0, "靠岸了");
    /// assert_eq!(amending.print(&wanted, &[0]), text.replace("。", ""));
    /// ```
    #[must_use]
    pub fn of(
        format: &'static Format,
        text: &'a str,
        track: &'a Track,
        places: &'a Places,
    ) -> Self {
        let is_start = |place: &&TimePlace| place.role == TimeRole::Start;
        let starts = places.times.iter().filter(is_start);
        let starts = starts.map(|place| place.span).collect();
        let is_whole = places.cues.len() == track.cues().len();
        let ends = if is_whole {
            ends(track, places)
        } else {
            vec![None; track.cues().len()]
        };
        let blocks = format.blocks.filter(|_| is_whole);
        Self {
            format,
            text,
            track,
            places,
            starts,
            has_times: own_times(places, &ends),
            ends,
            blocks: blocks.and_then(|blocks| blocks.of(text, &places.cues)),
        }
    }

    /// Whether a cue can be taken away.
    #[must_use]
    pub const fn can_remove(&self) -> bool {
        self.blocks.is_some()
    }

    /// Whether cues can be put in the order of their starts.
    #[must_use]
    pub fn can_order(&self) -> bool {
        let blocks = self.blocks.as_ref();
        blocks.is_some_and(|blocks| !have_others_between(self.text, blocks))
    }

    /// Whether a cue can have other times.
    #[must_use]
    pub fn can_retime(&self, cue: usize) -> bool {
        self.has_times.get(cue).is_some_and(|has_times| *has_times)
    }

    /// Where a line of a cue stands as it is shown.
    #[must_use]
    pub fn line(&self, cue: usize, line: usize) -> Option<Span> {
        let view = self.track.lines(self.track.cues().get(cue)?).nth(line)?;
        if let Some(place) = self.track.place(&view) {
            return Some(place);
        }
        let start = self.places.cues.get(cue)?.start?;
        let next = self.starts.partition_point(|other| *other <= start);
        let end = self
            .starts
            .get(next)
            .map_or(self.text.len(), |next| next.start());
        let region = self.text.get(start.end()..end)?;
        let found = memmem::find_iter(region.as_bytes(), view.text.as_bytes());
        let found = found.map(|at| Span::new(at, at + view.text.len()).shifted(start.end()));
        let mut found = found.filter(|span| !span.is_empty() && !self.has_time(*span));
        found.next().filter(|_| found.next().is_none())
    }

    /// Whether a time stands in a part of the text.
    fn has_time(&self, part: Span) -> bool {
        let times = &self.places.times;
        let behind = times.partition_point(|place| place.span.end() <= part.start());
        times
            .get(behind)
            .is_some_and(|place| place.span.start() < part.end())
    }

    /// The file with the captions of `wanted`, of which each cue was that one which `kept` says.
    /// Numbers in another order are cues in another order. What cannot be written is not.
    #[must_use]
    pub fn print(&self, wanted: &Track, kept: &[usize]) -> String {
        let mut puts = self.puts(wanted, kept);
        puts.sort_by_key(|(span, _)| *span);
        let mut printed = Vec::with_capacity(self.text.len());
        let mut out = Out::new(&mut printed);
        match &self.blocks {
            Some(blocks) => self.arranged(blocks, wanted, kept, &puts, &mut out),
            None => self.put(Span::new(0, self.text.len()), &puts, &mut out),
        }
        // Memory takes all that is written to it.
        let _ = out.flush();
        String::from_utf8(printed).unwrap_or_else(|_| self.text.to_owned())
    }

    fn arranged(
        &self,
        blocks: &[Block],
        wanted: &Track,
        kept: &[usize],
        puts: &[(Span, Put<'_>)],
        out: &mut Out<'_>,
    ) {
        let all = self.track.cues();
        let name = |(cue, &was): (&Cue, &usize)| wanted.name(cue) == self.track.name(&all[was]);
        let has_order = wanted.cues().iter().zip(kept).all(name);
        if has_order && kept.len() == all.len() {
            return self.put(Span::new(0, self.text.len()), puts, out);
        }
        let stays = |cue| kept.binary_search(&cue).is_ok();
        let mut cues: Vec<_> = blocks
            .iter()
            .filter(|block| stays(block.cue))
            .copied()
            .collect();
        if !has_order {
            cues.sort_by_key(|block| block.cue);
        }
        arranged(self.text, blocks, &cues, stays, out, |span, out| {
            self.put(span, puts, out);
        });
    }

    /// Prints a part of the file with what is put into it.
    fn put(&self, part: Span, puts: &[(Span, Put<'_>)], out: &mut Out<'_>) {
        let from = puts.partition_point(|(span, _)| span.start() < part.start());
        let mut copied = part.start();
        for (span, put) in &puts[from..] {
            if span.end() > part.end() {
                break;
            }
            if span.start() < copied {
                continue;
            }
            out.push_str(&self.text[copied..span.start()]);
            match put {
                Put::Time(at) => (self.format.print_time)(span.of(self.text), *at, out),
                Put::Text(text) => out.push_str(text),
            }
            copied = span.end();
        }
        out.push_str(&self.text[copied..part.end()]);
    }

    /// What is put where.
    fn puts<'w>(&self, wanted: &'w Track, kept: &[usize]) -> Vec<(Span, Put<'w>)> {
        let mut puts = Vec::new();
        for (cue, &was_at) in wanted.cues().iter().zip(kept) {
            let Some(was) = self.track.cues().get(was_at) else {
                continue;
            };
            if was.interval != cue.interval && self.can_retime(was_at) {
                self.put_times(was_at, was, cue, &mut puts);
            }
            let lines = self.track.lines(was).zip(wanted.lines(cue)).enumerate();
            for (line, (_, wanted)) in lines.filter(|(_, (was, is))| was.text != is.text) {
                if let Some(span) = self.line(was_at, line) {
                    puts.push((span, Put::Text(wanted.text)));
                }
            }
        }
        puts
    }

    fn put_times(&self, at: usize, was: &Cue, is: &Cue, puts: &mut Vec<(Span, Put<'_>)>) {
        let [was, is] = [was.interval, is.interval];
        let times = [
            (self.places.cues[at].start, is.start()),
            (self.ends[at], is.end()),
        ];
        for (span, at) in times {
            let Some(place) = span.and_then(|span| self.place(span)) else {
                continue;
            };
            // What an end is counted from goes with its cue.
            let goes_along = |base| place.role == TimeRole::End && base == was.start();
            let written =
                place.written(at, |base| if goes_along(base) { is.start() } else { base });
            puts.extend(written.map(|at| (place.span, Put::Time(at))));
        }
    }

    fn place(&self, span: Span) -> Option<&TimePlace> {
        let times = &self.places.times;
        let at = times.partition_point(|place| place.span < span);
        times.get(at).filter(|place| place.span == span)
    }
}

/// Where the end of each cue stands: where it says so itself, or else where a time stands that is
/// of no other cue.
fn ends(track: &Track, places: &Places) -> Vec<Option<Span>> {
    let mut said: Vec<_> = places.cues.iter().filter_map(|place| place.end).collect();
    said.sort_unstable();
    let is_free = |place: &&TimePlace| {
        place.role == TimeRole::End && said.binary_search(&place.span).is_err()
    };
    let free = places.times.iter().filter(is_free);
    let mut free: Vec<_> = free
        .map(|place| (place.cue_start, place.at, place.span))
        .collect();
    free.sort_unstable();
    let cues = track.cues().iter().zip(&places.cues);
    let end = |(cue, place): (&Cue, &CuePlace)| {
        let of_cue = (cue.interval.start(), cue.interval.end());
        let from = free.partition_point(|&(start, end, _)| (start, end) < of_cue);
        let mut found = free[from..]
            .iter()
            .take_while(|&&(start, end, _)| (start, end) == of_cue);
        let only = found.next().filter(|_| found.next().is_none());
        place.end.or_else(|| only.map(|&(.., span)| span))
    };
    cues.map(end).collect()
}

/// Which cues have both their times for themselves.
fn own_times(places: &Places, ends: &[Option<Span>]) -> Vec<bool> {
    let times = places.cues.iter().zip(ends);
    let times = times.map(|(place, end)| place.start.zip(*end));
    let mut all: Vec<_> = times
        .clone()
        .flatten()
        .flat_map(|(start, end)| [start, end])
        .collect();
    all.sort_unstable();
    let is_own = |span| {
        all.partition_point(|other| *other <= span) - all.partition_point(|other| *other < span)
            == 1
    };
    let has_own = |(start, end)| is_own(start) && is_own(end);
    times.map(|times| times.is_some_and(has_own)).collect()
}
