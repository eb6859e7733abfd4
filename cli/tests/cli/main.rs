//! Tests of the command as a whole: files in, text or JSON out, exit status.

mod baseline;
mod compare;
mod config;
mod corpus;
mod explain;
mod files;
#[cfg(feature = "index")]
mod index;
mod input;
mod json;
mod run;
mod text;
mod themes;
