//! Which pairs of stretches are alike enough, compared with what is usual between two documents.

use std::ops::Range;

use super::pairing::{Pairing, Scratch};
use crate::passage::number_set::NumberSet;
use crate::passage::thresholds::limits::SAMPLE;
use crate::passage::weights::{share, thousandths};
use crate::util::progress::{Cancelled, Watch};

/// Judges stretches of one pair of documents, or of one document.
#[derive(Debug)]
pub(super) struct Judge<'a> {
    pairing: &'a Pairing<'a>,
    /// The Dice coefficient from which on two stretches are alike, once it is asked for.
    dice: Option<f64>,
    /// The least weight of what is shared.
    least: u64,
}

impl<'a> Judge<'a> {
    pub(super) fn new(pairing: &'a Pairing<'a>) -> Self {
        let thresholds = &pairing.search.thresholds;
        // In a text of a few sentences even a rare word can weigh little.
        let enough = thresholds.trusted_sentences as u64;
        let least = thousandths(thresholds.reworded_weight) * enough.min(pairing.sentences as u64) / enough;
        Self { pairing, dice: None, least }
    }

    /// Whether two stretches share enough: in the order of their words, or else in their words alone, more
    /// than is usual here.
    pub(super) fn is_alike(
        &mut self,
        scratch: &mut Scratch,
        sides: &[Range<u32>; 2],
    ) -> Result<bool, Cancelled> {
        let search = self.pairing.search;
        let stems = sides.each_ref().map(|side| search.sequence.stems_of(side).iter().copied());
        let shared =
            Shared::count(stems, &mut scratch.stems, |stem| search.weights.rarity(stem), search.watch)?;
        self.decide(scratch, shared, sides)
    }

    /// The same of two units as a whole.
    pub(super) fn are_alike(&mut self, scratch: &mut Scratch, pair: [u32; 2]) -> Result<bool, Cancelled> {
        let units = self.pairing.units;
        let [left, right] = pair.map(|unit| unit as usize);
        let shared = self.of_units(&mut scratch.stems[0], left, right);
        self.decide(scratch, shared, &[left, right].map(|unit| units.unit(unit)))
    }

    fn decide(
        &mut self,
        scratch: &mut Scratch,
        stems: Shared,
        sides: &[Range<u32>; 2],
    ) -> Result<bool, Cancelled> {
        if stems.weight < self.least {
            return Ok(false);
        }
        let search = self.pairing.search;
        let bigrams = search.bigrams()?;
        let of_sides = sides.each_ref().map(|side| bigrams.within(side));
        let sets = scratch.bigrams(bigrams);
        let runs = Shared::count(of_sides, sets, |bigram| bigrams.rarity(bigram), search.watch)?;
        let thresholds = &search.thresholds;
        let in_order = runs.weight >= self.least && runs.containment() >= thresholds.order_share;
        // The background is asked for only where it can decide.
        Ok(in_order
            || stems.dice() >= thresholds.dice_least
                && stems.dice() >= self.usual_dice(&mut scratch.stems[0])?)
    }

    /// What the stems of two units have in common.
    fn of_units(&self, set: &mut NumberSet, left: usize, right: usize) -> Shared {
        let (units, weights) = (self.pairing.units, &self.pairing.search.weights);
        set.set(units.stems(left));
        let shared = units.stems(right).filter(|&stem| set.contains(stem));
        Shared {
            weight: shared.map(|stem| weights.rarity(stem)).sum(),
            sides: [units.total(left), units.total(right)],
        }
    }

    /// The Dice coefficient from which on stretches are alike in these documents: a multiple of its 95th
    /// percentile over pairs of units.
    fn usual_dice(&mut self, set: &mut NumberSet) -> Result<f64, Cancelled> {
        if let Some(dice) = self.dice {
            return Ok(dice);
        }
        let strided = |units: Range<usize>| {
            let step = units.len().div_ceil(SAMPLE).max(1);
            units.step_by(step)
        };
        let [left, right] = self.pairing.sides.clone().map(strided);
        let fewest = left.len().min(right.len());
        let mut dice: Vec<f64> = Vec::new();
        for left in left {
            for right in right.clone().filter(|&right| right > left) {
                self.pairing.search.watch.poll()?;
                dice.push(self.of_units(set, left, right).dice());
            }
        }
        // Where there are few, one pair for each unit may be what is looked for.
        let above = (dice.len() / 20).max(fewest);
        let usual = if above < dice.len() {
            *dice.select_nth_unstable_by(above, |a, b| f64::total_cmp(b, a)).1
        } else {
            0.0
        };
        let thresholds = &self.pairing.search.thresholds;
        let bounds = [thresholds.dice_least, thresholds.dice_most.max(thresholds.dice_least)];
        Ok(*self.dice.insert((thresholds.dice_factor * usual).clamp(bounds[0], bounds[1])))
    }
}

/// The weight of the distinct numbers that two lists share, and of those in each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Shared {
    weight: u64,
    sides: [u64; 2],
}

impl Shared {
    fn count(
        [left, right]: [impl Iterator<Item = u32>; 2],
        [on_left, on_right]: &mut [NumberSet; 2],
        weight: impl Fn(u32) -> u64,
        watch: Watch<'_>,
    ) -> Result<Self, Cancelled> {
        let mut found = Self::default();
        on_left.clear();
        on_right.clear();
        for (step, number) in left.enumerate() {
            watch.poll_at(step)?;
            if on_left.insert(number) {
                found.sides[0] += weight(number);
            }
        }
        for (step, number) in right.enumerate() {
            watch.poll_at(step)?;
            if on_right.insert(number) {
                let weight = weight(number);
                found.sides[1] += weight;
                found.weight += if on_left.contains(number) { weight } else { 0 };
            }
        }
        Ok(found)
    }

    /// Twice what is shared over what both have together (Dice), in `0.0..=1.0`.
    fn dice(self) -> f64 {
        share(2 * self.weight, self.sides[0] + self.sides[1])
    }

    /// What is shared over what the side with less of it has, in `0.0..=1.0`.
    fn containment(self) -> f64 {
        share(self.weight, self.sides[0].min(self.sides[1]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shared_is_weighed_once_for_each_number() {
        let mut sets = [0, 1].map(|_| NumberSet::new(10));
        let count = |left: &[u32], right: &[u32], sets: &mut [NumberSet; 2]| {
            let sides = [left, right].map(|side| side.iter().copied());
            Shared::count(sides, sets, |number| number.into(), Watch::none()).unwrap()
        };
        let found = count(&[1, 2, 2, 3], &[2, 2, 5, 3], &mut sets);
        assert_eq!(found, Shared { weight: 5, sides: [6, 10] });
        assert_eq!((found.dice(), found.containment()), (10.0 / 16.0, 5.0 / 6.0));
        let nothing = count(&[], &[1], &mut sets);
        assert_eq!((nothing.dice(), nothing.containment()), (0.0, 0.0));
    }
}
