//! Hashes, sets of shingles, and how much two sets have in common. It knows nothing of text.
//!
//! A *unit* is a token or a character, hashed to 64 bits by one of the functions of [`hash`]. A
//! *shingle* is a run of consecutive units, again hashed to 64 bits. A [`ShingleSet`] holds the distinct
//! shingles of one paragraph. An [`Overlap`] holds the sizes of two sets and of their intersection; all
//! measures of similarity are computed from it (Broder 1997).
//!
//! | file | holds |
//! | --- | --- |
//! | `hash` | all hash functions that results depend on |
//! | `shingle` | the shingles of a sequence of units, and the shingle set of one paragraph |
//! | `overlap` | how much two sets have in common, and measures of it |
//! | `overlap_counter` | the same for two runs of shingles that are not sorted |
//! | `shingle_sets` | the shingle sets of many paragraphs |

pub mod hash;
mod overlap;
mod overlap_counter;
mod shingle;
mod shingle_sets;

pub(crate) use overlap::shared_at_least;
pub use overlap::{Overlap, overlap};
pub(crate) use overlap_counter::OverlapCounter;
pub use shingle::{ShingleSet, shingle, shingle_ends};
pub(crate) use shingle_sets::{BLOCK, ShingleSets};
