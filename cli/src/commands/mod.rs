//! The commands, each with its options.
//!
//! | file | holds |
//! | --- | --- |
//! | `corpus_run` | the options of the corpus commands, and reading the corpus for them |
//! | `check` | `refrain check`: what repeats in documents |
//! | `compare` | `refrain compare`: what two documents share |
//! | `pairs` | `refrain pairs`: the near-duplicate pairs of a corpus |
//! | `clusters` | `refrain clusters`: the near-duplicates of a corpus around representatives |
//! | `dedup` | `refrain dedup`: a corpus without its near-duplicates |

mod check;
mod clusters;
mod compare;
mod corpus_run;
mod dedup;
mod pairs;

pub(crate) use self::check::Check;
pub(crate) use self::clusters::Clusters;
pub(crate) use self::compare::Compare;
pub(crate) use self::dedup::Dedup;
pub(crate) use self::pairs::Pairs;
