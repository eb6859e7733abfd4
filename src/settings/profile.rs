//! From which figures on a document is not `ok`.

use std::fmt;
use std::str::FromStr;

use crate::util::error::Error;

/// What kind of texts are checked: how much repetition is usual in them.
///
/// Written and read as `prose` and `reference`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Profile {
    /// Articles, essays, news, speeches.
    #[default]
    Prose,
    /// Documentation, policies and other texts that are looked things up in: they repeat terms and
    /// phrases on purpose.
    Reference,
}

impl Profile {
    /// The figures of a document from which on its verdict is not `ok`.
    #[must_use]
    pub fn limits(self) -> VerdictLimits {
        match self {
            Self::Prose => VerdictLimits { redundancy: 0.12, padding: 0.6 },
            Self::Reference => VerdictLimits { redundancy: 0.3, padding: 0.9 },
        }
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Prose => "prose",
            Self::Reference => "reference",
        })
    }
}

impl FromStr for Profile {
    type Err = Error;

    /// Reads `prose` or `reference`.
    ///
    /// # Errors
    ///
    /// If the text is neither.
    fn from_str(text: &str) -> Result<Self, Error> {
        match text {
            "prose" => Ok(Self::Prose),
            "reference" => Ok(Self::Reference),
            _ => Err(Error::out_of_range("profile", text, "prose or reference")),
        }
    }
}

/// The figures of a document from which on its [verdict](crate::Verdict) is not `ok`, each greater than 0;
/// one greater than 1 (2 for padding) is never reached. By default those of [`Profile::Prose`].
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[non_exhaustive]
pub struct VerdictLimits {
    /// The [redundancy](crate::DocumentSummary::redundancy) of a `repetitive` document.
    pub redundancy: f64,
    /// The sum, in a `padded` document, of the share of sentences that are
    /// [said again](crate::DocumentSummary::said_again) and the likeness of
    /// [opening and closing](crate::DocumentSummary::opening_closing).
    pub padding: f64,
}

impl Default for VerdictLimits {
    fn default() -> Self {
        Profile::default().limits()
    }
}

impl VerdictLimits {
    pub(super) fn validate(&self) -> Result<(), Error> {
        let limits = [("verdict.redundancy", self.redundancy), ("verdict.padding", self.padding)];
        match limits.into_iter().find(|&(_, limit)| limit.is_nan() || limit <= 0.0) {
            Some((name, limit)) => Err(Error::out_of_range(name, limit, "greater than 0")),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_written() {
        for profile in [Profile::Prose, Profile::Reference] {
            assert_eq!(profile.to_string().parse(), Ok(profile));
        }
        assert_eq!(
            "essay".parse::<Profile>().unwrap_err().to_string(),
            "profile must be prose or reference, got essay"
        );
    }

    #[test]
    fn limits_are_greater_than_nothing() {
        for limit in [0.0, -1.0, f64::NAN] {
            assert!(VerdictLimits { padding: limit, ..VerdictLimits::default() }.validate().is_err());
        }
        let error = VerdictLimits { redundancy: 0.0, ..VerdictLimits::default() }.validate().unwrap_err();
        assert_eq!(error.to_string(), "verdict.redundancy must be greater than 0, got 0");
    }
}
