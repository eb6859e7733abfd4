//! What of a document was published before, in lines.

use std::io::{self, Write};

use refrain::{Document, Span};
use refrain_index::{Match, Report};

use super::numbers::{count, percent};
use super::printable::printable;

/// The places of each stored document that are shown, unless all are wanted.
const PLACES: usize = 5;
/// The characters of a quotation that are shown.
const QUOTED: usize = 80;

/// Writes a line about the document, and the stored documents with what they have of it: some places of each, or all
/// if `verbose`.
pub(crate) fn write(
    out: &mut impl Write,
    report: &Report,
    document: &Document<'_>,
    verbose: bool,
) -> io::Result<()> {
    let name = printable(&report.name);
    if report.is_empty() {
        let what = if report.boilerplate.is_empty() {
            "not published before"
        } else {
            "only boilerplate was published before"
        };
        writeln!(out, "{name}: {what}")?;
    } else {
        let (shared, all) = (report.shared_tokens, count(report.tokens, "word"));
        let documents = count(report.matches.len() + report.more, "document");
        writeln!(
            out,
            "{name}: {shared} of {all} published before ({}), in {documents}",
            percent(report.shared)
        )?;
    }
    for found in &report.matches {
        write_match(out, found, document, if verbose { usize::MAX } else { PLACES })?;
    }
    if report.more > 0 {
        writeln!(out, "  and {}, which share only what is listed", count(report.more, "more document"))?;
    }
    if report.undated > 0 {
        let documents = count(report.undated, "document");
        writeln!(out, "  left out: {documents} without a value that --before can compare")?;
    }
    if let Some(boilerplate) = report.boilerplate.first() {
        let quoted = quote(document.source(), boilerplate.span);
        writeln!(
            out,
            "  boilerplate: {} that more than {} paragraphs have, such as {quoted}",
            count(report.boilerplate.len(), "part"),
            boilerplate.paragraphs
        )?;
    }
    Ok(())
}

fn write_match(
    out: &mut impl Write,
    found: &Match,
    document: &Document<'_>,
    places: usize,
) -> io::Result<()> {
    let stored = &found.stored;
    let metadata = if stored.metadata.is_null() { String::new() } else { format!("  {}", stored.metadata) };
    writeln!(out, "  {}{}", printable(&stored.name), printable(&metadata))?;
    let findings = found.comparison.as_ref().map(refrain::Report::findings).unwrap_or_default();
    let mut lines = Vec::new();
    for finding in findings {
        let mut line = printable(&finding.to_string()).into_owned();
        if let Some(place) = finding.related.iter().find(|place| place.document == 0) {
            line += &format!(", there {}:{}", place.line, place.column);
        }
        lines.push((line, finding.span));
    }
    if lines.is_empty() {
        lines.extend(found.runs.iter().map(|run| {
            (format!("{} in a row, there from byte {}", count(run.words, "word"), run.stored.start), run.span)
        }));
    }
    if lines.is_empty() {
        lines.extend(found.paragraphs.iter().map(|alike| {
            let how = if alike.identical { "the same paragraph" } else { "a similar paragraph" };
            (format!("{how}, there from byte {}", alike.stored.start), alike.span)
        }));
    }
    if lines.is_empty() {
        writeln!(out, "    {} of its fingerprints", found.keys)?;
    }
    for (line, span) in lines.iter().take(places) {
        writeln!(out, "    {line}\n      {}", quote(document.source(), *span))?;
    }
    match lines.len().saturating_sub(places) {
        0 => Ok(()),
        more => writeln!(out, "    and {}", count(more, "more place")),
    }
}

/// The beginning of a span, in one line.
fn quote(source: &str, span: Span) -> String {
    let words: Vec<&str> = span.of(source).split_whitespace().collect();
    let words = words.join(" ");
    let mut quoted: String = words.chars().take(QUOTED).collect();
    if quoted.len() < words.len() {
        quoted.push('…');
    }
    format!("“{}”", printable(&quoted))
}
