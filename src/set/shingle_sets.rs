//! The shingle sets of many paragraphs, sorted only when they are needed.

use super::shingle::{ShingleSet, count, first_shingles, shingle};
use crate::arch::prefetch;
use crate::util::error::Limit;
use crate::util::parallel;
use crate::util::progress::{Cancelled, Watch};
use crate::util::sort::sort_hashes;

/// The number of sets in a block. A full block does not move in memory, so adding sets never needs twice
/// the memory.
pub(crate) const BLOCK: usize = 2048;

/// A set of more shingles than this is sorted in pieces, so that the watcher is asked in between.
const LARGE: usize = 1 << 16;

/// Shingle sets, numbered in the order in which they were added.
///
/// A set keeps its shingles in the order in which they were added, with repeats, until
/// [`sort`](Self::sort) makes them ascending and distinct. Most paragraphs of a corpus resemble no other,
/// so their sets need not be sorted.
#[derive(Debug, Default)]
pub(crate) struct ShingleSets {
    blocks: Vec<Block>,
}

#[derive(Debug, Default)]
struct Block {
    shingles: Vec<u64>,
    extents: Vec<Extent>,
}

/// The position of a set in its block.
#[derive(Clone, Copy, Debug)]
struct Extent {
    start: usize,
    /// The number of shingles; of distinct ones once the set is sorted.
    len: u32,
    sorted: bool,
}

impl ShingleSets {
    /// The sets of `count` paragraphs; `fill` writes the units of a paragraph to a vector.
    ///
    /// Fails if `fill` does, or if a paragraph has 2^32 shingles or more.
    pub(crate) fn try_collect<E: From<Limit> + From<Cancelled> + Send>(
        count: usize,
        width: usize,
        watch: Watch<'_>,
        fill: impl Fn(usize, &mut Vec<u64>) -> Result<(), E> + Sync,
    ) -> Result<Self, E> {
        let blocks = parallel::try_map_ranges(count, BLOCK, |range| {
            let mut block = Block::default();
            let mut units = Vec::new();
            for index in range {
                fill(index, &mut units)?;
                let start = block.shingles.len();
                shingle_in_parts(&units, width, &mut block.shingles, watch)?;
                block.end_set(start)?;
            }
            block.shingles.shrink_to_fit();
            Ok::<_, E>(block)
        })?;
        Ok(Self { blocks })
    }

    /// The same where nothing can fail.
    #[cfg(test)]
    pub(crate) fn collect(count: usize, width: usize, fill: impl Fn(usize, &mut Vec<u64>) + Sync) -> Self {
        let fill = |index: usize, units: &mut Vec<u64>| {
            fill(index, units);
            Ok::<(), crate::util::error::Error>(())
        };
        Self::try_collect(count, width, Watch::none(), fill).expect("the paragraphs are small")
    }

    /// The sets of at most [`BLOCK`] runs of units, in memory of just the needed size.
    ///
    /// Fails if a run has 2^32 shingles or more.
    pub(crate) fn block<'u>(
        runs: impl Iterator<Item = &'u [u64]> + Clone,
        width: usize,
    ) -> Result<Self, Limit> {
        let mut block = Block {
            shingles: Vec::with_capacity(runs.clone().map(|units| count(units, width)).sum()),
            extents: Vec::with_capacity(BLOCK),
        };
        for units in runs {
            let start = block.shingles.len();
            shingle(units, width, &mut block.shingles);
            block.end_set(start)?;
        }
        debug_assert!(block.extents.len() <= BLOCK, "a block holds no more sets than its size");
        Ok(Self { blocks: vec![block] })
    }

    /// Adds the sets of `more` after these, whose blocks must be full.
    pub(crate) fn append(&mut self, mut more: Self) {
        assert!(self.len().is_multiple_of(BLOCK), "only the last block may be partly filled");
        self.blocks.append(&mut more.blocks);
    }

    /// Adds a set that is sorted already.
    ///
    /// Fails if it has 2^32 shingles or more.
    pub(crate) fn push(&mut self, set: &ShingleSet) -> Result<(), Limit> {
        if self.len().is_multiple_of(BLOCK) {
            self.blocks.push(Block::default());
        }
        let block = self.blocks.last_mut().expect("the last block has room");
        let start = block.shingles.len();
        block.shingles.extend_from_slice(set.as_slice());
        block.end_set(start)?;
        block.extents.last_mut().expect("the set was added").sorted = true;
        Ok(())
    }

    /// Sorts the sets that are `wanted` and not sorted yet.
    pub(crate) fn sort(
        &mut self,
        wanted: impl Fn(usize) -> bool + Sync,
        watch: Watch<'_>,
    ) -> Result<(), Cancelled> {
        parallel::try_for_each(&mut self.blocks, |number, block| {
            let unsorted = |&slot: &usize| !block.extents[slot].sorted && wanted(number * BLOCK + slot);
            let slots: Vec<usize> = (0..block.extents.len()).filter(unsorted).collect();
            let mut scratch = Vec::new();
            for (at, &slot) in slots.iter().enumerate() {
                if let Some(&soon) = slots.get(at + 2) {
                    prefetch(block.slice(block.extents[soon]));
                }
                block.sort(slot, &mut scratch, watch)?;
            }
            Ok(())
        })
    }

    pub(crate) fn len(&self) -> usize {
        match self.blocks.split_last() {
            Some((last, full)) => full.len() * BLOCK + last.extents.len(),
            None => 0,
        }
    }

    /// The distinct shingles of a set, ascending.
    ///
    /// # Panics
    ///
    /// If the set is not sorted.
    pub(crate) fn get(&self, index: usize) -> &[u64] {
        let block = &self.blocks[index / BLOCK];
        let extent = block.extents[index % BLOCK];
        assert!(extent.sorted, "a set is sorted before it is read");
        block.slice(extent)
    }

    /// The shingles of a set in any order, perhaps with repeats.
    pub(crate) fn unsorted(&self, index: usize) -> &[u64] {
        let block = &self.blocks[index / BLOCK];
        block.slice(block.extents[index % BLOCK])
    }
}

