//! The exceptions, and what becomes one.

use pyo3::import_exception;
use pyo3::prelude::*;

import_exception!(refrain_text.errors, RefrainError);
import_exception!(refrain_text.errors, WrongTypeError);
import_exception!(refrain_text.errors, TimedOut);
import_exception!(refrain_text.errors, Cancelled);
import_exception!(refrain_text.errors, IndexFileError);

/// Why work that runs without the interpreter did not end.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The library says why.
    Library(refrain::Error),
    /// The index says why.
    Index(refrain_index::Error),
    /// The input is wrong.
    Input(String),
    /// The monitor stopped it, and knows why.
    Stopped,
}

impl From<refrain::Error> for Failure {
    fn from(error: refrain::Error) -> Self {
        match error.kind() {
            refrain::ErrorKind::Cancelled => Self::Stopped,
            _ => Self::Library(error),
        }
    }
}

impl From<refrain_index::Error> for Failure {
    fn from(error: refrain_index::Error) -> Self {
        match error.kind() {
            refrain_index::ErrorKind::Cancelled => Self::Stopped,
            _ => Self::Index(error),
        }
    }
}

impl From<Failure> for PyErr {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Library(error) => refused(error),
            Failure::Index(error) => {
                IndexFileError::new_err((error.to_string(), kebab_case(&format!("{:?}", error.kind()))))
            }
            Failure::Input(message) => RefrainError::new_err(message),
            Failure::Stopped => Cancelled::new_err("the work was cancelled"),
        }
    }
}

/// An error of the library, with its wording.
pub(crate) fn refused(error: impl ToString) -> PyErr {
    RefrainError::new_err(error.to_string())
}

/// An object of the wrong type: "threshold must be a number, got str 'high'".
pub(crate) fn wrong_type(name: &str, accepts: &str, got: &Bound<'_, PyAny>) -> PyErr {
    WrongTypeError::new_err(format!("{name} must be {accepts}, got {}", describe(got)))
}

/// The type of an object, and what it is, if that is short.
#[pyfunction]
pub(crate) fn describe(object: &Bound<'_, PyAny>) -> String {
    if object.is_none() {
        return "None".to_owned();
    }
    let type_name = object.get_type().name().map_or_else(|_| "an object".to_owned(), |name| name.to_string());
    let Ok(repr) = object.repr() else { return type_name };
    let repr = repr.to_string_lossy();
    if repr.chars().count() <= 40 && !repr.contains('\n') { format!("{type_name} {repr}") } else { type_name }
}

/// `NotAnIndex` as `not-an-index`.
fn kebab_case(name: &str) -> String {
    let mut kebab = String::new();
    for (place, letter) in name.char_indices() {
        if place > 0 && letter.is_ascii_uppercase() {
            kebab.push('-');
        }
        kebab.push(letter.to_ascii_lowercase());
    }
    kebab
}
