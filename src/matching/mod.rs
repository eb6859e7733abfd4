//! From sets to facts: which paragraphs are identical, which are near-duplicates, which hold
//! another, and which stand for a cluster. It knows nothing of how the facts are shown.
//!
//! | file | turns | into |
//! | --- | --- | --- |
//! | `groups` | token sequences | groups of identical paragraphs |
//! | `verify` | candidates | verified pairs |
//! | `exact/` | the sets of the groups | all pairs, and who contains whom, through an index of rare shingles |
//! | `banded/` | band keys | nearly all pairs, through signatures |
//! | `search` | the sets | all pairs, one way or the other |
//! | `number_families` | the identities of the groups, numbers left open | who differs in numbers only |
//! | `pairs` | groups and their pairs | pairs of paragraphs |
//! | `representatives` | band keys | who stands for whom, without all pairs |
//! | `clusters` | groups and their pairs | representatives and members |

mod banded;
mod clusters;
mod exact;
mod groups;
mod number_families;
mod pairs;
mod representatives;
mod search;
mod verify;

pub use clusters::Cluster;
pub(crate) use clusters::clusters;
pub(crate) use exact::{ShingleIndex, containers};
pub(crate) use groups::{Groups, Identities};
pub(crate) use number_families::NumberFamilies;
pub(crate) use pairs::expand;
pub use pairs::{Differs, Pair};
pub(crate) use representatives::{RepresentativeMatch, leaders};
pub(crate) use search::search;
pub(crate) use verify::{Match, Matches};
