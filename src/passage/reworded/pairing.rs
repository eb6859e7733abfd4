//! Two documents to compare, or one with itself, and scratch for the work.

use std::ops::Range;

use crate::passage::bigrams::Bigrams;
use crate::passage::number_set::NumberSet;
use crate::passage::search::Search;
use crate::passage::units::Units;
use crate::util::progress::Cancelled;

/// The units of two documents, or those of one document on both sides.
#[derive(Debug)]
pub(in crate::passage) struct Pairing<'a> {
    pub(in crate::passage) search: &'a Search<'a>,
    pub(in crate::passage) units: &'a Units,
    /// The units of each side.
    pub(in crate::passage) sides: [Range<usize>; 2],
    /// The places of each side.
    pub(in crate::passage) places: [Range<u32>; 2],
    /// How many sentences both sides have together.
    pub(in crate::passage) sentences: usize,
}

impl<'a> Pairing<'a> {
    /// The only document of a sequence with itself.
    pub(super) fn within(search: &'a Search<'a>, units: &'a Units) -> Self {
        let all = search.sequence.document(0);
        Self {
            search,
            units,
            sides: [0..units.len(), 0..units.len()],
            places: [all.clone(), all],
            sentences: search.sequence.sentence_ends.len(),
        }
    }

    /// Two documents by their sentences; `None` if one of them has no token.
    pub(in crate::passage) fn between(
        search: &'a Search<'a>,
        documents: [usize; 2],
    ) -> Result<Option<Self>, Cancelled> {
        let sequence = search.sequence;
        let places = documents.map(|document| sequence.document(document));
        if places.iter().any(Range::is_empty) {
            return Ok(None);
        }
        let sides = documents.map(|document| sequence.sentences_of(document));
        let sentences = sides[0].len() + sides[1].len();
        Ok(Some(Self { search, units: search.sentences()?, sides, places, sentences }))
    }

    /// Whether both sides are the same document.
    pub(super) fn is_one_document(&self) -> bool {
        self.sides[0] == self.sides[1]
    }
}

/// Memory that is used anew for each pair of documents.
#[derive(Debug)]
pub(in crate::passage) struct Scratch {
    /// Stems of either side.
    pub(in crate::passage) stems: [NumberSet; 2],
    /// Bigrams of either side, once they are asked for.
    pub(super) bigrams: Option<[NumberSet; 2]>,
    /// A number for each stem, 0 where nothing is counted.
    pub(in crate::passage) counts: Vec<u64>,
}

impl Scratch {
    pub(in crate::passage) fn new(search: &Search<'_>) -> Self {
        let vocabulary = search.sequence.vocabulary();
        Self { stems: [0, 1].map(|_| NumberSet::new(vocabulary)), bigrams: None, counts: vec![0; vocabulary] }
    }

    /// The sets for bigrams.
    pub(super) fn bigrams(&mut self, bigrams: &Bigrams) -> &mut [NumberSet; 2] {
        self.bigrams.get_or_insert_with(|| [0, 1].map(|_| NumberSet::new(bigrams.len())))
    }
}
