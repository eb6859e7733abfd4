//! How much of what is said again is looked for.

use std::fmt;
use std::str::FromStr;

use crate::util::error::Error;

/// How alike and how far apart two sentences must be to say the same.
///
/// On ten texts by people, `strict` reports about two themes in three thousand words, `middle` four times
/// as many, and `thorough` six times as many.
///
/// Written and read as `off`, `strict`, `middle` and `thorough`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Themes {
    /// Nothing is looked for.
    Off,
    /// Only what is clearly the same, with another paragraph between two of its places.
    #[default]
    Strict,
    /// Also what is less alike, or stands in neighbouring paragraphs.
    Middle,
    /// All that may be the same. More of it is not worth a change.
    Thorough,
}

impl Themes {
    const ALL: [Self; 4] = [Self::Off, Self::Strict, Self::Middle, Self::Thorough];

    const fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Strict => "strict",
            Self::Middle => "middle",
            Self::Thorough => "thorough",
        }
    }
}

impl fmt::Display for Themes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Themes {
    type Err = Error;

    /// Reads the name of a level.
    ///
    /// # Errors
    ///
    /// If no level has this name.
    fn from_str(text: &str) -> Result<Self, Error> {
        let found = Self::ALL.into_iter().find(|level| level.name() == text);
        found.ok_or_else(|| Error::out_of_range("themes", text, "off, strict, middle or thorough"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_reads_as_it_is_written() {
        for level in Themes::ALL {
            assert_eq!(level.to_string().parse(), Ok(level));
        }
        let error = "loose".parse::<Themes>().unwrap_err();
        assert_eq!(error.to_string(), "themes must be off, strict, middle or thorough, got loose");
    }
}
