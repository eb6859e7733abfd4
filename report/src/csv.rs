//! Tables of findings and of documents, as CSV (RFC 4180, with line feeds).
//!
//! The first line names the columns. Spreadsheets take a field that begins with `=`, `+`, `-` or `@` for a formula, so
//! such a text gets an apostrophe in front. Of the characters that control a terminal, only line feeds and tabs are
//! left.

use std::borrow::Cow;
use std::io;

use refrain::{Place, Report};

use crate::checked::{Checked, Select};
use crate::plain::plain_lines;

/// The most places in the column `places`.
const PLACES: usize = 20;

/// Writes a table of findings, one a row: `name`, `line`, `column`, `start`, `end` (bytes), `rule`, `level`, `shown`,
/// `hidden` (why it is not shown), `measure`, `part` and `whole` (the counts of the measure), `message`, `excerpt`,
/// `related` (how many places), and `places` (the first 20 of them, such as `a.txt:3:1`, separated by spaces).
///
/// # Errors
///
/// If `out` fails.
pub fn write_findings(out: &mut impl io::Write, checked: &[Checked<'_>], select: Select) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record([
        "name", "line", "column", "start", "end", "rule", "level", "shown", "hidden", "measure", "part",
        "whole", "message", "excerpt", "related", "places",
    ])?;
    for finding in checked.iter().flat_map(|checked| select.of(checked.report)) {
        let count = |at: usize| finding.counts.map_or(String::new(), |counts| counts[at].to_string());
        table.write_record([
            &*text(&finding.name),
            &finding.line.to_string(),
            &finding.column.to_string(),
            &finding.span.start.to_string(),
            &finding.span.end.to_string(),
            &finding.rule.to_string(),
            &finding.level.to_string(),
            &finding.shown.to_string(),
            &finding.hidden.map_or(String::new(), |hidden| hidden.to_string()),
            &finding.measure.map_or(String::new(), |measure| measure.to_string()),
            &count(0),
            &count(1),
            &text(&finding.message),
            &text(&finding.excerpt),
            &finding.related.len().to_string(),
            &text(&places(&finding.related)),
        ])?;
    }
    table.flush()
}

/// Writes a table of documents, one a row, with the fields of [`DocumentSummary`](refrain::DocumentSummary), and how
/// many warnings and notes it has, of those that are selected.
///
/// # Errors
///
/// If `out` fails.
pub fn write_documents(out: &mut impl io::Write, checked: &[Checked<'_>], select: Select) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record([
        "name",
        "verdict",
        "repetition",
        "redundancy",
        "said_again",
        "opening_closing",
        "shared",
        "shared_area",
        "warnings",
        "notes",
        "bytes",
        "tokens",
        "paragraphs",
        "short_paragraphs",
        "sentences",
        "redundant_tokens",
        "said_again_sentences",
        "shared_tokens",
        "shared_area_tokens",
    ])?;
    for Checked { report, .. } in checked {
        let counts = counts(report, select);
        for (document, [warnings, notes]) in report.documents().iter().zip(counts) {
            table.write_record([
                &*text(&document.name),
                &document.verdict.to_string(),
                &document.repetition.to_string(),
                &document.redundancy.to_string(),
                &document.said_again.to_string(),
                &document.opening_closing.to_string(),
                &document.shared.to_string(),
                &document.shared_area.to_string(),
                &warnings.to_string(),
                &notes.to_string(),
                &document.bytes.to_string(),
                &document.tokens.to_string(),
                &document.paragraphs.to_string(),
                &document.short_paragraphs.to_string(),
                &document.sentences.to_string(),
                &document.redundant_tokens.to_string(),
                &document.said_again_sentences.to_string(),
                &document.shared_tokens.to_string(),
                &document.shared_area_tokens.to_string(),
            ])?;
        }
    }
    table.flush()
}

/// How many warnings and notes each document has.
fn counts(report: &Report, select: Select) -> Vec<[usize; 2]> {
    let mut counts = vec![[0, 0]; report.documents().len()];
    for finding in select.of(report) {
        let note = usize::from(finding.level == refrain::Level::Note);
        // A stored report may name a document that it does not have.
        counts.get_mut(finding.document).into_iter().for_each(|counts| counts[note] += 1);
    }
    counts
}

fn places(places: &[Place]) -> String {
    let named = places.iter().take(PLACES).map(|Place { name, line, column, .. }| match &name[..] {
        "" => format!("{line}:{column}"),
        name => format!("{name}:{line}:{column}"),
    });
    named.collect::<Vec<_>>().join(" ")
}

/// A text that is no formula.
fn text(text: &str) -> Cow<'_, str> {
    match text.trim_start().starts_with(['=', '+', '-', '@']) {
        true => Cow::Owned(format!("'{}", plain_lines(text))),
        false => plain_lines(text),
    }
}
