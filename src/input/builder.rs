//! How a document is made from the blocks that a parser found.

use std::borrow::Cow;

use super::block::{Block, Role};
use super::block_text::{BlockText, Problem};
use super::document::Document;
use super::ignore::{Ignore, Ignored};
use super::source_map::SourceMap;
use crate::settings::Rule;
use crate::util::error::Error;
use crate::util::span::Span;

/// Makes a [`Document`] from blocks: the paragraphs, headings, items and cells that a reader sees of a source
/// with markup.
///
/// Text is passed in the order of the source, with the bytes that it stands for. Words are cut from the text,
/// so markup inside a word does not part it, and spans in a report lie in the source.
///
/// ```
/// use refrain::{Detector, Document, Role, Span};
///
/// // A format of one's own: headings begin with `=`, and `_` marks emphasis.
/// let source = "= Rain\nIt is _im_portant to stay dry.";
/// let mut builder = Document::builder("a.own", source);
/// builder.start(Role::Heading).copy(Span::new(2, 6));
/// builder.start(Role::Body).copy(Span::new(7, 13));
/// builder.copy(Span::new(14, 16)).copy(Span::new(17, source.len()));
/// let document = builder.build()?;
/// assert_eq!(document.text(), "Rain\n\nIt is important to stay dry.");
///
/// let report = Detector::new().check(document);
/// assert_eq!(report.paragraphs()[1].span.of(source), "It is _im_portant to stay dry.");
/// # Ok::<(), refrain::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct DocumentBuilder<'a> {
    name: Cow<'a, str>,
    source: Cow<'a, str>,
    text: String,
    map: SourceMap,
    blocks: Vec<Block>,
    /// The block that text is added to.
    open: Option<Open>,
    /// The end of the last bytes of the source that were passed.
    read: usize,
    ignored: usize,
    problems: Vec<Problem>,
    error: Option<Error>,
}

/// A block that is not ended yet.
#[derive(Clone, Debug)]
struct Open {
    /// The length of the text before the block, and where the block begins behind its separator.
    before: usize,
    start: usize,
    role: Role,
    ignored: Box<[Rule]>,
}

const SPANS: &str =
    "inside the source, on character boundaries, and not before the end of the span before it";

impl<'a> Document<'a> {
    /// Begins a document that is made from blocks of a source with markup.
    pub fn builder(name: impl Into<Cow<'a, str>>, source: impl Into<Cow<'a, str>>) -> DocumentBuilder<'a> {
        DocumentBuilder::new(name.into(), source.into())
    }
}

impl<'a> DocumentBuilder<'a> {
    pub(super) fn new(name: Cow<'a, str>, source: Cow<'a, str>) -> Self {
        let text = String::with_capacity(source.len());
        Self {
            name,
            source,
            text,
            map: SourceMap::default(),
            blocks: Vec::new(),
            open: None,
            read: 0,
            ignored: 0,
            problems: Vec::new(),
            error: None,
        }
    }

    /// Starts a block, and ends the one before. One without text is left out, as is one with the role
    /// [`Code`](Role::Code).
    pub fn start(&mut self, role: Role) -> &mut Self {
        self.start_ignoring(role, &[])
    }

    /// The same, for a block on which the findings of these rules are not shown.
    pub fn start_ignoring(&mut self, role: Role, rules: &[Rule]) -> &mut Self {
        self.end();
        let before = self.text.len();
        // Two line ends separate blocks in the text.
        if before > 0 {
            self.text.push_str("\n\n");
        }
        self.open = Some(Open { before, start: self.text.len(), role, ignored: rules.into() });
        self
    }

    /// Ends the block. Text that follows without a new one makes a block of its own, of the role
    /// [`Body`](Role::Body).
    pub fn end(&mut self) -> &mut Self {
        if let Some(Open { before, start, role, ignored }) = self.open.take() {
            let text = &self.text[start..];
            let start = start + (text.len() - text.trim_start().len());
            let span = Span::new(start, start + text.trim().len());
            if !span.is_empty() && role != Role::Code {
                self.blocks.push(Block { span, role, ignored });
            } else {
                self.text.truncate(before);
                self.map.truncate(before);
            }
        }
        self
    }

    /// Adds text that stands in the source as it is read.
    pub fn copy(&mut self, span: Span) -> &mut Self {
        if self.accepts(span) {
            self.open();
            let start = self.text.len();
            self.text.push_str(span.of(&self.source));
            self.map.push(Span::new(start, self.text.len()), span, true);
        }
        self
    }

