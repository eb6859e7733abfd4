//! The settings of a detector.
//!
//! | file | holds |
//! | --- | --- |
//! | `rule` | the names of the rules, and how much a finding matters |
//! | `shingle` | what paragraphs are compared by |
//! | `boilerplate` | in how many documents something is boilerplate |
//! | `scope` | which earlier paragraphs coverage counts, and how pairs are searched for |
//! | `profile` | from which figures on a document is not `ok` |
//! | `themes` | how much of what is said again is looked for |
//! | `background/` | how common words are in general |
//! | `values` | all settings with their defaults |
//! | `configuration` | settings that were validated, with what is made of them |

mod background;
mod boilerplate;
mod configuration;
mod profile;
mod rule;
mod scope;
mod shingle;
mod themes;
mod values;

pub use background::{Background, BackgroundCounts};
pub use boilerplate::Boilerplate;
pub(crate) use configuration::Configuration;
pub use profile::{Profile, VerdictLimits};
pub use rule::{Level, Rule};
pub use scope::{CoverageScope, PairSearch};
pub use shingle::Shingle;
pub(crate) use shingle::Unit;
pub use themes::Themes;
pub use values::Settings;
