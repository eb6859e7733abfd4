//! What paragraphs are compared by.

use std::fmt;
use std::str::FromStr;

use crate::util::error::Error;

/// What a shingle is made of, and how many of them.
///
/// Word shingles tell texts apart by their phrases. Character shingles tolerate noise inside words, such
/// as misspellings and OCR errors, but unlike texts share more of them.
///
/// Written and read as `words:3` or `chars:5`.
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
    /// `width` consecutive words. In scripts without spaces, where each character is a token, two characters
    /// count as a word, so these are `2 * width` characters ([`shingle`](crate::set::shingle()) is exact about
    /// mixed text). A width of 0 is refused when the detector is built.
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
    pub(super) const fn most_rows(self) -> usize {
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
    ///
    /// # Errors
    ///
    /// If the unit is another one, or the width is not a whole number of at least 1.
    fn from_str(text: &str) -> Result<Self, Error> {
        let parsed = text.split_once(':').and_then(|(unit, width)| {
            let width = width.parse().ok().filter(|&width| width > 0)?;
            match unit {
                "words" => Some(Self::words(width)),
                "chars" => Some(Self::chars(width)),
                _ => None,
            }
        });
        parsed.ok_or_else(|| Error::out_of_range("shingle", text, SHINGLES))
    }
}

pub(super) const SHINGLES: &str = "words:N or chars:N with N at least 1, such as words:3 or chars:5";

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
