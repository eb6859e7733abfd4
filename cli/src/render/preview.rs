//! What `dedup` would remove: how much, and a sample beside what would be kept instead.

use std::io::{self, Write};

use refrain::Span;

use super::excerpt::clean;
use super::layout::Layout;
use super::numbers::{count, percent};
use super::printable::text_width;
use super::wrap::wrap;

/// Before the left column.
const INDENT: &str = "  ";
/// Between the columns.
const SEPARATOR: &str = " | ";
const ELLIPSIS: &str = "...";

/// The removals of a corpus.
#[derive(Debug)]
pub(crate) struct Preview<'a> {
    /// All paragraphs, removed or not.
    pub(crate) all: Amount,
    /// The number of paragraphs that are too short to be removed.
    pub(crate) short_paragraphs: usize,
    /// From the highest resemblance down to the threshold.
    pub(crate) ranges: Vec<Range<'a>>,
    /// The number of all records.
    pub(crate) records: usize,
    pub(crate) dropped_records: usize,
}

/// A number of paragraphs, and the sum of their lengths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Amount {
    pub(crate) paragraphs: usize,
    pub(crate) bytes: usize,
}

impl Amount {
    pub(crate) fn add(&mut self, span: Span) {
        self.paragraphs += 1;
        self.bytes += span.len();
    }
}

/// The removals within a range of resemblance, which ends below that of the range before.
#[derive(Debug)]
pub(crate) struct Range<'a> {
    pub(crate) from: f64,
    pub(crate) amount: Amount,
    pub(crate) sample: Vec<Removal<'a>>,
}

/// A paragraph that would be removed, and the one that would be kept instead.
#[derive(Debug)]
pub(crate) struct Removal<'a> {
    pub(crate) removed: Place<'a>,
    pub(crate) kept: Place<'a>,
    pub(crate) resemblance: f64,
}

/// A paragraph of a record.
#[derive(Debug)]
pub(crate) struct Place<'a> {
    /// The id of the record, as written in JSON.
    pub(crate) id: &'a str,
    pub(crate) span: Span,
    /// The paragraph, or its beginning if it is long.
    pub(crate) opening: &'a str,
}

/// Writes the amounts as a table, and the samples in two columns.
pub(crate) fn write(out: &mut impl Write, layout: Layout, preview: &Preview<'_>) -> io::Result<()> {
    let Preview { all, short_paragraphs, ranges, records, dropped_records } = preview;
    let removed = ranges.iter().fold(Amount::default(), |sum, range| Amount {
        paragraphs: sum.paragraphs + range.amount.paragraphs,
        bytes: sum.bytes + range.amount.bytes,
    });
    let short = match short_paragraphs {
        0 => String::new(),
        short => format!(", {short} too short to compare"),
    };
    writeln!(
        out,
        "would remove {} of {} ({}{short}), {} of {} ({})",
        removed.paragraphs,
        count(all.paragraphs, "paragraph"),
        share(removed.paragraphs, all.paragraphs),
        removed.bytes,
        count(all.bytes, "byte"),
        share(removed.bytes, all.bytes),
    )?;
    writeln!(
        out,
        "would drop {dropped_records} of {} ({})",
        count(*records, "record"),
        share(*dropped_records, *records)
    )?;
    if removed.paragraphs == 0 {
        return Ok(());
    }
    writeln!(out, "\n{INDENT}{:<14}{:>12}{:>16}", "resemblance", "paragraphs", "bytes")?;
    let mut to = None;
    for Range { from, amount, .. } in ranges {
        let range = to.map_or_else(|| from.to_string(), |to| format!("{from} to {to}"));
        writeln!(out, "{INDENT}{range:<14}{:>12}{:>16}", amount.paragraphs, amount.bytes)?;
        to = Some(from);
    }
    let shown = ranges.iter().map(|range| range.sample.len()).sum::<usize>();
    writeln!(
        out,
        "\n{shown} of {}; left: removed, right: kept instead",
        count(removed.paragraphs, "removal")
    )?;
    let columns = (layout.width - INDENT.len() - SEPARATOR.len()) / 2;
    for Removal { removed, kept, resemblance } in ranges.iter().flat_map(|range| &range.sample) {
        writeln!(out, "\nresemblance {}", decimals(*resemblance))?;
        for [left, right] in [
            [removed, kept].map(|side| place(side, columns)),
            [removed, kept].map(|side| opening(side, columns)),
        ] {
            let padding = " ".repeat(columns.saturating_sub(text_width(&left)));
            writeln!(out, "{INDENT}{left}{padding}{SEPARATOR}{right}")?;
        }
    }
    Ok(())
}

fn share(part: usize, whole: usize) -> String {
    percent(part as f64 / whole.max(1) as f64)
}

/// A resemblance with two decimals, rounded down, so that only 1 is shown as 1.
fn decimals(resemblance: f64) -> String {
    match (100.0 * resemblance + 1e-9) as u32 {
        100 => "1".to_owned(),
        hundredths => format!("0.{hundredths:02}"),
    }
}

/// "\"article-7\" [0, 95]", with the id cut if it is too long.
fn place(place: &Place<'_>, columns: usize) -> String {
    let span = format!(" [{}, {}]", place.span.start, place.span.end);
    fit(&clean(place.id), columns.saturating_sub(span.len()), false) + &span
}

fn opening(place: &Place<'_>, columns: usize) -> String {
    let words = clean(place.opening).split_whitespace().collect::<Vec<_>>().join(" ");
    fit(&words, columns, place.opening.len() < place.span.len())
}

/// The text, or as much of it as fits, if it is too long or there is `more` of it.
fn fit(text: &str, columns: usize, more: bool) -> String {
    if !more && text_width(text) <= columns {
        return text.to_owned();
    }
    let room = columns.saturating_sub(ELLIPSIS.len()).max(2);
    let line = wrap(text, room, 1).pop().unwrap_or_default();
    format!("{}{ELLIPSIS}", &text[line])
}
