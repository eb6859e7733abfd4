//! The last line of a report of `check`: how much was found, and how much of it was shown.

use refrain::{DocumentSummary, ParagraphBreaks, Report, Verdict};

use super::numbers::{count, percent};

/// The number of findings that were shown, and that were not.
#[derive(Debug, Default)]
pub(crate) struct Shown {
    /// All warnings.
    pub(crate) warnings: usize,
    pub(crate) warnings_shown: usize,
    pub(crate) notes: usize,
    /// Notes over the limit.
    pub(crate) over_limit: usize,
    /// Notes that are not worth showing.
    pub(crate) hidden: usize,
}

/// "7 paragraphs (1 too short to compare), redundancy 25%: 1 warning, 9 notes (2 shown, 7 more with --notes
/// all)".
pub(crate) fn summary(report: &Report, shown: &Shown) -> String {
    let found = match report.findings() {
        [] => "nothing repeats".to_owned(),
        _ => format!("{}, {}", warnings(shown), notes(shown)),
    };
    format!("{}: {found}", size(report))
}

/// A line on the pairs that the report does not list, if there are any.
pub(crate) fn left_out(report: &Report) -> Option<String> {
    let left_out = report.left_out();
    let mut parts = Vec::new();
    if left_out.limited > 0 {
        parts.push(format!("{} like more earlier ones than are listed", are(left_out.limited)));
    }
    if left_out.crowds > 0 {
        let copies = report.settings().copies;
        parts.push(format!("{} copied more than {copies} times", are(left_out.crowds)));
    }
    (!parts.is_empty()).then(|| format!("not all pairs are listed: {}", parts.join(", ")))
}

fn are(paragraphs: usize) -> String {
    format!("{} {}", count(paragraphs, "paragraph"), if paragraphs == 1 { "is" } else { "are" })
}

fn size(report: &Report) -> String {
    let documents = report.documents();
    let mut text = match documents.len() {
        1 => String::new(),
        several => format!("{}, ", count(several, "document")),
    };
    text += &count(report.paragraphs().len(), "paragraph");
    let mut remarks = Vec::new();
    let by_line = |document: &&DocumentSummary| document.paragraph_breaks == Some(ParagraphBreaks::Line);
    match (documents.iter().filter(by_line).count(), documents.len()) {
        (0, _) => {}
        (_, 1) => remarks.push("one a line".to_owned()),
        (some, _) => remarks.push(format!("one a line in {}", count(some, "document"))),
    }
    let sum = |part: fn(&DocumentSummary) -> usize| documents.iter().map(part).sum::<usize>();
    match sum(|document| document.short_paragraphs) {
        0 => {}
        short => remarks.push(format!("{short} too short to compare")),
    }
    match sum(|document| document.ignored_blocks) {
        0 => {}
        ignored => remarks.push(format!("{ignored} more ignored by comments")),
    }
    if !remarks.is_empty() {
        text += &format!(" ({})", remarks.join(", "));
    }
    if documents.len() > 1 {
        for verdict in [Verdict::Repetitive, Verdict::Padded] {
            let of = documents.iter().filter(|document| document.verdict == verdict);
            match of.count() {
                0 => {}
                some => text += &format!(", {some} {verdict}"),
            }
        }
    }
    // Of equal ones the first.
    let most = documents.iter().rev().max_by(|a, b| a.redundancy.total_cmp(&b.redundancy));
    match (most, documents.len()) {
        (Some(document), 1) => {
            text += &format!(", {}, redundancy {}", document.verdict, percent(document.redundancy));
        }
        (Some(document), _) if document.redundancy > 0.0 => {
            text += &format!(", highest redundancy {} in {}", percent(document.redundancy), document.name);
        }
        _ => text += ", redundancy 0%",
    }
    text
}

fn warnings(shown: &Shown) -> String {
    let all = count(shown.warnings, "warning");
    match shown.warnings - shown.warnings_shown {
        0 => all,
        more => format!("{all} ({} shown, {more} more with --limit all)", shown.warnings_shown),
    }
}

fn notes(shown: &Shown) -> String {
    let all = shown.notes + shown.over_limit + shown.hidden;
    let mut rest = Vec::new();
    match (shown.over_limit, shown.hidden) {
        (0, 0) => {}
        (more, 0) => rest.push(format!("{more} more with --notes all")),
        (0, hidden) => rest.push(format!("{hidden} more with --notes all, not worth showing")),
        (more, hidden) => {
            rest.push(format!("{} more with --notes all, {hidden} of them not worth showing", more + hidden));
        }
    }
    match &rest[..] {
        [] => count(all, "note"),
        rest => format!("{} ({} shown, {})", count(all, "note"), shown.notes, rest.join(", ")),
    }
}
