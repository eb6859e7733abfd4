//! Exact searches through an index of shingles, which looks up the rarest shingles first.
//!
//! | file | takes | gives |
//! | --- | --- | --- |
//! | `shingle_index` | sets | for each shingle the sets that hold it |
//! | `merge` | lists of the index | the sets in these lists, and in how many lists each of them is |
//! | `prefix_filter` | the prefixes of two sets | whether the sets may reach the threshold |
//! | `prefix_join` | the index | all matches |
//! | `spanning_forest` | sets | as few matches as connect what all matches connect |
//! | `containment` | the index | for each set an earlier set that contains most of it |

mod containment;
mod merge;
mod prefix_filter;
mod prefix_join;
mod shingle_index;
mod spanning_forest;

pub(crate) use containment::{Container, containers};
pub(super) use merge::ListMerger;
pub(super) use prefix_filter::PrefixFilter;
pub(super) use prefix_join::indexed_join;
pub(crate) use prefix_join::prefix_join;
pub(crate) use shingle_index::ShingleIndex;
pub(crate) use spanning_forest::spanning_forest;
