//! The settings of a detector, checked once when it is built.

mod boilerplate;
mod shingle;

use crate::sketch::{Bander, Banding, MinHash};
use crate::util::error::{Error, ErrorKind};

pub use boilerplate::Boilerplate;
use shingle::SHINGLES;
pub use shingle::Shingle;
pub(crate) use shingle::Unit;

/// How near-duplicate pairs are searched for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Search {
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

/// Up to so many different paragraphs an exact search is as fast as a banded one.
const EXACT: usize = 10_000;

impl Search {
    /// Whether so many different paragraphs are searched through bands.
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
pub enum Scope {
    /// Those of the same document.
    #[default]
    Document,
    /// Those of earlier documents, too: of all documents as if they were one.
    Documents,
}

/// The settings of a detector, all that shape a result. Every [`Report`](crate::Report) carries
/// those it was made under.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[non_exhaustive]
pub struct Settings {
    /// The resemblance from which on two paragraphs are a pair. Default 0.5.
    pub threshold: f64,
    /// What paragraphs are compared by. Default word 3-grams.
    pub shingle: Shingle,
    /// Paragraphs of fewer tokens take no part in pairs. Default 5.
    pub min_paragraph_tokens: usize,
    /// Passages have at least so many tokens. Default 4.
    pub min_passage_tokens: usize,
    /// How pairs are searched for. Default [`Search::Auto`].
    pub search: Search,
    /// The wanted share of the pairs at the threshold, for a banded search. Default 0.99.
    pub recall: f64,
    /// The most lanes of a signature, for a banded search; fewer are made where fewer do. Default 128.
    pub lanes: usize,
    /// The seed of the signatures' hash functions, for a banded search. Default 0.
    pub seed: u64,
    /// Of more identical paragraphs than this, each is paired with the first only, and only the
    /// first stands for them in pairs with others. Default 32.
    pub copies: usize,
    /// At most so many pairs of a paragraph with earlier, different ones are looked for; `None`, the
    /// default, for all.
    pub max_pairs: Option<usize>,
    /// Whether paragraphs that differ in numbers only stand for each other. Default no.
    pub merge_numbers: bool,
    /// Which earlier paragraphs coverage counts. Default [`Scope::Document`].
    pub coverage: Scope,
    /// From how many documents on what stands in them is boilerplate; `None`, the default, if none is.
    pub boilerplate: Option<Boilerplate>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            threshold: 0.5,
            shingle: Shingle::default(),
            min_paragraph_tokens: 5,
            min_passage_tokens: 4,
            search: Search::Auto,
            recall: 0.99,
            lanes: 128,
            seed: 0,
            copies: 32,
            max_pairs: None,
            merge_numbers: false,
            coverage: Scope::Document,
            boilerplate: None,
        }
    }
}

impl Settings {
    /// Checks all settings, and draws the bands for a banded search where that can be done.
    pub(crate) fn validate(&self) -> Result<Option<Bander>, Error> {
        if self.shingle.width == 0 {
            return Err(Error::setting("shingle", self.shingle, SHINGLES));
        }
        if self.min_passage_tokens == 0 {
            return Err(Error::setting("min_passage_tokens", 0, "at least 1"));
        }
        if self.copies == 0 {
            return Err(Error::setting("copies", 0, "at least 1"));
        }
        if self.max_pairs == Some(0) {
            return Err(Error::setting("max_pairs", 0, "at least 1"));
        }
        if let Some(boilerplate) = self.boilerplate {
            boilerplate.validate()?;
        }
        // A family of too many lanes is refused here, whether or not it comes to be used.
        MinHash::new(self.lanes, self.seed)?;
        match Banding::with_rows(self.threshold, self.recall, self.lanes, self.shingle.most_rows()) {
            Ok(banding) => Ok(Some(Bander::new(MinHash::new(banding.lanes(), self.seed)?, banding))),
            // Thresholds of a few hundredths would need more lanes; an exact search does not.
            Err(error)
                if matches!(error.kind(), ErrorKind::UnreachableRecall { .. })
                    && self.search != Search::Banded =>
            {
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }
}
