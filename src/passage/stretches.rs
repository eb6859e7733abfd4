//! A passage, as ranges of token places.

use std::ops::Range;

use super::kind::PassageKind;
use super::weights::{ONE, ln};

/// A passage: two or more stretches of tokens that match each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stretches {
    pub(crate) kind: PassageKind,
    /// The informative weight of the matched tokens, in thousandths.
    pub(crate) weight: u64,
    /// The least number of tokens that an occurrence matches with the pattern, which is one of them.
    pub(crate) tokens: u32,
    /// The length of that many tokens of the first occurrence, in half-tokens.
    pub(crate) size: u32,
    /// In order of place; none overlaps another.
    pub(crate) occurrences: Vec<Range<u32>>,
}

impl Stretches {
    /// The weight in natural logarithms.
    pub(crate) fn score(&self) -> f64 {
        self.weight as f64 / ONE as f64
    }

    /// Whether it stands in several of some documents, given by their places.
    pub(crate) fn stands_in_several(&self, documents: &[Range<usize>]) -> bool {
        // Occurrences ascend, so all are in one document if the first and the last are.
        let [first, .., last] = &self.occurrences[..] else { return false };
        let document =
            |places: &Range<u32>| documents.partition_point(|document| document.end <= places.start as usize);
        document(first) != document(last)
    }

    /// What passages are ranked by: the weight times the logarithm of the number of occurrences.
    pub(super) fn rank(&self) -> u64 {
        self.weight * (1000.0 * ln(self.occurrences.len() as f64)) as u64
    }
}
