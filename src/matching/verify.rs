//! Verifies candidates: computes the exact overlap and compares it with the threshold.

use crate::set::{Overlap, ShingleSets, shared_at_least};
use crate::util::parallel;
use crate::util::progress::{Cancelled, Watch};

/// Two groups whose resemblance reaches the threshold, with exact counts; `left` is less than `right`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Match {
    pub(crate) left: u32,
    pub(crate) right: u32,
    pub(crate) overlap: Overlap,
}

/// The matches of a search, and how many groups a limit concerned.
#[derive(Debug, Default)]
pub(crate) struct Matches {
    /// In ascending order.
    pub(crate) matches: Vec<Match>,
    /// The groups that have more matches with earlier groups than the limit.
    pub(crate) limited: Vec<u32>,
}

impl Matches {
    /// Adds matches, some of which may be there.
    pub(crate) fn add(&mut self, more: Vec<Match>) {
        self.matches.extend(more);
        self.matches.sort_unstable_by_key(|found| (found.left, found.right));
        self.matches.dedup_by_key(|found| (found.left, found.right));
    }

    /// Sorts matches, removes repeats, and keeps the first `limit` matches of each group with earlier ones.
    ///
    /// A group that has more than `limit` must come with at least `limit + 1`, so that it is counted.
    pub(crate) fn new(
        mut matches: Vec<Match>,
        limit: usize,
        groups: usize,
        watch: Watch<'_>,
    ) -> Result<Self, Cancelled> {
        parallel::try_sort_unstable_by_key(&mut matches, |found| (found.left, found.right), watch)?;
        matches.dedup_by_key(|found| (found.left, found.right));
        if limit == usize::MAX {
            return Ok(Self { matches, limited: Vec::new() });
        }
        let mut counts = vec![0; groups];
        matches.retain(|found| {
            let count = &mut counts[found.right as usize];
            *count += 1;
            *count <= limit
        });
        let limited = (0..).zip(counts).filter(|&(_, count)| count > limit).map(|(group, _)| group).collect();
        Ok(Self { matches, limited })
    }
}

/// The match of two groups, if their resemblance reaches the threshold.
pub(crate) fn verify(sets: &ShingleSets, left: u32, right: u32, threshold: f64) -> Option<Match> {
    let [a, b] = [left, right].map(|group| sets.get(group as usize));
    let overlap = |shared| Overlap { shared, left: a.len() as u32, right: b.len() as u32 };
    // If the sizes differ too much, even sets of which one contains the other do not reach the threshold.
    if !overlap(a.len().min(b.len()) as u32).reaches(threshold) {
        return None;
    }
    let overlap = overlap(shared_at_least(a, b, least_shared(a.len() + b.len(), threshold))?);
    overlap.reaches(threshold).then_some(Match { left, right, overlap })
}

/// The smallest number of shared shingles with which two sets can reach the threshold; `sizes` is
/// `|A| + |B|`.
#[inline]
pub(crate) fn least_shared(sizes: usize, threshold: f64) -> u32 {
    // shared / (|A| + |B| − shared) ≥ T if and only if shared ≥ T (|A| + |B|) / (1 + T). The result is one
    // less, so that rounding here cannot decide.
    let least = (threshold / (1.0 + threshold) * sizes as f64) as u32;
    least.saturating_sub(1)
}
