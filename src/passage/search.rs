//! What every finder looks at, made once for all of them.

use std::sync::OnceLock;

use super::bigrams::Bigrams;
use super::sequence::Sequence;
use super::thresholds::PassageThresholds;
use super::units::Units;
use super::weights::Weights;
use crate::util::progress::{Cancelled, Watch};

/// One search for passages.
#[derive(Debug)]
pub(super) struct Search<'a> {
    pub(super) sequence: &'a Sequence,
    pub(super) weights: Weights,
    pub(super) thresholds: PassageThresholds,
    /// The least length of a passage in half-tokens.
    pub(super) min_size: u32,
    /// Whether to go on.
    pub(super) watch: Watch<'a>,
    sentences: OnceLock<Result<Units, Cancelled>>,
    bigrams: OnceLock<Result<Bigrams, Cancelled>>,
}

impl<'a> Search<'a> {
    pub(super) fn new(
        sequence: &'a Sequence,
        thresholds: PassageThresholds,
        min_size: u32,
        watch: Watch<'a>,
    ) -> Result<Self, Cancelled> {
        let weights = Weights::new(sequence, &thresholds, watch)?;
        let (sentences, bigrams) = (OnceLock::new(), OnceLock::new());
        Ok(Self { sequence, weights, thresholds, min_size, watch, sentences, bigrams })
    }

    // Threads wait here for each other. So what is made must not be spread over threads: one that waits for
    // the others could take up work that asks for the same thing, and wait for itself.

    /// The sentences as bags of stems.
    pub(super) fn sentences(&self) -> Result<&Units, Cancelled> {
        let (sequence, weights) = (self.sequence, &self.weights);
        let new = || Units::new(sequence, weights, &sequence.sentence_ends, self.watch);
        self.sentences.get_or_init(new).as_ref().map_err(|&cancelled| cancelled)
    }

    /// The pairs of neighbouring stems.
    pub(super) fn bigrams(&self) -> Result<&Bigrams, Cancelled> {
        let bigrams = self.bigrams.get_or_init(|| Bigrams::new(self.sequence, self.watch));
        bigrams.as_ref().map_err(|&cancelled| cancelled)
    }

    /// Whether a token is informative: few sentences have its stem.
    pub(super) fn is_informative(&self, place: u32) -> bool {
        self.weights.informative(self.sequence.stem(place)) > 0
    }

    /// The informative weight of matched tokens, given by their left places.
    pub(super) fn weigh(&self, matched: &[(u32, u32)]) -> u64 {
        matched.iter().map(|&(left, _)| self.weights.informative(self.sequence.stem(left))).sum()
    }

    /// The length of tokens in half-tokens without numbers. Numbers have no length between documents, where
    /// different writers share dates and numbering, and none in any order.
    pub(super) fn size_of_words(&self, places: impl Iterator<Item = u32>) -> u32 {
        let sequence = self.sequence;
        sequence.size(places.filter(|&place| !sequence.is_number(sequence.stem(place))))
    }

    /// The length of matched tokens in half-tokens.
    pub(super) fn size(&self, matched: &[(u32, u32)]) -> u32 {
        self.sequence.size(matched.iter().map(|&(left, _)| left))
    }
}
