//! Nearly all pairs, through banded signatures.
//!
//! | file | turns | into |
//! | --- | --- | --- |
//! | `buckets` | the keys of a band | candidates, and crowds |
//! | `search` | candidates | verified pairs |

mod buckets;
mod search;

pub(super) use buckets::Buckets;
pub(super) use search::banded_pairs;
