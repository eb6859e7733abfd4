//! Passages: stretches of tokens that come back.

mod areas;
mod documents;
mod marks;
mod passages;
mod sequence;
mod weights;

pub(crate) use documents::passages;
pub(crate) use marks::Marks;
pub use passages::Kind;
pub(crate) use passages::{Reach, Stretches};
