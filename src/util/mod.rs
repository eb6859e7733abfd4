//! Helpers that every floor may use; none of them knows what they are used for.
//!
//! | file | holds |
//! | --- | --- |
//! | `span` | byte ranges of an original text |
//! | `id` | paragraph ids |
//! | `progress` | reports of progress, and cancellation |
//! | `error` | the error type |
//! | `parallel` | work on several threads, with results in the order of the input |
//! | `sort` | fast sorting of hashes |
//! | `hash_table` | a hasher for tables whose keys are hashes already |

pub(crate) mod error;
pub(crate) mod hash_table;
pub(crate) mod id;
pub(crate) mod parallel;
pub(crate) mod progress;
pub(crate) mod sort;
pub(crate) mod span;
