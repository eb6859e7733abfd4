//! The right wing: what repeats, and where. It knows nothing of how it is shown.
//!
//! `coverage` counts exactly how much of a paragraph was said before it in its document.
//! `differences` says what two paragraphs do not have in common. `passages` finds the stretches of
//! tokens that come back, in some steps, a file each, and `areas` those that come back in other words;
//! `redundancy` counts what of a document they all make up, `shared` what of it stands in
//! others:
//!
//! | file | turns | into |
//! | --- | --- | --- |
//! | `weights` | in how many sentences a token stands | how much its coming back tells |
//! | `seeds` | tokens | pairs of places that share a telling pair or run of tokens |
//! | `align` | a pair of places | two stretches that match, as long as they go |
//! | `reworded` | areas | passages of another kind |
//! | `group` | pairs of stretches | passages with all their occurrences |

mod areas;
mod coverage;
mod differences;
mod marks;
mod passages;
mod redundancy;
mod sequence;
mod shared;
mod weights;

pub(crate) use coverage::{Coverage, coverage};
pub(crate) use differences::differences;
pub(crate) use marks::Marks;
pub use passages::Kind;
pub(crate) use passages::{Reach, Stretches, passages};
pub(crate) use redundancy::{Repeats, repeats};
pub(crate) use sequence::Sequence;
pub(crate) use shared::{across, shared};
