//! From a guess to a fact.

use crate::set::{Overlap, ShingleSets, shared_at_least};
use crate::util::parallel;

/// Two groups whose resemblance met the threshold, with the exact counts. `left` is less.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Match {
    pub(crate) left: u32,
    pub(crate) right: u32,
    pub(crate) overlap: Overlap,
}

/// The matches of a search, and what a limit left out.
#[derive(Debug, Default)]
pub(crate) struct Matches {
    /// In ascending order.
    pub(crate) matches: Vec<Match>,
    /// How many groups have more matches with earlier ones than the limit allows.
    pub(crate) limited: usize,
}

impl Matches {
    /// Puts matches in order, drops repeats, and of each group keeps at most `limit` with earlier
    /// ones. Of a group that has more, one more at least must be among them, so that it is counted.
    pub(crate) fn new(mut matches: Vec<Match>, limit: usize, groups: usize) -> Self {
        parallel::sort_unstable_by_key(&mut matches, |found| (found.left, found.right));
        matches.dedup_by_key(|found| (found.left, found.right));
        if limit == usize::MAX {
            return Self { matches, limited: 0 };
        }
        let mut counts = vec![0; groups];
        matches.retain(|found| {
            let count = &mut counts[found.right as usize];
            *count += 1;
            *count <= limit
        });
        Self { matches, limited: counts.into_iter().filter(|&count| count > limit).count() }
    }
}

/// The match of two groups, if they are one.
pub(crate) fn verify(sets: &ShingleSets, left: u32, right: u32, threshold: f64) -> Option<Match> {
    let [a, b] = [left, right].map(|group| sets.get(group as usize));
    let overlap = |shared| Overlap { shared, left: a.len() as u32, right: b.len() as u32 };
    // Sets of too different a size cannot reach the threshold even if one holds the other.
    if !overlap(a.len().min(b.len()) as u32).reaches(threshold) {
        return None;
    }
    let overlap = overlap(shared_at_least(a, b, least_shared(a.len() + b.len(), threshold))?);
    overlap.reaches(threshold).then_some(Match { left, right, overlap })
}

/// Two sets of so many shingles together, `|A| + |B|`, that reach the threshold share no fewer than this.
#[inline]
pub(crate) fn least_shared(sizes: usize, threshold: f64) -> u32 {
    // shared / (|A| + |B| − shared) ≥ T from shared ≥ T (|A| + |B|) / (1 + T) on; one less, so
    // that rounding here cannot decide.
    let least = (threshold / (1.0 + threshold) * sizes as f64) as u32;
    least.saturating_sub(1)
}
