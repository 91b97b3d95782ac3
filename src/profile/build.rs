//! All keys of a profile in, the profile that they come to out.
//!
//! What one key says is in its range by now. Here is what several must agree on. A key that is no
//! limit stands in the defaults of the table, so that none is missing.

use crate::profile::form::ProfileForm;
use crate::profile::{Profile, Quotes, TomlError, words};

/// What is wrong with values of which each is in its range.
#[derive(Debug)]
pub(super) struct Misfit {
    /// The keys that it may be mended at; it is told at the first that is there.
    keys: &'static [&'static str],
    says: String,
}

impl Misfit {
    fn new(keys: &'static [&'static str], says: impl Into<String>) -> Self {
        Self {
            keys,
            says: says.into(),
        }
    }

    pub(super) fn error(self, toml: &str) -> TomlError {
        TomlError {
            message: self.says,
            span: words::value_of(toml, self.keys),
        }
    }
}

/// The profile of a text that builds on nothing.
pub(super) fn built(name: &str, toml: &str) -> Result<Profile, Misfit> {
    // Each key has been read before, where it was written.
    let form: ProfileForm =
        toml::from_str(toml).map_err(|error| Misfit::new(&[], error.message()))?;
    form.profile(name)
}

impl ProfileForm {
    fn profile(self, name: &str) -> Result<Profile, Misfit> {
        let min_duration_ms = self.min_duration_ms.unwrap_or_default();
        if let Some(max) = self.max_duration_ms.filter(|&max| max < min_duration_ms) {
            return Err(Misfit::new(
                &["min_duration_ms", "max_duration_ms"],
                format!(
                    "expected min_duration_ms to be at most max_duration_ms, found \
                     {min_duration_ms} and {max}"
                ),
            ));
        }
        Ok(Profile {
            min_gap_ms: self.gap_ms()?,
            min_gap_frames: self.min_gap_frames,
            name: name.to_owned(),
            max_cells_per_line: self.max_cells_per_line,
            max_lines: self.max_lines.unwrap_or_default(),
            min_line_balance_percent: self.min_line_balance_percent,
            max_chars_per_cue: self.max_chars_per_cue,
            max_cues: self.max_cues,
            max_cps: self.max_cps,
            count: self.count.unwrap_or_default(),
            min_duration_ms,
            max_duration_ms: self.max_duration_ms,
            chain_below_ms: self.chain_below_ms.unwrap_or_default(),
            linger_ms: self.linger_ms.unwrap_or_default(),
            out_time_extend_ms: self.out_time_extend_ms,
            sound_cues: self.sound_cues.unwrap_or_default(),
            linebreak: self.linebreak,
            line_end_forbidden: self.line_end_forbidden.unwrap_or_default(),
            inline_replace: self.inline_replace.unwrap_or_default(),
            punctuation: self.punctuation.unwrap_or_default(),
            ellipsis: self.ellipsis.unwrap_or_default(),
            quotes: self.quotes.as_deref().and_then(Quotes::of),
            forbid_sequences: self.forbid_sequences.unwrap_or_default(),
            name_dot: self.name_dot.unwrap_or_default(),
            dialogue_dash: self.dialogue_dash.unwrap_or_default(),
            digits: self.digits.unwrap_or_default(),
            spell_out_up_to: self.spell_out_up_to.unwrap_or_default(),
            forbid_styles: self.forbid_styles.unwrap_or_default(),
            second: self.second,
        })
    }

    fn gap_ms(&self) -> Result<u32, Misfit> {
        match (self.min_gap_frames, self.default_fps) {
            (Some(frames), Some(fps)) => Ok(fps.frames_ms(frames)),
            (Some(_), None) => Err(Misfit::new(
                &["min_gap_frames"],
                "expected a frame rate (default_fps) for a gap in frames, found none",
            )),
            (None, _) => Ok(self.min_gap_ms.unwrap_or_default()),
        }
    }
}
