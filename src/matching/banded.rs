//! Nearly all pairs, at any scale: candidates share a band of their signatures.

use super::postings::Postings;
use super::prefix::prefix_join;
use super::verify::{Match, verify};
use crate::parallel;
use crate::set::{ShingleSets, hash};
use crate::sketch::{Banding, MinHash};

/// A bucket with more members than this is crowded: its members are not paired off one by one but
/// go through the prefix join, which costs only what shares a rare shingle and loses nothing.
const CROWD: usize = 64;

/// The matches among all `sets` that share a band, in ascending order.
///
/// A pair is a candidate in the first band it shares, once. Pairs of two sets that were both found
/// in crowded buckets, maybe different ones, come from one join over all such sets, so there every
/// true pair is found.
///
/// # Complexity
///
/// Signatures are dropped as soon as their bands are hashed; what stays are four bytes a band and
/// set, and twelve a set while one band is sorted.
pub(crate) fn banded_pairs(
    sets: &ShingleSets,
    family: &MinHash,
    banding: Banding,
    threshold: f64,
) -> Vec<Match> {
    let keys = Keys::new(sets, family, banding);
    let bands = parallel::map_ranges(banding.bands, 1, |band| keys.buckets(band.start));
    let mut crowded = vec![false; sets.len()];
    for band in &bands {
        for &set in &band.crowded {
            crowded[set as usize] = true;
        }
    }
    let candidates: Vec<(u32, u32)> = bands
        .into_iter()
        .flat_map(|band| band.candidates)
        .filter(|&(a, b)| !(crowded[a as usize] && crowded[b as usize]))
        .collect();
    let found = parallel::map_ranges(candidates.len(), 1024, |range| {
        let candidates = candidates[range].iter();
        candidates.filter_map(|&(left, right)| verify(sets, left, right, threshold)).collect::<Vec<_>>()
    });
    let mut matches: Vec<Match> = found.into_iter().flatten().collect();
    let crowd: Vec<u32> = (0..).zip(&crowded).filter(|&(_, &is)| is).map(|(set, _)| set).collect();
    matches.extend(prefix_join(sets, &crowd, &Postings::new(sets, &crowd), threshold));
    parallel::sort_unstable_by_key(&mut matches, |found| (found.left, found.right));
    matches
}

/// The hash of every band of every signature.
struct Keys {
    /// Set by set, `bands` of them each.
    keys: Vec<u32>,
    bands: usize,
}

/// What one band says.
struct Buckets {
    /// Pairs that share this band and no earlier one.
    candidates: Vec<(u32, u32)>,
    /// The members of crowded buckets.
    crowded: Vec<u32>,
}

impl Keys {
    fn new(sets: &ShingleSets, family: &MinHash, banding: Banding) -> Self {
        let keys = parallel::map_ranges(sets.len(), 1024, |range| {
            let mut keys = Vec::with_capacity(range.len() * banding.bands);
            let mut minima = Vec::new();
            for set in range {
                family.sign(sets.get(set), &mut minima);
                let bands = minima.chunks_exact(banding.rows).take(banding.bands);
                keys.extend(bands.map(key));
            }
            keys
        });
        Self { keys: keys.concat(), bands: banding.bands }
    }

    /// The keys of one set.
    fn of(&self, set: u32) -> &[u32] {
        &self.keys[set as usize * self.bands..][..self.bands]
    }

    /// Groups equal keys of one band by sorting.
    fn buckets(&self, band: usize) -> Buckets {
        let keys = self.keys.iter().skip(band).step_by(self.bands);
        let mut sorted: Vec<(u32, u32)> = keys.copied().zip(0..).collect();
        sorted.sort_unstable();
        let mut buckets = Buckets { candidates: Vec::new(), crowded: Vec::new() };
        for bucket in sorted.chunk_by(|a, b| a.0 == b.0) {
            if bucket.len() > CROWD {
                buckets.crowded.extend(bucket.iter().map(|&(_, set)| set));
                continue;
            }
            for (at, &(_, right)) in bucket.iter().enumerate() {
                let lefts = bucket[..at].iter().map(|&(_, left)| left);
                let new = lefts.filter(|&left| {
                    let earlier = self.of(left)[..band].iter().zip(&self.of(right)[..band]);
                    earlier.into_iter().all(|(a, b)| a != b)
                });
                buckets.candidates.extend(new.map(|left| (left, right)));
            }
        }
        buckets
    }
}

/// The hash of a band's lanes. Two bands with the same hash are as good as equal: a collision makes
/// a candidate more, never a pair less.
fn key(lanes: &[u32]) -> u32 {
    let mixed = lanes.iter().fold(0, |h, &lane| hash::mix(h ^ u64::from(lane)));
    (mixed >> 32) as u32
}
