//! The bytes of a Matroska file in, what is read instead of its chapters out.
//!
//! `symphonia` refuses a file for chapters as ffmpeg writes them, and yt-dlp with it: without a number of
//! their edition, which they need not have (RFC 9559, 5.1.7.1.1). Nobody hears chapters, so they are read as
//! padding, which is a `Void` element (RFC 8794, 11.3.2).

use std::io::{self, Read, Seek, SeekFrom};

use crate::media::said::{Segment, read, segment, size};

/// More elements before the sound than any real file has.
const MAX_ELEMENTS: usize = 10_000;
const CHAPTERS: u32 = 0x1043_a770;
const CLUSTER: u32 = 0x1f43_b675;
const VOID: u8 = 0xec;

/// Where chapters start, and what is read there.
pub(super) struct Padding {
    at: u64,
    header: Vec<u8>,
}

impl Padding {
    /// Of the chapters that stand before the sound, if there are any.
    pub(super) fn of(bytes: &mut (impl Read + Seek)) -> Option<Self> {
        let Segment { from, .. } = segment(bytes).ok()??;
        chapters(bytes, from).ok()?
    }

    /// Covers what was read from `at` on.
    pub(super) fn cover(&self, at: u64, read: &mut [u8]) {
        for (byte, place) in self.header.iter().zip(self.at..) {
            let place = place.checked_sub(at).map(usize::try_from);
            if let Some(covered) = place.and_then(|place| read.get_mut(place.ok()?)) {
                *covered = *byte;
            }
        }
    }
}

fn chapters(bytes: &mut (impl Read + Seek), mut at: u64) -> io::Result<Option<Padding>> {
    for _ in 0..MAX_ELEMENTS {
        bytes.seek(SeekFrom::Start(at))?;
        let id = id(bytes)?;
        let Some(size) = size(bytes)? else { break };
        let from = bytes.stream_position()?;
        let end = from.checked_add(size);
        match (id, end) {
            (CLUSTER, _) | (_, None) => break,
            (CHAPTERS, Some(end)) => return Ok(Some(padding(at, from, end))),
            (_, Some(end)) => at = end,
        }
    }
    Ok(None)
}

/// Of an element that ends where this one does; its size is as long as there is room for.
fn padding(at: u64, from: u64, end: u64) -> Padding {
    let width = (from - at - 1).min(8);
    let size = (end - at - 1 - width) | 1 << (7 * width);
    let unused = 8 - width as usize;
    let mut header = vec![VOID];
    header.extend(&size.to_be_bytes()[unused..]);
    Padding { at, header }
}

/// What an element is (RFC 8794, 5).
fn id(bytes: &mut impl Read) -> io::Result<u32> {
    let [first] = read(bytes)?;
    let mut id = u32::from(first);
    for _ in 0..first.leading_zeros().min(3) {
        let [next] = read(bytes)?;
        id = id << 8 | u32::from(next);
    }
    Ok(id)
}