    /// Adds text that stands for other bytes of the source, such as `&` for `&amp;`.
    ///
    /// The bytes may be none: such text is at a place of the source without a length.
    pub fn replace(&mut self, span: Span, text: &str) -> &mut Self {
        if self.accepts(span) && !text.is_empty() {
            self.open();
            let start = self.text.len();
            self.text.push_str(text);
            self.map.push(Span::new(start, self.text.len()), span, span.of(&self.source) == text);
        }
        self
    }

    /// Starts a block of which comments in the source may say that it is not reported. Returns whether it is
    /// read.
    pub(super) fn start_unless_ignored(&mut self, role: Role, ignore: &mut Ignore) -> bool {
        match ignore.block() {
            Ignored::Block => {
                self.end();
                self.ignored += 1;
                false
            }
            Ignored::Rules(rules) => {
                self.start_ignoring(role, &rules);
                true
            }
        }
    }

    /// Keeps the mistakes in such comments.
    pub(super) fn end_ignoring(&mut self, ignore: Ignore) {
        self.problems = ignore.finish();
    }

    /// Makes the document.
    ///
    /// # Errors
    ///
    /// If a span did not lie inside the source, was not on character boundaries or began before the end of the
    /// span before it.
    pub fn build(mut self) -> Result<Document<'a>, Error> {
        let [name, source] = [&mut self.name, &mut self.source].map(std::mem::take);
        Ok(Document::from_blocks(name, source, self.build_blocks()?))
    }

    /// Makes what the document reads of its source.
    pub(super) fn build_blocks(mut self) -> Result<BlockText, Error> {
        self.end();
        match self.error {
            Some(error) => Err(error),
            None => {
                let Self { text, map, blocks, ignored, problems, .. } = self;
                Ok(BlockText { text, map, blocks, ignored, problems })
            }
        }
    }

    /// Whether bytes of the source can come next.
    fn accepts(&mut self, span: Span) -> bool {
        let on_boundaries = self.source.get(span.start..span.end).is_some();
        if !on_boundaries || span.start < self.read {
            let error = || Error::out_of_range("span", format!("{}..{}", span.start, span.end), SPANS);
            self.error.get_or_insert_with(error);
            return false;
        }
        self.read = span.end;
        true
    }

    /// Opens a block for text that is outside of all blocks.
    fn open(&mut self) {
        if self.open.is_none() {
            self.start(Role::Body);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_without_text_and_code_are_left_out() {
        let source = "a  b c d";
        let mut builder = Document::builder("", source);
        builder.start(Role::Item).copy(Span::new(0, 2));
        builder.start(Role::Body).copy(Span::new(2, 3));
        builder.start(Role::Code).copy(Span::new(3, 4)).end();
        builder.copy(Span::new(4, 6)).replace(Span::new(6, 7), " ").copy(Span::new(7, 8));
        let document = builder.build().unwrap();
        assert_eq!(document.text(), "a \n\n c d");
        let blocks = document.blocks().unwrap();
        let read: Vec<_> = blocks.iter().map(|block| (block.span.of(document.text()), block.role)).collect();
        assert_eq!(read, [("a", Role::Item), ("c d", Role::Body)]);
        let spans = blocks.iter().map(|block| document.to_source(block.span).of(source));
        assert_eq!(spans.collect::<Vec<_>>(), ["a", "c d"]);
    }

    #[test]
    fn a_block_without_text_leaves_nothing_in_the_map() {
        let mut builder = Document::builder("", "   abc");
        builder.start(Role::Body).copy(Span::new(0, 3));
        builder.start(Role::Body).copy(Span::new(3, 6));
        let document = builder.build().unwrap();
        assert_eq!(document.text(), "abc");
        assert_eq!(document.to_source(Span::new(0, 2)), Span::new(3, 5));
        assert_eq!(document.to_text(Span::new(0, 5)), Span::new(0, 2));
    }

    #[test]
    fn spans_that_the_source_does_not_have_are_errors() {
        for span in [Span::new(0, 9), Span::new(1, 2), Span::new(3, 4)] {
            let mut builder = Document::builder("", "éabc");
            builder.copy(Span::new(2, 4)).copy(span);
            let error = builder.build().unwrap_err().to_string();
            let got = format!("got {}..{}", span.start, span.end);
            assert!(error.starts_with("span must be inside the source") && error.ends_with(&got), "{error}");
        }
    }
}
