//! What `check` left out, and what else it found, in the last lines of its output.

use std::io::{self, Write};

use super::layout::Layout;
use super::numbers::{count, percent};
use super::printable::printable;

/// How many findings that are gone are listed.
const MAX_GONE: usize = 10;

/// A line before a group of files that are compared with each other only.
pub(crate) fn group(
    out: &mut impl Write,
    layout: Layout,
    number: usize,
    groups: usize,
    files: &str,
) -> io::Result<()> {
    let line =
        format!("group {number} of {groups}: {files} with the same settings, compared with each other only");
    let line = if layout.colored { format!("\x1b[1m{line}\x1b[0m") } else { line };
    writeln!(out, "{}{line}\n", if number > 1 { "\n" } else { "" })
}

/// How many findings belong to rules that are off.
pub(crate) fn off(out: &mut impl Write, findings: usize) -> io::Result<()> {
    writeln!(out, "{} of rules that are off left out", count(findings, "finding"))
}

/// How many findings were known, and which known ones are gone: file, rule and text.
pub(crate) fn baseline(out: &mut impl Write, name: &str, known: usize, gone: &[[&str; 3]]) -> io::Result<()> {
    let name = printable(name);
    let known = count(known, "known finding");
    if gone.is_empty() {
        return writeln!(out, "{known} in {name} left out");
    }
    writeln!(out, "{known} in {name} left out; {} gone, which --update-baseline removes:", gone.len())?;
    for [file, rule, text] in gone.iter().take(MAX_GONE) {
        let text = if text.is_empty() { String::new() } else { format!(" “{text}”") };
        writeln!(out, "  {}", printable(&format!("{file}: {rule}{text}")))?;
    }
    match gone.len().saturating_sub(MAX_GONE) {
        0 => Ok(()),
        more => writeln!(out, "  and {more} more"),
    }
}

/// "a.txt: redundancy 41%, more than the 30% of --max-redundancy".
pub(crate) fn too_redundant(name: &str, redundancy: f64, most: f64) -> String {
    let [is, most] = [redundancy, most].map(|share| match percent(redundancy) == percent(most) {
        // Such as 30.2% and 30%.
        true => format!("{:.2}%", 100.0 * share),
        false => percent(share),
    });
    format!("{name}: redundancy {is}, more than the {most} of max-redundancy")
}

/// The documents that are too redundant.
pub(crate) fn redundant(out: &mut impl Write, lines: &[String]) -> io::Result<()> {
    lines.iter().try_for_each(|line| writeln!(out, "{}", printable(line)))
}
