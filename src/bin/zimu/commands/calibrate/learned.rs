//! What was learned in, the file that it stands in and what people are told of it out.

use std::fmt::Write as _;

use zimu::timing::{Calibration, Channel, Voices};

/// The voices, and above them what they were learned from: `read`, file by file.
pub(super) fn voices_file(channel: &Channel, voices: &Voices, read: &[String]) -> String {
    let mut text = format!(
        "# Learned by zimu calibrate from {}.\n# {}.\n",
        learned_from(&channel.all),
        helps(channel)
    );
    for name in read {
        // Quoted, so that a name of two lines is one.
        let _ = writeln!(text, "# {name:?}");
    }
    text + "\n" + &voices.to_toml()
}

pub(super) fn learned_from(calibration: &Calibration) -> String {
    let Calibration {
        lines,
        left_out,
        spoken,
        ..
    } = calibration;
    format!("{spoken} of speech in {lines} lines ({left_out} cues told nothing)")
}

/// How much the voice of all helps.
pub(super) fn helps(channel: &Channel) -> String {
    format!(
        "What was held out took {} more or less than this voice says, {} than the default one",
        percent(channel.all.error.learned),
        percent(channel.all.error.known)
    )
}

pub(super) fn percent(thousandths: u64) -> String {
    format!("{}.{} %", thousandths / 10, thousandths % 10)
}
