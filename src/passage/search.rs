//! What every finder looks at, made once for all of them.

use std::sync::OnceLock;

use super::bigrams::Bigrams;
use super::sequence::Sequence;
use super::thresholds::PassageThresholds;
use super::units::Units;
use super::weights::Weights;

/// One search for passages.
#[derive(Debug)]
pub(super) struct Search<'a> {
    pub(super) sequence: &'a Sequence,
    pub(super) weights: Weights,
    pub(super) thresholds: PassageThresholds,
    /// The least length of a passage in half-tokens.
    pub(super) min_size: u32,
    sentences: OnceLock<Units>,
    bigrams: OnceLock<Bigrams>,
}

impl<'a> Search<'a> {
    pub(super) fn new(sequence: &'a Sequence, thresholds: PassageThresholds, min_size: u32) -> Self {
        let weights = Weights::new(sequence, &thresholds);
        let (sentences, bigrams) = (OnceLock::new(), OnceLock::new());
        Self { sequence, weights, thresholds, min_size, sentences, bigrams }
    }

    /// The sentences as bags of stems.
    pub(super) fn sentences(&self) -> &Units {
        self.sentences.get_or_init(|| Units::new(self.sequence, &self.weights, &self.sequence.sentence_ends))
    }

    /// The pairs of neighbouring stems.
    pub(super) fn bigrams(&self) -> &Bigrams {
        self.bigrams.get_or_init(|| Bigrams::new(self.sequence))
    }

    /// Whether a token is informative: few sentences have its stem.
    pub(super) fn is_informative(&self, place: u32) -> bool {
        self.weights.informative(self.sequence.stem(place)) > 0
    }

    /// The informative weight of matched tokens, given by their left places.
    pub(super) fn weigh(&self, matched: &[(u32, u32)]) -> u64 {
        matched.iter().map(|&(left, _)| self.weights.informative(self.sequence.stem(left))).sum()
    }

    /// The length of matched tokens in half-tokens.
    pub(super) fn size(&self, matched: &[(u32, u32)]) -> u32 {
        matched.iter().map(|&(left, _)| self.sequence.size(left)).sum()
    }
}
