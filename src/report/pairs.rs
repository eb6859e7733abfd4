//! Pairs with what differs in them.

use crate::matching::Pair;
use crate::util::span::Span;

/// One difference between two paragraphs: words of one that stand where the other has other words, or
/// none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Difference {
    /// From the first to the last differing word of the left paragraph, in bytes of its document.
    /// Empty if it has none there; then it stands before the next word, or behind the last.
    pub left: Span,
    /// The same of the right paragraph.
    pub right: Span,
}

impl Difference {
    pub(crate) fn new(left: Span, right: Span) -> Self {
        Self { left, right }
    }
}

/// The pairs of a report, and for each what differs, as far as that was looked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Pairs {
    pub(crate) pairs: Vec<Pair>,
    /// As many as there are pairs.
    pub(crate) differences: Vec<Option<Box<[Difference]>>>,
}

#[cfg(feature = "serde")]
mod json {
    //! A list of pairs, each with its differences.

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::{Difference, Pair, Pairs};

    #[derive(Serialize)]
    struct Written<'a> {
        #[serde(flatten)]
        pair: &'a Pair,
        #[serde(skip_serializing_if = "Option::is_none")]
        differences: Option<&'a [Difference]>,
    }

    #[derive(Deserialize)]
    struct Read {
        #[serde(flatten)]
        pair: Pair,
        #[serde(default)]
        differences: Option<Box<[Difference]>>,
    }

    impl Serialize for Pairs {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let all = self.pairs.iter().zip(&self.differences);
            serializer.collect_seq(all.map(|(pair, found)| Written { pair, differences: found.as_deref() }))
        }
    }

    impl<'de> Deserialize<'de> for Pairs {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let read: Vec<Read> = Vec::deserialize(deserializer)?;
            let (pairs, differences) =
                read.into_iter().map(|Read { pair, differences }| (pair, differences)).unzip();
            Ok(Self { pairs, differences })
        }
    }
}
