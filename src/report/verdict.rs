//! What a document is, all in all.

use std::fmt;
use std::str::FromStr;

use crate::util::error::Error;

/// What a document is, all in all: decided by its [figures](crate::DocumentSummary) and the
/// [limits](crate::VerdictLimits) in the settings. What stands beside it changes nothing.
///
/// Written and read as `ok`, `repetitive` and `padded`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Verdict {
    /// It repeats no more than is usual.
    #[default]
    Ok,
    /// Much of it stands in it before, word for word or edited.
    Repetitive,
    /// It says the same again in other words, or ends as it began.
    Padded,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ok => "ok",
            Self::Repetitive => "repetitive",
            Self::Padded => "padded",
        })
    }
}

impl FromStr for Verdict {
    type Err = Error;

    /// Reads `ok`, `repetitive` or `padded`.
    ///
    /// # Errors
    ///
    /// If the text is none of them.
    fn from_str(text: &str) -> Result<Self, Error> {
        let all = [Self::Ok, Self::Repetitive, Self::Padded];
        let found = all.into_iter().find(|verdict| verdict.to_string() == text);
        found.ok_or_else(|| Error::out_of_range("verdict", text, "ok, repetitive or padded"))
    }
}
