//! Shingles: the runs of `width` consecutive units, and the set of the distinct ones.

use super::hash::{POLYNOMIAL_BASE, combine, extend, finish};
use super::{Overlap, overlap};
use crate::arch::{ByteClassifier, Instructions, Kernel};

/// How many shingles are computed at a time, so that the compiler can use vector registers.
const LANES: usize = 8;

/// The largest width for which each shingle is computed from its units, [`LANES`] at a time. For larger
/// widths a rolling polynomial is faster, because its cost does not grow with the width.
const MAX_DIRECT_WIDTH: usize = 8;

/// The number of shingles of `units` units, repeats included.
pub(super) fn count(units: usize, width: usize) -> usize {
    if units == 0 { 0 } else { units.saturating_sub(width) + 1 }
}

/// Appends the shingles of `units` to `shingles`, in the order of the units and with repeats.
///
/// There are `units.len() - width + 1` of them. If there are fewer units than `width`, all units
/// together are one shingle; no units give no shingle.
///
/// # Panics
///
/// If `width` is 0.
pub fn shingle(units: &[u64], width: usize, shingles: &mut Vec<u64>) {
    assert!(width > 0, "a shingle has at least one unit");
    if units.is_empty() {
        return;
    }
    let width = width.min(units.len());
    if width > MAX_DIRECT_WIDTH {
        return shingle_rolling(units, width, shingles);
    }
    Instructions::detect().run(Direct { units, width, shingles });
}

/// Computes every shingle from its units.
struct Direct<'a> {
    units: &'a [u64],
    width: usize,
    shingles: &'a mut Vec<u64>,
}

impl Kernel for Direct<'_> {
    type Output = ();

    #[inline(always)]
    fn run<B: ByteClassifier>(self) {
        let Self { units, width, shingles } = self;
        let start = shingles.len();
        let count = count(units.len(), width);
        shingles.reserve(count);
        let Some(last) = count.checked_sub(LANES) else {
            return shingles.extend(units.windows(width).map(combine));
        };
        // The last lanes may overlap those before them: that is faster than a loop for the remainder.
        for at in (0..last).step_by(LANES).chain([last]) {
            let mut runs = [width as u64; LANES];
            for offset in at..at + width {
                let units: &[u64; LANES] = units[offset..].first_chunk().expect("units for every lane");
                for (run, &unit) in runs.iter_mut().zip(units) {
                    *run = extend(*run, unit);
                }
            }
            shingles.truncate(start + at);
            shingles.extend_from_slice(&runs.map(finish));
        }
    }
}

/// The same with the rolling polynomial of Rabin and Karp: for each shingle one unit leaves and one enters.
fn shingle_rolling(units: &[u64], width: usize, shingles: &mut Vec<u64>) {
    let power = (0..width).fold(1_u64, |power, _| power.wrapping_mul(POLYNOMIAL_BASE));
    let length = (width as u64).wrapping_mul(power);
    let mut run = units[..width].iter().fold(0, |run, &unit| extend(run, unit));
    shingles.push(finish(run.wrapping_add(length)));
    for (&leaves, &enters) in units.iter().zip(&units[width..]) {
        run = extend(run, enters).wrapping_sub(leaves.wrapping_mul(power));
        shingles.push(finish(run.wrapping_add(length)));
    }
}

/// The distinct shingles of a paragraph, in ascending order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ShingleSet(Box<[u64]>);

impl ShingleSet {
    /// The shingles of `width` units each; [`shingle`] says what fewer units give.
    ///
    /// # Panics
    ///
    /// If `width` is 0.
    #[must_use]
    pub fn new(units: &[u64], width: usize) -> Self {
        let mut shingles = Vec::new();
        shingle(units, width, &mut shingles);
        shingles.into_iter().collect()
    }

    /// The members, ascending and distinct.
    #[must_use]
    pub fn as_slice(&self) -> &[u64] {
        &self.0
    }

    /// The number of distinct shingles.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no shingles, as in a paragraph without tokens, which matches nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The overlap of this set, the left one, and another.
    ///
    /// # Panics
    ///
    /// If a set has 2^32 members or more.
    #[must_use]
    pub fn overlap(&self, other: &Self) -> Overlap {
        overlap(&self.0, &other.0)
    }
}

impl FromIterator<u64> for ShingleSet {
    fn from_iter<I: IntoIterator<Item = u64>>(shingles: I) -> Self {
        let mut shingles: Vec<u64> = shingles.into_iter().collect();
        shingles.sort_unstable();
        shingles.dedup();
        Self(shingles.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::set::hash;

    #[test]
    fn all_algorithms_compute_the_same_shingles() {
        let units: Vec<u64> = (0..200).map(hash::mix).collect();
        for len in [0, 1, 2, 3, 7, 8, 9, 10, 17, 200] {
            for width in [1, 2, 3, 5, 8, 9, 20, 199, 300] {
                let units = &units[..len];
                let mut made = Vec::new();
                shingle(units, width, &mut made);
                let plain: Vec<u64> = match units {
                    [] => vec![],
                    short if short.len() < width => vec![combine(short)],
                    long => long.windows(width).map(combine).collect(),
                };
                assert_eq!(made, plain, "{len} units, width {width}");
            }
        }
    }
}
