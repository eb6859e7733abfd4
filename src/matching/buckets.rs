//! Who shares a band with whom.

use crate::sketch::BandKeys;
use crate::sort::sort_keyed;

/// A bucket with more members than this is crowded: its members are not paired off one by one but
/// go through the prefix join, which costs only what shares a rare shingle and loses nothing.
const CROWD: usize = 32;

/// The sets by their keys in one band.
#[derive(Debug)]
pub(super) struct Buckets {
    /// A key in the upper half, a set in the lower, ascending.
    entries: Vec<u64>,
}

impl Buckets {
    /// Groups the equal keys of one band by sorting.
    pub(super) fn new(keys: &BandKeys, band: usize) -> Self {
        Self { entries: sort_keyed(keys.band(band)) }
    }

    /// The members of each bucket with two or more of them, ascending.
    pub(super) fn iter(&self) -> impl Iterator<Item = Members<'_>> {
        let buckets = self.entries.chunk_by(|a, b| a >> 32 == b >> 32);
        buckets.filter(|bucket| bucket.len() > 1).map(Members)
    }
}

/// The members of a bucket.
#[derive(Clone, Copy, Debug)]
pub(super) struct Members<'a>(&'a [u64]);

impl<'a> Members<'a> {
    pub(super) fn is_crowd(self) -> bool {
        self.0.len() > CROWD
    }

    pub(super) fn iter(self) -> impl Iterator<Item = u32> + 'a {
        self.0.iter().map(|&entry| entry as u32)
    }

    /// The pairs of members that share no band before this one, the lesser set first.
    pub(super) fn new_pairs(self, keys: &BandKeys, band: usize) -> impl Iterator<Item = (u32, u32)> {
        self.iter().enumerate().flat_map(move |(at, right)| {
            let ours = &keys.of(right)[..band];
            let lefts = self.iter().take(at).filter(move |&left| {
                let theirs = &keys.of(left)[..band];
                ours.iter().zip(theirs).all(|(a, b)| a != b)
            });
            lefts.map(move |left| (left, right))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sketch::Banding;

    #[test]
    fn a_pair_is_a_candidate_in_its_first_shared_band_only() {
        let mut keys = BandKeys::new(Banding { bands: 3, rows: 1 });
        keys.extend(&[1, 2, 3, /**/ 4, 2, 3, /**/ 1, 5, 3, /**/ 6, 7, 8]);
        let pairs = [0, 1, 2].map(|band| {
            let buckets = Buckets::new(&keys, band);
            buckets.iter().flat_map(|members| members.new_pairs(&keys, band)).collect::<Vec<_>>()
        });
        assert_eq!(pairs, [vec![(0, 2)], vec![(0, 1)], vec![(1, 2)]]);
    }
}
