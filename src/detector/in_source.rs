//! Spans of the source instead of spans of the text that was read.

use crate::input::Document;
use crate::report::{Difference, Report};
use crate::util::span::Span;

/// Moves all spans of a report from the text that was read of each document to its source.
///
/// Everything else works on the text. So this is the last step, and the only one that knows of both. Excerpts
/// stay as they were read, without markup.
pub(super) fn in_source(report: &mut Report, documents: &[Document<'_>]) {
    if !documents.iter().any(Document::has_markup) {
        return;
    }
    let to_source = |document: usize, span: &mut Span| *span = documents[document].to_source(*span);
    for finding in &mut report.findings {
        match finding.paragraph {
            Some(_) => to_source(finding.document, &mut finding.span),
            None => finding.span = Span::new(0, documents[finding.document].source().len()),
        }
        finding.related.iter_mut().for_each(|place| to_source(place.document, &mut place.span));
        for stretch in &mut finding.stretches {
            to_source(finding.document, &mut stretch.span);
            to_source(stretch.source.document, &mut stretch.source.span);
        }
    }
    let passages = report.passages.iter_mut().flat_map(|passage| &mut passage.occurrences);
    let themes = report.themes.iter_mut().flat_map(|theme| &mut theme.occurrences);
    passages.chain(themes).for_each(|place| to_source(place.document, &mut place.span));
    for (pair, found) in report.pairs.pairs.iter().zip(&mut report.pairs.differences) {
        let [left, right] = [pair.left, pair.right].map(|id| report.paragraphs[id.index()].document);
        for Difference { left: a, right: b, .. } in found.iter_mut().flatten() {
            to_source(left, a);
            to_source(right, b);
        }
    }
    for paragraph in &mut report.paragraphs {
        to_source(paragraph.document, &mut paragraph.span);
    }
}
