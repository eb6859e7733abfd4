//! The page of a check.

use std::io;

use maud::{Markup, html};
use refrain::{Document, Level, Report, Verdict};

use super::document::{Sections, figures, sentence, verdict};
use super::figures::{count, of};
use super::limits;
use super::marks;
use super::overview::{common_folder, overview};
use super::settings::settings;
use super::shell;
use super::sources::{Sources, paragraph_ranges};
use super::things::Things;
use super::visible::Name;

pub(super) fn write(out: &mut impl io::Write, report: &Report, documents: &[Document<'_>]) -> io::Result<()> {
    let sources = &mut Sources::new(report, documents);
    let things = Things::new(report, sources);
    let count = report.documents().len();
    let marks = marks::by_document(&things, count);
    let paragraphs = paragraph_ranges(report);
    let sections = Sections {
        report,
        sources,
        things: &things,
        marks: &marks,
        paragraphs: &paragraphs,
        folder: common_folder(report),
    };
    let name = match report.documents() {
        [one] if !one.name.is_empty() => one.name.clone(),
        [_] => "a text".to_owned(),
        many => of(many.len(), "document"),
    };
    let kind = if count == 1 { "check one" } else { "check many" };
    let parts = (0..count.min(limits::DOCUMENTS)).map(|document| sections.section(document));
    shell::page(out, &format!("What repeats in {name}"), kind, top(report, &name), parts, &settings(report))
}

fn top(report: &Report, name: &str) -> Markup {
    let warnings = report.shown().filter(|finding| finding.level == Level::Warning).count();
    let notes = report.shown().count() - warnings;
    html! {
        header {
            p.kicker { "What repeats in" }
            h1 dir="auto" { (Name(name)) }
            @if let [document] = report.documents() {
                p.lead {
                    (verdict(document.verdict)) " " (sentence(document.verdict)) " "
                    span.small { (of(warnings, "warning")) ", " (of(notes, "note")) "." }
                }
                (figures(document, report.settings()))
            } @else {
                p.lead {
                    @for kind in [Verdict::Repetitive, Verdict::Padded, Verdict::Ok] {
                        @let documents = report.documents().iter().filter(|document| document.verdict == kind).count();
                        @if documents > 0 { (verdict(kind)) " " (count(documents)) " " }
                    }
                    span.small { (of(warnings, "warning")) ", " (of(notes, "note")) "." }
                }
            }
            @if !report.left_out().is_nothing() {
                @let left_out = [(report.left_out().limited, "near-duplicates"), (report.left_out().crowds, "copies")];
                p.small {
                    "Not all pairs are listed:"
                    @for (paragraphs, what) in left_out.into_iter().filter(|found| found.0 > 0) {
                        " " (of(paragraphs, "paragraph")) " with very many " (what) "."
                    }
                }
            }
        }
        @if report.documents().len() != 1 { (overview(report)) }
    }
}
