//! A recording in, its sound out, piece by piece: one channel, 16,000 samples a second.
//!
//! Sample 0 is what a player shows at 0:00: what encoders put before it is taken out, and what is
//! missing in between is silence, so that all the rest stands at its time. What is held at once is
//! a packet and what it gives, whatever the length; packets of pictures are read past one by one.
//!
//! The same file gives the same samples on every machine, as far as its decoder does: Opus, FLAC
//! and PCM are whole numbers; AAC, MP3 and Vorbis are decoded in floats, in one order of sums, with
//! the tables of the platform's own sine. Samples are whole numbers of 16 bits in the end, which
//! takes away what differs in a last place.

use std::io::{self, Read, Seek};

use symphonia::core::codecs::audio::AudioCodecParameters;
use symphonia::core::codecs::audio::well_known::{CODEC_ID_MP3, CODEC_ID_OPUS};
use symphonia::core::errors::Error as SymphoniaError;
use symphonia::core::formats::well_known::{FORMAT_ID_ADTS, FORMAT_ID_OGG};
use symphonia::core::formats::{FormatReader, Track, TrackType};
use symphonia::core::packet::Packet;
use symphonia::core::units::TimeBase;

use crate::media::codec::{Codec, Decoded};
use crate::media::container::{Unopened, guarded, opened};
use crate::media::edits::{Start, starts};
use crate::media::opus::head;
use crate::media::place::{Place, time};
use crate::media::resample::Resampler;
use crate::media::{lasts, millis};
use crate::model::Timestamp;

/// Why there is no sound, or no more of it.
#[derive(Debug, thiserror::Error)]
pub enum NoSound {
    /// It is not opened.
    #[error(transparent)]
    Unopened(#[from] Unopened),
    /// It has pictures or captions alone.
    #[error("expected a recording with sound, found one without")]
    NoTrack,
    /// Its sound is in a codec that is not decoded.
    #[error(
        "expected sound in AAC-LC, ALAC, MP3, PCM, FLAC, Vorbis or Opus, found {0}; convert it to \
         one of them"
    )]
    Codec(String),
    /// It breaks off. All before was given.
    #[error("expected sound until {of}, found that the recording breaks off at {at}")]
    CutOff {
        /// Where the sound ends.
        at: Timestamp,
        /// Where it should.
        of: Timestamp,
    },
    /// From here on nothing can be read. All before was given.
    #[error("expected sound that goes on after {at}, found {found}")]
    Broken {
        /// Where the sound ends.
        at: Timestamp,
        /// What is wrong there.
        found: String,
    },
}

/// What could not be decoded, and is silence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damage {
    /// Where the first of it is.
    pub first: Timestamp,
    /// How many packets, of mostly 20 to 30 ms each.
    pub packets: u32,
}

/// The sound of a recording.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// // Eight thousand samples a second of one byte each: a second and a half of silence.
/// let mut wav = b"RIFF\x04\x2f\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0data\xe0\x2e\0\0".to_vec();
/// wav.extend([0x80; 12_000]);
/// let mut sound = zimu::media::Sound::open(std::io::Cursor::new(wav))?;
/// let mut samples = 0;
/// while let Some(block) = sound.next()? {
///     samples += block.len();
/// }
/// assert_eq!(samples, 24_000);
/// assert!(sound.loudest() == 0.0, "it is silent");
/// # Ok(())
/// # }
/// ```
pub struct Sound {
    format: Box<dyn FormatReader>,
    codec: Codec,
    track: u32,
    origin: Origin,
    length: Option<Timestamp>,
    /// How long the track says that it is, where that is to be believed.
    declared: Option<Timestamp>,
    place: Place,
    rate: Option<(u32, Resampler)>,
    mono: Vec<f32>,
    /// Of `mono`, what was given on already.
    given: usize,
    /// Samples of silence that go before the rest of `mono`.
    silence: u64,
    block: Vec<f32>,
    loudest: f32,
    damage: Option<Damage>,
    is_over: bool,
    /// What is said when all samples before it are given.
    fault: Option<NoSound>,
}

enum Step {
    On,
    End,
}

/// Where 0:00 is in the count of a track.
struct Origin {
    base: TimeBase,
    skip_ticks: i64,
    late_us: u64,
    /// Where an Opus stream starts, in samples at 48 kHz, which Matroska rounds.
    pre_skip: Option<i64>,
}

/// Room for samples of silence at once.
const SILENCE: usize = 4_096;
/// What Opus counts in, whatever is decoded (RFC 7845, 4).
const OPUS_HERTZ: u32 = 48_000;
/// How much shorter than it says a recording may be before it counts as cut off.
const SHORTER_MS: u32 = 1_000;

impl Sound {
    /// Samples a second.
    pub const HERTZ: u32 = 16_000;

