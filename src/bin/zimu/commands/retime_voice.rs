//! `zimu retime --media`: captions and their recording in, where each cue was heard out.

use std::path::Path;

use zimu::align::{Absent, Fate, Subject};
use zimu::bilingual::said;
use zimu::format::{Amending, Format, Places, Reading};
use zimu::model::{Diagnostic, Interval, Track, Transcript, Utterance};
use zimu::profile::Profile;
use zimu::spotting::{Respotted, respot};
use zimu::text::spoken::Readings;
use zimu::timing::Known;

use crate::account::LineAccount;
use crate::args::RetimeArguments;
use crate::commands::heard::{aligned, lines_of, listened};
use crate::commands::source::Source;
use crate::listening::Listened;
use crate::report::Failure;
use crate::settings::Project;

/// What captions are placed by.
pub(super) struct Voice {
    listened: Listened,
    absent: Absent,
    profile: Profile,
    readings: Readings,
}

/// Captions that were looked for.
pub(super) struct Placed {
    /// Where those that are left are shown; none where all are as they were.
    pub(super) respotted: Option<Respotted>,
    /// What was heard of each.
    pub(super) lines: Vec<LineAccount>,
    pub(super) found: Vec<Diagnostic>,
    /// The cues that there are no more, rising.
    pub(super) taken: Vec<usize>,
}

impl Voice {
    /// Listens to the recording, if there is one.
    pub(super) fn of(arguments: &RetimeArguments) -> Result<Option<Self>, Failure> {
        let Some(media) = &arguments.media else {
            return Ok(None);
        };
        let project = Project::nearest()?;
        let profile = project.profile(arguments.profile.as_deref()).read()?;
        let readings = project.readings()?;
        Ok(Some(Self {
            listened: listened(media, &arguments.reading, "")?,
            absent: arguments.absent.into(),
            profile,
            readings,
        }))
    }

    /// What could not be decoded of the recording.
    pub(super) const fn damage(&self) -> Option<&Diagnostic> {
        self.listened.damage.as_ref()
    }

    /// Looks for the cues of a track.
    pub(super) fn place(&self, track: &Track, places: &Places) -> Placed {
        let said = found_by_place(said(track), places);
        let subject = Subject::Captions(self.absent);
        let known = Known {
            readings: &self.readings,
            ..Known::default()
        };
        let aligned = match aligned(&said, &self.listened.heard, &known) {
            Ok(aligned) => aligned,
            Err(error) => {
                return Placed {
                    respotted: None,
                    lines: Vec::new(),
                    found: vec![error.finding(subject)],
                    taken: Vec::new(),
                };
            }
        };
        let found = aligned.findings(&said, subject).collect();
        let lines = lines_of(&aligned, &said, None);
        let is_taken = |at: usize| self.absent == Absent::Drop && aligned.fates[at] == Fate::Absent;
        let taken = (0..said.utterances.len()).filter(|at| is_taken(*at));
        let taken: Vec<_> = taken.map(|at| cue_of(&said.utterances[at])).collect();
        let spoken = aligned.fates.iter().filter_map(|fate| match fate {
            Fate::Placed(spoken) => Some(Some(Interval::at_least_1_ms(spoken.start, spoken.end))),
            Fate::Absent => (self.absent == Absent::Estimate).then_some(None),
            Fate::Unsaid => Some(None),
        });
        let spoken: Vec<_> = spoken.collect();
        let (mut left, mut said) = (track.clone(), said.only(|at| !is_taken(at)));
        left.retain_cues(|cue| taken.binary_search(&cue).is_err());
        for utterance in &mut said.utterances {
            utterance.line -= taken.partition_point(|cue| *cue < cue_of(utterance)) as u32;
        }
        let respotted = respot(&left, &said, &spoken, aligned.end, &self.profile);
        Placed {
            respotted: Some(respotted),
            lines,
            found,
            taken,
        }
    }
}

/// The place of the cue that an utterance is of.
const fn cue_of(utterance: &Utterance) -> usize {
    utterance.line as usize - 1
}

/// With utterances at the times of their cues, where the words are not as they stand in the file.
fn found_by_place(mut said: Transcript, places: &Places) -> Transcript {
    for utterance in said.utterances.iter_mut().filter(|one| one.offset == 0) {
        let place = places.cues.get(cue_of(utterance));
        let start = place.and_then(|place| place.start);
        utterance.offset = start.map_or(0, |start| start.start() as u32);
    }
    said
}

/// A file without some of its cues, in the same format.
pub(super) fn without(
    taken: &[usize],
    source: &Source,
    format: &'static Format,
    reading: &Reading,
    places: &Places,
) -> Result<String, Failure> {
    let amending = Amending::of(format, &source.text, &reading.track, places);
    if !amending.can_remove() {
        return Err(no_removal(&source.path, format));
    }
    let mut wanted = reading.track.clone();
    let stays = |cue: &usize| taken.binary_search(cue).is_err();
    let kept: Vec<_> = (0..wanted.cues().len()).filter(stays).collect();
    wanted.retain_cues(|cue| stays(&cue));
    Ok(amending.print(&wanted, &kept))
}

fn no_removal(path: &Path, format: &Format) -> Failure {
    Failure::of_file(
        path,
        format!(
            "expected a format that cues can be taken out of, found {} (--absent estimate keeps \
             them, and another ending of -o converts)",
            format.name
        ),
    )
}
