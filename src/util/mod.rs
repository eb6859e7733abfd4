//! Helpers that every layer may use; none of them knows what they are used for.
//!
//! | file | holds |
//! | --- | --- |
//! | `span` | ranges of bytes of an original text |
//! | `id` | numbers of paragraphs |
//! | `share` | quotients of two counts, and how they are written for people |
//! | `progress` | how far long work has come, and whether to go on |
//! | `error` | what can fail |
//! | `bytes` | the header of stored values |
//! | `parallel` | work spread over threads, with results in the order of the input |
//! | `place_set` | sets of token places |
//! | `logarithm` | the natural logarithm, the same on every machine |
//! | `sort` | sorting of hashes |
//! | `hash_table` | hash tables whose keys are hashes already |

pub(crate) mod bytes;
pub(crate) mod error;
pub(crate) mod hash_table;
pub(crate) mod id;
pub(crate) mod logarithm;
pub(crate) mod parallel;
pub(crate) mod place_set;
pub(crate) mod progress;
pub(crate) mod share;
pub(crate) mod sort;
pub(crate) mod span;
