//! A file that appears under its name only when it is complete.

use std::fs::{File, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempPath;

use super::interrupt;
use super::paths::parent_directory;

/// A temporary file in the directory of its target. It is removed if it is dropped, or if the command is
/// interrupted, before it is published.
#[derive(Debug)]
pub(crate) struct AtomicFile {
    file: File,
    temporary: TempPath,
    target: PathBuf,
}

impl AtomicFile {
    /// Creates the temporary file, with the permissions of the `existing` target if there is one.
    pub(crate) fn create(target: PathBuf, existing: Option<&Metadata>) -> io::Result<Self> {
        let mut prefix = target.file_name().unwrap_or_default().to_owned();
        prefix.push(".unfinished-");
        let mut builder = tempfile::Builder::new();
        builder.prefix(&prefix).suffix(".tmp");
        // `Builder::tempfile_in` would restrict the permissions, and its errors name the temporary file,
        // which the user does not know.
        let create = |path: &Path| File::options().write(true).create_new(true).open(path);
        interrupt::install_handler()?;
        let mut unfinished = interrupt::lock();
        let (file, temporary) = builder.make_in(parent_directory(&target), create)?.into_parts();
        unfinished.add(&temporary);
        drop(unfinished);
        if let Some(existing) = existing {
            file.set_permissions(existing.permissions())?;
        }
        Ok(Self { file, temporary, target })
    }

    /// A handle to write through.
    pub(crate) fn file(&self) -> io::Result<File> {
        self.file.try_clone()
    }

    /// Waits until all that was written is on the disk.
    pub(crate) fn sync(&self) -> io::Result<()> {
        self.file.sync_all()
    }

    /// Renames the file to its target.
    pub(crate) fn publish(self) -> io::Result<()> {
        let Self { temporary, target, .. } = self;
        temporary.persist(&target).map_err(|error| error.error)?;
        // Put the new name on the disk too, where the system can do that.
        let _ = File::open(parent_directory(&target)).and_then(|directory| directory.sync_all());
        Ok(())
    }
}
