//! Finds identical paragraphs, near-duplicates, paragraphs that contain another, and the representatives of
//! clusters. It works on token hashes and shingle sets and knows nothing of reports.
//!
//! | file | takes | gives |
//! | --- | --- | --- |
//! | `groups` | identities of token sequences | groups of identical paragraphs |
//! | `verify` | two groups | their match, if the exact resemblance reaches the threshold |
//! | `exact/` | the sets of the groups | all matches, and which sets contain which, through an index of shingles |
//! | `banded/` | band keys | nearly all matches, through bands of signatures |
//! | `search` | the sets | the matches, by `exact` or by `banded` |
//! | `number_families` | identities that ignore numbers | which groups differ only in numbers |
//! | `counters` | the numbers of each paragraph | groups whose numbers only count them |
//! | `pairs` | groups and their matches | pairs of paragraphs |
//! | `representatives` | band keys or sets | the representative of each paragraph, without all pairs |
//! | `clusters` | groups and their matches | representatives and the members of their clusters |

mod banded;
mod clusters;
mod counters;
mod exact;
mod groups;
mod number_families;
mod pairs;
mod representatives;
mod search;
mod verify;

pub(crate) use banded::CROWD;
pub use clusters::Cluster;
pub(crate) use clusters::clusters;
pub(crate) use counters::counted;
pub(crate) use exact::{Container, ShingleIndex, containers, prefix_join, spanning_forest};
pub(crate) use groups::{Groups, Identities};
pub(crate) use number_families::NumberFamilies;
pub(crate) use pairs::expand;
pub use pairs::{Differs, Pair};
pub(crate) use representatives::{
    RepresentativeMatch, representatives, representatives_among, with_representatives,
};
pub(crate) use search::{search, search_indexed};
pub(crate) use verify::{Match, Matches};
