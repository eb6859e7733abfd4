//! Messages on standard error.

use std::fmt::Display;
use std::io::{self, Write as _};

use crate::render::printable::printable;

pub(crate) fn print_error(error: &dyn Display) {
    print_line(&format!("error: {error}"));
}

pub(crate) fn print_warning(message: &str) {
    print_line(&format!("warning: {message}"));
}

pub(crate) fn print_line(line: &str) {
    // If standard error cannot be written either, the exit status is all that is left.
    let _ = writeln!(io::stderr().lock(), "{}", printable(line));
}
