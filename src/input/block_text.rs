//! The text of the blocks of a source, and mistakes in what the source says.

use super::block::Block;
use super::source_map::SourceMap;
use crate::util::span::Span;

/// What a reader sees of a source with markup.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct BlockText {
    /// The text of all blocks.
    pub(super) text: String,
    pub(super) map: SourceMap,
    pub(super) blocks: Vec<Block>,
    /// The number of blocks that are not read since the source says so.
    pub(super) ignored: usize,
    pub(super) problems: Vec<Problem>,
}

/// A mistake in what a source says to this program, such as a comment that names an unknown rule.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Problem {
    /// Bytes of the source.
    pub span: Span,
    /// What is wrong and what would be accepted, in a sentence without a full stop.
    pub message: String,
}

impl Problem {
    pub(super) fn new(span: Span, message: String) -> Self {
        Self { span, message }
    }
}
