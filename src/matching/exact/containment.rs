//! Which sets are contained in an earlier one.

use std::ops::Range;

use super::merge::ListMerger;
use super::shingle_index::{ShingleIndex, least_part};
use crate::set::{Overlap, ShingleSets, overlap, shared_at_least};
use crate::util::parallel;
use crate::util::progress::{Cancelled, Watch};

/// An earlier set that contains a set, as group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Container {
    pub(crate) group: u32,
    /// What they share, with the contained set on the left.
    pub(crate) overlap: Overlap,
    /// The units of the container in which the contained set stands.
    pub(crate) stretch: Range<u32>,
}

/// The most sets that may hold the shingles of one set here and there before the search for a set that holds
/// them in one stretch is given up. It keeps the search near-linear.
const MAX_SCATTERED: usize = 32;

/// If the shingles of a prefix are held by more sets than this, more shingles are counted. Paragraphs
/// made of a handful of words nearly all meet in each other's prefixes, and to count is cheaper than to
/// verify.
const MANY_HOLDERS: usize = 256;
/// How many more shingles are counted then.
const EXTRA: usize = 8;

/// For each `inner` set, the first earlier `outer` set that holds at least the fraction `share` of it in one
/// stretch, and their overlap.
///
/// `index` is the index of all `sets`. `stretch` takes the container, the contained set and the number of
/// shingles that must stand in one stretch, and returns that stretch. The earliest container is the first
/// text to say it. Stopping there keeps the cost near-linear, even if every set contains every other.
pub(crate) fn containers(
    sets: &ShingleSets,
    index: &ShingleIndex,
    share: f64,
    inner: impl Fn(usize) -> bool + Sync,
    outer: impl Fn(usize) -> bool + Sync,
    stretch: impl Fn(usize, usize, u32) -> Option<Range<u32>> + Sync,
    watch: Watch<'_>,
) -> Result<Vec<Option<Container>>, Cancelled> {
    let search = Search { sets, index, share, outer, stretch };
    let found = parallel::try_map_ranges(sets.len(), 256, |range| {
        let mut merger = ListMerger::new();
        let container = |set| if inner(set) { search.container(set, &mut merger, watch) } else { Ok(None) };
        range.map(container).collect::<Result<Vec<_>, _>>()
    })?;
    Ok(found.into_iter().flatten().collect())
}

/// What a search for containers needs.
struct Search<'a, O, S> {
    sets: &'a ShingleSets,
    index: &'a ShingleIndex,
    share: f64,
    outer: O,
    stretch: S,
}

impl<O: Fn(usize) -> bool, S: Fn(usize, usize, u32) -> Option<Range<u32>>> Search<'_, O, S> {
    fn container(
        &self,
        set: usize,
        merger: &mut ListMerger,
        watch: Watch<'_>,
    ) -> Result<Option<Container>, Cancelled> {
        let Self { sets, index, share, .. } = *self;
        let needed = least_part(index.size(set) as usize, share) as u32;
        let earlier = |list: &u32| {
            let holders = index.holders(*list);
            &holders[..holders.partition_point(|&other| (other as usize) < set)]
        };
        // A set that holds `needed` shingles of this one holds `extra + 1` of any `extra` more than its prefix has.
        let holders: usize = index.prefix(set, share).iter().map(|&list| index.holders(list).len()).sum();
        let extra = if holders > MANY_HOLDERS { EXTRA.min(needed as usize - 1) } else { 0 };
        let met = merger.merge(index.longer_prefix(set, share, extra).iter().map(earlier));
        let candidates = met.filter(|&(_, common)| common as usize > extra).map(|(set, _)| set);
        let mut scattered = 0;
        for candidate in candidates.filter(|&candidate| (self.outer)(candidate as usize)) {
            watch.poll()?;
            let [inner, outer] = [set, candidate as usize].map(|set| sets.get(set));
            if shared_at_least(inner, outer, needed).is_none() {
                continue;
            }
            if let Some(stretch) = (self.stretch)(candidate as usize, set, needed) {
                return Ok(Some(Container { group: candidate, overlap: overlap(inner, outer), stretch }));
            }
            scattered += 1;
            if scattered == MAX_SCATTERED {
                break;
            }
        }
        Ok(None)
    }
}
