//! Why there is no sound, or not all of it, in; what is to be told of that out.

use crate::media::container::Unopened;
use crate::media::sound::{Damage, NoSound};
use crate::model::{Diagnostic, kinds};

kinds! {
    Media;
    NO_SOUND: Fault, "no-sound",
        "expected a recording with sound that can be decoded",
        "its length alone was used";
    DAMAGED: Fault, "damaged-recording",
        "expected a recording that is whole",
        "it was used as far as it goes";
}

impl NoSound {
    /// The same of the recording as a whole.
    #[must_use]
    pub fn finding(&self) -> Diagnostic {
        match self {
            Self::Unopened(Unopened::Unreadable(error)) => NO_SOUND.overall(error.to_string()),
            Self::Unopened(Unopened::NoRecording(why)) => NO_SOUND.overall(why.clone()),
            Self::NoTrack => NO_SOUND.overall("none"),
            Self::Codec(codec) => NO_SOUND.overall(codec.clone()),
            Self::CutOff { at, of } => {
                DAMAGED.overall(format!("that it breaks off at {at}, before {of}"))
            }
            Self::Broken { at, found } => DAMAGED.overall(format!("{found} at {at}")),
        }
    }
}

impl Damage {
    /// The same of the recording as a whole.
    #[must_use]
    pub fn finding(self) -> Diagnostic {
        let Self { first, packets } = self;
        DAMAGED.overall(match packets {
            1 => format!("a packet at {first} that cannot be decoded and is silence"),
            _ => {
                format!("{packets} packets from {first} on that cannot be decoded and are silence")
            }
        })
    }
}
