//! What a paragraph is in the layout of its document.

use crate::settings::Rule;
use crate::util::span::Span;

/// What a paragraph is in the layout of its document. Written and read in lower case.
///
/// Copies of headings, captions, boilerplate and tables of contents are as they should be: no rule warns of
/// them. The other roles are running text. A short single line of running text in which no sentence ends is
/// taken for a heading, and a paragraph made of the headings of its document for a table of contents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Role {
    /// A paragraph of running text.
    #[default]
    Body,
    /// An item of a list.
    Item,
    /// A part of a quotation.
    Quote,
    /// A cell of a table.
    Cell,
    /// A heading, a title or a label.
    Heading,
    /// The caption of a picture or a table, or the text that stands for a picture.
    Caption,
    /// What stands around the text of a page, such as its footer.
    Boilerplate,
    /// A table of contents.
    Contents,
    /// Source code. It is not read: a block with this role is left out.
    Code,
}

impl Role {
    /// Whether it is running text, whose copies are worth a warning.
    #[must_use]
    pub fn is_running_text(self) -> bool {
        matches!(self, Self::Body | Self::Item | Self::Quote | Self::Cell)
    }
}

/// A paragraph as a parser found it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Block {
    /// Bytes of the text that is read.
    pub(crate) span: Span,
    pub(crate) role: Role,
    /// The rules whose findings on it are not shown.
    pub(crate) ignored: Box<[Rule]>,
}
