//! The buckets of a band: sets with the same band key.

use crate::set::BLOCK;
use crate::sketch::BandKeys;
use crate::util::progress::{Cancelled, Watch};
use crate::util::sort::sort_keyed;

/// A bucket with more members than this is crowded. Its members do not become candidates pair by pair. They
/// go through the prefix join, which compares only sets that share a rare shingle and loses no match.
pub(crate) const CROWD: usize = 32;

/// The buckets of one band.
///
/// One value is used for one band after the other: allocating new memory would take longer than the work.
#[derive(Debug, Default)]
pub(crate) struct Buckets {
    /// A key in the upper half and a set in the lower half, ascending. Some keys may have one set only.
    entries: Vec<u64>,
    seen: SeenKeys,
    scratch: Vec<u64>,
}

impl Buckets {
    /// Groups the equal keys of one band. Only keys that probably occur twice are sorted.
    pub(crate) fn gather(&mut self, keys: &BandKeys, band: usize, watch: Watch<'_>) -> Result<(), Cancelled> {
        self.seen.clear(keys.len());
        for block in keys.band(band) {
            block.iter().for_each(|&key| self.seen.insert(key));
            watch.poll()?;
        }
        self.entries.clear();
        let mut first = 0;
        let mut twice = [0; BLOCK];
        for block in keys.band(band) {
            // Each key is written, and overwritten if it occurs once: no branch depends on it, because the
            // machine could not predict that.
            let mut count = 0;
            for (set, &key) in (first..).zip(block) {
                twice[count] = u64::from(key) << 32 | set;
                count += usize::from(self.seen.is_twice(key));
            }
            self.entries.extend_from_slice(&twice[..count]);
            first += block.len() as u64;
            watch.poll()?;
        }
        sort_keyed(&mut self.entries, &mut self.scratch, watch)
    }

    /// The members of each bucket with two or more of them, ascending.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Members<'_>> {
        let buckets = self.entries.chunk_by(|a, b| a >> 32 == b >> 32);
        buckets.filter(|bucket| bucket.len() > 1).map(Members)
    }
}

/// Which keys occur, and which of them twice: a table of bits, addressed by the upper bits of a key.
///
/// Different keys may have the same bits. The table is so large that this is rare.
#[derive(Debug, Default)]
struct SeenKeys {
    /// A bit for keys seen once or more, and one for keys seen twice or more.
    bits: Vec<[u64; 2]>,
    shift: u32,
}

impl SeenKeys {
    /// Removes all keys and makes room for others, with at least eight bits for each.
    fn clear(&mut self, keys: usize) {
        let bits = (8 * keys).next_power_of_two().ilog2().clamp(6, u32::BITS);
        self.bits.clear();
        self.bits.resize(1 << (bits - 6), [0; 2]);
        self.shift = u32::BITS - bits;
    }

    #[inline]
    fn position(&self, key: u32) -> (usize, u64) {
        let position = key >> self.shift;
        ((position >> 6) as usize, 1 << (position & 63))
    }

    #[inline]
    fn insert(&mut self, key: u32) {
        let (word, bit) = self.position(key);
        let [once, twice] = &mut self.bits[word];
        *twice |= *once & bit;
        *once |= bit;
    }

    #[inline]
    fn is_twice(&self, key: u32) -> bool {
        let (word, bit) = self.position(key);
        self.bits[word][1] & bit != 0
    }
}

/// The members of a bucket.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Members<'a>(&'a [u64]);

impl<'a> Members<'a> {
    pub(crate) fn is_crowd(self) -> bool {
        self.0.len() > CROWD
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = u32> + 'a {
        self.0.iter().map(|&entry| entry as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::set::hash::mix;
    use crate::sketch::Banding;

    #[test]
    fn buckets_hold_the_sets_that_share_a_key() {
        let mut keys = BandKeys::new(Banding { bands: 2, rows: 1 });
        let sets = (0..3000_u64).map(|set| [mix(set % 2900) >> 32, 7 * (set % 3)].map(|key| key as u32));
        sets.for_each(|set| keys.push(set.into_iter()));
        let buckets = |band| {
            let mut buckets = Buckets::default();
            buckets.gather(&keys, band, Watch::none()).unwrap();
            let mut buckets: Vec<Vec<u32>> = buckets.iter().map(|members| members.iter().collect()).collect();
            buckets.sort();
            buckets
        };
        assert_eq!(buckets(0), (0..100).map(|set| vec![set, set + 2900]).collect::<Vec<_>>());
        assert_eq!(buckets(1), [0, 1, 2].map(|first| (first..3000).step_by(3).collect::<Vec<u32>>()));
    }
}
