//! Sentences or paragraphs as bags of stems, and an index of them.

use std::ops::Range;

use super::sequence::{Sequence, nth};
use super::weights::Weights;
use crate::util::parallel;
use crate::util::progress::{Cancelled, Watch};

/// Units of a text, each with its distinct stems.
#[derive(Debug)]
pub(super) struct Units {
    ends: Vec<u32>,
    /// The distinct stems of each unit, ascending, with how often it has them, end to end.
    bags: Vec<(u32, u32)>,
    bag_ends: Vec<u32>,
    /// The distinct stems of each unit, the rarest first, end to end.
    rarest: Vec<u32>,
    /// The rarity of each unit's distinct stems together.
    totals: Vec<u64>,
    /// The length of each unit's vector of weighted counts.
    norms: Vec<f64>,
    /// The units that have each stem, ascending, end to end by stem.
    postings: Vec<u32>,
    posting_ends: Vec<u32>,
}

impl Units {
    /// The units that end at `ends`, which ascend to the end of the sequence.
    pub(super) fn new(
        sequence: &Sequence,
        weights: &Weights,
        ends: &[u32],
        watch: Watch<'_>,
    ) -> Result<Self, Cancelled> {
        let mut bags = Vec::with_capacity(sequence.len());
        let mut bag_ends = Vec::with_capacity(ends.len());
        let mut rarest: Vec<u32> = Vec::with_capacity(sequence.len());
        let (mut totals, mut norms) = (Vec::with_capacity(ends.len()), Vec::with_capacity(ends.len()));
        let mut sorted: Vec<u32> = Vec::new();
        // In how many units each stem stands, then where its postings begin.
        let mut posting_ends = vec![0_u32; sequence.vocabulary() + 1];
        for unit in 0..ends.len() {
            watch.poll_at(unit)?;
            sorted.clear();
            sorted.extend(sequence.stems_of(&nth(ends, unit)));
            sort(&mut sorted, |&stem| stem, watch)?;
            let start = bags.len();
            bags.extend(sorted.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as u32)));
            bag_ends.push(bags.len() as u32);
            rarest.extend(bags[start..].iter().map(|&(stem, _)| stem));
            sort(&mut rarest[start..], |&stem| (weights.frequency(stem), stem), watch)?;
            totals.push(bags[start..].iter().map(|&(stem, _)| weights.rarity(stem)).sum());
            let square = |&(stem, times): &(u32, u32)| {
                let weight = (u64::from(times) * weights.rarity(stem)) as f64;
                weight * weight
            };
            norms.push(bags[start..].iter().map(square).sum::<f64>().sqrt());
            bags[start..].iter().for_each(|&(stem, _)| posting_ends[stem as usize + 1] += 1);
        }
        for stem in 0..sequence.vocabulary() {
            posting_ends[stem + 1] += posting_ends[stem];
        }
        let mut postings = vec![0; bags.len()];
        for unit in 0..ends.len() {
            watch.poll_at(unit)?;
            for &(stem, _) in &bags[as_index(nth(&bag_ends, unit))] {
                let next = &mut posting_ends[stem as usize];
                postings[*next as usize] = unit as u32;
                *next += 1;
            }
        }
        posting_ends.pop();
        Ok(Self { ends: ends.to_vec(), bags, bag_ends, rarest, totals, norms, postings, posting_ends })
    }

    /// How many units there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The places of a unit.
    pub(super) fn unit(&self, unit: usize) -> Range<u32> {
        nth(&self.ends, unit)
    }

    /// The places of some units in a row; there is at least one.
    pub(super) fn places(&self, units: &Range<usize>) -> Range<u32> {
        self.unit(units.start).start..self.ends[units.end - 1]
    }

    /// The distinct stems of a unit, ascending, with how often it has them.
    pub(super) fn bag(&self, unit: usize) -> &[(u32, u32)] {
        &self.bags[as_index(nth(&self.bag_ends, unit))]
    }

    /// The distinct stems of a unit, ascending.
    pub(super) fn stems(&self, unit: usize) -> impl Iterator<Item = u32> {
        self.bag(unit).iter().map(|&(stem, _)| stem)
    }

    /// The distinct stems of a unit, the rarest first.
    pub(super) fn rarest(&self, unit: usize) -> &[u32] {
        &self.rarest[as_index(nth(&self.bag_ends, unit))]
    }

    /// The rarity of a unit's distinct stems together.
    pub(super) fn total(&self, unit: usize) -> u64 {
        self.totals[unit]
    }

    /// The length of a unit's vector of weighted counts: the root of the sum of their squares.
    pub(super) fn norm(&self, unit: usize) -> f64 {
        self.norms[unit]
    }

    /// The units among some in a row that have a stem, ascending.
    pub(super) fn with_stem(&self, stem: u32, among: &Range<usize>) -> &[u32] {
        let all = &self.postings[as_index(nth(&self.posting_ends, stem as usize))];
        let [from, to] = [among.start, among.end].map(|unit| {
            if unit == 0 {
                0
            } else if unit == self.len() {
                all.len()
            } else {
                all.partition_point(|&other| (other as usize) < unit)
            }
        });
        &all[from..to]
    }
}

/// Sorts stems. Those of a sentence are few and sorted by this thread alone.
fn sort<K: Ord>(
    stems: &mut [u32],
    key: impl Fn(&u32) -> K + Sync,
    watch: Watch<'_>,
) -> Result<(), Cancelled> {
    /// More stems than any sentence has.
    const MANY: usize = 1000;
    if stems.len() > MANY {
        return parallel::try_sort_unstable_by_key(stems, key, watch);
    }
    stems.sort_unstable_by_key(key);
    Ok(())
}

fn as_index(range: Range<u32>) -> Range<usize> {
    range.start as usize..range.end as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::passage::thresholds::PassageThresholds;
    use crate::set::hash::mix;

    #[test]
    fn stems_are_counted_and_looked_up() {
        let mut sequence = Sequence::default();
        for (paragraph, words) in [[7, 8, 7, 9], [8, 8, 8, 7], [1, 2, 3, 4]].into_iter().enumerate() {
            words.into_iter().for_each(|word| sequence.push(mix(word), mix(word), false, false));
            sequence.end_paragraph();
            if paragraph == 1 {
                sequence.end_document();
            }
        }
        sequence.end_document();
        let weights = Weights::new(&sequence, &PassageThresholds::default(), Watch::none()).unwrap();
        let units = Units::new(&sequence, &weights, &sequence.paragraph_ends, Watch::none()).unwrap();
        assert_eq!(units.len(), 3);
        assert_eq!((units.unit(1), units.places(&(0..2))), (4..8, 0..8));
        // Stems are numbered as they appear: 7, 8, 9.
        assert_eq!(units.bag(0), [(0, 2), (1, 1), (2, 1)]);
        assert_eq!(units.bag(1), [(0, 1), (1, 3)]);
        assert_eq!(units.rarest(0), [2, 0, 1]);
        assert_eq!(units.total(1), weights.rarity(0) + weights.rarity(1));
        assert_eq!(units.with_stem(1, &(0..3)), [0, 1]);
        assert_eq!(units.with_stem(1, &(1..3)), [1]);
        assert!(units.with_stem(2, &(1..2)).is_empty());
    }
}
