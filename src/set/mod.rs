//! The ground floor: hashes, sets of shingles, exact overlap. It knows nothing of text.
//!
//! A *unit* is whatever a text is cut into, a token or a character, already hashed to 64 bits by
//! [`hash::token`] or [`hash::character`]. A *shingle* is a run of consecutive units, again hashed
//! to 64 bits; a [`ShingleSet`] holds the distinct shingles of one paragraph, and two sets meet in
//! an [`Overlap`] of integer counts, from which every measure derives (Broder 1997).
//!
//! | file | holds |
//! | --- | --- |
//! | `hash` | every hash that a result depends on |
//! | `shingle` | the shingles of a sequence of units, and the set of one paragraph |
//! | `overlap` | the counts of two sets, and the measures derived from them |
//! | `overlap_counter` | overlaps counted without sorting the sets |
//! | `shingle_sets` | the sets of many paragraphs |

pub mod hash;
mod overlap;
mod overlap_counter;
mod shingle;
mod shingle_sets;

pub use overlap::{Overlap, overlap};
pub(crate) use overlap::{ratio, shared_at_least};
pub(crate) use overlap_counter::Tally;
pub use shingle::{ShingleSet, shingle};
pub(crate) use shingle_sets::{BLOCK, ShingleSets};
