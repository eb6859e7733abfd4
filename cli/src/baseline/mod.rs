//! Findings that are known, so that only new ones are reported.
//!
//! | file | holds |
//! | --- | --- |
//! | `entry` | one known finding, as a line of the file |
//! | `file` | the file: read, checked, written |
//! | `known` | which findings of a run are known, and which known ones are gone |

mod entry;
mod file;
pub(crate) mod known;
