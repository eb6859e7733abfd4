//! Nearly all matches, for any number of sets: candidates share a band of their signatures.

use std::collections::HashSet;

use super::buckets::Buckets;
use crate::arch::prefetch;
use crate::matching::exact::prefix_join;
use crate::matching::verify::{Match, Matches};
use crate::set::{OverlapCounter, ShingleSets};
use crate::sketch::BandKeys;
use crate::util::error::Error;
use crate::util::hash_table::PrehashedBuildHasher;
use crate::util::parallel;
use crate::util::progress::{Cancelled, Stage, Watch};

/// The number of bands whose candidates are collected in parallel and then verified.
const PARALLEL_BANDS: usize = 4;

/// The matches among all `sets` that share a band. For each set, only its first `limit` matches with earlier
/// sets are kept.
///
/// Candidates that match are not verified again in later bands; others rarely share a second band. The
/// members of crowded buckets go through one exact join at the end, which finds all matches among them.
pub(crate) fn banded_pairs(
    sets: &mut ShingleSets,
    keys: &BandKeys,
    threshold: f64,
    limit: usize,
    watch: Watch<'_>,
) -> Result<Matches, Error> {
    let mut crowded = vec![false; sets.len()];
    let mut matches = Vec::new();
    let mut matching: HashSet<u64, PrehashedBuildHasher> = HashSet::default();
    let mut of_bands: [BandCandidates; PARALLEL_BANDS] = Default::default();
    let mut candidates: Vec<u64> = Vec::new();
    for first in (0..keys.bands()).step_by(PARALLEL_BANDS) {
        watch.show(Stage::Matching, first, keys.bands())?;
        let count = PARALLEL_BANDS.min(keys.bands() - first);
        parallel::try_for_each(&mut of_bands[..count], |band, found| {
            found.collect(keys, first + band, watch)
        })?;
        candidates.clear();
        for found in &of_bands[..count] {
            for &set in &found.crowd {
                crowded[set as usize] = true;
            }
            candidates.extend(found.candidates.iter().filter(|pair| !matching.contains(pair)));
        }
        parallel::try_sort_unstable(&mut candidates, watch)?;
        candidates.dedup();
        let verified = verify_all(sets, &candidates, threshold, watch)?;
        matching.extend(verified.iter().map(|found| pair(found.left, found.right)));
        matches.extend(verified);
    }
    watch.show(Stage::Matching, keys.bands(), keys.bands())?;
    let crowd: Vec<u32> = (0..).zip(&crowded).filter(|&(_, &is)| is).map(|(set, _)| set).collect();
    sets.sort(|set| crowded[set], watch)?;
    matches.extend(prefix_join(sets, &crowd, threshold, limit, watch)?);
    // Members of crowded buckets may share another bucket, so a match may be found twice.
    Ok(Matches::new(matches, limit, sets.len(), watch)?)
}

/// Two sets as one number; the smaller set is in the upper half.
fn pair(left: u32, right: u32) -> u64 {
    u64::from(left) << 32 | u64::from(right)
}

/// The candidates of a band.
#[derive(Default)]
struct BandCandidates {
    buckets: Buckets,
    candidates: Vec<u64>,
    /// The members of crowded buckets.
    crowd: Vec<u32>,
}

impl BandCandidates {
    fn collect(&mut self, keys: &BandKeys, band: usize, watch: Watch<'_>) -> Result<(), Cancelled> {
        let Self { buckets, candidates, crowd } = self;
        candidates.clear();
        crowd.clear();
        buckets.gather(keys, band, watch)?;
        for members in buckets.iter() {
            if members.is_crowd() {
                crowd.extend(members.iter());
            } else {
                for (at, right) in members.iter().enumerate() {
                    candidates.extend(members.iter().take(at).map(|left| pair(left, right)));
                }
            }
        }
        watch.poll()
    }
}

/// The matches among the candidates.
fn verify_all(
    sets: &ShingleSets,
    candidates: &[u64],
    threshold: f64,
    watch: Watch<'_>,
) -> Result<Vec<Match>, Cancelled> {
    let members = |pair: u64| [(pair >> 32) as u32, pair as u32];
    let runs = |pair: u64| members(pair).map(|set| sets.unsorted(set as usize));
    let found = parallel::try_map_ranges(candidates.len(), 1024, |range| {
        let candidates = &candidates[range];
        let mut counter = OverlapCounter::default();
        let mut matches = Vec::new();
        for (at, &pair) in candidates.iter().enumerate() {
            if let Some(&soon) = candidates.get(at + 3) {
                runs(soon).into_iter().for_each(prefetch);
            }
            let ([left, right], [a, b]) = (members(pair), runs(pair));
            let overlap = counter.overlap(a, b, threshold);
            matches.extend(overlap.map(|overlap| Match { left, right, overlap }));
            watch.poll()?;
        }
        Ok(matches)
    })?;
    Ok(found.concat())
}
