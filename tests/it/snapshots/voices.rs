//! Captions of a speaker in, the voice that is learned from them out.

use std::path::Path;

use zimu::text::spoken::Readings;
use zimu::timing::{Calibration, Held, Material, Recorded, Voice, Voices, calibrate};

use crate::road::{format, text_of};

/// The voice, and how much it helps; or why there is none.
pub(super) fn learned(path: &Path) -> String {
    let srt = format("srt");
    let track = srt.read(text_of(path)).expect("SRT is read").track;
    let known = Voice::default();
    match calibrate(
        &Material::of([Recorded::of(&track, &Readings::NONE)], &known),
        &known,
    ) {
        Ok(Calibration {
            voice,
            lines,
            left_out,
            spoken,
            error: Held { learned, known },
        }) => format!(
            "{spoken} in {lines} lines, {left_out} told nothing\n\
             held out, off by {learned} thousandths; the default by {known}\n\n{}",
            Voices::from(voice).to_toml()
        ),
        Err(error) => error.to_string(),
    }
}
