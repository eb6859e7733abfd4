//! Finds nearly all matches, through bands of signatures.
//!
//! | file | takes | gives |
//! | --- | --- | --- |
//! | `buckets` | the keys of a band | buckets of sets with the same key |
//! | `search` | the buckets of all bands | verified matches |

mod buckets;
mod search;

pub(super) use buckets::Buckets;
pub(crate) use buckets::CROWD;
pub(super) use search::banded_pairs;
