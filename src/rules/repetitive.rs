//! `repetitive`: much of a paragraph stands in earlier ones, here and there; or much of a document is
//! redundant.

use super::facts::{DocumentRedundancy, Facts};
use super::order::Weighed;
use super::wording::names;
use crate::report::{Finding, ParagraphSummary, Place, excerpt};
use crate::settings::{Level, Rule};
use crate::util::id::ParagraphId;
use crate::util::share::percent;
use crate::util::span::Span;

/// The least coverage of a paragraph, and the least redundancy of a document, that is repetitive.
const REPETITIVE: f64 = 0.5;
/// The least tokens of a paragraph that can be repetitive.
const LEAST_TOKENS: usize = 20;
/// How many earlier paragraphs a repetitive one names.
const SOURCES: usize = 3;

/// The finding on a paragraph that earlier ones cover.
pub(super) fn repetitive_paragraph(facts: &Facts<'_>, paragraph: &ParagraphSummary) -> Option<Finding> {
    let index = paragraph.id.index();
    let (coverage, share) = (&facts.coverage[index], facts.coverage[index].share());
    // A table of contents has to say what the headings say.
    let is_text = facts.roles[index].is_running_text();
    if share.value() < REPETITIVE || facts.sizes[index] < 2 * LEAST_TOKENS || !is_text {
        return None;
    }
    let sources = coverage.sources.iter().take(SOURCES);
    let places: Vec<Place> = sources.map(|&source| facts.place(ParagraphId(source))).collect();
    let message = format!(
        "{} of this paragraph was said before, {}at {}",
        percent(share.value()),
        if coverage.sources.len() > SOURCES { "most of it " } else { "" },
        names(facts, paragraph, &places)
    );
    Some(facts.warning(paragraph, Rule::Repetitive, share, message, places))
}

/// The findings on whole documents, given the redundancy of each.
pub(crate) fn repetitive_documents(facts: &Facts<'_>, redundancy: &[DocumentRedundancy]) -> Vec<Weighed> {
    let repetitive = redundancy.iter().enumerate().filter(|(_, found)| found.share.value() >= REPETITIVE);
    let weighed = |(index, found): (usize, &DocumentRedundancy)| {
        Weighed::by_measure(repetitive_document(facts, index, found), facts.documents[index].tokens)
    };
    repetitive.map(weighed).collect()
}

fn repetitive_document(facts: &Facts<'_>, index: usize, redundancy: &DocumentRedundancy) -> Finding {
    let document = &facts.documents[index];
    let share = redundancy.share;
    let mut message = format!("{} of this document repeats what it said before", percent(share.value()));
    let related: Vec<Place> = redundancy.first.iter().map(|occurrence| facts.place_of(occurrence)).collect();
    if let Some(place) = related.first() {
        message += &format!(", from line {} on", place.line);
    }
    Finding {
        rule: Rule::Repetitive,
        level: Level::Warning,
        name: document.name.clone(),
        document: index,
        paragraph: None,
        span: Span::new(0, document.bytes),
        line: 1,
        column: 1,
        measure: Some(share.value()),
        counts: Some([share.part, share.whole]),
        message,
        excerpt: excerpt(facts.texts[index].text()),
        related,
        stretches: Vec::new(),
        shown: true,
        hidden: None,
    }
}
