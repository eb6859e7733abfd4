//! Questions about the paths of outputs.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// Whether two paths lead to the same regular file, which need not exist yet.
///
/// `false` for devices and pipes: several outputs may share them.
pub(crate) fn same_file(a: &OsStr, b: &OsStr) -> bool {
    regular_file(a).is_some_and(|a| Some(a) == regular_file(b))
}

/// A path that is the same for all names of a regular file; `None` for devices and pipes.
fn regular_file(path: &OsStr) -> Option<PathBuf> {
    let path = Path::new(path);
    if fs::metadata(path).is_ok_and(|file| !file.is_file()) {
        return None;
    }
    let existing = fs::canonicalize(path);
    let future = || {
        let directory = fs::canonicalize(parent_directory(path))?;
        Ok::<_, io::Error>(directory.join(path.file_name().unwrap_or_default()))
    };
    Some(existing.or_else(|_| future()).unwrap_or_else(|_| path.to_owned()))
}

/// The directory that contains a file.
pub(crate) fn parent_directory(file: &Path) -> &Path {
    match file.parent() {
        Some(directory) if directory != Path::new("") => directory,
        _ => Path::new("."),
    }
}
