//! What covers what.
//!
//! There is one definition. A stretch is *covered* by another one that holds more than half of its
//! matched tokens and leaves out fewer than half the tokens that a passage has at least. A candidate is
//! covered by a passage if two different occurrences of it cover the two sides; a passage is covered by
//! another one whose occurrences cover all of its own.

use std::ops::Range;

use super::found::Found;
use crate::passage::candidate::{Candidate, middle, overlap};
use crate::passage::search::Search;
use crate::passage::thresholds::limits::DEPTH;
use crate::util::progress::Cancelled;

/// Which occurrences of which passages lie over each place.
#[derive(Debug)]
pub(super) struct Covering<'a> {
    search: &'a Search<'a>,
    heads: Vec<u32>,
    entries: Vec<Entry>,
    /// How many occurrences lie over each place.
    depths: Vec<u32>,
}

/// An occurrence of a passage over a place.
#[derive(Clone, Copy, Debug)]
struct Entry {
    passage: u32,
    occurrence: u32,
    next: u32,
}

impl Entry {
    fn places<'p>(&self, passages: &'p [Found]) -> &'p Range<u32> {
        &passages[self.passage as usize].occurrences[self.occurrence as usize].places
    }
}

const NONE: u32 = u32::MAX;

impl<'a> Covering<'a> {
    pub(super) fn new(search: &'a Search<'a>) -> Self {
        let places = search.sequence.len();
        Self { search, heads: vec![NONE; places], entries: Vec::new(), depths: vec![0; places] }
    }

    pub(super) fn add(&mut self, passage: u32, found: &Found) -> Result<(), Cancelled> {
        for (occurrence, found) in (0..).zip(&found.occurrences) {
            for place in found.places.clone() {
                self.search.watch.poll_at(place as usize)?;
                let next = self.heads[place as usize];
                self.heads[place as usize] = self.entries.len() as u32;
                self.depths[place as usize] += 1;
                self.entries.push(Entry { passage, occurrence, next });
            }
        }
        Ok(())
    }

    /// Whether the limit of passages over a stretch is reached.
    pub(super) fn is_full(&self, stretch: &Range<u32>) -> bool {
        self.depths[middle(stretch) as usize] > DEPTH
    }

    /// Whether the limit is reached over either side of a candidate.
    pub(super) fn is_crowded(&self, candidate: &Candidate) -> bool {
        candidate.sides.iter().any(|side| self.is_full(side))
    }

    /// Whether the passages so far already say what a candidate says.
    ///
    /// A reworded one is also dropped if a passage covers one of its sides, unless the other side has
    /// nothing to do with that passage and the candidate is not much lighter: then something was said
    /// a third time.
    pub(super) fn drops(&self, candidate: &Candidate, passages: &[Found]) -> bool {
        let [left, right] = [0, 1].map(|side| Stretch::of(candidate, side));
        let on_right: Vec<Entry> = self.covering(&right, passages).collect();
        let both = |left: &Entry| {
            let mut same = on_right.iter().filter(|right| right.passage == left.passage);
            same.any(|right| right.occurrence != left.occurrence)
        };
        if self.covering(&left, passages).any(|left| both(&left)) {
            return true;
        }
        if candidate.ordered {
            return false;
        }
        let second = |entry: &Entry, other: &Range<u32>| {
            let passage = &passages[entry.passage as usize];
            let touches = passage.occurrences.iter().any(|found| overlap(&found.places, other) > 0);
            let least = self.search.thresholds.second_weight * passage.weight as f64;
            !touches && candidate.weight as f64 >= least
        };
        self.covering(&left, passages).any(|entry| !second(&entry, right.places))
            || on_right.iter().any(|entry| !second(entry, left.places))
    }

