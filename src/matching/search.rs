//! Finds the matches among sets, exactly or through bands.

use super::banded::banded_pairs;
use super::exact::{ShingleIndex, indexed_join, prefix_join};
use super::verify::Matches;
use crate::set::ShingleSets;
use crate::sketch::BandKeys;
use crate::util::error::Error;
use crate::util::progress::Watch;

/// The matches among all `sets`. With band keys, only those of sets that share a band.
///
/// For each set, only its first `limit` matches with earlier sets are kept.
pub(crate) fn search(
    sets: &mut ShingleSets,
    keys: Option<&BandKeys>,
    threshold: f64,
    limit: usize,
    watch: Watch<'_>,
) -> Result<Matches, Error> {
    if let Some(keys) = keys {
        return banded_pairs(sets, keys, threshold, limit, watch);
    }
    sets.sort(|_| true, watch)?;
    let members: Vec<u32> = (0..).take(sets.len()).collect();
    let matches = prefix_join(sets, &members, threshold, limit, watch)?;
    Ok(Matches::new(matches, limit, sets.len(), watch)?)
}

/// All matches among `sets`, which are sorted, by way of an index of them that is at hand.
pub(crate) fn search_indexed(
    sets: &ShingleSets,
    index: &ShingleIndex,
    threshold: f64,
    limit: usize,
    watch: Watch<'_>,
) -> Result<Matches, Error> {
    let matches = indexed_join(sets, index, threshold, limit, watch)?;
    Ok(Matches::new(matches, limit, sets.len(), watch)?)
}
