//! Themes as ranges of token places.

use std::ops::Range;

/// One thing that a document says several times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Theme {
    /// How much is said again, in thousandths: the mean weight of what its places share, for each paragraph
    /// but one.
    pub(crate) score: u64,
    /// In how many paragraphs it is said.
    pub(crate) paragraphs: u32,
    /// Where it is said, in order; none overlaps another, of this theme or another one.
    pub(crate) places: Vec<Range<u32>>,
    /// The heaviest of the places, the first of several.
    pub(crate) heaviest: usize,
}

/// The themes of one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct DocumentThemes {
    /// Those with the highest score first.
    pub(crate) themes: Vec<Theme>,
    /// How many sentences of at least four tokens there are,
    pub(crate) sentences: usize,
    /// and how many of them say something again: they hold a place of a theme that is not its first.
    pub(crate) said_again: usize,
}
