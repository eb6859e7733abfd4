//! Which sets are held by an earlier one, exactly, through the shingle index.

use super::merge::ListMerger;
use super::shingle_index::{ShingleIndex, least_part};
use crate::set::{Overlap, ShingleSets, overlap, shared_at_least};
use crate::util::parallel;

/// For each set that is `asked` for, the first earlier set that holds at least the part `share` of
/// it, and what they have in common, the asked set on the left. Only sets that are `telling` count.
///
/// `index` indexes all of `sets`. The earliest is where it was said first; looking no further
/// keeps the cost near-linear even where everything holds everything.
pub(crate) fn containers(
    sets: &ShingleSets,
    index: &ShingleIndex,
    share: f64,
    asked: impl Fn(usize) -> bool + Sync,
    telling: impl Fn(usize) -> bool + Sync,
) -> Vec<Option<(u32, Overlap)>> {
    let found = parallel::map_ranges(sets.len(), 256, |range| {
        let mut merger = ListMerger::new();
        let container =
            |set| if asked(set) { container(sets, index, share, set, &telling, &mut merger) } else { None };
        range.map(container).collect::<Vec<_>>()
    });
    found.concat()
}

fn container(
    sets: &ShingleSets,
    index: &ShingleIndex,
    share: f64,
    set: usize,
    telling: impl Fn(usize) -> bool,
    merger: &mut ListMerger,
) -> Option<(u32, Overlap)> {
    let needed = least_part(index.size(set) as usize, share) as u32;
    let earlier = |list: &u32| {
        let holders = index.holders(*list);
        &holders[..holders.partition_point(|&other| (other as usize) < set)]
    };
    let candidates = merger.merge(index.prefix(set, share).iter().map(earlier)).map(|(set, _)| set);
    candidates.filter(|&candidate| telling(candidate as usize)).find_map(|candidate| {
        let [inner, outer] = [set, candidate as usize].map(|set| sets.get(set));
        shared_at_least(inner, outer, needed)?;
        Some((candidate, overlap(inner, outer)))
    })
}
