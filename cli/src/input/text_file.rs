//! Reading files and standard input.

use std::ffi::{OsStr, OsString};
use std::io::{self, Read as _};
use std::{fs, path};

use crate::error::Failure;

/// What standard input is called.
pub(crate) const STDIN: &str = "<stdin>";

/// A text that was read, and what it is called.
#[derive(Debug)]
pub(crate) struct Text {
    pub(crate) name: String,
    pub(crate) content: String,
}

/// Reads the files named, or standard input if none is; one bad file does not spoil the others.
///
/// What cannot be meant at all fails as a whole.
pub(crate) fn read_all(files: &[OsString]) -> Result<Vec<Result<Text, Failure>>, Failure> {
    if files.is_empty() {
        return Ok(vec![read_stdin()]);
    }
    if files.iter().filter(|file| is_stdin(file)).count() > 1 {
        return Err(Failure::new("`-` is given more than once, but standard input can be read only once"));
    }
    Ok(files.iter().map(|file| if is_stdin(file) { read_stdin() } else { read_file(file) }).collect())
}

fn is_stdin(file: &OsStr) -> bool {
    file == "-"
}

fn read_stdin() -> Result<Text, Failure> {
    let mut bytes = Vec::new();
    match io::stdin().lock().read_to_end(&mut bytes) {
        Ok(_) => decode(STDIN.to_owned(), bytes),
        Err(error) => Err(unreadable(STDIN, &error)),
    }
}

fn read_file(file: &OsStr) -> Result<Text, Failure> {
    let name = file.to_string_lossy().into_owned();
    if path::Path::new(file).is_dir() {
        return Err(Failure::new(format!("cannot read {name}: it is a directory, and files are needed")));
    }
    match fs::read(file) {
        Ok(bytes) => decode(name, bytes),
        Err(error) => Err(unreadable(&name, &error)),
    }
}

fn unreadable(name: &str, error: &io::Error) -> Failure {
    Failure::new(format!("cannot read {name}: {error}"))
}

fn decode(name: String, bytes: Vec<u8>) -> Result<Text, Failure> {
    match String::from_utf8(bytes) {
        Ok(content) => Ok(Text { name, content }),
        Err(error) => {
            let hint = match error.as_bytes() {
                [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => " (it looks like UTF-16)",
                _ => "",
            };
            let offset = error.utf8_error().valid_up_to();
            Err(Failure::new(format!("cannot read {name}: invalid UTF-8 at byte offset {offset}{hint}")))
        }
    }
}