impl Block {
    /// Makes a set of the shingles from `start` on.
    fn end_set(&mut self, start: usize) -> Result<(), Limit> {
        let len = u32::try_from(self.shingles.len() - start).map_err(|_| Limit::Shingles)?;
        self.extents.push(Extent { start, len, sorted: false });
        Ok(())
    }

    fn slice(&self, extent: Extent) -> &[u64] {
        &self.shingles[extent.start..][..extent.len as usize]
    }

    fn sort(&mut self, slot: usize, scratch: &mut Vec<u64>, watch: Watch<'_>) -> Result<(), Cancelled> {
        let extent = &mut self.extents[slot];
        let set = &mut self.shingles[extent.start..][..extent.len as usize];
        if set.len() > LARGE {
            parallel::try_sort_unstable(set, watch)?;
            watch.poll()?;
        } else {
            sort_hashes(set, scratch);
            watch.poll()?;
        }
        let mut distinct = 0;
        for at in 0..set.len() {
            if distinct == 0 || set[at] != set[distinct - 1] {
                set[distinct] = set[at];
                distinct += 1;
            }
        }
        extent.len = distinct as u32;
        extent.sorted = true;
        Ok(())
    }
}

/// Appends the shingles of `units`, part by part, so that the watcher is asked in between.
fn shingle_in_parts(
    units: &[u64],
    width: usize,
    shingles: &mut Vec<u64>,
    watch: Watch<'_>,
) -> Result<(), Cancelled> {
    let mut start = 0;
    // Parts overlap by as many units as a shingle can have.
    let longest = width.saturating_mul(2);
    while units.len() - start > LARGE.saturating_add(longest) {
        first_shingles(&units[start..start + LARGE + longest], width, LARGE, shingles);
        start += LARGE;
        watch.poll()?;
    }
    shingle(&units[start..], width, shingles);
    watch.poll()
}

#[cfg(test)]
mod tests {
    use super::super::hash;
    use super::*;

    #[test]
    fn parts_make_the_same_shingles() {
        let unit = |at: u64| if at % 5 > 2 { at } else { hash::unspaced(&at.to_le_bytes()) };
        let units: Vec<u64> = (0..3 * LARGE as u64 + 5).map(unit).collect();
        for (len, width) in
            [(0, 3), (LARGE, 3), (LARGE + 3, 3), (LARGE + 4, 3), (3 * LARGE + 5, 9), (5, usize::MAX)]
        {
            let [mut whole, mut parts] = [Vec::new(), Vec::new()];
            shingle(&units[..len], width, &mut whole);
            shingle_in_parts(&units[..len], width, &mut parts, Watch::none()).unwrap();
            assert!(whole == parts, "{len} units, width {width}");
        }
    }

    #[test]
    fn sets_in_blocks_equal_single_sets() {
        let runs = [vec![], vec![1], vec![1, 2, 1, 2, 1, 2, 1], (0..50).collect::<Vec<u64>>()];
        let count = 3 * BLOCK / 2;
        let run = |index: usize| &runs[index % runs.len()];
        let mut sets = ShingleSets::collect(BLOCK, 3, |index, units| units.clone_from(run(index)));
        sets.append(ShingleSets::block((BLOCK..count).map(|index| &run(index)[..]), 3).unwrap());
        assert_eq!(sets.len(), count);
        sets.sort(|index| index != 2, Watch::none()).unwrap();
        for index in (0..count).filter(|&index| index != 2) {
            assert_eq!(sets.get(index), ShingleSet::new(run(index), 3).as_slice());
        }
        assert_eq!(sets.unsorted(2).len(), 5);
    }
}
