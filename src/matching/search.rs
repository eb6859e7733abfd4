//! The two ways to all pairs.

use super::banded::banded_pairs;
use super::exact::prefix_join;
use super::verify::Matches;
use crate::set::ShingleSets;
use crate::sketch::BandKeys;
use crate::util::error::Error;
use crate::util::progress::Watch;

/// The matches among all `sets`: those that share a band, if there are keys of bands, else all.
///
/// Of each set there are at most `limit` with earlier ones, the first of them.
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
    sets.sort(|_| true);
    let members: Vec<u32> = (0..).take(sets.len()).collect();
    let matches = prefix_join(sets, &members, threshold, limit, watch)?;
    Ok(Matches::new(matches, limit, sets.len()))
}
