//! A form with those that it inherits from in, the profile that they come to out.
//!
//! What one key says is in its range by now. Here is what several must agree on.

use crate::model::Counting;
use crate::profile::form::ProfileForm;
use crate::profile::{
    DEFAULTS, Profile, PunctuationPolicy, Quotes, Table, TomlError, known, words,
};

/// How many profiles may build on one another: more is a circle.
const DEEPEST_INHERITANCE: usize = 8;

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

/// The profile of a form, with all that it builds on.
pub(super) fn build(table: &Table, name: &str, mut form: ProfileForm) -> Result<Profile, Misfit> {
    for _ in 0..DEEPEST_INHERITANCE {
        if let Some(parent) = form.inherit.take() {
            let parent = known(table, &parent)
                .map_err(|error| Misfit::new(&["inherit"], error.to_string()))?;
            form = form.over(parent.clone());
            continue;
        }
        if let Some(second) = &form.second {
            known(table, second).map_err(|error| Misfit::new(&["second"], error.to_string()))?;
        }
        let defaults = table.get(DEFAULTS).cloned().unwrap_or_default();
        return form.over(defaults).profile(name);
    }
    Err(Misfit::new(
        &["inherit"],
        "expected to inherit, through at most 8 profiles, from one that inherits nothing",
    ))
}

impl ProfileForm {
    /// This form, with what it leaves out taken from `parent`.
    fn over(self, parent: Self) -> Self {
        // Two units for one gap: who gives it in either wants nothing of the other.
        let gives_gap = self.min_gap_ms.is_some() || self.min_gap_frames.is_some();
        let (min_gap_ms, min_gap_frames) = if gives_gap {
            (self.min_gap_ms, self.min_gap_frames)
        } else {
            (parent.min_gap_ms, parent.min_gap_frames)
        };
        Self {
            inherit: parent.inherit,
            second: self.second.or(parent.second),
            max_cells_per_line: self.max_cells_per_line.or(parent.max_cells_per_line),
            max_lines: self.max_lines.or(parent.max_lines),
            max_cps: self.max_cps.or(parent.max_cps),
            count: self.count.or(parent.count),
            min_duration_ms: self.min_duration_ms.or(parent.min_duration_ms),
            max_duration_ms: self.max_duration_ms.or(parent.max_duration_ms),
            min_gap_ms,
            min_gap_frames,
            default_fps: self.default_fps.or(parent.default_fps),
            chain_below_ms: self.chain_below_ms.or(parent.chain_below_ms),
            linger_ms: self.linger_ms.or(parent.linger_ms),
            out_time_extend_ms: self.out_time_extend_ms.or(parent.out_time_extend_ms),
            sound_cues: self.sound_cues.or(parent.sound_cues),
            linebreak: self.linebreak.or(parent.linebreak),
            line_end_forbidden: self.line_end_forbidden.or(parent.line_end_forbidden),
            inline_replace: self.inline_replace.or(parent.inline_replace),
            punctuation: self.punctuation.or(parent.punctuation),
            ellipsis: self.ellipsis.or(parent.ellipsis),
            quotes: self.quotes.or(parent.quotes),
            forbid_sequences: self.forbid_sequences.or(parent.forbid_sequences),
        }
    }

    fn profile(self, name: &str) -> Result<Profile, Misfit> {
        let min_duration_ms = self.min_duration_ms.unwrap_or(1);
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
            max_lines: self.max_lines.unwrap_or(1),
            max_cps: self.max_cps,
            count: self.count.unwrap_or(Counting::Cjk),
            min_duration_ms,
            max_duration_ms: self.max_duration_ms,
            chain_below_ms: self.chain_below_ms.unwrap_or_default(),
            linger_ms: self.linger_ms.unwrap_or_default(),
            out_time_extend_ms: self.out_time_extend_ms,
            sound_cues: self.sound_cues.unwrap_or_default(),
            linebreak: self.linebreak,
            line_end_forbidden: self.line_end_forbidden.unwrap_or_default(),
            inline_replace: self.inline_replace.unwrap_or_default(),
            punctuation: self.punctuation.unwrap_or(PunctuationPolicy::Keep),
            ellipsis: self.ellipsis.unwrap_or_default(),
            quotes: self.quotes.as_deref().and_then(Quotes::of),
            forbid_sequences: self.forbid_sequences.unwrap_or_default(),
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