    /// Whether another passage covers every occurrence of a passage by one of its own, so that it says
    /// all that this one says. Two occurrences inside one of the other's are a repetition that it does
    /// not tell. One that says fewer words in all does not say all of it: thirty occurrences are not cut
    /// short for one more. Of two that cover each other the earlier one stays. A reworded passage does
    /// not say that the words of an ordered one are the same.
    pub(super) fn is_redundant(&self, passage: u32, passages: &[Found]) -> bool {
        let occurrences = &passages[passage as usize].occurrences;
        let around = |places: &Range<u32>| -> Vec<(u32, u32)> {
            let stretch = Stretch { places, matched: None };
            let ordered = passages[passage as usize].ordered;
            let others = self.covering(&stretch, passages).map(|entry| (entry.passage, entry.occurrence));
            let says_more =
                |&(other, _): &(u32, u32)| other != passage && (passages[other as usize].ordered || !ordered);
            others.filter(says_more).collect()
        };
        // Occurrences ascend in both passages, so each is covered by its own if no two in a row share one.
        let mut others = around(&occurrences[0].places);
        for occurrence in &occurrences[1..] {
            if others.is_empty() {
                return false;
            }
            let mut around = around(&occurrence.places);
            around.retain(|(other, at)| others.iter().any(|last| last.0 == *other && last.1 != *at));
            others = around;
        }
        let mutual = |other: u32| {
            let places =
                |found: &Found| found.occurrences.iter().map(|o| o.places.clone()).collect::<Vec<_>>();
            let (own, others) = (places(&passages[passage as usize]), places(&passages[other as usize]));
            own.len() == others.len()
                && others
                    .iter()
                    .zip(&own)
                    .all(|(places, own)| self.covers(own, &Stretch { places, matched: None }))
        };
        let words = |passage: u32| -> u64 {
            let occurrences = passages[passage as usize].occurrences.iter();
            occurrences.map(|found| u64::from(self.search.sequence.size(found.places.clone()))).sum()
        };
        let own = words(passage);
        others.iter().any(|&(other, _)| words(other) >= own && (other < passage || !mutual(other)))
    }

    /// The occurrences that cover a stretch, those of the latest passages first.
    fn covering<'s>(
        &'s self,
        stretch: &'s Stretch<'s>,
        passages: &'s [Found],
    ) -> impl Iterator<Item = Entry> + 's {
        // What holds more than half of a stretch holds its middle.
        let mut next = self.heads[middle(stretch.places) as usize];
        let over = std::iter::from_fn(move || {
            let entry = *self.entries.get(next as usize)?;
            next = entry.next;
            Some(entry)
        });
        over.filter(move |entry| self.covers(entry.places(passages), stretch))
    }

    /// The definition.
    fn covers(&self, outer: &Range<u32>, stretch: &Stretch<'_>) -> bool {
        let (mut all, mut inside) = (0_u32, 0_u32);
        let is_outside = |place: &u32| {
            all += 1;
            let is_inside = outer.contains(place);
            inside += u32::from(is_inside);
            !is_inside
        };
        let size = |places: &mut dyn Iterator<Item = u32>| self.search.sequence.size(places);
        let outside = match stretch.matched {
            Some((matched, 0)) => size(&mut matched.iter().map(|&(left, _)| left).filter(is_outside)),
            Some((matched, _)) => size(&mut matched.iter().map(|&(_, right)| right).filter(is_outside)),
            None => size(&mut stretch.places.clone().filter(is_outside)),
        };
        2 * inside > all && 2 * outside < self.search.min_size
    }
}

/// A stretch that may be covered, and which of its tokens match something: all if it does not say.
#[derive(Clone, Copy)]
struct Stretch<'a> {
    places: &'a Range<u32>,
    /// The matches, and which side of them the stretch is.
    matched: Option<(&'a [(u32, u32)], usize)>,
}

impl<'a> Stretch<'a> {
    /// One side of a candidate.
    fn of(candidate: &'a Candidate, side: usize) -> Self {
        Self { places: &candidate.sides[side], matched: Some((&candidate.matched, side)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::passage::select::found::Occurrence;
    use crate::passage::sequence::Sequence;
    use crate::passage::thresholds::PassageThresholds;
    use crate::set::hash::mix;
    use crate::util::progress::Watch;

    #[test]
    fn no_more_passages_lie_over_a_place_than_the_limit_allows() {
        let mut sequence = Sequence::default();
        (0..100).for_each(|word| sequence.push(mix(word), mix(word), false, false));
        sequence.end_paragraph();
        sequence.end_document();
        let search = Search::new(&sequence, PassageThresholds::default(), 8, Watch::none()).unwrap();
        let mut covering = Covering::new(&search);
        let occurrence = |places: Range<u32>| Occurrence { places, matched: 10 };
        let found =
            Found { ordered: true, weight: 1, occurrences: vec![occurrence(0..10), occurrence(50..60)] };
        for passage in 0..=DEPTH {
            assert!(!covering.is_full(&(0..10)), "{passage}");
            covering.add(passage, &found).unwrap();
        }
        assert!(covering.is_full(&(0..10)) && covering.is_full(&(52..58)));
        assert!(!covering.is_full(&(20..40)), "only there");
        let candidate = Candidate {
            sides: [2..8, 20..26],
            matched: (2..8).zip(20..).collect(),
            ordered: true,
            weight: 1,
        };
        assert!(covering.is_crowded(&candidate));
    }
}
