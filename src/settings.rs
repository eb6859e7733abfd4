//! What a detector can be told.

use std::fmt;
use std::str::FromStr;

use crate::boilerplate::Boilerplate;
use crate::error::Error;
use crate::sketch::{Bander, Banding, MinHash};

/// What a shingle is made of, and how many of them.
///
/// Word shingles tell texts apart by their phrases; character shingles bear noise inside words,
/// such as misspellings and OCR, at the price of a higher background resemblance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Shingle {
    pub(crate) unit: Unit,
    pub(crate) width: usize,
}

/// What a shingle is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Unit {
    Word,
    Char,
}

impl Shingle {
    /// `width` consecutive tokens. In scripts without spaces, where each character is a token, these
    /// are character n-grams. A width of 0 is refused when the detector is built.
    #[must_use]
    pub const fn words(width: usize) -> Self {
        Self { unit: Unit::Word, width }
    }

    /// `width` consecutive characters of the normalised tokens, joined by one space. A width of 0 is
    /// refused when the detector is built.
    #[must_use]
    pub const fn chars(width: usize) -> Self {
        Self { unit: Unit::Char, width }
    }

    /// How many units make a shingle.
    #[must_use]
    pub const fn width(self) -> usize {
        self.width
    }

    /// Bands of more rows do not pay. The resemblance of unlike paragraphs is a few hundredths in runs of
    /// three words or more, of which five rows let through one in millions; in runs of characters or in
    /// single words it is as high as a few tenths.
    const fn most_rows(self) -> usize {
        match self {
            Self { unit: Unit::Word, width: 3.. } => 5,
            _ => usize::MAX,
        }
    }
}

impl Default for Shingle {
    /// Word 3-grams.
    fn default() -> Self {
        Self::words(3)
    }
}

impl fmt::Display for Shingle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            Unit::Word => "words",
            Unit::Char => "chars",
        };
        write!(f, "{unit}:{}", self.width)
    }
}

impl FromStr for Shingle {
    type Err = Error;

    /// Reads `words:3` or `chars:5`.
    fn from_str(text: &str) -> Result<Self, Error> {
        let parsed = text.split_once(':').and_then(|(unit, width)| {
            let width = width.parse().ok().filter(|&width| width > 0)?;
            match unit {
                "words" => Some(Self::words(width)),
                "chars" => Some(Self::chars(width)),
                _ => None,
            }
        });
        parsed.ok_or_else(|| Error::setting("shingle", text, SHINGLES))
    }
}

const SHINGLES: &str = "words:N or chars:N with N at least 1, such as words:3 or chars:5";

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
                if matches!(error.kind(), crate::ErrorKind::UnreachableRecall { .. })
                    && self.search != Search::Banded =>
            {
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }
}

#[cfg(feature = "serde")]
mod json {
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    use super::Shingle;

    impl Serialize for Shingle {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_str(self)
        }
    }

    impl<'de> Deserialize<'de> for Shingle {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shingles_read_as_they_are_written() {
        for shingle in [Shingle::words(3), Shingle::chars(5), Shingle::words(1)] {
            assert_eq!(shingle.to_string().parse(), Ok(shingle));
        }
        for bad in ["", "words", "words:", "words:0", "words:-1", "lines:3", "chars:3:4"] {
            let error = bad.parse::<Shingle>().unwrap_err();
            assert_eq!(
                error.to_string(),
                format!(
                    "shingle must be words:N or chars:N with N at least 1, such as words:3 or chars:5, got {bad}"
                )
            );
        }
    }
}
