//! The bytes of a recording in, its container opened out: what all that asks of it shares.

use std::io::{self, Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};

use symphonia::core::errors::Error as SymphoniaError;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, FormatReader};
use symphonia::core::io::{MediaSource, MediaSourceStream, MediaSourceStreamOptions};
use symphonia::core::meta::MetadataOptions;

use crate::media::chapters::Padding;
use crate::media::said::{self, End};

/// Why a recording is not opened.
#[derive(Debug, thiserror::Error)]
pub enum Unopened {
    /// It cannot be read.
    #[error("expected a recording to read: {0}")]
    Unreadable(#[from] io::Error),
    /// It is none, or of a kind that is not known, or broken.
    #[error(
        "expected a recording in MP4, M4A, MP3, WAV, FLAC, Ogg, Matroska or WebM, found none \
         that can be read: {0}"
    )]
    NoRecording(String),
}

pub(super) fn opened<'s>(
    recording: impl Read + Seek + Send + Sync + 's,
) -> Result<Box<dyn FormatReader + 's>, Unopened> {
    let mut recording = Recording::of(recording)?;
    if let Some(kind) = other(&mut recording)? {
        return Err(Unopened::NoRecording(format!("it is {kind}")));
    }
    let stream = MediaSourceStream::new(Box::new(recording), MediaSourceStreamOptions::default());
    let probed = guarded(|| {
        symphonia::default::get_probe().probe(
            &Hint::new(),
            stream,
            FormatOptions::default(),
            MetadataOptions::default(),
        )
    });
    let probed = probed.ok_or_else(|| Unopened::NoRecording("a broken container".to_owned()))?;
    probed.map_err(|error| match error {
        SymphoniaError::IoError(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
            Unopened::NoRecording("it ends before it says what is in it".to_owned())
        }
        SymphoniaError::IoError(error) => Unopened::Unreadable(error),
        SymphoniaError::Unsupported(why) if why.starts_with("core (probe)") => {
            Unopened::NoRecording("it is something else".to_owned())
        }
        error => Unopened::NoRecording(error.to_string()),
    })
}

/// Bytes at a place.
type Mark = (usize, &'static [u8]);

/// Kinds that are met and not read, by bytes at places near their start. Some would be taken for an MP3,
/// or for AAC, of which there may be some in them.
const OTHERS: [(&str, &[Mark]); 9] = [
    ("AIFF", &[(0, b"FORM")]),
    ("AMR", &[(0, b"#!AMR")]),
    ("AVI", &[(0, b"RIFF"), (8, b"AVI ")]),
    ("CAF", &[(0, b"caff")]),
    ("FLV", &[(0, b"FLV")]),
    ("Wave64", &[(0, b"riff")]),
    ("WAV of 64 bits (RF64)", &[(0, b"RF64")]),
    ("WMA", &[(0, b"\x30\x26\xb2\x75")]),
    ("an MPEG transport stream", &[(0, b"\x47"), (188, b"\x47")]),
];

fn other(bytes: &mut (impl Read + Seek)) -> io::Result<Option<&'static str>> {
    let mut start = Vec::new();
    bytes.take(189).read_to_end(&mut start)?;
    bytes.rewind()?;
    let has = |(place, wanted): &Mark| {
        let found = start.get(*place..);
        found.is_some_and(|found| found.starts_with(wanted))
    };
    let kind = OTHERS.iter().find(|(_, marks)| marks.iter().all(has));
    Ok(kind.map(|(kind, _)| *kind))
}

/// None where a library panics, which is a broken file: `symphonia` asserts what only whole files
/// keep. What it worked on is dropped or not asked again, and `panic` of the release profile is
/// `unwind` for it.
pub(super) fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

/// A recording, and how many bytes it has, or says that it has.
struct Recording<R> {
    bytes: R,
    length: u64,
    is_seekable: bool,
    chapters: Option<Padding>,
}

impl<R: Read + Seek> Recording<R> {
    fn of(mut bytes: R) -> io::Result<Self> {
        let said = said::end(&mut bytes);
        let chapters = Padding::of(&mut bytes);
        let length = bytes.seek(SeekFrom::End(0))?;
        bytes.rewind()?;
        let (said, is_seekable) = match said {
            Some(End::OfBoxes(end)) => (end, true),
            // No reader then looks for what stands behind the sound, such as an index that is cut off.
            Some(End::OfSegment(end)) => (end, false),
            None => (0, true),
        };
        Ok(Self {
            bytes,
            length: length.max(said),
            is_seekable,
            chapters,
        })
    }
}

impl<R: Read + Seek> Read for Recording<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(chapters) = &self.chapters else {
            return self.bytes.read(buffer);
        };
        let at = self.bytes.stream_position()?;
        let read = self.bytes.read(buffer)?;
        chapters.cover(at, &mut buffer[..read]);
        Ok(read)
    }
}

impl<R: Seek> Seek for Recording<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match to {
            SeekFrom::End(offset) => {
                let at = self.length.checked_add_signed(offset);
                let at = at.ok_or(io::ErrorKind::InvalidInput)?;
                self.bytes.seek(SeekFrom::Start(at))
            }
            to => self.bytes.seek(to),
        }
    }
}

impl<R: Read + Seek + Send + Sync> MediaSource for Recording<R> {
    fn is_seekable(&self) -> bool {
        self.is_seekable
    }

    fn byte_len(&self) -> Option<u64> {
        Some(self.length)
    }
}
