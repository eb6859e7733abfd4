//! A file that is written aside and takes its place when it is complete.

use std::ffi::OsStr;
use std::fs::{self, File, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempPath;

use super::interrupt;

/// A file that is not in its place yet; dropped before, or interrupted, it is removed.
#[derive(Debug)]
pub(crate) struct Aside {
    file: File,
    path: TempPath,
    place: PathBuf,
}

impl Aside {
    /// Makes a file beside `place`, with the rights of the `old` one there, if there is one.
    pub(crate) fn new(place: PathBuf, old: Option<&Metadata>) -> io::Result<Self> {
        let mut prefix = place.file_name().unwrap_or_default().to_owned();
        prefix.push(".unfinished-");
        let mut builder = tempfile::Builder::new();
        builder.prefix(&prefix).suffix(".tmp");
        // With the rights of any new file, and errors that do not tell of a name nobody gave.
        let create = |path: &Path| File::options().write(true).create_new(true).open(path);
        interrupt::watch()?;
        let mut held = interrupt::hold();
        let (file, path) = builder.make_in(folder(&place), create)?.into_parts();
        held.add(&path);
        drop(held);
        if let Some(old) = old {
            file.set_permissions(old.permissions())?;
        }
        Ok(Self { file, path, place })
    }

    /// What is written to.
    pub(crate) fn file(&self) -> io::Result<File> {
        self.file.try_clone()
    }

    /// Sees to it that all that was written is on the disk.
    pub(crate) fn complete(&self) -> io::Result<()> {
        self.file.sync_all()
    }

    /// Puts it in its place.
    pub(crate) fn publish(self) -> io::Result<()> {
        let Self { path, place, .. } = self;
        path.persist(&place).map_err(|error| error.error)?;
        // That the name is on the disk too is worth a try; not every system can.
        let _ = File::open(folder(&place)).and_then(|folder| folder.sync_all());
        Ok(())
    }
}

/// What two paths have in common if they lead to one regular file, whether or not it is there yet.
///
/// `None` of devices and pipes, which any number of outputs may share.
pub(crate) fn place(path: &OsStr) -> Option<PathBuf> {
    let path = Path::new(path);
    if fs::metadata(path).is_ok_and(|file| !file.is_file()) {
        return None;
    }
    let there = fs::canonicalize(path);
    let to_be =
        || Ok::<_, io::Error>(fs::canonicalize(folder(path))?.join(path.file_name().unwrap_or_default()));
    Some(there.or_else(|_| to_be()).unwrap_or_else(|_| path.to_owned()))
}

/// The folder that a file is in.
pub(crate) fn folder(place: &Path) -> &Path {
    match place.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}
