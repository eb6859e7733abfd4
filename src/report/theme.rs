//! Themes: what a document says again.

use std::fmt;

use super::passage::Occurrence;

/// What one document says in several places, in whatever words.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Theme {
    /// How much is said again: the mean weight of the words that its places share, times the number of
    /// paragraphs but one. A word weighs more the fewer sentences of the document and the fewer texts of
    /// its language have it. Greater than 0, in steps of 0.001.
    pub score: f64,
    /// In how many paragraphs it is said, 2 or more.
    pub paragraphs: usize,
    /// Where it is said, two places or more, in order: each from the first to the last of the shared words
    /// of one sentence. None overlaps another one, of this or of another theme.
    pub occurrences: Vec<Occurrence>,
}

impl fmt::Display for Theme {
    /// Such as `5 places in 4 paragraphs`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} places in {} paragraphs", self.occurrences.len(), self.paragraphs)
    }
}
