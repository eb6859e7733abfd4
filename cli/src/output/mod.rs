//! Writing to standard output, standard error and files.
//!
//! | file | holds |
//! | --- | --- |
//! | `stdout` | reports on standard output, with width and colours |
//! | `stderr` | errors, warnings and summaries on standard error |
//! | `paths` | whether two paths lead to one file |
//! | `interrupt` | removes unfinished files on Ctrl-C |
//! | `atomic_file` | a file that appears only when it is complete |
//! | `sink` | where the result of a corpus command goes: file, device, pipe; plain or compressed |
//! | `parallel_lines` | formats lines in parallel and writes them in order |

pub(crate) mod atomic_file;
mod interrupt;
pub(crate) mod parallel_lines;
pub(crate) mod paths;
pub(crate) mod sink;
pub(crate) mod stderr;
pub(crate) mod stdout;
