//! SARIF 2.1.0, the format of static analysers, which code hosts and editors show beside the lines.
//!
//! | file | holds |
//! | --- | --- |
//! | `uri` | references to files |
//! | `region` | where a span begins and ends |
//! | `log` | the parts of the format that are written |
//! | `results` | findings as results, one by one |
//! | `rules` | what SARIF wants to know of rules in addition to their explanations |
//! | `write` | the whole log |

mod log;
mod region;
mod results;
mod rules;
mod uri;
mod write;

pub use write::write;
