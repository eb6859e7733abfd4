//! How much two runs of shingles have in common, as they are: in any order, with repeats.

use super::Overlap;
use crate::util::hash_table::secret;

/// Counts overlaps through a small table that is filled anew for each.
///
/// Most sets of a corpus are looked into once or twice if at all, and sorting them would take longer.
#[derive(Debug)]
pub(crate) struct Tally {
    slots: Vec<Slot>,
    /// The last slot that is used: one less than a power of two, so that few shingles stay close together
    /// where many were before.
    last: usize,
    /// Slots with a lesser mark are free.
    left: u32,
    secret: u64,
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    shingle: u64,
    /// `left` of a shingle that only the left run has been seen to hold, `left + 1` of another.
    mark: u32,
}

impl Default for Tally {
    fn default() -> Self {
        Self { slots: Vec::new(), last: 0, left: 1, secret: secret() }
    }
}

impl Tally {
    /// The overlap of the sets of shingles that two runs hold, if it reaches the threshold.
    pub(crate) fn overlap(&mut self, left: &[u64], right: &[u64], threshold: f64) -> Option<Overlap> {
        self.clear(left.len() + right.len());
        let mut overlap = Overlap { shared: 0, left: self.fill(left), right: 0 };
        let mark = self.left;
        // Even if all the left is shared, |A| / (|A| + those that only the right holds) must reach the
        // threshold; one more, so that rounding here cannot decide.
        let most = (f64::from(overlap.left) * (1.0 - threshold) / threshold) as u32 + 1;
        for &shingle in right {
            let slot = self.slot(shingle);
            overlap.shared += u32::from(slot.mark == mark);
            overlap.right += u32::from(slot.mark <= mark);
            if overlap.right - overlap.shared > most {
                return None;
            }
            *slot = Slot { shingle, mark: mark + 1 };
        }
        overlap.reaches(threshold).then_some(overlap)
    }

    /// How many shingles of a run are distinct.
    pub(crate) fn distinct(&mut self, run: &[u64]) -> u32 {
        self.clear(run.len());
        self.fill(run)
    }

    /// Takes up the left run, and returns how many of its shingles are distinct.
    fn fill(&mut self, left: &[u64]) -> u32 {
        let mark = self.left;
        let mut distinct = 0;
        for &shingle in left {
            let slot = self.slot(shingle);
            distinct += u32::from(slot.mark < mark);
            *slot = Slot { shingle, mark };
        }
        distinct
    }

    /// Forgets all shingles, and makes room for so many.
    fn clear(&mut self, shingles: usize) {
        let room = (2 * shingles).next_power_of_two();
        self.last = room - 1;
        if self.slots.len() < room || self.left > u32::MAX - 4 {
            self.slots.clear();
            self.slots.resize(room, Slot::default());
            self.left = 1;
        } else {
            self.left += 2;
        }
    }

    /// The slot that holds a shingle, or the free one where it belongs.
    #[inline]
    fn slot(&mut self, shingle: u64) -> &mut Slot {
        let mut at = (shingle.wrapping_mul(self.secret) >> 32) as usize & self.last;
        while self.slots[at].mark >= self.left && self.slots[at].shingle != shingle {
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
    fn runs_overlap_as_their_sets_do() {
        let run = |seed: u64, count: u64, values: u64| -> Vec<u64> {
            (0..count).map(|i| mix(mix(seed << 32 | i) % values)).collect()
        };
        let mut tally = Tally::default();
        for seed in 0..200 {
            let [a, b] = [seed, seed + 1000].map(|seed| run(seed, mix(seed) % 90, 40 + seed % 60));
            // One table serves pairs of any sizes, one after the other.
            let long = run(seed, 1000 * u64::from(seed % 20 == 3), 700);
            for [left, right] in [[&a, &b], [&b, &long], [&long, &long]] {
                let sets = [left, right].map(|run| run.iter().copied().collect::<ShingleSet>());
                let overlap = sets[0].overlap(&sets[1]);
                assert_eq!(tally.distinct(left), overlap.left);
                for threshold in [0.1, 0.5, 0.9, 1.0] {
                    let expected = Some(overlap).filter(|overlap| overlap.reaches(threshold));
                    assert_eq!(tally.overlap(left, right, threshold), expected);
                }
            }
        }
    }

    #[test]
    fn marks_begin_anew_where_they_end() {
        let mut tally = Tally { left: u32::MAX - 8, ..Tally::default() };
        for _ in 0..8 {
            let overlap = Overlap { shared: 1, left: 2, right: 2 };
            assert_eq!(tally.overlap(&[1, 2, 2], &[2, 3], 0.3), Some(overlap));
        }
        assert!(tally.left < 20);
    }
}