    /// Opens a recording at its start: of the track that it marks, or else the first one with
    /// sound.
    ///
    /// # Errors
    /// [`NoSound`], where it is no recording, has no sound, or none that can be decoded.
    pub fn open(mut recording: impl Read + Seek + Send + Sync + 'static) -> Result<Self, NoSound> {
        let starts = starts(&mut recording);
        let format = opened(recording)?;
        let (track, parameters) = heard(&*format).ok_or(NoSound::NoTrack)?;
        let codec = guarded(|| Codec::new(parameters))
            .unwrap_or_else(|| Err("one with broken settings".to_owned()))
            .map_err(NoSound::Codec)?;
        let base = track.time_base.ok_or(NoSound::NoTrack)?;
        let start = starts.iter().find(|start| start.track == track.id);
        // An MP3 that does not say its length, and AAC by itself, which cannot, are guessed to be as
        // long as their first frames make them.
        let is_guessed = format.format_info().format == FORMAT_ID_ADTS
            || parameters.codec == CODEC_ID_MP3 && track.delay.is_none();
        let declared = track.duration.filter(|_| !is_guessed);
        Ok(Self {
            codec,
            track: track.id,
            origin: Origin::of(base, parameters, start),
            length: lasts(&*format),
            declared: declared.and_then(|length| millis(base, length)),
            place: Place::default(),
            rate: None,
            mono: Vec::new(),
            given: 0,
            silence: 0,
            block: Vec::new(),
            loudest: 0.0,
            damage: None,
            is_over: false,
            fault: None,
            format,
        })
    }

    /// How long the recording says that it is, rounded down to the millisecond.
    #[must_use]
    pub fn length(&self) -> Option<Timestamp> {
        self.length
    }

    /// How far the loudest sample given so far is from 0, of at most 1: below 0.001 (-60 dB) in the
    /// end, nobody is heard.
    #[must_use]
    pub fn loudest(&self) -> f32 {
        self.loudest
    }

    /// What could not be decoded so far.
    #[must_use]
    pub fn damage(&self) -> Option<Damage> {
        self.damage
    }

    /// The next samples, from -1 to 1, each a whole number of 1/32,768; none at the end.
    ///
    /// # Errors
    /// [`NoSound::CutOff`], [`NoSound::Broken`] or [`NoSound::Unopened`], once, after all samples
    /// before.
    #[expect(clippy::should_implement_trait, reason = "no iterator lends blocks")]
    pub fn next(&mut self) -> Result<Option<&[f32]>, NoSound> {
        self.block.clear();
        while self.block.is_empty() && !self.is_over {
            if self.give() {
                continue;
            }
            let read = guarded(|| self.read());
            match read.unwrap_or_else(|| Err(self.broken("what its decoder breaks on"))) {
                Ok(Step::On) => {}
                Ok(Step::End) => self.end(self.cut_off()),
                Err(fault) => self.end(Some(fault)),
            }
        }
        for sample in &mut self.block {
            *sample = (*sample * 32_768.0).round().clamp(-32_768.0, 32_768.0) / 32_768.0;
            self.loudest = self.loudest.max(sample.abs());
        }
        match self.fault.take_if(|_| self.block.is_empty()) {
            Some(fault) => Err(fault),
            None => Ok((!self.block.is_empty()).then_some(&self.block)),
        }
    }

    /// Gives on some of what is there, if anything is.
    fn give(&mut self) -> bool {
        let Some((_, resampler)) = &mut self.rate else {
            return false;
        };
        if self.silence > 0 {
            let some = self.silence.min(SILENCE as u64) as usize;
            resampler.push(&[0.0; SILENCE][..some], &mut self.block);
            self.silence -= some as u64;
            return true;
        }
        let rest = &self.mono[self.given..];
        resampler.push(rest, &mut self.block);
        self.given = self.mono.len();
        !rest.is_empty()
    }

    /// Reads and decodes the next packet.
    fn read(&mut self) -> Result<Step, NoSound> {
        let packet = match self.format.next_packet() {
            Ok(Some(packet)) if packet.track_id == self.track => packet,
            Ok(Some(_)) => return Ok(Step::On),
            Ok(None) => return Ok(Step::End),
            Err(SymphoniaError::IoError(error)) if error.kind() == io::ErrorKind::UnexpectedEof => {
                return self.broken_off();
            }
            Err(SymphoniaError::IoError(error)) => return Err(Unopened::Unreadable(error).into()),
            Err(SymphoniaError::ResetRequired) => return Err(self.broken("another recording")),
            Err(error) => return Err(self.broken(&error.to_string())),
        };
        match self.codec.decode(&packet, &mut self.mono) {
            Decoded::At { hertz } => self.put(&packet, hertz)?,
            Decoded::Damaged => {
                self.mono.clear();
                self.given = 0;
                self.place.lose();
                let first = self.at();
                let damage = self.damage.get_or_insert(Damage { first, packets: 0 });
                damage.packets = damage.packets.saturating_add(1);
            }
        }
        Ok(Step::On)
    }

