//! What the captions of a channel have to learn from in; its voice, and that of each who is named
//! in it, out.
//!
//! A speaker's own voice is drawn towards the channel's, as that is towards the default
//! one; and it is used where it is nearer to what he says than the channel's.

use crate::profile::{Voice, Voices};
use crate::timing::calibrate::{Calibration, TooLittle, calibrate};
use crate::timing::material::Material;

/// How a channel speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    /// All of it.
    pub all: Calibration,
    /// Who is named in it, in the order of their lines.
    pub speakers: Vec<Speaker>,
}

/// One who is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// His label.
    pub label: String,
    /// His voice, if he says enough; known before is the channel's.
    pub learned: Result<Calibration, TooLittle>,
}

impl Channel {
    /// Learns how a channel speaks; what its captions do not tell is that of `known`.
    ///
    /// # Errors
    /// [`TooLittle`], where all of it is.
    pub fn of(material: &Material, known: &Voice) -> Result<Self, TooLittle> {
        let all = calibrate(material, known)?;
        let speakers = (0..).zip(&material.speakers).map(|(at, label)| Speaker {
            label: label.clone(),
            learned: calibrate(&material.said_by(at), &all.voice),
        });
        Ok(Self {
            speakers: speakers.collect(),
            all,
        })
    }

    /// The voice of all, and those of speakers that help.
    #[must_use]
    pub fn voices(&self) -> Voices {
        let speakers = self.speakers.iter().filter_map(|speaker| {
            let learned = speaker.learned.as_ref().ok()?;
            let helps = learned.error.helps();
            helps.then(|| (speaker.label.clone(), learned.voice))
        });
        Voices {
            common: self.all.voice,
            speakers: speakers.collect(),
        }
    }

    /// The voices that help, of those that were learned; where the channel's own is none of them it
    /// is `known`. `None` where none helps.
    #[must_use]
    pub fn helpful(&self, known: Voice) -> Option<Voices> {
        let mut voices = self.voices();
        if !self.all.error.helps() {
            voices.common = known;
        }
        (self.all.error.helps() || !voices.speakers.is_empty()).then_some(voices)
    }
}
