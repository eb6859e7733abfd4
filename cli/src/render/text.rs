//! A report of `check` as text: the findings of each document, then the summary.

use std::io::{self, Write};

use refrain::{Document, DocumentSummary, Report};

use super::ascii::Ascii;
use super::groups::{Chosen, Limits, choose};
use super::layout::Layout;
use super::long::Page;
use super::numbers::{count, percent};
use super::printable::printable;
use super::short::write_group;
use super::style::Style;
use super::summary::{left_out, summary};

/// How a report looks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    pub(crate) limits: Limits,
    /// Whether each finding is laid out like the message of a compiler, with more of its places.
    pub(crate) verbose: bool,
    /// Whether only ASCII is written.
    pub(crate) ascii: bool,
}

/// Writes warnings, notes, and a summary, as many as the limits say. Findings that are not worth showing are left
/// out, unless all notes are wanted. Several documents have a line each, with their findings below it.
pub(crate) fn write(
    out: &mut impl Write,
    layout: Layout,
    report: &Report,
    documents: &[Document<'_>],
    look: Look,
) -> io::Result<()> {
    let out = &mut Ascii::new(out, look.ascii);
    let page = look.verbose.then(|| Page::new(layout, documents));
    let (chosen, shown) = choose(report, look.limits, !look.verbose);
    let write_chosen = |out: &mut Ascii<_>, chosen: &Chosen<'_>| {
        for (index, group) in chosen.groups.iter().enumerate() {
            if index > 0 {
                writeln!(out)?;
            }
            match (&page, &group.findings[..]) {
                (Some(page), findings) => {
                    findings
                        .iter()
                        .try_for_each(|finding| writeln!(out, "{}", page.render(finding, report)))?;
                }
                (None, _) => write_group(out, layout, report, documents, group)?,
            }
        }
        Ok::<(), io::Error>(())
    };
    if documents.len() == 1 {
        write_chosen(out, &chosen[0])?;
        if !chosen[0].groups.is_empty() {
            writeln!(out)?;
        }
    } else {
        // Whether the last line is blank, or there is none yet.
        let mut blank = true;
        for (document, chosen) in report.documents().iter().zip(&chosen) {
            if !chosen.groups.is_empty() && !blank {
                writeln!(out)?;
            }
            file_line(out, layout, document, chosen)?;
            if !chosen.groups.is_empty() {
                writeln!(out)?;
                write_chosen(out, chosen)?;
                writeln!(out)?;
            }
            blank = !chosen.groups.is_empty();
            if blank && let Some(line) = more(chosen) {
                writeln!(out, "{line}\n")?;
            }
        }
        if !blank {
            writeln!(out)?;
        }
    }
    writeln!(out, "{}", printable(&summary(report, &shown)))?;
    left_out(report).map_or(Ok(()), |line| writeln!(out, "{line}"))
}

/// "and 3 more warnings", if there are more.
fn more(chosen: &Chosen<'_>) -> Option<String> {
    let more = chosen.warnings - chosen.warnings_shown;
    (more > 0).then(|| format!("and {} of this file; --limit all shows them", count(more, "more warning")))
}

/// "a.txt: repetitive, redundancy 24%: 1 warning, 2 notes".
fn file_line(
    out: &mut impl Write,
    layout: Layout,
    document: &DocumentSummary,
    chosen: &Chosen<'_>,
) -> io::Result<()> {
    let DocumentSummary { name, verdict, redundancy, .. } = document;
    let name = Style::Bold.paint(&printable(name), layout.colored);
    write!(out, "{name}: {verdict}, redundancy {}", percent(*redundancy))?;
    let counts = [(chosen.warnings, "warning"), (chosen.notes, "note")];
    let counts: Vec<String> =
        counts.iter().filter(|(number, _)| *number > 0).map(|(number, noun)| count(*number, noun)).collect();
    match &counts[..] {
        [] => writeln!(out),
        counts => writeln!(out, ": {}", counts.join(", ")),
    }
}
