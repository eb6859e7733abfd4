//! Tests of the command as a whole: files in, text or JSON out, exit status.

mod baseline;
mod compare;
mod config;
mod corpus;
mod explain;
mod files;
mod formats;
#[cfg(feature = "index")]
mod index;
mod input;
mod json;
mod kinds;
mod run;
mod text;
mod themes;
