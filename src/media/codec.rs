//! The packets of one track in, one channel of samples at the rate of the track out.

use symphonia::core::codecs::audio::well_known::{
    CODEC_ID_AC3, CODEC_ID_AC4, CODEC_ID_DCA, CODEC_ID_EAC3, CODEC_ID_MP1, CODEC_ID_MP2,
    CODEC_ID_OPUS, CODEC_ID_SPEEX, CODEC_ID_TRUEHD, CODEC_ID_WAVPACK, CODEC_ID_WMA,
};
use symphonia::core::codecs::audio::{
    AudioCodecId, AudioCodecParameters, AudioDecoder, AudioDecoderOptions,
};
use symphonia::core::errors::Error as SymphoniaError;
use symphonia::core::packet::Packet;

use crate::media::opus::{Opus, head};

/// What decodes a track.
pub(super) struct Codec {
    kind: Kind,
    /// Samples of all channels, one after another.
    interleaved: Vec<f32>,
}

enum Kind {
    Opus(Box<Opus>),
    Symphonia(Box<dyn AudioDecoder>),
}

/// What became of a packet.
pub(super) enum Decoded {
    /// Its samples are at this rate.
    At { hertz: u32 },
    /// It could not be decoded; the next may be.
    Damaged,
}

/// Rates from which sound is taken. FLAC has the highest, 655,350 (RFC 9639, 9.1.2).
const RATES: std::ops::RangeInclusive<u32> = 1_000..=768_000;

impl Codec {
    /// # Errors
    /// The name of the codec, where it is one that is not decoded.
    pub(super) fn new(parameters: &AudioCodecParameters) -> Result<Self, String> {
        let kind = if parameters.codec == CODEC_ID_OPUS {
            let said = parameters.extra_data.as_deref();
            let opus = said.and_then(head).and_then(|head| Opus::new(&head));
            Kind::Opus(Box::new(opus.ok_or("Opus of a kind that is not known")?))
        } else {
            let decoder = symphonia::default::get_codecs()
                .make_audio_decoder(parameters, &AudioDecoderOptions::default().gapless(false));
            Kind::Symphonia(decoder.map_err(|error| named(parameters, &error))?)
        };
        Ok(Self {
            kind,
            interleaved: Vec::new(),
        })
    }

    /// Fills `mono` with the mean of all channels of a packet.
    pub(super) fn decode(&mut self, packet: &Packet, mono: &mut Vec<f32>) -> Decoded {
        mono.clear();
        let decoder = match &mut self.kind {
            Kind::Opus(opus) => {
                return match opus.decode(&packet.data, mono) {
                    Ok(()) => Decoded::At { hertz: Opus::HERTZ },
                    Err(_) => Decoded::Damaged,
                };
            }
            Kind::Symphonia(decoder) => decoder,
        };
        let Ok(frames) = decoder.decode(packet) else {
            return Decoded::Damaged;
        };
        let hertz = frames.spec().rate();
        let channels = frames.num_planes();
        if !RATES.contains(&hertz) || channels == 0 {
            return Decoded::Damaged;
        }
        frames.copy_to_vec_interleaved(&mut self.interleaved);
        let scale = share(channels);
        let frames = self.interleaved.chunks_exact(channels);
        mono.extend(frames.map(|frame| frame.iter().sum::<f32>() * scale));
        Decoded::At { hertz }
    }
}

/// What each of some channels has in their mean.
pub(super) fn share(channels: usize) -> f32 {
    1.0 / u16::try_from(channels).map_or(f32::INFINITY, f32::from)
}

/// Codecs that are met and not decoded.
const NAMES: [(AudioCodecId, &str); 10] = [
    (CODEC_ID_AC3, "AC-3"),
    (CODEC_ID_AC4, "AC-4"),
    (CODEC_ID_DCA, "DTS"),
    (CODEC_ID_EAC3, "E-AC-3"),
    (CODEC_ID_MP1, "MP1"),
    (CODEC_ID_MP2, "MP2"),
    (CODEC_ID_SPEEX, "Speex"),
    (CODEC_ID_TRUEHD, "TrueHD"),
    (CODEC_ID_WAVPACK, "WavPack"),
    (CODEC_ID_WMA, "WMA"),
];

/// What people know a codec by.
fn named(parameters: &AudioCodecParameters, error: &SymphoniaError) -> String {
    let codec = parameters.codec;
    if let Some(known) = symphonia::default::get_codecs().get_audio_decoder(codec) {
        return format!("{} ({error})", known.codec.info.long_name);
    }
    let known = NAMES.iter().find(|(known, _)| *known == codec);
    known.map_or_else(|| format!("codec {codec}"), |(_, name)| (*name).to_owned())
}
