//! Writing to standard output and to files.

pub(crate) mod atomic_file;
mod interrupt;
pub(crate) mod parallel_lines;
pub(crate) mod sink;
pub(crate) mod stdout;
