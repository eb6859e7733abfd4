//! From sets to facts: which paragraphs are identical, which are near-duplicates, which hold
//! another, and which stand for a cluster. It knows nothing of how the facts are shown.
//!
//! | file | turns | into |
//! | --- | --- | --- |
//! | `identical` | token sequences | groups of identical paragraphs |
//! | `postings` | the sets of the groups | a shingle index, rarest shingles first |
//! | `union` | lists of the index | who is in any of them, and in how many |
//! | `bounds` | prefixes | what two sets share at most |
//! | `prefix` | the index | all pairs, exactly |
//! | `buckets` | the keys of a band | candidates, and crowds |
//! | `banded` | candidates | nearly all pairs |
//! | `contained` | the index | who is held by whom, exactly |
//! | `numbers` | the identities of the groups, numbers left open | who differs in numbers only |
//! | `pairs` | groups and their pairs | pairs of paragraphs |
//! | `search` | the sets | all pairs, one way or the other |
//! | `leaders` | band keys | who stands for whom, without all pairs |
//! | `clusters` | groups and their pairs | representatives and members |

mod banded;
mod bounds;
mod buckets;
mod clusters;
mod contained;
mod identical;
mod leaders;
mod numbers;
mod pairs;
mod postings;
mod prefix;
mod search;
mod union;
mod verify;

pub use clusters::Cluster;
pub(crate) use clusters::clusters;
pub(crate) use contained::containers;
pub(crate) use identical::{Groups, Identities};
pub(crate) use leaders::{Leader, leaders};
pub(crate) use numbers::Numbers;
pub(crate) use pairs::expand;
pub use pairs::{Differs, Pair};
pub(crate) use postings::Postings;
pub(crate) use search::search;
pub(crate) use verify::{Match, Matches};
