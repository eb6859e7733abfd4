//! The left wing: from sets to a guess at how alike they are. It knows nothing of text.
//!
//! [`MinHash`] makes a [`Signature`] of a set of shingles; the share of equal lanes estimates the
//! resemblance (Broder 1997; Broder, Charikar, Frieze, Mitzenmacher 1998). [`Banding`] cuts
//! signatures into bands, so that sets which are alike probably share one (Leskovec, Rajaraman,
//! Ullman, *Mining of Massive Datasets*, §3.4).

mod banding;
mod keys;
mod signature;

pub use banding::Banding;
pub(crate) use keys::{BandKeys, Bander};
pub use signature::{MinHash, Signature};
