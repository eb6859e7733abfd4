//! All pairs, exactly: the join over rarest-first prefixes.
//!
//! For texts, where most shingles are rare, it is near-linear; its cost grows with the number of
//! sets that share their rarest shingles, which are mostly true pairs (Bayardo, Ma, Srikant 2007;
//! Mann, Augsten, Bouros 2016).

use super::postings::Postings;
use super::verify::{Match, verify};
use crate::parallel;
use crate::set::ShingleSets;

/// All matches among the sets `members` of `sets`, indexed by `postings`, in ascending order.
pub(crate) fn prefix_join(
    sets: &ShingleSets,
    members: &[u32],
    postings: &Postings,
    threshold: f64,
) -> Vec<Match> {
    // Resemblance is at most containment either way, so the prefix for one serves the other.
    let (prefixes, holders) = postings.prefixes(threshold);
    let found = parallel::map_ranges(members.len(), 256, |range| {
        let mut matches = Vec::new();
        let mut candidates: Vec<u32> = Vec::new();
        for set in range {
            candidates.clear();
            for &list in prefixes.get(set) {
                let holders = holders.get(list as usize);
                candidates.extend(holders.iter().take_while(|&&other| (other as usize) < set));
            }
            candidates.sort_unstable();
            candidates.dedup();
            let pair = |&left: &u32| verify(sets, members[left as usize], members[set], threshold);
            matches.extend(candidates.iter().filter_map(pair));
        }
        matches
    });
    let mut matches: Vec<Match> = found.into_iter().flatten().collect();
    parallel::sort_unstable_by_key(&mut matches, |found| (found.left, found.right));
    matches
}
