//! A region and how text is aligned in it in, one of nine positions out.
//!
//! The text touches a point of its region: at the side that `displayAlign` names from top to
//! bottom, and at that of `textAlign` from left to right. Where this point is on the picture, in
//! its first, second or last third each way, is the position. A region that gives no place is the
//! whole picture, and what is aligned by nothing is so at the start (TTML2 §10.2). A file without
//! a region leaves the place to the player: there is no position then.

use crate::format::ttml::names::{Attribute, Tag, is_space};
use crate::format::ttml::styles::Style;
use crate::model::Position;

/// A side, in the direction of the lines or across it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    Before,
    Centre,
    After,
}

/// Which way lines run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Writing {
    Lines,
    ColumnsFromRight,
    ColumnsFromLeft,
}

/// Two lengths, from left to right and from top to bottom, in hundredths of a percent of the
/// picture.
pub(super) type Pair = [i64; 2];

/// The whole picture.
const WHOLE: i64 = 10_000;

/// What lengths are counted in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measure {
    cells: [i64; 2],
    /// Of the picture, where the file says how many it has.
    pixels: Option<[i64; 2]>,
}

impl Measure {
    /// Of a file that says nothing: TTML2 §7.2.1.
    pub(super) const DEFAULT: Self = Self {
        cells: [32, 15],
        pixels: None,
    };

    /// What the root of a file says.
    pub(super) fn of(tag: &Tag<'_>) -> Self {
        let two = |attribute, unit: &str| {
            let (first, second) = tag.get(attribute)?.split_once(is_space)?;
            let number = |written: &str| {
                let number = written.trim().strip_suffix(unit)?.parse().ok()?;
                (1..=1_000_000).contains(&number).then_some(number)
            };
            Some([number(first)?, number(second)?])
        };
        Self {
            cells: two(Attribute::Cells, "").unwrap_or(Self::DEFAULT.cells),
            pixels: two(Attribute::Extent, "px"),
        }
    }

    /// `10% 80%`, `4c 12c`, `192px 864px`.
    pub(super) fn pair(&self, written: &str) -> Option<Pair> {
        let (first, second) = written.split_once(is_space)?;
        Some([self.length(first, 0)?, self.length(second.trim(), 1)?])
    }

    fn length(&self, written: &str, axis: usize) -> Option<i64> {
        let unit_start = written.find(|c: char| c.is_ascii_alphabetic() || c == '%')?;
        let (number, unit) = written.split_at(unit_start);
        let hundredths = hundredths(number)?;
        let whole = match unit {
            // Those of the root container, which is the picture.
            "%" | "rw" | "rh" => 100,
            "c" => self.cells[axis],
            "px" => self.pixels?[axis],
            _ => return None,
        };
        // A hundredth of a unit, of `whole` of them: in hundredths of a percent.
        Some(hundredths * (WHOLE / 100) / whole)
    }
}

/// A number with a fraction, in hundredths.
fn hundredths(number: &str) -> Option<i64> {
    let (sign, number) = match number.strip_prefix('-') {
        Some(number) => (-1, number),
        None => (1, number.strip_prefix('+').unwrap_or(number)),
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let is_number = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() > 6 || !is_number(whole) || !is_number(fraction) {
        return None;
    }
    let kept = &fraction[..fraction.len().min(2)];
    let digits = format!("{whole}{kept:0<2}");
    Some(sign * digits.parse::<i64>().ok()?)
}

/// The position of text that is aligned by `text_align`, in a region.
pub(super) fn position(region: &Style, text_align: Option<Align>) -> Position {
    let origin = region.origin.unwrap_or([0, 0]);
    let extent = region.extent.unwrap_or([WHOLE, WHOLE]);
    let along = text_align.unwrap_or(Align::Before);
    let across = region.display_align.unwrap_or(Align::Before);
    let aligns = match region.writing.unwrap_or(Writing::Lines) {
        Writing::Lines => [along, across],
        Writing::ColumnsFromLeft => [across, along],
        Writing::ColumnsFromRight => [mirrored(across), along],
    };
    let third = |axis: usize| {
        let into = match aligns[axis] {
            Align::Before => 0,
            Align::Centre => extent[axis] / 2,
            Align::After => extent[axis],
        };
        let at = origin[axis] + into;
        usize::from(at > WHOLE / 3) + usize::from(at > WHOLE * 2 / 3)
    };
    // Keypad numbers count from the bottom.
    let keypad = 1 + third(0) + 3 * (2 - third(1));
    Position::from_keypad(keypad).unwrap_or(Position::BottomCentre)
}

const fn mirrored(align: Align) -> Align {
    match align {
        Align::Before => Align::After,
        Align::Centre => Align::Centre,
        Align::After => Align::Before,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::ttml::names::Scope;

    #[test]
    fn regions_are_positions() {
        let root = "<tt tts:extent='1920px 1080px'>";
        let measure = Measure::of(&Tag::of(root, &mut Scope::default()));
        for (region, keypad) in [
            ("", 7),
            ("tts:displayAlign='after' tts:textAlign='center'", 2),
            ("tts:displayAlign='after'", 1),
            (
                "tts:origin='10% 80%' tts:extent='80% 15%' tts:textAlign='center'",
                2,
            ),
            (
                "tts:origin='2c 1c' tts:extent='28c 2c' tts:textAlign='right'",
                9,
            ),
            (
                "tts:origin='0px 480px' tts:extent='1920px 120px' tts:textAlign='center'",
                5,
            ),
            ("tts:origin='{origin}' tts:extent='1% 1em'", 7),
            (
                "tts:writingMode='tbrl' tts:displayAlign='before' tts:textAlign='start'",
                9,
            ),
            (
                "tts:writingMode='tblr' tts:displayAlign='before' tts:textAlign='end'",
                1,
            ),
        ] {
            let raw = format!("<region {region}>");
            let (style, _) = Style::of(&Tag::of(&raw, &mut Scope::default()), &measure);
            let found = position(&style, style.text_align);
            assert_eq!(found.keypad(), keypad, "{region}");
        }
    }
}
