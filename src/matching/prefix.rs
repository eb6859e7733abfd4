//! All pairs, exactly: the join over rarest-first prefixes.
//!
//! For texts, where most shingles are rare, it is near-linear; its cost grows with the number of
//! sets that share their rarest shingles, which are mostly true pairs (Bayardo, Ma, Srikant 2007;
//! Mann, Augsten, Bouros 2016).

use super::postings::{Postings, Union};
use super::verify::{Match, verify};
use crate::parallel;
use crate::set::ShingleSets;

/// All matches among the sets `members` of `sets`, indexed by `postings`, in no order; of a set with
/// more than `limit` earlier ones, the first of them, and one more.
pub(super) fn prefix_join(
    sets: &ShingleSets,
    members: &[u32],
    postings: &Postings,
    threshold: f64,
    limit: usize,
) -> Vec<Match> {
    // Resemblance is at most containment either way, so the prefix for one serves the other.
    let (prefixes, holders) = postings.prefixes(threshold);
    let found = parallel::map_ranges(members.len(), 256, |range| {
        let mut matches = Vec::new();
        let mut candidates: Vec<u32> = Vec::new();
        for set in range {
            let earlier = |&list: &u32| {
                let holders = holders.get(list as usize);
                &holders[..holders.partition_point(|&other| (other as usize) < set)]
            };
            let lists = prefixes.get(set).iter().map(earlier);
            let pair = |left: u32| verify(sets, members[left as usize], members[set], threshold);
            if limit < usize::MAX {
                matches.extend(Union::new(lists).filter_map(pair).take(limit + 1));
                continue;
            }
            // All of them are looked at: sorting them at once is faster than merging the lists.
            candidates.clear();
            lists.for_each(|list| candidates.extend_from_slice(list));
            candidates.sort_unstable();
            candidates.dedup();
            matches.extend(candidates.iter().copied().filter_map(pair));
        }
        matches
    });
    found.into_iter().flatten().collect()
}
