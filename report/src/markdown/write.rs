//! The comment.

use std::io;

use refrain::{DocumentSummary, Finding, Level, Place, Rule, Verdict};

use super::escape::{code, code_in_cell, escaped};
use super::page::Page;
use crate::checked::{Checked, Select};
use crate::plain::beginning;

/// The most rows of the table, and the most findings of each level.
const DOCUMENTS: usize = 30;
const WARNINGS: usize = 50;
const NOTES: usize = 30;
/// The most other wordings of a finding.
const WORDINGS: usize = 7;
/// The most characters of a name and of a quote.
const NAME: usize = 120;
const QUOTE: usize = 160;

/// Writes a comment of at most 65,536 bytes: a heading, a table of the documents with the most repetitive first, the
/// warnings, and the notes behind a line that opens them.
///
/// Names and quotes stand as code, so that nothing in them is markup, a mention or a link. A last line says what is
/// left out.
///
/// # Errors
///
/// If `out` fails.
pub fn write(out: &mut impl io::Write, checked: &[Checked<'_>], select: Select) -> io::Result<()> {
    let findings = || checked.iter().flat_map(|checked| select.of(checked.report));
    let of = |level: Level| findings().filter(move |finding| finding.level == level);
    let [warnings, notes] = [Level::Warning, Level::Note].map(|level| of(level).count());
    let mut page = Page::default();
    page.push(&format!("### refrain: {}, {}\n\n", count(warnings, "warning"), count(notes, "note")));
    let documents: Vec<&DocumentSummary> =
        checked.iter().flat_map(|checked| checked.report.documents()).collect();
    push_table(&mut page, documents);

    let mut left_out = Vec::new();
    if warnings > 0 {
        page.push("\n**Warnings**\n\n");
        let written = push_findings(&mut page, of(Level::Warning).take(WARNINGS));
        left_out.extend((written < warnings).then(|| count(warnings - written, "more warning")));
    }
    let mut end = String::new();
    if notes > 0 && page.push(&format!("\n<details><summary>{}</summary>\n\n", count(notes, "note"))) {
        "\n</details>\n".clone_into(&mut end);
        let written = push_findings(&mut page, of(Level::Note).take(NOTES));
        left_out.extend((written < notes).then(|| count(notes - written, "more note")));
    } else if notes > 0 {
        left_out.push(count(notes, "more note"));
    }
    if !left_out.is_empty() {
        end += &format!(
            "\nLeft out: {}. `--format json`, `sarif`, `csv` and `lines` have them all.\n",
            left_out.join(", ")
        );
    }
    out.write_all(page.finish(&end).as_bytes())
}

/// "1 note", "2 notes".
fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// Rounded down, as in text output: only what is equal is 100%.
fn percent(share: f64) -> String {
    // 100 * 0.57 is slightly less than 57 in floating point, and must still be 57 here.
    format!("{}%", (100.0 * share + 1e-9).floor())
}

fn push_table(page: &mut Page, mut documents: Vec<&DocumentSummary>) {
    page.push("| document | verdict | redundancy | said again |\n| --- | --- | ---: | ---: |\n");
    documents.sort_by(|a, b| b.repetition.total_cmp(&a.repetition));
    let mut written = 0;
    for document in documents.iter().take(DOCUMENTS) {
        let DocumentSummary { name, verdict, redundancy, said_again, .. } = document;
        let name = if name.is_empty() { "text".to_owned() } else { code_in_cell(&beginning(name, NAME)) };
        let verdict = if *verdict == Verdict::Ok { "ok".to_owned() } else { format!("**{verdict}**") };
        let row = format!("| {name} | {verdict} | {} | {} |\n", percent(*redundancy), percent(*said_again));
        if !page.push(&row) {
            break;
        }
        written += 1;
    }
    let more = &documents[written..];
    if !more.is_empty() {
        let not_ok = more.iter().filter(|document| document.verdict != Verdict::Ok).count();
        let documents = count(more.len(), "more document");
        page.push(&format!("\n{documents}, {not_ok} of them repetitive or padded\n"));
    }
}

/// Appends findings as a list. Returns how many fitted.
fn push_findings<'a>(page: &mut Page, findings: impl Iterator<Item = &'a Finding>) -> usize {
    findings.take_while(|finding| page.push(&item(finding))).count()
}

/// A finding as an item of a list, with its wordings as a list inside.
fn item(finding: &Finding) -> String {
    let Finding { rule, name, line, message, excerpt, .. } = finding;
    let at = |name: &str, line: usize| match name {
        "" => format!("line {line}"),
        name => code(&format!("{}:{line}", beginning(name, NAME))),
    };
    let mut item = format!("- {}: {} ({rule})\n", at(name, *line), escaped(&beginning(message, 2 * QUOTE)));
    if finding.paragraph.is_none() {
        return item;
    }
    let mut push = |place: String, text: &str| {
        item += &match text {
            "" => format!("  - {place}\n"),
            text => format!("  - {place}: {}\n", code(&beginning(text, QUOTE))),
        };
    };
    let here = |place: &Place| match place.document == finding.document {
        true => format!("line {}", place.line),
        false => at(&place.name, place.line),
    };
    push(format!("line {line}"), excerpt);
    match rule {
        // All these are the same words.
        Rule::ExactDuplicate | Rule::Boilerplate => {}
        Rule::Repetitive => {
            let mut longest: Vec<_> = finding.stretches.iter().collect();
            longest.sort_by_key(|stretch| std::cmp::Reverse(stretch.span.len()));
            for stretch in longest.iter().take(WORDINGS) {
                push(format!("said at {}", here(&stretch.source)), &stretch.source.excerpt);
            }
        }
        _ => finding.related.iter().take(WORDINGS).for_each(|place| push(here(place), &place.excerpt)),
    }
    item
}