    /// Takes what does not count away from what was decoded, and finds its place.
    fn put(&mut self, packet: &Packet, hertz: u32) -> Result<(), NoSound> {
        let made = || (hertz, Resampler::new(hertz, Self::HERTZ));
        let known = self.rate.get_or_insert_with(made).0;
        if known != hertz {
            return Err(self.broken(&format!("{hertz} samples a second instead of {known}")));
        }
        for sample in &mut self.mono {
            *sample = if sample.is_nan() {
                0.0
            } else {
                sample.clamp(-1.0, 1.0)
            };
        }
        let samples = |ticks: u64| self.origin.samples(ticks.into(), hertz).unsigned_abs() as usize;
        let before = samples(packet.trim_start.get());
        let after = samples(packet.trim_end.get());
        self.mono.truncate(self.mono.len().saturating_sub(after));
        let trimmed = before.min(self.mono.len());
        let pts = packet.pts.get();
        let ticks = i128::from(pts) + i128::from(packet.trim_start.get());
        let said = self.origin.said(ticks, hertz);
        let placed = self.place.put(said, self.mono.len() - trimmed, hertz)?;
        self.silence = placed.silence;
        self.given = trimmed + placed.skip;
        Ok(())
    }

    /// Gives the last samples.
    fn end(&mut self, fault: Option<NoSound>) {
        if let Some((_, resampler)) = &mut self.rate {
            resampler.finish(&mut self.block);
        }
        self.is_over = true;
        self.fault = fault;
    }

    /// Whether less was heard than the track says that it has.
    fn cut_off(&self) -> Option<NoSound> {
        let (at, of) = (self.at(), self.declared?);
        (at.later(SHORTER_MS) < of).then_some(NoSound::CutOff { at, of })
    }

    /// Where the bytes end and something should follow. What was written as it was sent says no
    /// length, and in Ogg alone it marks its end.
    fn broken_off(&self) -> Result<Step, NoSound> {
        let at = self.at();
        match self.declared.or(self.length) {
            Some(of) if at.later(SHORTER_MS) < of => Err(NoSound::CutOff { at, of }),
            None if self.format.format_info().format == FORMAT_ID_OGG => {
                Err(self.broken("that the recording breaks off"))
            }
            Some(_) | None => Ok(Step::End),
        }
    }

    fn at(&self) -> Timestamp {
        let hertz = self.rate.as_ref().map_or(1, |&(hertz, _)| hertz.into());
        time(self.place.next(), hertz)
    }

    fn broken(&self, found: &str) -> NoSound {
        NoSound::Broken {
            at: self.at(),
            found: found.to_owned(),
        }
    }
}

impl Origin {
    fn of(base: TimeBase, parameters: &AudioCodecParameters, start: Option<&Start>) -> Self {
        let said = parameters.extra_data.as_deref();
        let is_opus = parameters.codec == CODEC_ID_OPUS;
        let head = said.filter(|_| is_opus).and_then(head);
        let pre_skip = head.map(|head| i64::from(head.pre_skip));
        // Ogg, and MP4 without an edit list, count from the first sample that is decoded.
        let counts_all = base.numer.get() == 1 && base.denom.get() == OPUS_HERTZ;
        let all = pre_skip.filter(|_| counts_all).unwrap_or(0);
        Self {
            base,
            skip_ticks: start.map_or(all, |start| start.skip_ticks),
            late_us: start.map_or(0, |start| start.late_us),
            pre_skip: pre_skip.filter(|_| !counts_all),
        }
    }

    /// The sample after 0:00 that a packet says it starts with.
    fn said(&self, ticks: i128, hertz: u32) -> i64 {
        let said = self.samples(ticks - i128::from(self.skip_ticks), hertz);
        let late = i128::from(self.late_us) * i128::from(hertz) / 1_000_000;
        let exact = self
            .pre_skip
            .map(|skip| -skip * i64::from(hertz) / i64::from(OPUS_HERTZ))
            .filter(|exact| said.abs_diff(*exact) <= self.samples(1, hertz).unsigned_abs());
        exact
            .unwrap_or(said)
            .saturating_add(late.try_into().unwrap_or(i64::MAX))
    }

    /// Ticks of the track in samples, rounded to the nearest.
    fn samples(&self, ticks: i128, hertz: u32) -> i64 {
        let numer = i128::from(self.base.numer.get()) * i128::from(hertz);
        let denom = i128::from(self.base.denom.get());
        let samples = ticks
            .saturating_mul(numer)
            .saturating_add(denom / 2)
            .div_euclid(denom);
        let most = i128::from(i64::MAX);
        samples.clamp(-most, most) as i64
    }
}

/// The track with sound that is marked as the one to play, or else the first with sound.
fn heard(format: &dyn FormatReader) -> Option<(&Track, &AudioCodecParameters)> {
    let marked = format.default_track(TrackType::Audio);
    let mut tracks = marked.into_iter().chain(format.tracks());
    tracks.find_map(|track| Some((track, track.codec_params.as_ref()?.audio()?)))
}
