//! LRC (lyrics): text in, a track out, and back.
//!
//! There is no specification. A line is shown from its stamp until the next one, however long
//! that is; a stamp without text clears. One line may have several stamps, so that those of a
//! file are in no order. What is written is the simple form: a stamp in hundredths before each
//! line, and one that clears where nothing follows at once: so ends come back too, and only lines
//! that start together end together.

use std::io;

use memchr::{memchr2, memchr2_iter};

use crate::format::draft::{CONTROL, Draft, NOTHING, TimeBase, TimePlace, TimeRole};
use crate::format::lrc_stamp::{Stamp, is_exact, line_stamp, print, word_stamp};
use crate::format::lrc_tags::{is_credit, is_known, offset, tag};
use crate::format::out::Out;
use crate::format::rebuilt::GUARD;
use crate::model::{CueTimes, Kind, Severity, Span, Timestamp, Track, kinds};
use crate::text::class::{is_margin, trimmed, without_controls};
use crate::text::lines::Lines;

pub(super) use crate::format::lrc_stamp::print_time;

/// How many lines are looked at for stamps.
const LOOK_LINES: usize = 50;

/// How much text the stamps of a file may repeat: a line with a million of them is not a million
/// lines. Songs repeat a few kilobytes.
const REPEATED_BYTES: usize = 1 << 24;

kinds! {
    Format;
    METADATA: Note, "metadata",
        "found a title or the like",
        "what is said of the file as a whole was dropped";
    WORD_TIMES: Note, "word-times",
        "expected a time for each line, found those of words",
        "they were dropped, the words were kept";
    UNTIMED: Fault, "text-without-times",
        "expected a stamp such as [01:02.34] before the text",
        "the text was put behind the line before; give it its time";
    BEFORE_FIRST: Fault, "text-before-times",
        "expected a stamp such as [01:02.34] before the text",
        "the text was dropped; give it its time";
    REPEATED: Fault, "repeated-too-often",
        "expected a line with a few stamps",
        "at this one the line is not shown";
}

/// Whether a text is plainly of this format: two lines have stamps to the hundredth, or one has
/// and stands below a tag.
pub(super) fn looks_like(text: &str) -> bool {
    let (mut signs, mut stamped) = (0, false);
    for line in Lines::plain(text).take(LOOK_LINES) {
        let line = trimmed(line.of(text));
        match line_stamp(line) {
            Some((stamp, _)) if is_exact(&stamp) => stamped = true,
            Some(_) => return false,
            None if line.is_empty() => continue,
            None if tag(line).is_some_and(is_known) => {}
            None => continue,
        }
        signs += 1;
        if signs > 1 && stamped {
            return true;
        }
    }
    false
}

/// Reads a text.
pub(super) fn read(draft: &mut Draft<'_>) {
    let source = draft.source;
    let mut reader = Reader {
        offset_ms: offset(draft),
        draft,
        stamps: Vec::new(),
        blocks: Vec::new(),
        lines: Vec::new(),
        text: String::new(),
        has_metadata: false,
    };
    for line in Lines::plain(source) {
        reader.line(line.of(source));
    }
    reader.finish();
}

/// Where a line of text needs a guard: behind each bracket of what would be read as a time, and
/// before a bracket that it starts with: FFmpeg and lrc-kit take what is in it for a tag.
pub(super) fn guards(line: &str, places: &mut Vec<usize>) {
    for at in memchr2_iter(b'<', b'[', line.as_bytes()) {
        let bracket = &line[at..=at];
        if bracket == "[" && line[..at].trim_start_matches(MARGIN).is_empty() {
            places.push(at);
        }
        if word_stamp(bracket, &line[at + 1..]).is_some() {
            places.push(at + 1);
        }
    }
}

/// What stands round text and is no part of it.
const MARGIN: [char; 2] = [' ', '\t'];

/// Prints a track.
pub(super) fn write(track: &Track, out: &mut Out<'_>) -> io::Result<()> {
    let cues = track.cues();
    let mut end = Timestamp::ZERO;
    for (index, cue) in cues.iter().enumerate() {
        stamp(cue.interval.start(), out);
        for line in track.lines(cue) {
            out.push_str(line.text);
        }
        out.push('\n');
        end = end.max(cue.interval.end());
        let next = cues.get(index + 1).map(|next| next.interval.start());
        if next != Some(cue.interval.start()) {
            if next.is_none_or(|next| end < next) {
                stamp(end, out);
                out.push('\n');
            }
            end = Timestamp::ZERO;
        }
        out.end_cue()?;
    }
    Ok(())
}

