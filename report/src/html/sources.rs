//! The documents of a report, as far as they are at hand.

use std::borrow::Cow;
use std::ops::Range;

use refrain::{Document, Report, Span};

use super::limits;
use super::unwrap::unwrap;

/// The documents of a report and how much of each is shown.
#[derive(Debug)]
pub(super) struct Sources<'a> {
    all: Vec<Option<Source<'a>>>,
}

/// A document that is the one that was checked.
#[derive(Clone, Debug)]
pub(super) struct Source<'a> {
    document: &'a Document<'a>,
    /// Its text, with the lines of hard-wrapped paragraphs joined.
    text: Cow<'a, str>,
    /// The end of what is shown of its text.
    pub(super) until: usize,
}

impl<'a> Sources<'a> {
    /// The documents of a report, in its order. One whose length differs from that in the report is not the
    /// one that was checked.
    pub(super) fn new(report: &Report, documents: &'a [Document<'a>]) -> Self {
        let (mut bytes, mut paragraphs) = (limits::TEXTS, limits::ALL_PARAGRAPHS);
        let all = report.documents().iter().zip(paragraph_ranges(report)).enumerate();
        let all = all.map(|(at, (summary, range))| {
            let document = documents.get(at).filter(|document| document.source().len() == summary.bytes)?;
            let text = document.text();
            let most = if at < limits::DOCUMENTS { text.len().min(limits::DOCUMENT).min(bytes) } else { 0 };
            let mut source = Source { document, text: unwrap(text), until: text.floor_char_boundary(most) };
            let shown = limits::PARAGRAPHS.min(paragraphs);
            if let Some(next) = report.paragraphs()[range.clone()].get(shown) {
                let start = source.to_text(next.span).map_or(0, |span| span.start);
                source.until = source.until.min(start);
            }
            bytes -= source.until;
            paragraphs -= range.len().min(shown);
            Some(source)
        });
        Self { all: all.collect() }
    }

    pub(super) fn get(&self, document: usize) -> Option<&Source<'a>> {
        self.all.get(document)?.as_ref()
    }

    /// A span of the source of a document, in its text.
    pub(super) fn to_text(&self, document: usize, span: Span) -> Option<Span> {
        self.get(document)?.to_text(span)
    }
}

impl<'a> Source<'a> {
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// A span of the source in the text, if the document has it.
    pub(super) fn to_text(&self, span: Span) -> Option<Span> {
        self.document.source().get(span.start..span.end)?;
        let span = self.document.to_text(span);
        self.text().get(span.start..span.end)?;
        Some(span)
    }

    /// How many bytes of the text are not shown.
    pub(super) fn left_out(&self) -> usize {
        self.text().len() - self.until
    }
}

/// The paragraphs of each document, which stand in its order.
pub(super) fn paragraph_ranges(report: &Report) -> Vec<Range<usize>> {
    let paragraphs = report.paragraphs();
    let mut at = 0;
    let range = |document: usize| {
        let start = at;
        at += paragraphs[at..].iter().take_while(|paragraph| paragraph.document == document).count();
        start..at
    };
    (0..report.documents().len()).map(range).collect()
}
