//! The files in a folder.

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use crate::error::Error;

/// All files in a folder and in the folders inside, in the order of their names, each with its path from the
/// folder that was given. Hidden files and what `.gitignore` and `.ignore` name are left out; links are
/// followed. What cannot be read is an error of its own.
pub(crate) fn walk(folder: &Path) -> impl Iterator<Item = Result<PathBuf, Error>> {
    let mut builder = WalkBuilder::new(folder);
    // The same files on every machine: a global `.gitignore` does not count, and a repository is not needed.
    builder.follow_links(true).require_git(false).git_global(false);
    builder.sort_by_file_name(|a, b| a.cmp(b));
    builder.build().filter_map(|entry| match entry {
        Ok(entry) => {
            let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
            is_file.then(|| Ok(without_dot(entry.path())))
        }
        Err(error) => Some(Err(Error::new(describe(None, &error)))),
    })
}

/// `a.txt` for `./a.txt`.
fn without_dot(path: &Path) -> PathBuf {
    match path.strip_prefix(".") {
        Ok(inside) if inside != Path::new("") => inside.to_owned(),
        _ => path.to_owned(),
    }
}

fn describe(path: Option<&Path>, error: &ignore::Error) -> String {
    let name = || path.map_or_else(String::new, |path| format!(" {}", without_dot(path).display()));
    match error {
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            describe(path, err)
        }
        ignore::Error::WithPath { path, err } => describe(Some(path), err),
        ignore::Error::Loop { ancestor, child } => format!(
            "cannot read {}: it is a link to {}, which contains it",
            without_dot(child).display(),
            without_dot(ancestor).display()
        ),
        ignore::Error::Io(error) => {
            // What the system says, without the path that is named already.
            let mut cause: &dyn std::error::Error = error;
            while let Some(source) = cause.source() {
                cause = source;
            }
            format!("cannot read{}: {cause}", name())
        }
        other => format!("cannot read{}: {other}", name()),
    }
}
