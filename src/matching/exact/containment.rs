//! Which sets are contained in an earlier one.

use super::merge::ListMerger;
use super::shingle_index::{ShingleIndex, least_part};
use crate::set::{Overlap, ShingleSets, overlap, shared_at_least};
use crate::util::parallel;
use crate::util::progress::{Cancelled, Watch};

/// For each `inner` set, the first earlier `outer` set that holds at least the fraction `share` of it, and
/// their overlap with the inner set on the left.
///
/// `index` is the index of all `sets`. The earliest container is the first text to say it. Stopping there
/// keeps the cost near-linear, even if every set contains every other.
pub(crate) fn containers(
    sets: &ShingleSets,
    index: &ShingleIndex,
    share: f64,
    inner: impl Fn(usize) -> bool + Sync,
    outer: impl Fn(usize) -> bool + Sync,
    watch: Watch<'_>,
) -> Result<Vec<Option<(u32, Overlap)>>, Cancelled> {
    let found = parallel::try_map_ranges(sets.len(), 256, |range| {
        let mut merger = ListMerger::new();
        let container = |set| {
            if inner(set) { container(sets, index, share, set, &outer, &mut merger, watch) } else { Ok(None) }
        };
        range.map(container).collect::<Result<Vec<_>, _>>()
    })?;
    Ok(found.concat())
}

fn container(
    sets: &ShingleSets,
    index: &ShingleIndex,
    share: f64,
    set: usize,
    is_outer: impl Fn(usize) -> bool,
    merger: &mut ListMerger,
    watch: Watch<'_>,
) -> Result<Option<(u32, Overlap)>, Cancelled> {
    let needed = least_part(index.size(set) as usize, share) as u32;
    let earlier = |list: &u32| {
        let holders = index.holders(*list);
        &holders[..holders.partition_point(|&other| (other as usize) < set)]
    };
    let candidates = merger.merge(index.prefix(set, share).iter().map(earlier)).map(|(set, _)| set);
    for candidate in candidates.filter(|&candidate| is_outer(candidate as usize)) {
        watch.poll()?;
        let [inner, outer] = [set, candidate as usize].map(|set| sets.get(set));
        if shared_at_least(inner, outer, needed).is_some() {
            return Ok(Some((candidate, overlap(inner, outer))));
        }
    }
    Ok(None)
}
