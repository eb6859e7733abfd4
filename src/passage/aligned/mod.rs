//! Stretches that match word for word, with small gaps: verbatim and edited repetition.
//!
//! The scheme is that of Sanchez-Perez, Gelbukh and Sidorov (2014): seed, extend, filter.
//!
//! | file | turns | into |
//! | --- | --- | --- |
//! | `gap` | – | (how large gaps may be) |
//! | `seed` | tokens | pairs of places that share an informative pair or a run of tokens |
//! | `extend` | pairs of places | candidates, as long as they go |

mod extend;
mod gap;
mod seed;

pub(super) use gap::GAP;

use self::seed::Seeds;
use super::candidate::Candidate;
use super::search::Search;
use crate::util::progress::Cancelled;

/// What the stretches of a search may begin with, however long they must be.
pub(super) fn seeds(search: &Search<'_>) -> Result<Seeds, Cancelled> {
    Seeds::new(search)
}

/// All stretches that match in the same order, weigh enough and are long enough.
pub(super) fn find(search: &Search<'_>, seeds: &Seeds) -> Result<Vec<Candidate>, Cancelled> {
    extend::extend_all(search, &seed::links(search, seeds)?)
}
