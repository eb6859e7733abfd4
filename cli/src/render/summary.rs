//! The last line of a report: how much there was, and how much of it was shown.

use refrain::Report;

/// How many findings were shown, and how many were not.
#[derive(Debug, Default)]
pub(crate) struct Shown {
    pub(crate) warnings: usize,
    pub(crate) notes: usize,
    /// Notes beyond the number asked for.
    pub(crate) more: usize,
    /// Notes that say nothing that another finding did not.
    pub(crate) left_out: usize,
}

/// "7 paragraphs (1 too short to be compared), redundancy 17%: 1 warning, 12 notes (10 shown)".
pub(crate) fn summary(report: &Report, shown: &Shown) -> String {
    let found = match report.findings() {
        [] => "nothing repeats".to_owned(),
        _ => format!("{}, {}", count(shown.warnings, "warning"), notes(shown)),
    };
    format!("{}: {found}", size(report))
}

fn size(report: &Report) -> String {
    let documents = report.documents();
    let mut text = match documents.len() {
        1 => String::new(),
        several => format!("{}, ", count(several, "document")),
    };
    text += &count(report.paragraphs().len(), "paragraph");
    match documents.iter().map(|document| document.short_paragraphs).sum() {
        0 => {}
        short => text += &format!(" ({short} too short to be compared)"),
    }
    // The first of equals.
    let most = documents.iter().rev().max_by(|a, b| a.redundancy.total_cmp(&b.redundancy));
    match (most, documents.len()) {
        (Some(document), 1) => text += &format!(", redundancy {}", percent(document.redundancy)),
        (Some(document), _) if document.redundancy > 0.0 => {
            text += &format!(", highest redundancy {} in {}", percent(document.redundancy), document.name);
        }
        _ => text += ", redundancy 0%",
    }
    text
}

fn notes(shown: &Shown) -> String {
    let all = shown.notes + shown.more + shown.left_out;
    let mut rest = Vec::new();
    if shown.more > 0 {
        rest.push(format!("{} more with --notes all", shown.more));
    }
    if shown.left_out > 0 {
        rest.push(format!("{} left out as part of paragraphs that repeat", shown.left_out));
    }
    match &rest[..] {
        [] => count(all, "note"),
        rest => format!("{} ({} shown, {})", count(all, "note"), shown.notes, rest.join(", ")),
    }
}

/// "1 paragraph", "2 paragraphs".
pub(crate) fn count(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

/// As whole percent, never more than it is.
pub(crate) fn percent(share: f64) -> String {
    // The product of 100 and 0.57 is 57 here, though floats are a little less.
    format!("{}%", (100.0 * share + 1e-9) as u32)
}
