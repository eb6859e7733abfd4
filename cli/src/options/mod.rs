//! Options that several commands share.
//!
//! | file | holds |
//! | --- | --- |
//! | `values` | parses the values of options |
//! | `comparison` | threshold, shingles, threads: what every command takes |
//! | `settings` | settings that can also stand in `refrain.toml`: what `check` and `config` take |
//! | `report` | lengths and output format: what `compare` takes |
//! | `format` | formats and files of reports: what `check` and `render` take |
//! | `reading` | how sources are read: what `check` and `compare` take |
//! | `corpus` | input, fields and output: what `pairs`, `clusters` and `dedup` take |

pub(crate) mod comparison;
pub(crate) mod corpus;
pub(crate) mod format;
pub(crate) mod reading;
pub(crate) mod report;
pub(crate) mod settings;
pub(crate) mod values;
