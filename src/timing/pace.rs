//! Two times in, how one goes into the other out: exact, whatever their size.

use crate::profile::Rests;

/// True time over time at the voice's own pace; the voice's own where both are nothing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    pub(super) true_us: u64,
    pub(super) model_us: u64,
}

impl Pace {
    /// A time at the voice's own pace as a true one.
    pub(super) fn of(self, model_us: u64) -> u64 {
        scaled(model_us, self.true_us, self.model_us)
    }

    /// How long rests are at this pace, in thousandths. Who speaks slowly rests more often and a
    /// little longer, and most of that inside of sentences: in Mandarin read aloud the boundaries
    /// that are strong anyway change least with the rate. So those inside go with the pace (how
    /// often) and its root (how long), those between with its fourth root.
    pub(super) fn rests(self) -> Rests {
        let thousandths = self.of(1000).clamp(100, MOST_THOUSANDTHS);
        // Roots of thousandths, in thousandths.
        let root = (thousandths * 1000).isqrt();
        let fourth_root = (root * 1000).isqrt();
        Rests {
            inside: (thousandths * root / 1000) as u32,
            between: fourth_root as u32,
        }
    }

    /// The slower of two.
    pub(super) fn max(self, other: Self) -> Self {
        let [this, that] = [(self, other), (other, self)]
            .map(|(one, other)| u128::from(one.true_us) * u128::from(other.model_us));
        if self.model_us > 0 && this < that {
            other
        } else {
            self
        }
    }
}

/// Slower than any voice: rests are no longer than at this pace.
const MOST_THOUSANDTHS: u64 = 4500;

/// `value × by / of`; `value` where `of` is 0.
fn scaled(value: u64, by: u64, of: u64) -> u64 {
    if by == of || of == 0 {
        return value;
    }
    match value.checked_mul(by) {
        Some(product) => product / of,
        // Past 71 minutes × 71 minutes, in microseconds.
        None => (u128::from(value) * u128::from(by) / u128::from(of))
            .try_into()
            .unwrap_or(u64::MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn scaling_is_exact_whatever_the_size() {
        assert_eq!(scaled(7, 10, 3), 23);
        assert_eq!(scaled(u64::MAX / 4, 8, 4), u64::MAX / 2 - 1);
        assert_eq!(scaled(5, 9, 0), 5);
    }

    #[test]
    fn the_slower_pace_is_the_one_that_takes_longer() {
        let pace = |true_us, model_us| Pace { true_us, model_us };
        assert_eq!(pace(1, 2).max(pace(3, 4)).of(100), 75);
        assert_eq!(pace(3, 4).max(pace(1, 2)).of(100), 75);
        assert_eq!(pace(0, 0).max(pace(1, 2)).of(100), 100);
    }

    proptest! {
        #[test]
        fn small_and_large_products_agree(value in 0..1_u64 << 31, by in 0..1_u64 << 31, of in 1..1_u64 << 31) {
            let exact = u128::from(value) * u128::from(by) / u128::from(of);
            prop_assert_eq!(u128::from(scaled(value, by, of)), exact);
        }
    }
}
