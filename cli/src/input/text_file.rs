//! Whole texts, from files or standard input.

use std::ffi::{OsStr, OsString};
use std::io::{self, Read as _};
use std::{fs, path};

use refrain::InputKind;
use serde_json::{Map, Value};

use super::format::other_format;
use crate::error::Error;

/// The name of standard input in messages and reports.
pub(crate) const STDIN: &str = "<stdin>";

/// A text and its name.
#[derive(Debug)]
pub(crate) struct TextFile {
    pub(crate) name: String,
    pub(crate) content: String,
    /// How it is read; `None` for standard input, which has no name to tell it.
    pub(crate) kind: Option<InputKind>,
    /// The fields of its record that are kept with it.
    #[cfg_attr(not(feature = "index"), allow(dead_code, reason = "only an index keeps them"))]
    pub(crate) fields: Map<String, Value>,
}

/// Reads the files, or standard input if there are none. Each file has a result of its own.
///
/// # Errors
///
/// Fails as a whole if `-` is given more than once.
pub(crate) fn read_all(files: &[OsString]) -> Result<Vec<Result<TextFile, Error>>, Error> {
    if files.is_empty() {
        return Ok(vec![read_stdin()]);
    }
    if files.iter().filter(|file| is_stdin(file)).count() > 1 {
        return Err(Error::new("`-` is given more than once, but standard input can be read only once"));
    }
    Ok(files.iter().map(|file| if is_stdin(file) { read_stdin() } else { read_file(file) }).collect())
}

fn is_stdin(file: &OsStr) -> bool {
    file == "-"
}

pub(crate) fn read_stdin() -> Result<TextFile, Error> {
    let mut bytes = Vec::new();
    match io::stdin().lock().read_to_end(&mut bytes) {
        Ok(_) => decode(STDIN.to_owned(), bytes),
        Err(error) => Err(read_error(STDIN, &error)),
    }
}

pub(crate) fn read_file(file: &OsStr) -> Result<TextFile, Error> {
    let name = file.to_string_lossy().into_owned();
    if path::Path::new(file).is_dir() {
        return Err(Error::new(format!("cannot read {name}: it is a directory; expected a file")));
    }
    match fs::read(file) {
        Ok(bytes) => decode(name, bytes),
        Err(error) => Err(read_error(&name, &error)),
    }
}

fn read_error(name: &str, error: &io::Error) -> Error {
    Error::new(format!("cannot read {name}: {error}"))
}

fn decode(name: String, bytes: Vec<u8>) -> Result<TextFile, Error> {
    match String::from_utf8(bytes) {
        Ok(content) if is_utf_16(content.as_bytes()) => {
            Err(Error::new(format!("cannot read {name}: every other byte is zero (it looks like UTF-16)")))
        }
        Ok(content) => {
            let kind = (name != STDIN).then(|| InputKind::from_name(&name).unwrap_or_default());
            Ok(TextFile { name, content, kind, fields: Map::new() })
        }
        Err(error) => {
            let hint = match error.as_bytes() {
                [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => " (it looks like UTF-16)",
                bytes => match other_format(bytes) {
                    Some(problem) => return Err(Error::new(format!("cannot read {name}: {problem}"))),
                    None => "",
                },
            };
            let offset = error.utf8_error().valid_up_to();
            Err(Error::new(format!("cannot read {name}: invalid UTF-8 at byte offset {offset}{hint}")))
        }
    }
}

/// Whether bytes that are valid UTF-8 are text of Latin letters in UTF-16: of the first ones nearly every other is
/// zero.
fn is_utf_16(bytes: &[u8]) -> bool {
    /// The bytes that are looked at.
    const BEGINNING: usize = 256;
    let beginning = &bytes[..bytes.len().min(BEGINNING)];
    let zeros = |first: usize| beginning.iter().skip(first).step_by(2).filter(|&&byte| byte == 0).count();
    beginning.len() >= 4 && 5 * zeros(0).max(zeros(1)) >= 2 * beginning.len()
}
