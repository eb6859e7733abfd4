//! What can fail.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why something could not be done with an index.
///
/// The message names the file, what is wrong, and what to do; [`kind`](Self::kind) says which case it is, for
/// programs that decide by it.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    path: Option<PathBuf>,
    message: String,
}

/// The cases of [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A setting, a name or a query has a value that it cannot take.
    Setting,
    /// There is no file at the path.
    NotFound,
    /// There is a file at the path already, or a document with the name is stored already.
    Exists,
    /// The file is not an index.
    NotAnIndex,
    /// The index was made by a version of this package with another format or other hashes.
    OtherVersion,
    /// The file is damaged: cut off, or changed by something else than this package.
    Damaged,
    /// Another process, or another part of this one, has the index open in a way that excludes this.
    Locked,
    /// The process that had the index open for writing was killed, and the index must be opened for writing
    /// once before it can be read.
    NeedsRepair,
    /// The file, its folder or the index was opened for reading only.
    ReadOnly,
    /// There is no more room on the disk. What was committed is safe.
    DiskFull,
    /// Another problem with the file.
    Io,
    /// A document is over a limit of the library.
    Limit,
    /// The watcher cancelled the work. Batches that were committed stay.
    Cancelled,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, path: None, message: message.into() }
    }

    pub(crate) fn damaged(what: impl fmt::Display) -> Self {
        Self::new(
            ErrorKind::Damaged,
            format!(
                "the index is damaged: {what}; restore it from a copy, or create a new one from the documents"
            ),
        )
    }

    pub(crate) fn cancelled() -> Self {
        Self::new(ErrorKind::Cancelled, "the watcher cancelled the work")
    }

    pub(crate) fn io(error: &io::Error) -> Self {
        let (kind, hint) = match error.kind() {
            io::ErrorKind::NotFound => (ErrorKind::NotFound, "; create an index first"),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                (ErrorKind::DiskFull, "; what was committed is safe, make room and try again")
            }
            io::ErrorKind::ReadOnlyFilesystem => (ErrorKind::ReadOnly, "; it cannot be written here"),
            io::ErrorKind::PermissionDenied => {
                (ErrorKind::ReadOnly, "; this user may not read or write it here")
            }
            _ => (ErrorKind::Io, ""),
        };
        Self::new(kind, format!("{error}{hint}"))
    }

    /// Names the file in the message.
    pub(crate) fn at(mut self, path: &Path) -> Self {
        self.path.get_or_insert_with(|| path.to_owned());
        self
    }

    /// Which case this is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = self.path.as_ref().filter(|path| !path.as_os_str().is_empty()) {
            write!(f, "{}: ", path.display())?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

impl From<refrain::Error> for Error {
    fn from(error: refrain::Error) -> Self {
        let kind = match error.kind() {
            refrain::ErrorKind::Cancelled => ErrorKind::Cancelled,
            refrain::ErrorKind::Limit => ErrorKind::Limit,
            _ => ErrorKind::Setting,
        };
        Self::new(kind, error.to_string())
    }
}
