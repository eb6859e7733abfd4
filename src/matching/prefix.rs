//! All pairs, exactly: the join over rarest-first prefixes.
//!
//! For texts, where most shingles are rare, it is near-linear; its cost grows with the number of
//! sets that share their rarest shingles, which are mostly true pairs (Bayardo, Ma, Srikant 2007;
//! Mann, Augsten, Bouros 2016).

use super::postings::{Postings, Union};
use super::verify::{Matches, verify};
use crate::parallel;
use crate::set::ShingleSets;

/// All matches among the sets `members` of `sets`, indexed by `postings`; of each set with at most
/// `limit` earlier ones, the first of them.
pub(crate) fn prefix_join(
    sets: &ShingleSets,
    members: &[u32],
    postings: &Postings,
    threshold: f64,
    limit: usize,
) -> Matches {
    // Resemblance is at most containment either way, so the prefix for one serves the other.
    let (prefixes, holders) = postings.prefixes(threshold);
    let found = parallel::map_ranges(members.len(), 256, |range| {
        let mut found = Matches::default();
        let mut candidates: Vec<u32> = Vec::new();
        for set in range {
            let earlier = |&list: &u32| {
                let holders = holders.get(list as usize);
                &holders[..holders.partition_point(|&other| (other as usize) < set)]
            };
            let lists = prefixes.get(set).iter().map(earlier);
            let pair = |left: u32| verify(sets, members[left as usize], members[set], threshold);
            if limit == usize::MAX {
                // All of them are looked at: sorting them at once is faster than merging the lists.
                candidates.clear();
                lists.for_each(|list| candidates.extend_from_slice(list));
                candidates.sort_unstable();
                candidates.dedup();
                found.matches.extend(candidates.iter().copied().filter_map(pair));
                continue;
            }
            let mut candidates = Union::new(lists);
            let before = found.matches.len();
            found.matches.extend(candidates.by_ref().filter_map(pair).take(limit));
            found.limited +=
                usize::from(found.matches.len() - before == limit && candidates.next().is_some());
        }
        found
    });
    let mut all = Matches::default();
    for found in found {
        all.matches.extend(found.matches);
        all.limited += found.limited;
    }
    parallel::sort_unstable_by_key(&mut all.matches, |found| (found.left, found.right));
    all
}
