//! The exit status of a command.

use std::process::ExitCode;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// Success, with no warning and nothing shared.
    Done = 0,
    /// Success, with at least one warning (`check`) or shared passage (`compare`).
    Found = 1,
    /// Something could not be done.
    Failed = 2,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status as u8)
    }
}
