//! Tests of the command as a whole: files in, text or JSON out, exit status.

mod compare;
mod corpus;
mod input;
mod json;
mod run;
mod text;
mod themes;
