//! All matches, exactly: a join of sets that share a shingle in their prefixes, rarest shingles first.
//!
//! It is near-linear for texts, where most shingles are rare. The cost grows with the number of pairs of
//! sets that share one of their rarest shingles, and most of these are matches (Bayardo, Ma, Srikant 2007;
//! Mann, Augsten, Bouros 2016). With few distinct shingles, most pairs of sets share one in their prefixes;
//! then the [`PrefixFilter`] excludes nearly all pairs that do not match.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::merge::ListMerger;
use super::prefix_filter::PrefixFilter;
use super::shingle_index::{Lists, ShingleIndex};
use crate::matching::verify::{Match, verify};
use crate::set::ShingleSets;
use crate::util::error::Error;
use crate::util::parallel;
use crate::util::progress::{Stage, Watch};

/// All matches among the sets `members` of `sets`, in any order.
///
/// If a set matches more than `limit` earlier ones, only the first `limit + 1` are returned.
pub(crate) fn prefix_join(
    sets: &ShingleSets,
    members: &[u32],
    threshold: f64,
    limit: usize,
    watch: Watch<'_>,
) -> Result<Vec<Match>, Error> {
    if members.is_empty() {
        // Most corpora have no crowded buckets; then there is no progress to report.
        return Ok(Vec::new());
    }
    watch.show(Stage::Joining, 0, members.len())?;
    let index = ShingleIndex::new(sets, members, watch)?;
    let prefixes = Prefixes::new(&index, threshold);
    drop(index);
    join(sets, members, &prefixes, threshold, limit, watch)
}

/// The same of all `sets`, with an index of them that is at hand.
pub(crate) fn indexed_join(
    sets: &ShingleSets,
    index: &ShingleIndex,
    threshold: f64,
    limit: usize,
    watch: Watch<'_>,
) -> Result<Vec<Match>, Error> {
    watch.show(Stage::Joining, 0, sets.len())?;
    let members: Vec<u32> = (0..).take(sets.len()).collect();
    join(sets, &members, &Prefixes::new(index, threshold), threshold, limit, watch)
}

/// What a join needs of an index, which is a part of its memory.
struct Prefixes {
    filter: PrefixFilter,
    of_sets: Lists,
    holders: Lists,
}

impl Prefixes {
    fn new(index: &ShingleIndex, threshold: f64) -> Self {
        // Resemblance is never greater than containment, so prefixes for containment are long enough.
        let (of_sets, holders) = index.prefixes(threshold);
        Self { filter: PrefixFilter::new(index, threshold), of_sets, holders }
    }
}

fn join(
    sets: &ShingleSets,
    members: &[u32],
    Prefixes { filter, of_sets, holders }: &Prefixes,
    threshold: f64,
    limit: usize,
    watch: Watch<'_>,
) -> Result<Vec<Match>, Error> {
    let done = AtomicUsize::new(0);
    let found = parallel::try_map_ranges(members.len(), 64, |range| {
        watch.show(Stage::Joining, done.fetch_add(range.len(), Ordering::Relaxed), members.len())?;
        let mut matches = Vec::new();
        let mut merger = ListMerger::new();
        for set in range {
            watch.poll()?;
            let earlier = |&list: &u32| {
                let holders = holders.get(list as usize);
                &holders[..holders.partition_point(|&other| (other as usize) < set)]
            };
            let met = merger.merge(of_sets.get(set).iter().map(earlier));
            let near = met.filter(|&(left, common)| filter.allows(left, set as u32, common));
            let most = matches.len().saturating_add(limit).saturating_add(1);
            for (left, _) in near {
                watch.poll()?;
                matches.extend(verify(sets, members[left as usize], members[set], threshold));
                if matches.len() == most {
                    break;
                }
            }
        }
        Ok::<_, Error>(matches)
    })?;
    watch.show(Stage::Joining, members.len(), members.len())?;
    Ok(found.into_iter().flatten().collect())
}
