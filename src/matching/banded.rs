//! Nearly all pairs, at any scale: candidates share a band of their signatures.

use super::buckets::Buckets;
use super::postings::Postings;
use super::prefix::prefix_join;
use super::verify::{Match, Matches, verify};
use crate::parallel;
use crate::progress::{Cancelled, Stage, Watch};
use crate::set::ShingleSets;
use crate::sketch::BandKeys;

/// So many bands are worked on before their candidates are verified and forgotten.
const BANDS: usize = 4;

/// The matches among all `sets` that share a band; of each set with at most `limit` earlier ones, the
/// first of them.
///
/// A pair is a candidate in the first band it shares, once. Sets that were found in crowded
/// buckets, maybe different ones, go through one join in the end, so among them every true pair is
/// found.
pub(super) fn banded_pairs(
    sets: &mut ShingleSets,
    keys: &BandKeys,
    threshold: f64,
    limit: usize,
    watch: Watch<'_>,
) -> Result<Matches, Cancelled> {
    let mut crowded = vec![false; sets.len()];
    let mut matches = Vec::new();
    for first in (0..keys.bands()).step_by(BANDS) {
        watch.tell(Stage::Matching, first, keys.bands())?;
        let count = BANDS.min(keys.bands() - first);
        let found = parallel::map_ranges(count, 1, |band| candidates(keys, first + band.start));
        for (candidates, crowd) in found {
            for set in crowd {
                crowded[set as usize] = true;
            }
            matches.extend(verify_all(sets, &candidates, threshold));
        }
    }
    watch.tell(Stage::Matching, keys.bands(), keys.bands())?;
    let crowd: Vec<u32> = (0..).zip(&crowded).filter(|&(_, &is)| is).map(|(set, _)| set).collect();
    sets.sort(|set| crowded[set]);
    matches.extend(prefix_join(sets, &crowd, &Postings::new(sets, &crowd), threshold, limit));
    // Two members of crowded buckets may share an uncrowded one besides.
    Ok(Matches::new(matches, limit, sets.len()))
}

/// The candidates of a band, and the members of its crowded buckets.
fn candidates(keys: &BandKeys, band: usize) -> (Vec<(u32, u32)>, Vec<u32>) {
    let (mut candidates, mut crowd) = (Vec::new(), Vec::new());
    for members in Buckets::new(keys, band).iter() {
        if members.is_crowd() {
            crowd.extend(members.iter());
        } else {
            candidates.extend(members.new_pairs(keys, band));
        }
    }
    (candidates, crowd)
}

/// The matches among the candidates.
fn verify_all(sets: &mut ShingleSets, candidates: &[(u32, u32)], threshold: f64) -> Vec<Match> {
    let mut wanted = vec![false; sets.len()];
    for &(left, right) in candidates {
        wanted[left as usize] = true;
        wanted[right as usize] = true;
    }
    sets.sort(|set| wanted[set]);
    let sets = &*sets;
    let found = parallel::map_ranges(candidates.len(), 1024, |range| {
        let candidates = candidates[range].iter();
        candidates.filter_map(|&(left, right)| verify(sets, left, right, threshold)).collect::<Vec<_>>()
    });
    found.into_iter().flatten().collect()
}
