//! A line for each finding, as compilers write them: for editors and `grep`.

use std::io;

use crate::checked::{Checked, Select};
use crate::plain::plain;

/// Writes `path:line:column: level: message [rule]` for each finding, the [`Display`](std::fmt::Display) of
/// [`Finding`](refrain::Finding), and a line feed.
///
/// Line ends in names and messages become spaces, and other characters that control a terminal become signs.
///
/// # Errors
///
/// If `out` fails.
pub fn write(out: &mut impl io::Write, checked: &[Checked<'_>], select: Select) -> io::Result<()> {
    for Checked { report, .. } in checked {
        for finding in select.of(report) {
            writeln!(out, "{}", plain(&finding.to_string()))?;
        }
    }
    Ok(())
}
