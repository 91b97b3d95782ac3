//! A text in, how much there is of it out: how wide it is, and how many characters there are to read.

use std::ops::{Add, AddAssign, Sub};

use crate::model::Counting;
use crate::text::clusters::Clusters;
use crate::text::width::{HALF_CELLS_PER_CELL, cluster_half_cells};

/// How much there is of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Extent {
    pub(super) half_cells: u32,
    /// Those that are seen, marks and spaces included.
    pub(super) characters: u32,
}

impl Extent {
    /// Of so many Chinese characters.
    pub(super) const fn of_han(characters: u32) -> Self {
        Self {
            half_cells: HALF_CELLS_PER_CELL * characters,
            characters,
        }
    }

    pub(super) fn of_cluster(cluster: &str) -> Self {
        let half_cells = cluster_half_cells(cluster);
        Self {
            half_cells,
            characters: u32::from(half_cells > 0),
        }
    }

    pub(super) fn of(text: &str) -> Self {
        let clusters = Clusters::of(text).map(|(_, cluster)| Self::of_cluster(cluster));
        clusters.fold(Self::default(), Add::add)
    }

    /// What there is to read, as a profile counts it.
    pub(super) const fn half_characters(self, counting: Counting) -> u32 {
        match counting {
            Counting::Cjk => self.half_cells,
            Counting::All => 2 * self.characters,
        }
    }
}

impl Add for Extent {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            half_cells: self.half_cells + other.half_cells,
            characters: self.characters + other.characters,
        }
    }
}

impl AddAssign for Extent {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Extent {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self {
            half_cells: self.half_cells - other.half_cells,
            characters: self.characters - other.characters,
        }
    }
}
