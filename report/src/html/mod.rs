//! Pages for a browser: one self-contained file each, which loads nothing and opens from a disk.
//!
//! | file | holds |
//! | --- | --- |
//! | `limits` | how much one page shows |
//! | `figures` | numbers as a page writes them |
//! | `visible` | texts, escaped, with characters that have no sign made visible |
//! | `policy` | what a page may load and run |
//! | `unwrap` | the lines of hard-wrapped text, joined |
//! | `sources` | the documents of a report, as far as they are at hand |
//! | `things` | what comes back, each with all its places |
//! | `marks` | overlapping places cut into stretches that do not overlap |
//! | `text` | the text of a document with its marks |
//! | `map` | a map of a document in the margin |
//! | `chart` | how much of each paragraph was said before |
//! | `wordings` | the wordings of one thing, with their common words |
//! | `card` | a finding with all its wordings |
//! | `document` | the section of one document |
//! | `overview` | a table of many documents |
//! | `settings` | the settings that shaped a report |
//! | `shell` | what is around every page |
//! | `page` | the page of a check |
//! | `tiles` | runs of words that two texts have in common |
//! | `alignment` | what became of each word of two texts |
//! | `comparison` | the page of a comparison |

mod alignment;
mod card;
mod chart;
mod comparison;
mod document;
mod figures;
mod limits;
mod map;
mod marks;
mod overview;
mod page;
mod policy;
mod settings;
mod shell;
mod sources;
mod text;
mod things;
mod tiles;
mod unwrap;
mod visible;
mod wordings;

use std::io;

use refrain::{Document, Report};

/// Writes the page of a check.
///
/// It shows each text as a reader sees it, with what repeats marked, stronger where it repeats more often; all
/// wordings of each finding side by side; for several documents a table that sorts and filters. Its script
/// adds a walk by keyboard and a panel; without scripts all of it can still be read.
///
/// `documents` are those that were checked, in the order of the report. Of one that is missing, or whose
/// source has another length, only the findings are shown, with the excerpts of the report.
///
/// A page holds at most 2 MiB and 20,000 paragraphs of one text, 12 MiB and 60,000 of all, 5,000 documents, and
/// 250 findings of a document; what it leaves out it says in its place. The same input gives the same bytes.
///
/// # Errors
///
/// If `out` cannot be written to.
///
/// ```
/// use refrain::{Detector, Document};
///
/// let text = "\
/// The ferry to the island leaves at nine every morning, except on Sundays and on public holidays.
///
/// The ferry to the island leaves at ten every morning, except on Sundays and on public holidays.";
/// let documents = [Document::new("ferry.txt", text)];
/// let report = Detector::new().check(&documents[0]);
/// let mut page = Vec::new();
/// refrain_report::html::write(&mut page, &report, &documents)?;
/// assert!(page.starts_with(b"<!DOCTYPE html>"));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn write(out: &mut impl io::Write, report: &Report, documents: &[Document<'_>]) -> io::Result<()> {
    page::write(out, report, documents)
}

/// Writes the page of a comparison, that is of a report of [`Detector::compare`](refrain::Detector::compare).
///
/// The two texts stand side by side, with paragraphs that belong together in one row. Words that were kept,
/// reworded, moved, and words that only one of them has are marked each in its way, and lines join the places
/// of each passage. The share of each stands at the top. Of what both texts have, the longest part that has one
/// order is kept; what else is eight words or longer was moved. Texts are aligned word by word, so short
/// passages are shown, too, which the report does not list.
///
/// `documents` are the two, in order. The bounds are those of [`write()`], and 2,000 passages.
///
/// # Errors
///
/// If `out` cannot be written to.
///
/// ```
/// use refrain::{Detector, Document};
///
/// let documents = [
///     Document::new("draft", "The ferry to the island leaves at nine every morning. Dogs pay half."),
///     Document::new("print", "Bicycles are free. The ferry to the island leaves at nine every morning."),
/// ];
/// let report = Detector::new().compare(&documents[0], &documents[1]);
/// let mut page = Vec::new();
/// refrain_report::html::write_comparison(&mut page, &report, &documents)?;
/// let page = String::from_utf8(page).unwrap();
/// assert!(page.contains(r#"<span class="new">Bicycles are free</span>"#));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn write_comparison(
    out: &mut impl io::Write,
    report: &Report,
    documents: &[Document<'_>],
) -> io::Result<()> {
    comparison::write(out, report, documents)
}
