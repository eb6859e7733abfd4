//! The commands, each with the options that it alone has.
//!
//! | file | holds |
//! | --- | --- |
//! | `status` | the exit status of a command |
//! | `check` | `refrain check`: what repeats in documents |
//! | `check_texts` | the texts that `check` reads, each with its settings |
//! | `outputs` | standard output and the files of a run, each in its format |
//! | `render` | `refrain render`: a stored report in any format |
//! | `config` | `refrain config`: what is in force for a file |
//! | `explain` | `refrain explain`: what a rule means |
//! | `completions` | `refrain completions` and `refrain man` |
//! | `compare` | `refrain compare`: what two documents share |
//! | `corpus_run` | what `pairs`, `clusters` and `dedup` do alike: read the corpus, print a summary |
//! | `pairs` | `refrain pairs`: the near-duplicate pairs of a corpus |
//! | `clusters` | `refrain clusters`: the near-duplicates of a corpus, grouped |
//! | `dedup` | `refrain dedup`: a corpus without its near-duplicates |
//! | `index` | `refrain index`: what was published before |
//! | `background` | `refrain background`: a table of the words that are common in a corpus |

mod background;
mod check;
mod check_texts;
mod clusters;
mod compare;
mod completions;
mod config;
mod corpus_run;
mod dedup;
mod explain;
#[cfg(feature = "index")]
mod index;
mod outputs;
mod pairs;
mod render;
mod status;

pub(crate) use self::background::Background;
pub(crate) use self::check::Check;
pub(crate) use self::clusters::Clusters;
pub(crate) use self::compare::Compare;
pub(crate) use self::completions::{Completions, Man};
pub(crate) use self::config::Config;
pub(crate) use self::dedup::Dedup;
pub(crate) use self::explain::Explain;
#[cfg(feature = "index")]
pub(crate) use self::index::Index;
pub(crate) use self::pairs::Pairs;
pub(crate) use self::render::Render;
pub(crate) use self::status::Status;
