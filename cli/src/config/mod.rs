//! `refrain.toml`: what is in force for a file, and where each value came from.
//!
//! The keys are the fields of the library's [`Settings`](refrain::Settings), and some that concern the command.
//! A value of an option wins over one of the file, and that over the default.
//!
//! | file | holds |
//! | --- | --- |
//! | `keys` | the keys, and which values each accepts |
//! | `toml_value` | places in a file, values of TOML as values of JSON |
//! | `rule_level` | rules that are off, or of another level |
//! | `fail_on` | which findings make the command fail |
//! | `file` | one `refrain.toml`, checked |
//! | `find` | the nearest file upward |
//! | `effective` | what is in force for a file |

pub(crate) mod effective;
pub(crate) mod fail_on;
mod file;
pub(crate) mod find;
mod keys;
pub(crate) mod rule_level;
mod toml_value;
