//! The files that the arguments of `check` lead to: files, folders, standard input.

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use super::endings;
use super::globs::absolute;
use super::text_file::STDIN;
use super::walk::walk;
use crate::error::Error;

/// A file to read, or standard input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Input {
    /// Its name as it was given or found, `-` for standard input.
    pub(crate) given: OsString,
    /// Its absolute path; for standard input that of a file in the current folder that there is not.
    pub(crate) path: PathBuf,
}

impl Input {
    pub(crate) fn stdin() -> Self {
        Self { given: "-".into(), path: absolute(Path::new(STDIN)) }
    }

    pub(crate) fn is_stdin(&self) -> bool {
        self.given == "-"
    }
}

/// What the arguments lead to.
#[derive(Debug, Default)]
pub(crate) struct Inputs {
    /// In the order of the arguments, inside a folder in the order of names. No file is there twice.
    pub(crate) files: Vec<Input>,
    /// Folders and links that cannot be read.
    pub(crate) errors: Vec<Error>,
}

/// Finds the files. A file in a folder is taken if `admits` its absolute path; a file that is named itself is
/// taken in any case.
///
/// # Errors
///
/// Fails as a whole if `-` is given more than once, or `admits` fails.
pub(crate) fn find(
    arguments: &[OsString],
    mut admits: impl FnMut(&Path) -> Result<bool, Error>,
) -> Result<Inputs, Error> {
    let mut inputs = Inputs::default();
    if arguments.is_empty() {
        inputs.files.push(Input::stdin());
        return Ok(inputs);
    }
    if arguments.iter().filter(|argument| *argument == "-").count() > 1 {
        return Err(Error::new("`-` is given more than once, but standard input can be read only once"));
    }
    let mut seen = HashSet::new();
    // A link and its target are one file. What does not exist is an error when it is read.
    let mut is_new = |path: &Path| fs::canonicalize(path).map_or(true, |path| seen.insert(path));
    for argument in arguments {
        let given = Path::new(argument);
        if argument == "-" {
            inputs.files.push(Input::stdin());
        } else if !given.is_dir() {
            if is_new(given) {
                inputs.files.push(Input { given: argument.clone(), path: absolute(given) });
            }
        } else {
            let mut admitted = 0;
            let errors_before = inputs.errors.len();
            for found in walk(given) {
                let path = match found {
                    Ok(path) => path,
                    Err(error) => {
                        inputs.errors.push(error);
                        continue;
                    }
                };
                let full = absolute(&path);
                if admits(&full)? {
                    admitted += 1;
                    if is_new(&path) {
                        inputs.files.push(Input { given: path.into_os_string(), path: full });
                    }
                }
            }
            if admitted == 0 && inputs.errors.len() == errors_before {
                inputs.errors.push(Error::new(format!(
                    "{}: no text in this folder; files ending in {} are read, or those that --include names",
                    given.display(),
                    endings::list()
                )));
            }
        }
    }
    Ok(inputs)
}
