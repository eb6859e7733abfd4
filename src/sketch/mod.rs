//! Signatures of sets, to estimate resemblance and to find candidates. It knows nothing of text.
//!
//! [`MinHash`] makes a [`Signature`] of a set of shingles. The fraction of equal lanes of two signatures
//! estimates the resemblance of the sets (Broder 1997; Broder, Charikar, Frieze, Mitzenmacher 1998).
//! [`Banding`] cuts signatures into bands; similar sets probably share one (Leskovec, Rajaraman, Ullman,
//! *Mining of Massive Datasets*, §3.4).
//!
//! | file | holds |
//! | --- | --- |
//! | `minhash` | signatures and the hash functions that make them |
//! | `banding` | the numbers of bands and rows that reach a recall |
//! | `band_keys` | the hashes of the bands of many signatures |

mod band_keys;
mod banding;
mod minhash;

pub(crate) use band_keys::{BandKeys, Bander};
pub use banding::Banding;
pub use minhash::{MinHash, Signature};
