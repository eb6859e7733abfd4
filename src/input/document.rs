//! A text with a name.

use std::borrow::Cow;
use std::sync::Arc;

use super::block::Block;
use super::block_text::{BlockText, Problem};
use crate::text::ParagraphBreaks;
use crate::util::span::Span;

/// A text to check, with a name for it. Both may be borrowed or owned.
///
/// A document is plain text, or a source with markup of which a parser has found the
/// [blocks](Self::builder) that a reader sees.
///
/// Whatever is a text, or a name and a text, converts into one:
///
/// ```
/// use std::borrow::Cow;
///
/// use refrain::{Detector, Document};
///
/// let detector = Detector::new();
/// detector.check("A text.");
/// detector.check(String::from("A text."));
/// detector.check(Cow::from("A text."));
/// detector.check(("a.txt", format!("{} text.", "A")));
/// let files = [(String::from("a.txt"), String::from("A text."))];
/// detector.check_all(&files);
/// detector.check_all(files);
/// assert_eq!(Document::from("A text.").name(), "");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Document<'a> {
    name: Cow<'a, str>,
    source: Cow<'a, str>,
    /// What is read of the source; `None` for plain text, which is read as it stands.
    read: Option<Arc<BlockText>>,
}

impl<'a> Document<'a> {
    /// A document with a name, such as its path. Findings are printed with it.
    #[must_use]
    pub fn new(name: impl Into<Cow<'a, str>>, text: impl Into<Cow<'a, str>>) -> Self {
        Self { name: name.into(), source: text.into(), read: None }
    }

    pub(super) fn from_blocks(name: Cow<'a, str>, source: Cow<'a, str>, read: BlockText) -> Self {
        Self::from_read(name, source, Some(Arc::new(read)))
    }

    pub(super) fn from_read(name: Cow<'a, str>, source: Cow<'a, str>, read: Option<Arc<BlockText>>) -> Self {
        Self { name, source, read }
    }

    /// What is read of a source with markup.
    pub(super) fn block_text(&self) -> Option<&BlockText> {
        self.read.as_deref()
    }

    /// The name; empty for a document made of a text alone.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn name_if_nameless(&mut self, name: impl FnOnce() -> String) {
        if self.name.is_empty() {
            self.name = name().into();
        }
    }

    /// The text that is read: the source itself, or its blocks with blank lines between them.
    #[must_use]
    pub fn text(&self) -> &str {
        self.read.as_ref().map_or(&self.source, |read| &read.text)
    }

    /// The source, in which all spans of a report lie.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The spans of its paragraphs in the [text](Self::text), in order, as a check finds them: the blocks of a
    /// source with markup, or what `breaks` separates in plain text.
    #[must_use]
    pub fn paragraphs(&self, breaks: ParagraphBreaks) -> Vec<Span> {
        match self.blocks() {
            Some(blocks) => blocks.iter().map(|block| block.span).collect(),
            None => breaks.paragraphs(self.text()),
        }
    }

    /// The span of the [text](Self::text) that was read from bytes of the source; what is not read, such as
    /// markup at its ends, is left out.
    #[must_use]
    pub fn to_text(&self, source: Span) -> Span {
        self.read.as_ref().map_or(source, |read| read.map.to_text(source))
    }

    /// The bytes of the source that a span of the [text](Self::text) was read from.
    #[must_use]
    pub fn to_source(&self, text: Span) -> Span {
        self.read.as_ref().map_or(text, |read| read.map.to_source(text))
    }

    /// Mistakes in what the source says to this program, in its order; none in plain text.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        self.read.as_ref().map_or(&[], |read| &read.problems)
    }

    /// Whether its text is read from a source with markup.
    pub(crate) fn has_markup(&self) -> bool {
        self.read.is_some()
    }

    /// The blocks that a parser found; `None` for plain text.
    pub(crate) fn blocks(&self) -> Option<&[Block]> {
        self.read.as_ref().map(|read| &read.blocks[..])
    }

    /// How many blocks are not read since the source says so.
    pub(crate) fn ignored_blocks(&self) -> usize {
        self.read.as_ref().map_or(0, |read| read.ignored)
    }
}

/// A text alone.
macro_rules! from_text {
    ($($text:ty),*) => {$(
        impl<'a> From<$text> for Document<'a> {
            /// A document without a name.
            fn from(text: $text) -> Self {
                Self::new("", text)
            }
        }
    )*};
}

from_text! { &'a str, String, &'a String, Cow<'a, str> }

impl<'a> From<&&'a str> for Document<'a> {
    /// A document without a name.
    fn from(text: &&'a str) -> Self {
        Self::new("", *text)
    }
}

impl<'a> From<&'a Cow<'_, str>> for Document<'a> {
    /// A document without a name.
    fn from(text: &'a Cow<'_, str>) -> Self {
        Self::new("", &**text)
    }
}

impl<'a, N: Into<Cow<'a, str>>, T: Into<Cow<'a, str>>> From<(N, T)> for Document<'a> {
    /// A name and a text.
    fn from((name, text): (N, T)) -> Self {
        Self::new(name, text)
    }
}

impl<'a, N: AsRef<str>, T: AsRef<str>> From<&'a (N, T)> for Document<'a> {
    /// A name and a text.
    fn from((name, text): &'a (N, T)) -> Self {
        Self::new(name.as_ref(), text.as_ref())
    }
}

impl<'a> From<&'a Document<'_>> for Document<'a> {
    /// The same document, borrowed.
    fn from(document: &'a Document<'_>) -> Self {
        Self { name: document.name().into(), source: document.source().into(), read: document.read.clone() }
    }
}
