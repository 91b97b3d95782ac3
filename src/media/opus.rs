//! Opus packets in, samples out, by `ropus`: whole numbers throughout, so the same on every machine.
//!
//! It decodes to 16 kHz by itself, which is faster and better than to change the rate afterwards.

use ropus::OpusMSDecoder;

use crate::media::codec::share;

/// Decodes one stream of Opus.
pub(super) struct Opus {
    decoder: OpusMSDecoder,
    channels: usize,
    pcm: Vec<i16>,
}

/// What an `OpusHead` says (RFC 7845, 5.1).
pub(super) struct Head<'h> {
    channels: u8,
    /// Samples at 48 kHz that stand before the first that is heard.
    pub(super) pre_skip: u16,
    family: u8,
    table: &'h [u8],
}

/// The longest packet, 120 ms (RFC 6716, 3.2.5), at 16 kHz.
const MAX_FRAMES: i32 = 1_920;

pub(super) fn head(bytes: &[u8]) -> Option<Head<'_>> {
    let rest = bytes.strip_prefix(b"OpusHead")?;
    let &[
        _,
        channels,
        low,
        high,
        _,
        _,
        _,
        _,
        _,
        _,
        family,
        ref table @ ..,
    ] = rest
    else {
        return None;
    };
    Some(Head {
        channels,
        pre_skip: u16::from_le_bytes([low, high]),
        family,
        table,
    })
}

impl Opus {
    pub(super) const HERTZ: u32 = 16_000;

    pub(super) fn new(head: &Head<'_>) -> Option<Self> {
        let channels = usize::from(head.channels);
        let (streams, coupled, mapping) = match (head.family, head.table) {
            (0, _) if matches!(channels, 1 | 2) => (1, head.channels - 1, &[0, 1][..channels]),
            (0, _) => return None,
            (_, &[streams, coupled, ref mapping @ ..]) => {
                (streams, coupled, mapping.get(..channels)?)
            }
            (_, _) => return None,
        };
        let decoder = OpusMSDecoder::new(
            Self::HERTZ.cast_signed(),
            i32::from(head.channels),
            i32::from(streams),
            i32::from(coupled),
            mapping,
        );
        Some(Self {
            decoder: decoder.ok()?,
            channels,
            pcm: vec![0; MAX_FRAMES.unsigned_abs() as usize * channels],
        })
    }

    /// Adds the mean of all channels to `mono`, or says why it cannot.
    pub(super) fn decode(&mut self, packet: &[u8], mono: &mut Vec<f32>) -> Result<(), String> {
        let length = i32::try_from(packet.len()).map_err(|error| error.to_string())?;
        let frames = self
            .decoder
            .decode(Some(packet), length, &mut self.pcm, MAX_FRAMES, false)
            .map_err(|code| format!("opus error {code}"))?;
        let scale = share(self.channels);
        let frames = self
            .pcm
            .chunks_exact(self.channels)
            .take(frames.unsigned_abs() as usize);
        mono.extend(frames.map(|frame| {
            let sum: f32 = frame.iter().map(|&sample| f32::from(sample)).sum();
            sum * scale / 32_768.0
        }));
        Ok(())
    }
}
