//! The exit status of a command.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// Success, with no warning and nothing shared.
    Done = 0,
    /// Success, with at least one warning (`check`) or shared passage (`compare`).
    Found = 1,
    /// Something could not be done.
    Failed = 2,
}

impl From<Status> for u8 {
    fn from(status: Status) -> Self {
        status as Self
    }
}
