//! JUnit's XML, which systems for continuous integration read: a document is a test case, and fails if there are
//! warnings.

use std::io;

use refrain::{Finding, Level, Report};

use crate::checked::{Checked, Select};
use crate::plain::plain;

/// The most findings of a document that are listed, of each level.
const MOST: usize = 100;

/// Writes a test suite for each report, with a test case for each document. Warnings are its failure, one a line, and
/// notes its output. Of each the first 100 are listed. A last suite has a test case with an error for each of `unread`,
/// the messages about files that could not be read.
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
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(out, "<testsuites>")?;
    for Checked { report, .. } in checked {
        write_suite(out, report, select)?;
    }
    if !unread.is_empty() {
        let tests = unread.len();
        writeln!(
            out,
            r#"  <testsuite name="refrain: not read" tests="{tests}" failures="0" errors="{tests}">"#
        )?;
        for (number, message) in (1..).zip(unread) {
            writeln!(out, r#"    <testcase classname="refrain" name="not read, {number}">"#)?;
            writeln!(out, r#"      <error type="error" message="{}"/>"#, escaped(message))?;
            writeln!(out, "    </testcase>")?;
        }
        writeln!(out, "  </testsuite>")?;
    }
    writeln!(out, "</testsuites>")
}

fn write_suite(out: &mut impl io::Write, report: &Report, select: Select) -> io::Result<()> {
    let mut documents: Vec<[Vec<&Finding>; 2]> = vec![[Vec::new(), Vec::new()]; report.documents().len()];
    for finding in select.of(report) {
        // A stored report may name a document that it does not have.
        if let Some(document) = documents.get_mut(finding.document) {
            document[usize::from(finding.level == Level::Note)].push(finding);
        }
    }
    let failures = documents.iter().filter(|[warnings, _]| !warnings.is_empty()).count();
    let tests = documents.len();
    writeln!(out, r#"  <testsuite name="refrain" tests="{tests}" failures="{failures}" errors="0">"#)?;
    for (document, [warnings, notes]) in report.documents().iter().zip(&documents) {
        let name = if document.name.is_empty() { "text" } else { &document.name };
        write!(out, r#"    <testcase classname="refrain" name="{}""#, escaped(name))?;
        if warnings.is_empty() && notes.is_empty() {
            writeln!(out, "/>")?;
            continue;
        }
        writeln!(out, ">")?;
        if let [first, ..] = &warnings[..] {
            let message = match warnings.len() {
                1 => first.message.clone(),
                several => format!("{several} warnings"),
            };
            write!(out, r#"      <failure type="warning" message="{}">"#, escaped(&message))?;
            write_findings(out, warnings)?;
            writeln!(out, "</failure>")?;
        }
        if !notes.is_empty() {
            write!(out, "      <system-out>")?;
            write_findings(out, notes)?;
            writeln!(out, "</system-out>")?;
        }
        writeln!(out, "    </testcase>")?;
    }
    writeln!(out, "  </testsuite>")
}

fn write_findings(out: &mut impl io::Write, findings: &[&Finding]) -> io::Result<()> {
    for finding in findings.iter().take(MOST) {
        writeln!(out, "{}", escaped(&finding.to_string()))?;
    }
    match findings.len().saturating_sub(MOST) {
        0 => Ok(()),
        more => writeln!(out, "and {more} more"),
    }
}

/// The text in one line, for an element or for an attribute in quotes.
///
/// XML has no way to write most control characters, nor U+FFFE and U+FFFF.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in plain(text).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => escaped.push(char::REPLACEMENT_CHARACTER),
            c => escaped.push(c),
        }
    }
    escaped
}
