//! The names of the rules, and how much a finding matters.

use std::fmt;
use std::str::FromStr;

use crate::util::error::Error;

/// The rule that made a finding.
///
/// Written and read as in the serialised report:
///
/// ```
/// use refrain::Rule;
///
/// assert_eq!("near-duplicate".parse(), Ok(Rule::NearDuplicate));
/// assert_eq!(Rule::RepeatedPassage.to_string(), "repeated-passage");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Rule {
    /// The paragraph has the same tokens as an earlier one.
    ExactDuplicate,
    /// The paragraph's resemblance to an earlier one is at least the threshold, and not only numbers differ
    /// that make them different texts.
    NearDuplicate,
    /// One earlier paragraph holds at least 0.8 of the paragraph's shingles, in one stretch in which at most two
    /// words in a row belong to none of them.
    ///
    /// This rule and the two before are warnings about running text of at least
    /// [`min_warning_tokens`](crate::Settings::min_warning_tokens). Copies of shorter paragraphs, of
    /// headings and of tables of contents are notes, one for all copies of a paragraph, with all further
    /// places as related places.
    Contained,
    /// At least half of the paragraph's shingles stand in several earlier paragraphs of its document, or
    /// of all documents if [`coverage`](crate::Settings::coverage) counts those; or at least half of a
    /// document's tokens are redundant, outside paragraphs that differ in numbers only.
    Repetitive,
    /// The paragraph is a near-duplicate of earlier ones and differs from all of them in numbers only,
    /// which are no labels and no counters ([`Differs::Numbers`](crate::Differs::Numbers)). No other rule
    /// is applied to it.
    DiffersInNumbers,
    /// A paragraph or a passage stands in many documents of the set. The related places are the first
    /// ones in each of the other documents.
    Boilerplate,
    /// A passage comes back.
    RepeatedPassage,
    /// A document says something in several paragraphs, in whatever words.
    SaidAgain,
}

impl Rule {
    /// All rules.
    pub const ALL: &'static [Self] = &[
        Self::ExactDuplicate,
        Self::NearDuplicate,
        Self::Contained,
        Self::Repetitive,
        Self::DiffersInNumbers,
        Self::Boilerplate,
        Self::RepeatedPassage,
        Self::SaidAgain,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::ExactDuplicate => "exact-duplicate",
            Self::NearDuplicate => "near-duplicate",
            Self::Contained => "contained",
            Self::Repetitive => "repetitive",
            Self::DiffersInNumbers => "differs-in-numbers",
            Self::Boilerplate => "boilerplate",
            Self::RepeatedPassage => "repeated-passage",
            Self::SaidAgain => "said-again",
        }
    }
}

impl fmt::Display for Rule {
    /// The name of the rule as in the serialised report.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Rule {
    type Err = Error;

    /// Reads the name of a rule as it is written.
    ///
    /// # Errors
    ///
    /// If no rule has this name.
    fn from_str(text: &str) -> Result<Self, Error> {
        let accepts = "exact-duplicate, near-duplicate, contained, repetitive, differs-in-numbers, \
            boilerplate, repeated-passage or said-again";
        let found = Self::ALL.iter().copied().find(|rule| rule.name() == text);
        found.ok_or_else(|| Error::out_of_range("rule", text, accepts))
    }
}

/// How much a finding matters. Written and read as `note` and `warning`; a warning is greater than a
/// note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Level {
    /// Worth knowing.
    Note,
    /// Worth fixing.
    Warning,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Note => "note",
            Self::Warning => "warning",
        })
    }
}

impl FromStr for Level {
    type Err = Error;

    /// Reads `note` or `warning`.
    ///
    /// # Errors
    ///
    /// If the text is neither.
    fn from_str(text: &str) -> Result<Self, Error> {
        match text {
            "note" => Ok(Self::Note),
            "warning" => Ok(Self::Warning),
            _ => Err(Error::out_of_range("level", text, "note or warning")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_written() {
        for &rule in Rule::ALL {
            assert_eq!(rule.to_string().parse(), Ok(rule));
        }
        for level in [Level::Note, Level::Warning] {
            assert_eq!(level.to_string().parse(), Ok(level));
        }
        let error = "duplicate".parse::<Rule>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "rule must be exact-duplicate, near-duplicate, contained, repetitive, differs-in-numbers, \
             boilerplate, repeated-passage or said-again, got duplicate"
        );
        assert_eq!(
            "error".parse::<Level>().unwrap_err().to_string(),
            "level must be note or warning, got error"
        );
    }

    #[cfg(feature = "serde")]
    #[test]
    fn names_are_those_of_the_serialised_report() {
        for &rule in Rule::ALL {
            assert_eq!(serde_json::to_value(rule).unwrap(), rule.to_string());
        }
        for level in [Level::Note, Level::Warning] {
            assert_eq!(serde_json::to_value(level).unwrap(), level.to_string());
        }
    }
}
