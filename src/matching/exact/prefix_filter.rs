//! Excludes pairs that cannot reach the threshold, from the prefixes of the two sets alone.

use std::cmp::Ordering;

use super::shingle_index::ShingleIndex;
use crate::matching::verify::least_shared;

/// For each of many sets, the data that bound how many shingles it shares with another set.
#[derive(Debug)]
pub(crate) struct PrefixFilter {
    tails: Vec<Tail>,
    threshold: f64,
}

/// The part of a set after its prefix.
#[derive(Clone, Copy, Debug)]
struct Tail {
    size: u32,
    /// The end of the prefix in the order of shingles, which is the same for all sets.
    end: u32,
    /// The number of shingles after the prefix that other sets hold, too.
    rest: u32,
}

impl Tail {
    /// For a set about which nothing is known: every pair with it is allowed.
    const UNKNOWN: Self = Self { size: 0, end: 0, rest: u32::MAX };
}

impl PrefixFilter {
    /// The filter for the sets of an index, by their numbers there.
    pub(crate) fn new(index: &ShingleIndex, threshold: f64) -> Self {
        let tail = |set| {
            let prefix = index.prefix(set, threshold);
            Tail {
                size: index.size(set),
                end: prefix.last().map_or(0, |list| list + 1),
                rest: index.shared(set).len() as u32 - prefix.len() as u32,
            }
        };
        Self { tails: (0..index.sets()).map(tail).collect(), threshold }
    }

    /// The same filter, where set `i` gets the number `members[i]`. Other numbers below `count` are allowed
    /// in every pair.
    pub(crate) fn renumbered(self, members: &[u32], count: usize) -> Self {
        // Without members, an empty filter allows every pair.
        let mut tails = vec![Tail::UNKNOWN; if members.is_empty() { 0 } else { count }];
        for (&set, tail) in members.iter().zip(self.tails) {
            tails[set as usize] = tail;
        }
        Self { tails, ..self }
    }

    /// Allows every pair with this set.
    pub(crate) fn disable(&mut self, set: usize) {
        if let Some(tail) = self.tails.get_mut(set) {
            *tail = Tail::UNKNOWN;
        }
    }

    /// Whether two sets may reach the threshold, if their prefixes have `common` shingles in common.
    ///
    /// All sets are in the same order, with the rarest shingle first. One of the two prefixes ends first in
    /// this order. The shingles that the sets share up to there are in both prefixes. All others that they
    /// share are in the rest of the set whose prefix ends first (the filter of Xiao, Wang, Lin, Yu 2008,
    /// applied to the ends of the prefixes).
    #[inline]
    pub(crate) fn allows(&self, left: u32, right: u32, common: u32) -> bool {
        let [Some(a), Some(b)] = [left, right].map(|set| self.tails.get(set as usize)) else { return true };
        let rest = match a.end.cmp(&b.end) {
            Ordering::Less => a.rest,
            Ordering::Equal => a.rest.max(b.rest),
            Ordering::Greater => b.rest,
        };
        common.saturating_add(rest) >= least_shared(a.size as usize + b.size as usize, self.threshold)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::verify::verify;
    use crate::set::{ShingleSets, hash::mix};
    use crate::util::progress::Watch;

    /// With few distinct shingles, most prefixes share one, but few sets match.
    #[test]
    fn all_matches_and_few_other_pairs_are_allowed() {
        let mut sets = ShingleSets::collect(400, 1, |set, units| {
            let set = set as u64;
            let like = set - set % 5;
            let size = 50 + mix(like) % 8;
            let changed = |i| if mix(set << 32 | i).is_multiple_of(5) { set } else { like };
            *units = (0..size).map(|i| mix(mix(changed(i) << 32 | i) % 1000)).collect();
        });
        sets.sort(|_| true, Watch::none()).unwrap();
        let members: Vec<u32> = (0..400).collect();
        let index = ShingleIndex::new(&sets, &members, Watch::none()).unwrap();
        for threshold in [0.1, 0.3, 0.5, 0.8, 1.0] {
            let filter = PrefixFilter::new(&index, threshold);
            let (mut pairs, mut met, mut allowed) = (0, 0, 0);
            for right in 0..400 {
                for left in 0..right {
                    let [a, b] = [left, right].map(|set| index.prefix(set as usize, threshold));
                    let common = a.iter().filter(|list| b.contains(list)).count() as u32;
                    let allows = common > 0 && filter.allows(left, right, common);
                    let pair = verify(&sets, left, right, threshold).is_some();
                    assert!(allows || !pair, "{left} {right} at {threshold}");
                    pairs += usize::from(pair);
                    met += usize::from(common > 0);
                    allowed += usize::from(allows);
                }
            }
            assert!(
                !(0.5..1.0).contains(&threshold) || allowed <= 2 * pairs + met / 5,
                "{pairs} pairs, {allowed} of {met} at {threshold}"
            );
        }
    }
}
