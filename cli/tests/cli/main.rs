//! The command as its users meet it: files in, text or JSON out, an exit status.

mod compare;
mod corpus;
mod input;
mod json;
mod run;
mod text;
