//! The left wing: from sets to a guess at how alike they are. It knows nothing of text.
//!
//! [`MinHash`] makes a [`Signature`] of a set of shingles; the share of equal lanes estimates the
//! resemblance (Broder 1997; Broder, Charikar, Frieze, Mitzenmacher 1998). [`Banding`] cuts
//! signatures into bands, so that sets which are alike probably share one (Leskovec, Rajaraman,
//! Ullman, *Mining of Massive Datasets*, §3.4).
//!
//! | file | holds |
//! | --- | --- |
//! | `minhash` | signatures and the hash functions that make them |
//! | `banding` | how many bands and rows reach a recall |
//! | `band_keys` | the hashes of the bands of many signatures |

mod band_keys;
mod banding;
mod minhash;

pub(crate) use band_keys::{BandKeys, Bander};
pub use banding::Banding;
pub use minhash::{MinHash, Signature};
