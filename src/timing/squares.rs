//! What lines have and how long each took in, what each of it takes out: least squares.
//!
//! The one place where times are floats. The sums are of whole numbers below 2^53, so that
//! they are exact in whatever order they are made, and a part of them can be taken out again.

/// The sums over lines that least squares need; the last thing is one that every line has once.
#[derive(Clone, Debug)]
pub(super) struct Squares<const N: usize> {
    products: [[f64; N]; N],
    times: [f64; N],
}

impl<const N: usize> Default for Squares<N> {
    fn default() -> Self {
        Self {
            products: [[0.0; N]; N],
            times: [0.0; N],
        }
    }
}

/// A whole number as a float; below 2^53, about 285 years in microseconds, it is the same.
#[expect(clippy::cast_precision_loss)]
pub(super) const fn float(us: i64) -> f64 {
    us as f64
}

/// The whole microseconds of a time; 0 of less.
#[expect(clippy::cast_sign_loss, reason = "there is no sign left")]
pub(super) const fn whole(us: f64) -> u64 {
    us.max(0.0) as u64
}

impl<const N: usize> Squares<N> {
    /// The place of what every line has once.
    const LINE: usize = N - 1;

    pub(super) fn add(&mut self, features: &[f64; N], us: u64) {
        let us = float(us.cast_signed());
        for (row, this) in features.iter().enumerate() {
            for (column, other) in features.iter().enumerate() {
                self.products[row][column] += this * other;
            }
            self.times[row] += this * us;
        }
    }

    /// How many lines there are.
    pub(super) const fn lines(&self) -> f64 {
        self.products[Self::LINE][Self::LINE]
    }

    /// What all lines took.
    pub(super) const fn time(&self) -> f64 {
        self.times[Self::LINE]
    }

    /// What `weights` say that they take.
    pub(super) fn said(&self, weights: &[f64; N]) -> f64 {
        let counts = self.products[Self::LINE].iter();
        counts.zip(weights).map(|(count, us)| count * us).sum()
    }

    /// What all lines took over what `weights` say that they take.
    pub(super) fn pace(&self, weights: &[f64; N]) -> f64 {
        self.time() / self.said(weights)
    }

    /// Draws the weight at `at` towards `us`, as `ridge` lines with nothing else would.
    pub(super) const fn draw(&mut self, at: usize, us: f64, ridge: f64) {
        self.products[at][at] += ridge;
        self.times[at] += ridge * us;
    }

    /// Adds the sums of others, their times `pace` times as fast.
    pub(super) fn add_scaled(&mut self, other: &Self, share: f64, pace: f64) {
        for (row, of_other) in self.products.iter_mut().zip(&other.products) {
            for (sum, product) in row.iter_mut().zip(of_other) {
                *sum += product * share * pace;
            }
        }
        for (sum, time) in self.times.iter_mut().zip(&other.times) {
            *sum += time * share;
        }
    }

    /// The solution, by elimination: what was drawn has no zero on its diagonal.
    pub(super) fn solved(&self) -> [f64; N] {
        let (mut rows, mut times) = (self.products, self.times);
        for at in 0..N {
            let (row, time) = (rows[at], times[at]);
            for below in at + 1..N {
                let factor = rows[below][at] / row[at];
                for (value, above) in rows[below].iter_mut().zip(row) {
                    *value -= factor * above;
                }
                times[below] -= factor * time;
            }
        }
        let mut solution = [0.0; N];
        for at in (0..N).rev() {
            let known: f64 = (at + 1..N)
                .map(|column| rows[at][column] * solution[column])
                .sum();
            solution[at] = (times[at] - known) / rows[at][at];
        }
        solution
    }
}
