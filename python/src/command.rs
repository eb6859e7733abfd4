//! The command, in this process.

use std::ffi::OsString;

use pyo3::prelude::*;

/// Runs the command `refrain` with its arguments, the first of which is its name, and returns its exit status.
///
/// It prints on the standard streams of the process.
#[pyfunction]
pub(crate) fn run_command(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
    py.detach(|| refrain_cli::run(arguments))
}
