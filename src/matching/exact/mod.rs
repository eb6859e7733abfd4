//! All pairs, exactly: an index of rare shingles, and what is looked up in it.
//!
//! | file | turns | into |
//! | --- | --- | --- |
//! | `shingle_index` | sets | the sets that hold each shingle, rarest shingles first |
//! | `merge` | lists of the index | the sets that are in any of them, and in how many |
//! | `prefix_filter` | prefixes of two sets | a bound on what the sets share |
//! | `prefix_join` | the index | all pairs |
//! | `containment` | the index | the sets that hold most of another one |

mod containment;
mod merge;
mod prefix_filter;
mod prefix_join;
mod shingle_index;

pub(crate) use containment::containers;
pub(super) use merge::ListMerger;
pub(super) use prefix_filter::PrefixFilter;
pub(super) use prefix_join::prefix_join;
pub(crate) use shingle_index::ShingleIndex;
