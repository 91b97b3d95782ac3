//! The bytes of an MP4 in, where each track starts to be heard out.
//!
//! An edit list (ISO/IEC 14496-12, 8.6.6) takes the priming of AAC away, or lets a track start
//! late. `symphonia` reads it and does not use it. The first edit that plays counts: a later one
//! would cut the sound, and is for films, not for talks.

use std::io::{self, Read, Seek, SeekFrom};

use crate::media::said::read;

/// Where a track starts: what stands at `skip_ticks` of it is heard `late_us` after 0:00.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Start {
    pub(super) track: u32,
    /// In the ticks of the track.
    pub(super) skip_ticks: i64,
    pub(super) late_us: u64,
}

/// More boxes side by side than any real file has.
const MAX_BOXES: usize = 100_000;
/// Entries of an edit list that are looked at.
const MAX_EDITS: u32 = 16;

/// A box: its type, and where what is in it starts and ends.
type Found = ([u8; 4], u64, u64);

/// The starts of all tracks that have an edit list; none where it is no MP4, or a broken one.
pub(super) fn starts(bytes: &mut (impl Read + Seek)) -> Vec<Start> {
    let mut found = Vec::new();
    // What was found before the fault counts.
    let _ = look(bytes, &mut found);
    found
}

fn look(bytes: &mut (impl Read + Seek), found: &mut Vec<Start>) -> io::Result<()> {
    let end = bytes.seek(SeekFrom::End(0))?;
    let is_mp4 = matches!(boxed(bytes, 0, end)?, Some((kind, _, _)) if &kind == b"ftyp");
    let Some(movie) = is_mp4
        .then(|| first(bytes, (0, end), *b"moov"))
        .transpose()?
        .flatten()
    else {
        return Ok(());
    };
    let mut movie_hz = 0;
    let (mut at, end) = movie;
    for _ in 0..MAX_BOXES {
        let Some((kind, from, to)) = boxed(bytes, at, end)? else {
            break;
        };
        match &kind {
            b"mvhd" => movie_hz = versioned(bytes, from, 8, 16)?.0,
            b"trak" => found.extend(track(bytes, (from, to), movie_hz)?),
            _ => {}
        }
        at = to;
    }
    Ok(())
}

fn track(
    bytes: &mut (impl Read + Seek),
    inside: (u64, u64),
    movie_hz: u32,
) -> io::Result<Option<Start>> {
    let Some((header, _)) = first(bytes, inside, *b"tkhd")? else {
        return Ok(None);
    };
    let (track, _) = versioned(bytes, header, 8, 16)?;
    let Some(edits) = first(bytes, inside, *b"edts")? else {
        return Ok(None);
    };
    let Some((list, _)) = first(bytes, edits, *b"elst")? else {
        return Ok(None);
    };
    let (count, is_long) = versioned(bytes, list, 0, 0)?;
    let mut late = 0_u64;
    for _ in 0..count.min(MAX_EDITS) {
        let (lasts, media) = if is_long {
            let lasts = u64::from_be_bytes(read(bytes)?);
            (lasts, i64::from_be_bytes(read(bytes)?))
        } else {
            let lasts = u32::from_be_bytes(read(bytes)?);
            (lasts.into(), i32::from_be_bytes(read(bytes)?).into())
        };
        let _rate: [u8; 4] = read(bytes)?;
        if media >= 0 {
            let late_us = u128::from(late) * 1_000_000 / u128::from(movie_hz.max(1));
            return Ok(Some(Start {
                track,
                skip_ticks: media,
                late_us: late_us.try_into().unwrap_or(u64::MAX),
            }));
        }
        late = late.saturating_add(lasts);
    }
    Ok(None)
}

/// A number behind the version of a box, at one place or another by that version, and whether it
/// is the version with long times.
fn versioned(
    bytes: &mut (impl Read + Seek),
    from: u64,
    short: u64,
    long: u64,
) -> io::Result<(u32, bool)> {
    bytes.seek(SeekFrom::Start(from))?;
    let [version, _, _, _] = read(bytes)?;
    let is_long = version == 1;
    bytes.seek_relative(if is_long { long } else { short }.cast_signed())?;
    Ok((u32::from_be_bytes(read(bytes)?), is_long))
}

/// Where what is in the first box of a kind starts and ends.
fn first(
    bytes: &mut (impl Read + Seek),
    (mut at, end): (u64, u64),
    wanted: [u8; 4],
) -> io::Result<Option<(u64, u64)>> {
    for _ in 0..MAX_BOXES {
        match boxed(bytes, at, end)? {
            Some((kind, from, to)) if kind == wanted => return Ok(Some((from, to))),
            Some((_, _, to)) => at = to,
            None => break,
        }
    }
    Ok(None)
}

/// The box at a place (ISO/IEC 14496-12, 4.2).
fn boxed(bytes: &mut (impl Read + Seek), at: u64, end: u64) -> io::Result<Option<Found>> {
    if end.saturating_sub(at) < 8 {
        return Ok(None);
    }
    bytes.seek(SeekFrom::Start(at))?;
    let size = u32::from_be_bytes(read(bytes)?);
    let kind = read(bytes)?;
    let (from, to) = match size {
        0 => (at + 8, Some(end)),
        1 => (at + 16, at.checked_add(u64::from_be_bytes(read(bytes)?))),
        size => (at + 8, at.checked_add(size.into())),
    };
    let to = to.filter(|&to| from <= to && to <= end);
    Ok(to.map(|to| (kind, from, to)))
}
