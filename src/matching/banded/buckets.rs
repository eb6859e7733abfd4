//! Who shares a band with whom.

use crate::set::BLOCK;
use crate::sketch::BandKeys;
use crate::util::sort::sort_keyed;

/// A bucket with more members than this is crowded: its members are not paired off one by one but
/// go through the prefix join, which costs only what shares a rare shingle and loses nothing.
const CROWD: usize = 32;

/// The sets that share their key in one band with others, and perhaps some that do not.
///
/// One value serves one band after the other, since memory that is new costs more than the work in it.
#[derive(Debug, Default)]
pub(crate) struct Buckets {
    /// A key in the upper half, a set in the lower, ascending.
    entries: Vec<u64>,
    met: Met,
    scratch: Vec<u64>,
}

impl Buckets {
    /// Groups the equal keys of one band by sorting those that seem to come twice.
    pub(crate) fn gather(&mut self, keys: &BandKeys, band: usize) {
        self.met.clear(keys.len());
        for block in keys.band(band) {
            block.iter().for_each(|&key| self.met.meet(key));
        }
        self.entries.clear();
        let mut first = 0;
        let mut twice = [0; BLOCK];
        for block in keys.band(band) {
            // Written in any case, and overwritten where the key is alone: nobody could foresee which are.
            let mut count = 0;
            for (set, &key) in (first..).zip(block) {
                twice[count] = u64::from(key) << 32 | set;
                count += usize::from(self.met.is_twice(key));
            }
            self.entries.extend_from_slice(&twice[..count]);
            first += block.len() as u64;
        }
        sort_keyed(&mut self.entries, &mut self.scratch);
    }

    /// The members of each bucket with two or more of them, ascending.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Members<'_>> {
        let buckets = self.entries.chunk_by(|a, b| a >> 32 == b >> 32);
        buckets.filter(|bucket| bucket.len() > 1).map(Members)
    }
}

/// Which keys were met, and which of them twice, told by the upper bits of keys, of which there are so
/// many that most keys met once stay alone.
#[derive(Debug, Default)]
struct Met {
    /// A bit for each key met, beside one for each met again.
    bits: Vec<[u64; 2]>,
    shift: u32,
}

impl Met {
    /// Forgets all, and makes room for so many keys, with eight bits or more for each.
    fn clear(&mut self, keys: usize) {
        let bits = (8 * keys).next_power_of_two().ilog2().clamp(6, u32::BITS);
        self.bits.clear();
        self.bits.resize(1 << (bits - 6), [0; 2]);
        self.shift = u32::BITS - bits;
    }

    #[inline]
    fn place(&self, key: u32) -> (usize, u64) {
        let place = key >> self.shift;
        ((place >> 6) as usize, 1 << (place & 63))
    }

    #[inline]
    fn meet(&mut self, key: u32) {
        let (word, bit) = self.place(key);
        let [once, twice] = &mut self.bits[word];
        *twice |= *once & bit;
        *once |= bit;
    }

    #[inline]
    fn is_twice(&self, key: u32) -> bool {
        let (word, bit) = self.place(key);
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
            buckets.gather(&keys, band);
            let mut buckets: Vec<Vec<u32>> = buckets.iter().map(|members| members.iter().collect()).collect();
            buckets.sort();
            buckets
        };
        assert_eq!(buckets(0), (0..100).map(|set| vec![set, set + 2900]).collect::<Vec<_>>());
        assert_eq!(buckets(1), [0, 1, 2].map(|first| (first..3000).step_by(3).collect::<Vec<u32>>()));
    }
}
