//! In how many documents something is boilerplate.

use std::fmt;
use std::str::FromStr;

use crate::util::error::Error;

/// In how many documents a paragraph or passage must be found to be boilerplate: part of the set rather
/// than a repetition in each document.
///
/// Written and read as `5` or `20%`.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Boilerplate {
    /// This many documents, 2 or more.
    Documents(usize),
    /// This percentage of all documents, more than 0 and at most 100, but at least 2 documents.
    Percent(f64),
}

const ACCEPTS: &str =
    "a number of documents from 2 on, such as 5, or a share of them up to 100%, such as 20%";

impl Boilerplate {
    /// Whether it is in range.
    pub(crate) fn validate(self) -> Result<(), Error> {
        let sound = match self {
            Self::Documents(documents) => documents >= 2,
            Self::Percent(percent) => percent > 0.0 && percent <= 100.0,
        };
        if sound { Ok(()) } else { Err(Error::out_of_range("boilerplate", self, ACCEPTS)) }
    }

    /// The least number of documents, out of `documents`.
    pub(crate) fn least(self, documents: usize) -> usize {
        match self {
            Self::Documents(least) => least,
            Self::Percent(percent) => {
                let enough = |&least: &usize| 100.0 * least as f64 >= percent * documents as f64;
                (2..=documents).find(enough).unwrap_or(2)
            }
        }
    }
}

impl fmt::Display for Boilerplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Documents(documents) => write!(f, "{documents}"),
            Self::Percent(percent) => write!(f, "{percent}%"),
        }
    }
}

impl FromStr for Boilerplate {
    type Err = Error;

    /// Reads `5` or `20%`. The range is checked when a detector is built.
    ///
    /// # Errors
    ///
    /// If the text is neither a whole number nor a number with a percent sign.
    fn from_str(text: &str) -> Result<Self, Error> {
        let parsed = match text.strip_suffix('%') {
            Some(percent) => {
                percent.parse().ok().filter(|percent: &f64| percent.is_finite()).map(Self::Percent)
            }
            None => text.parse().ok().map(Self::Documents),
        };
        parsed.ok_or_else(|| Error::out_of_range("boilerplate", text, ACCEPTS))
    }
}

#[cfg(feature = "serde")]
mod json {
    use std::fmt;

    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error, de::Visitor};

    use super::{ACCEPTS, Boilerplate};

    impl Serialize for Boilerplate {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_str(self)
        }
    }

    impl<'de> Deserialize<'de> for Boilerplate {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            // Formats for people tell a number from a text; others have what was written.
            match deserializer.is_human_readable() {
                true => deserializer.deserialize_any(TextOrNumber),
                false => deserializer.deserialize_str(TextOrNumber),
            }
        }
    }

    struct TextOrNumber;

    impl Visitor<'_> for TextOrNumber {
        type Value = Boilerplate;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(ACCEPTS)
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<Boilerplate, E> {
            text.parse().map_err(E::custom)
        }

        fn visit_u64<E: Error>(self, documents: u64) -> Result<Boilerplate, E> {
            usize::try_from(documents).map(Boilerplate::Documents).map_err(E::custom)
        }

        fn visit_i64<E: Error>(self, documents: i64) -> Result<Boilerplate, E> {
            usize::try_from(documents).map(Boilerplate::Documents).map_err(E::custom)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_reads_as_it_is_written() {
        for text in ["2", "5", "20%", "12.5%", "0.1%", "28.999999999999996%"] {
            let read: Boilerplate = text.parse().unwrap();
            assert_eq!(read.to_string(), text);
            assert_eq!(read.validate(), Ok(()));
        }
        for text in ["", "%", "a", "-1", "1.5", "20 %", "NaN%", "inf%"] {
            assert!(text.parse::<Boilerplate>().is_err(), "{text}");
        }
        for text in ["0", "1", "0%", "-5%", "101%"] {
            let error = text.parse::<Boilerplate>().unwrap().validate().unwrap_err();
            assert_eq!(error.to_string(), format!("boilerplate must be {ACCEPTS}, got {text}"));
        }
    }

    #[test]
    fn a_share_is_two_documents_in_any_case() {
        let least = |percent, documents| Boilerplate::Percent(percent).least(documents);
        assert_eq!(
            [0, 1, 2, 5, 10, 11, 15, 16].map(|documents| least(20.0, documents)),
            [2, 2, 2, 2, 2, 3, 3, 4]
        );
        assert_eq!([least(29.0, 100), least(100.0, 7), least(33.4, 3)], [29, 7, 2]);
        assert_eq!(Boilerplate::Documents(5).least(3), 5);
    }
}
