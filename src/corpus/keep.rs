//! Which of several near-duplicates stays.

use std::cmp::Reverse;
use std::str::FromStr;

use super::rank::Rank;
use crate::util::error::Error;
use crate::util::id::ParagraphId;
use crate::util::parallel;
use crate::util::progress::Watch;

/// Which of several near-duplicates stays, when a corpus is thinned. Of equal ones the earlier stays.
///
/// Read as `first`, `longest`, `last` or `field:NAME`.
///
/// ```
/// use std::ops::ControlFlow;
///
/// use refrain::{Detector, Keep, ParagraphId, Rank};
///
/// let texts = ["Tea is served at four o'clock.", "Tea is served at four!", "TEA is served at four."];
/// let detector = Detector::builder().threshold(0.5).min_paragraph_tokens(1).build()?;
/// let mut corpus = detector.corpus();
/// corpus.extend(&texts)?;
/// let order = Keep::Longest.order(texts.len(), |id| texts[id.index()].len(), |_| Rank::NONE);
/// let found = corpus.representatives(order.as_deref(), |_| ControlFlow::Continue(()))?;
/// assert!(found.iter().all(|kept| kept.paragraph == ParagraphId(0)));
/// # Ok::<(), refrain::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Keep {
    /// The one that comes first.
    First,
    /// The one with the most bytes.
    Longest,
    /// The one that comes last.
    Last,
    /// The one whose record has the highest number in this field; records without a number come last.
    Field(String),
}

impl FromStr for Keep {
    type Err = Error;

    /// Reads `first`, `longest`, `last` or `field:NAME`.
    ///
    /// # Errors
    ///
    /// If the text is none of them.
    fn from_str(text: &str) -> Result<Self, Error> {
        match (text, text.split_once(':')) {
            ("first", _) => Ok(Self::First),
            ("longest", _) => Ok(Self::Longest),
            ("last", _) => Ok(Self::Last),
            (_, Some(("field", name))) if !name.is_empty() => Ok(Self::Field(name.to_owned())),
            _ => Err(Error::out_of_range("keep", text, "first, longest, last or field:NAME")),
        }
    }
}

impl Keep {
    /// The field whose numbers are compared.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::Field(name) => Some(name),
            _ => None,
        }
    }

    /// The ids of `paragraphs` paragraphs in descending order of preference, as
    /// [`Corpus::representatives`](crate::Corpus::representatives) takes them; `None` stands for the order of the
    /// input.
    ///
    /// `bytes` is the length of a paragraph, `rank` the number in the field of its record. Only what this value asks
    /// for is called.
    #[must_use]
    pub fn order(
        &self,
        paragraphs: usize,
        bytes: impl Fn(ParagraphId) -> usize + Sync,
        rank: impl Fn(ParagraphId) -> Rank + Sync,
    ) -> Option<Vec<ParagraphId>> {
        let ids = (0..paragraphs as u32).map(ParagraphId);
        match self {
            Self::First => None,
            Self::Last => Some(ids.rev().collect()),
            Self::Longest => Some(sorted(ids, |&id| (Reverse(bytes(id)), id))),
            Self::Field(_) => Some(sorted(ids, |&id| (Reverse(rank(id)), id))),
        }
    }
}

fn sorted<K: Ord>(
    ids: impl Iterator<Item = ParagraphId>,
    key: impl Fn(&ParagraphId) -> K + Sync,
) -> Vec<ParagraphId> {
    let mut ids: Vec<ParagraphId> = ids.collect();
    parallel::try_sort_unstable_by_key(&mut ids, key, Watch::none()).expect("nobody cancels it");
    ids
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_preferred_come_first_and_of_equals_the_earlier() {
        let order = |keep: &str| {
            let bytes = [3, 5, 5, 1];
            let ranks = [Rank::NONE, Rank::from(2.0), Rank::from(7.0), Rank::from(2.0)];
            let keep: Keep = keep.parse().unwrap();
            let order = keep.order(4, |id| bytes[id.index()], |id| ranks[id.index()]);
            order.map(|ids| ids.iter().map(|id| id.0).collect::<Vec<_>>())
        };
        assert_eq!(order("first"), None);
        assert_eq!(order("last"), Some(vec![3, 2, 1, 0]));
        assert_eq!(order("longest"), Some(vec![1, 2, 0, 3]));
        assert_eq!(order("field:score"), Some(vec![2, 1, 3, 0]));
    }

    #[test]
    fn other_words_are_refused() {
        for bad in ["", "shortest", "field", "field:", "first:x"] {
            let error = bad.parse::<Keep>().unwrap_err();
            assert_eq!(
                error.to_string(),
                format!("keep must be first, longest, last or field:NAME, got {bad}")
            );
        }
    }
}
