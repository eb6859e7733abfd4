//! What can go wrong, and what the command's exit status says.

use std::fmt;
use std::io::{self, Write as _};
use std::process::ExitCode;

use crate::render::printable::visible;

/// How the command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    /// All was done, and there is nothing to warn of, or nothing shared.
    Clean = 0,
    /// All was done, and there is something to warn of, or something shared.
    Warned = 1,
    /// Something could not be done.
    Failed = 2,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status as u8)
    }
}

/// Why something could not be done, for a reader.
#[derive(Debug)]
pub(crate) struct Failure(String);

impl Failure {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Settings carry the names of their options, but for the dashes.
impl From<refrain::Error> for Failure {
    fn from(error: refrain::Error) -> Self {
        Self(match error.kind() {
            refrain::ErrorKind::Setting { name, value, accepts } => {
                let option = match *name {
                    "max_pairs" => "max-pairs-per-paragraph".to_owned(),
                    _ => name.replace('_', "-"),
                };
                format!("--{option} must be {accepts}, got {value}")
            }
            _ => error.to_string(),
        })
    }
}

/// Says on standard error what failed.
pub(crate) fn tell(failure: &Failure) -> Status {
    // Where even this cannot be written, the exit status has to do.
    let _ = writeln!(io::stderr().lock(), "error: {}", visible(&failure.0));
    Status::Failed
}

/// Says on standard error what a reader should know, though it was no failure.
pub(crate) fn warn(message: &str) {
    let _ = writeln!(io::stderr().lock(), "warning: {}", visible(message));
}
