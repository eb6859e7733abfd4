//! Lines and columns in the source of a document.

use super::document::Document;
use crate::text::LineIndex;
use crate::util::progress::{Cancelled, Watch};
use crate::util::span::Span;

/// The lines of the source of one document.
#[derive(Debug)]
pub(crate) struct SourceLines<'a> {
    document: &'a Document<'a>,
    lines: LineIndex<'a>,
}

impl<'a> SourceLines<'a> {
    pub(crate) fn new(document: &'a Document<'a>, watch: Watch<'_>) -> Result<Self, Cancelled> {
        Ok(Self { document, lines: LineIndex::new(document.source(), watch)? })
    }

    /// The line and the column in the source where a span of the text that is read begins, both from 1; columns
    /// are characters.
    pub(crate) fn locate(&self, span: Span) -> (usize, usize) {
        self.lines.locate(self.document.to_source(span))
    }
}
