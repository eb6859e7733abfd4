//! How much two runs of shingles have in common; they may be in any order and hold repeats.

use super::Overlap;
use crate::util::hash_table::secret;

/// Counts overlaps with a small hash table that is refilled for each pair.
///
/// Most sets of a corpus are compared at most once or twice, so sorting them would take longer.
#[derive(Debug)]
pub(crate) struct OverlapCounter {
    slots: Vec<Slot>,
    /// The last slot in use, one less than a power of two. A short run uses only a small part of a table
    /// that has grown for a long one.
    last: usize,
    /// The mark of the current left run. Slots with a smaller mark are free.
    left_mark: u32,
    secret: u64,
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    shingle: u64,
    /// `left_mark` if the shingle was found in the left run only, `left_mark + 1` if in the right run.
    mark: u32,
}

impl Default for OverlapCounter {
    fn default() -> Self {
        Self { slots: Vec::new(), last: 0, left_mark: 1, secret: secret() }
    }
}

impl OverlapCounter {
    /// The overlap of the sets of shingles of two runs, if it reaches the threshold.
    pub(crate) fn overlap(&mut self, left: &[u64], right: &[u64], threshold: f64) -> Option<Overlap> {
        self.clear(left.len() + right.len());
        let mut overlap = Overlap { shared: 0, left: self.fill(left), right: 0 };
        let mark = self.left_mark;
        // Even if all of A is shared, |A| / (|A| + |B \ A|) must reach the threshold, so |B \ A| is
        // limited. The limit is one higher, so that rounding here cannot decide.
        let max_unshared = (f64::from(overlap.left) * (1.0 - threshold) / threshold) as u32 + 1;
        for &shingle in right {
            let slot = self.slot(shingle);
            overlap.shared += u32::from(slot.mark == mark);
            overlap.right += u32::from(slot.mark <= mark);
            if overlap.right - overlap.shared > max_unshared {
                return None;
            }
            *slot = Slot { shingle, mark: mark + 1 };
        }
        overlap.reaches(threshold).then_some(overlap)
    }

    /// The number of distinct shingles of a run.
    pub(crate) fn distinct(&mut self, run: &[u64]) -> u32 {
        self.clear(run.len());
        self.fill(run)
    }

    /// Adds the left run to the table. Returns the number of its distinct shingles.
    fn fill(&mut self, left: &[u64]) -> u32 {
        let mark = self.left_mark;
        let mut distinct = 0;
        for &shingle in left {
            let slot = self.slot(shingle);
            distinct += u32::from(slot.mark < mark);
            *slot = Slot { shingle, mark };
        }
        distinct
    }

    /// Removes all shingles and makes room for new ones.
    fn clear(&mut self, shingles: usize) {
        let room = (2 * shingles).next_power_of_two();
        self.last = room - 1;
        if self.slots.len() < room || self.left_mark > u32::MAX - 4 {
            self.slots.clear();
            self.slots.resize(room, Slot::default());
            self.left_mark = 1;
        } else {
            self.left_mark += 2;
        }
    }

    /// The slot that holds a shingle, or the free slot where it belongs.
    #[inline]
    fn slot(&mut self, shingle: u64) -> &mut Slot {
        let mut at = (shingle.wrapping_mul(self.secret) >> 32) as usize & self.last;
        while self.slots[at].mark >= self.left_mark && self.slots[at].shingle != shingle {
            at = (at + 1) & self.last;
        }
        &mut self.slots[at]
    }
}

#[cfg(test)]
mod tests {
    use super::super::ShingleSet;
    use super::*;
    use crate::set::hash::mix;

    #[test]
    fn the_overlap_of_runs_is_that_of_their_sets() {
        let run = |seed: u64, count: u64, values: u64| -> Vec<u64> {
            (0..count).map(|i| mix(mix(seed << 32 | i) % values)).collect()
        };
        let mut counter = OverlapCounter::default();
        for seed in 0..200 {
            let [a, b] = [seed, seed + 1000].map(|seed| run(seed, mix(seed) % 90, 40 + seed % 60));
            // One table is used for pairs of any sizes, one after the other.
            let long = run(seed, 1000 * u64::from(seed % 20 == 3), 700);
            for [left, right] in [[&a, &b], [&b, &long], [&long, &long]] {
                let sets = [left, right].map(|run| run.iter().copied().collect::<ShingleSet>());
                let overlap = sets[0].overlap(&sets[1]);
                assert_eq!(counter.distinct(left), overlap.left);
                for threshold in [0.1, 0.5, 0.9, 1.0] {
                    let expected = Some(overlap).filter(|overlap| overlap.reaches(threshold));
                    assert_eq!(counter.overlap(left, right, threshold), expected);
                }
            }
        }
    }

    #[test]
    fn marks_restart_before_they_overflow() {
        let mut counter = OverlapCounter { left_mark: u32::MAX - 8, ..OverlapCounter::default() };
        for _ in 0..8 {
            let overlap = Overlap { shared: 1, left: 2, right: 2 };
            assert_eq!(counter.overlap(&[1, 2, 2], &[2, 3], 0.3), Some(overlap));
        }
        assert!(counter.left_mark < 20);
    }
}
