//! The bytes of a recording in, its container opened out: what all that asks of it shares.

use std::io::{self, Read, Seek, SeekFrom};

use symphonia::core::errors::Error as SymphoniaError;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, FormatReader};
use symphonia::core::io::{MediaSource, MediaSourceStream, MediaSourceStreamOptions};
use symphonia::core::meta::MetadataOptions;

/// Why a container is not opened.
pub(super) enum Unopened {
    Unreadable(io::Error),
    Unknown(String),
}

pub(super) fn opened<'s>(
    recording: impl Read + Seek + Send + Sync + 's,
) -> Result<Box<dyn FormatReader + 's>, Unopened> {
    let recording = Recording::of(recording).map_err(Unopened::Unreadable)?;
    let stream = MediaSourceStream::new(Box::new(recording), MediaSourceStreamOptions::default());
    let probed = symphonia::default::get_probe().probe(
        &Hint::new(),
        stream,
        FormatOptions::default(),
        MetadataOptions::default(),
    );
    probed.map_err(|error| match error {
        SymphoniaError::IoError(error) if error.kind() != io::ErrorKind::UnexpectedEof => {
            Unopened::Unreadable(error)
        }
        error => Unopened::Unknown(error.to_string()),
    })
}

/// A recording, and how many bytes it has.
struct Recording<R> {
    bytes: R,
    length: u64,
}

impl<R: Read + Seek> Recording<R> {
    fn of(mut bytes: R) -> io::Result<Self> {
        let length = bytes.seek(SeekFrom::End(0))?;
        bytes.rewind()?;
        Ok(Self { bytes, length })
    }
}

impl<R: Read> Read for Recording<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.bytes.read(buffer)
    }
}

impl<R: Seek> Seek for Recording<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.bytes.seek(to)
    }
}

impl<R: Read + Seek + Send + Sync> MediaSource for Recording<R> {
    fn is_seekable(&self) -> bool {
        true
    }

    fn byte_len(&self) -> Option<u64> {
        Some(self.length)
    }
}