fn stamp(at: Timestamp, out: &mut Out<'_>) {
    out.push('[');
    print(at, out);
    out.push(']');
}

struct Reader<'r, 't> {
    draft: &'r mut Draft<'t>,
    offset_ms: i32,
    stamps: Vec<Stamped>,
    blocks: Vec<Block>,
    /// Their lines, in `text`.
    lines: Vec<Span>,
    text: String,
    has_metadata: bool,
}

/// A stamp before the lines of a block.
#[derive(Clone, Copy)]
struct Stamped {
    at: Timestamp,
    span: Span,
    block: usize,
}

/// The lines behind one or more stamps.
#[derive(Clone, Copy)]
struct Block {
    first_line: usize,
    end_line: usize,
    /// When its last word ends.
    end: Option<Timestamp>,
    /// Bytes of text that it may still repeat.
    bytes: usize,
}

impl<'t> Reader<'_, 't> {
    fn line(&mut self, line: &'t str) {
        let line = line.trim_start_matches(is_margin);
        let (mut rest, mut is_stamped) = (line, false);
        while let Some((stamp, behind)) = line_stamp(rest) {
            if !is_stamped {
                self.blocks.push(Block {
                    first_line: self.lines.len(),
                    end_line: self.lines.len(),
                    end: None,
                    bytes: 0,
                });
                is_stamped = true;
            }
            self.stamp(&stamp);
            rest = behind.trim_start_matches(MARGIN);
        }
        if is_stamped {
            self.words(rest);
        } else if tag(trimmed(line)).is_some() || is_credit(line) {
            self.metadata(line);
        } else if !trimmed(line).is_empty() {
            self.untimed(line);
        }
    }

    fn metadata(&mut self, line: &'t str) {
        if !std::mem::replace(&mut self.has_metadata, true) {
            let place = self.draft.span_of(line);
            self.draft.found(&METADATA, place);
        }
    }

    fn stamp(&mut self, stamp: &Stamp<'_>) {
        let span = self.draft.span_of(stamp.text);
        if let Some(kind) = stamp.finding {
            self.draft.found(kind, span);
        }
        let (at, block) = (self.moved(stamp.at), self.blocks.len() - 1);
        self.stamps.push(Stamped { at, span, block });
    }

    /// A time with the offset of the file in it.
    fn moved(&self, at: Timestamp) -> Timestamp {
        let ms = self.offset_ms.unsigned_abs();
        if self.offset_ms < 0 {
            at.later(ms)
        } else {
            at.earlier(ms)
        }
    }

    fn untimed(&mut self, line: &'t str) {
        let place = self.draft.span_of(line);
        let kind: &'static Kind = if self.blocks.is_empty() {
            &BEFORE_FIRST
        } else {
            &UNTIMED
        };
        self.draft.found(kind, place);
        if !self.blocks.is_empty() {
            self.words(line);
        }
    }

    /// The text behind stamps: a line of the last block, if there is any.
    fn words(&mut self, written: &'t str) {
        let from = self.text.len();
        let (mut rest, mut has_word_times, mut has_controls) = (written, false, false);
        while let Some(at) = memchr2(b'<', b'[', rest.as_bytes()) {
            let (before, bracket, behind) = (&rest[..at], &rest[at..=at], &rest[at + 1..]);
            has_controls |= self.push(before);
            if let Some((stamp, behind)) = word_stamp(bracket, behind) {
                has_word_times = true;
                self.word_time(&stamp, behind);
                let is_parted = self.text[from..].is_empty() || self.text.ends_with(' ');
                rest = if is_parted {
                    behind.trim_start_matches(' ')
                } else {
                    behind
                };
                continue;
            }
            let unguarded = behind.strip_prefix(GUARD);
            rest = unguarded
                .filter(|behind| word_stamp(bracket, behind).is_some())
                .unwrap_or(behind);
            self.text.push_str(bracket);
        }
        has_controls |= self.push(rest);
        let place = self.draft.span_of(written);
        if has_word_times {
            self.draft.found(&WORD_TIMES, place);
        }
        if has_controls {
            self.draft.found(&CONTROL, place);
        }
        self.end_line(from);
    }

    /// Adds text, and tells whether control characters were dropped from it.
    fn push(&mut self, text: &str) -> bool {
        let kept = without_controls(text);
        self.text.push_str(&kept);
        kept.len() < text.len()
    }

    /// The time of a word: an end, if no word stands behind it.
    fn word_time(&mut self, stamp: &Stamp<'_>, behind: &str) {
        let at = self.moved(stamp.at);
        let block = self.blocks.len() - 1;
        let mut starts = self
            .stamps
            .iter()
            .rev()
            .take_while(|stamped| stamped.block == block);
        let Some(start) = starts.next().map(|stamped| stamped.at) else {
            return;
        };
        // Where a line is shown several times, its words are timed for none of them.
        let is_end = trimmed(behind).is_empty() && at > start && starts.next().is_none();
        let is_usable = stamp
            .finding
            .is_none_or(|kind| kind.severity < Severity::Fault);
        if is_end && is_usable {
            self.blocks[block].end = Some(at);
        }
        let role = if is_end {
            TimeRole::End
        } else {
            TimeRole::Inside
        };
        let span = self.draft.span_of(stamp.text);
        self.place(span, at, start, role);
    }

    fn place(&mut self, span: Span, at: Timestamp, cue_start: Timestamp, role: TimeRole) {
        let base = match self.offset_ms {
            0 => TimeBase::Recording,
            ms => TimeBase::Offset(ms),
        };
        self.draft.time(TimePlace {
            span,
            at,
            base,
            cue_start,
            role,
        });
    }

    /// What was pushed from `from` on is a line, without what stands round it.
    fn end_line(&mut self, from: usize) {
        let line = self.text[from..].trim_matches(MARGIN);
        let unguarded = line
            .strip_prefix(GUARD)
            .filter(|text| text.starts_with('['));
        let line = unguarded.unwrap_or(line);
        if trimmed(line).is_empty() {
            return;
        }
        let Some(span) = Span::within(&self.text, line) else {
            return;
        };
        self.lines.push(span);
        if let Some(block) = self.blocks.last_mut() {
            block.end_line = self.lines.len();
            block.bytes += span.len();
        }
    }

    /// All stamps are known: each line is shown until the next.
    fn finish(mut self) {
        self.stamps.sort_by_key(|stamped| stamped.at);
        let stamps = std::mem::take(&mut self.stamps);
        let mut shown = vec![false; self.blocks.len()];
        let mut repeated = 0;
        let mut last_start = None;
        for together in stamps.chunk_by(|one, other| one.at == other.at) {
            let at = together[0].at;
            let behind = stamps.partition_point(|stamped| stamped.at <= at);
            let next = stamps.get(behind).map(|stamped| stamped.at);
            let mut before = None;
            for stamped in together {
                let block = self.blocks[stamped.block];
                if block.bytes == 0 {
                    let cue_start = last_start.unwrap_or(at);
                    self.place(stamped.span, at, cue_start, TimeRole::End);
                    continue;
                }
                last_start = Some(at);
                self.place(stamped.span, at, at, TimeRole::Start);
                // Of a line that has its own stamp before its first word again, one is enough.
                if before.replace(stamped.block) == Some(stamped.block) {
                    continue;
                }
                if std::mem::replace(&mut shown[stamped.block], true) {
                    repeated += block.bytes;
                    if repeated > REPEATED_BYTES {
                        self.draft.found(&REPEATED, stamped.span);
                        continue;
                    }
                }
                self.cue(stamped, &block, next);
            }
        }
        if self.draft.cue_count() == 0 {
            self.draft.found(&NOTHING, Span::default());
        }
    }

    fn cue(&mut self, stamped: &Stamped, block: &Block, next: Option<Timestamp>) {
        let language = self.draft.unknown_language();
        for line in &self.lines[block.first_line..block.end_line] {
            self.draft.builder.line(line.of(&self.text), language);
        }
        // What is shown is taken away by the next at the latest.
        let ends = [block.end, next].into_iter().flatten();
        let times = match ends.min() {
            Some(end) => CueTimes::new(stamped.at, end),
            None => CueTimes::open(stamped.at),
        };
        let id = self.draft.next_id();
        self.draft.cue(id, times);
    }
}
