//! Annotations of GitHub: workflow commands that put findings beside the lines of a change.

use std::io;

use refrain::{Finding, Level};

use crate::checked::{Checked, Select};
use crate::plain::plain;

/// How many findings of each level are written. GitHub shows ten of each in a step.
pub const MOST: usize = 50;

/// Writes a workflow command for each finding: `::warning file=…,line=…,col=…,title=…::message`, and `::notice` for
/// notes.
///
/// The first 50 of each level are written, and then a line says how many more there are. A document without a name has
/// no `file`. Each of `unread`, the messages about files that could not be read, becomes an `::error`, up to 50 of
/// them. Line ends become spaces, and other characters that control a terminal become signs.
///
/// # Errors
///
/// If `out` fails.
pub fn write(
    out: &mut impl io::Write,
    checked: &[Checked<'_>],
    unread: &[String],
    select: Select,
) -> io::Result<()> {
    for message in unread.iter().take(MOST) {
        writeln!(out, "::error title={}::{}", property("refrain: not read"), data(message))?;
    }
    let (mut warnings, mut notes) = (0_usize, 0_usize);
    for finding in checked.iter().flat_map(|checked| select.of(checked.report)) {
        let count = if finding.level == Level::Warning { &mut warnings } else { &mut notes };
        *count += 1;
        if *count <= MOST {
            write_command(out, finding)?;
        }
    }
    for (count, what) in [(unread.len(), "error"), (warnings, "warning"), (notes, "note")] {
        if let Some(more @ 1..) = count.checked_sub(MOST) {
            let s = if more == 1 { "" } else { "s" };
            writeln!(
                out,
                "{more} more {what}{s} without an annotation; the formats json, sarif, csv and lines have them all"
            )?;
        }
    }
    Ok(())
}

fn write_command(out: &mut impl io::Write, finding: &Finding) -> io::Result<()> {
    let Finding { rule, level, name, line, column, message, .. } = finding;
    let command = if *level == Level::Warning { "warning" } else { "notice" };
    write!(out, "::{command} ")?;
    if !name.is_empty() {
        write!(out, "file={},", property(name.strip_prefix("./").unwrap_or(name)))?;
    }
    writeln!(
        out,
        "line={line},col={column},title={}::{}",
        property(&format!("refrain: {rule}")),
        data(message)
    )
}

/// Escapes a message.
fn data(text: &str) -> String {
    // `plain` leaves no line ends, which would have to be written as %0A and %0D.
    plain(text).replace('%', "%25")
}

/// Escapes the value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
