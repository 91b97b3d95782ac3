//! The bytes of a recording in, how many it should have out.
//!
//! A download that broke off is shorter than its outermost boxes say, and `symphonia` refuses it
//! for that. It is told that it has them all, and finds the end when it gets there: what is there
//! is then given.

use std::io::{self, Read, Seek, SeekFrom};

/// More boxes side by side than any real file has.
const MAX_BOXES: usize = 100_000;
/// The element that a Matroska file starts with, and the one with all the rest (RFC 9559, 5.1).
const HEADER: [u8; 4] = [0x1a, 0x45, 0xdf, 0xa3];
const SEGMENT: [u8; 4] = [0x18, 0x53, 0x80, 0x67];

/// Where a recording says that it ends.
pub(super) enum End {
    /// The last box of an MP4.
    OfBoxes(u64),
    /// The segment of a Matroska file, whose index stands behind all else.
    OfSegment(u64),
}

/// What all else of a Matroska file is in: where it starts, and how long it is, if it is said.
pub(super) struct Segment {
    pub(super) from: u64,
    pub(super) size: Option<u64>,
}

pub(super) fn end(bytes: &mut (impl Read + Seek)) -> Option<End> {
    bytes.rewind().ok()?;
    let start: [u8; 8] = read(bytes).ok()?;
    if start.starts_with(&HEADER) {
        return end_of_segment(bytes).ok().flatten().map(End::OfSegment);
    }
    let is_mp4 = start.ends_with(b"ftyp");
    is_mp4.then(|| End::OfBoxes(end_of_boxes(bytes)))
}

fn end_of_segment(bytes: &mut (impl Read + Seek)) -> io::Result<Option<u64>> {
    let segment = segment(bytes)?;
    Ok(segment.and_then(|Segment { from, size }| from.checked_add(size?)))
}

/// The segment of a Matroska file.
pub(super) fn segment(bytes: &mut (impl Read + Seek)) -> io::Result<Option<Segment>> {
    bytes.rewind()?;
    if read(bytes)? != HEADER {
        return Ok(None);
    }
    let Some(header) = size(bytes)? else {
        return Ok(None);
    };
    bytes.seek_relative(header.cast_signed())?;
    if read(bytes)? != SEGMENT {
        return Ok(None);
    }
    let size = size(bytes)?;
    let from = bytes.stream_position()?;
    Ok(Some(Segment { from, size }))
}

/// A size, unless it is not known (RFC 8794, 6).
pub(super) fn size(bytes: &mut impl Read) -> io::Result<Option<u64>> {
    let [first] = read(bytes)?;
    let more = first.leading_zeros();
    if more > 7 {
        return Ok(None);
    }
    let most = (1_u64 << (7 * (more + 1))) - 1;
    let mut size = u64::from(first);
    for _ in 0..more {
        let [next] = read(bytes)?;
        size = size << 8 | u64::from(next);
    }
    Ok(Some(size & most).filter(|&size| size != most))
}

fn end_of_boxes(bytes: &mut (impl Read + Seek)) -> u64 {
    let mut at = 0;
    for _ in 0..MAX_BOXES {
        match end_of_box(bytes, at) {
            Ok(Some(end)) if end > at => at = end,
            _ => break,
        }
    }
    at
}

/// Of one that does not go on to the end of the file (ISO/IEC 14496-12, 4.2).
fn end_of_box(bytes: &mut (impl Read + Seek), at: u64) -> io::Result<Option<u64>> {
    bytes.seek(SeekFrom::Start(at))?;
    let size = u32::from_be_bytes(read(bytes)?);
    let _kind: [u8; 4] = read(bytes)?;
    let size = match size {
        0 => return Ok(None),
        1 => u64::from_be_bytes(read(bytes)?),
        size => size.into(),
    };
    Ok(at.checked_add(size))
}

pub(super) fn read<const N: usize>(bytes: &mut impl Read) -> io::Result<[u8; N]> {
    let mut read = [0; N];
    bytes.read_exact(&mut read)?;
    Ok(read)
}
