//! What is compared with what: for coverage, and for pairs.

/// How near-duplicate pairs are searched for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum PairSearch {
    /// [`Exact`](Self::Exact) up to some ten thousand different paragraphs, where it is as fast,
    /// [`Banded`](Self::Banded) above that.
    #[default]
    Auto,
    /// Through an index of rare shingles. Finds every pair.
    Exact,
    /// Through banded signatures. Finds the wanted share of the pairs at the threshold, and more of
    /// those above it.
    Banded,
}

/// Up to this many different paragraphs, an exact search is as fast as a banded one.
const EXACT: usize = 10_000;

impl PairSearch {
    /// Whether this many different paragraphs are searched through bands.
    pub(crate) fn is_banded(self, paragraphs: usize) -> bool {
        match self {
            Self::Auto => paragraphs > EXACT,
            Self::Exact => false,
            Self::Banded => true,
        }
    }
}

/// Which earlier paragraphs cover a later one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum CoverageScope {
    /// Those of the same document.
    #[default]
    Document,
    /// Those of the same document and of all earlier ones, as if all documents were one.
    Documents,
}
