//! Which pairs of stretches are alike enough, set against what is usual between two documents.

use std::ops::Range;

use super::ground::Ground;
use super::marks::{Marks, Overlap};
use crate::passage::weights::{ENOUGH_SENTENCES, ONE};

/// What the shared keys, or the shared runs of keys, must weigh; less, in proportion, in a text of
/// fewer than [`ENOUGH_SENTENCES`], where even a rare word can weigh little.
const LEAST: u64 = 40 * ONE;
/// The share of the runs of the side with less of them that tells of the same order.
const ORDER: f64 = 0.25;
/// Two stretches must be so many times as alike as two units are, but for the uppermost twentieth,
const ABOVE: f64 = 2.5;
/// though no less than this, and no more.
const DICE: [f64; 2] = [0.4, 0.6];
/// The likeness that is usual is taken from about so many units of each document.
const SAMPLE: usize = 64;

/// Judges stretches of one pair of documents, or of one document.
#[derive(Debug)]
pub(super) struct Judge<'a> {
    ground: &'a Ground,
    keys: [Marks; 2],
    /// For runs of keys, once they are asked for.
    runs: Option<[Marks; 2]>,
    /// The Dice from which on two stretches are alike, once it is asked for.
    dice: Option<f64>,
    least: u64,
}

impl<'a> Judge<'a> {
    pub(super) fn new(ground: &'a Ground) -> Self {
        let keys = [0, 1].map(|_| Marks::new(ground.vocabulary()));
        let least = LEAST * ENOUGH_SENTENCES.min(ground.sentences() as u64) / ENOUGH_SENTENCES;
        Self { ground, keys, runs: None, dice: None, least }
    }

    /// How much two stretches share, if it is enough: in the order of their words, or else in their
    /// words alone, more than is usual here.
    pub(super) fn judge(&mut self, sides: &[Range<u32>; 2]) -> Option<u64> {
        let ground = self.ground;
        let keys = sides.each_ref().map(|side| ground.keys_of(side).iter().copied());
        let keys = Overlap::of(keys, &mut self.keys, |key| ground.weight(key));
        let mut marks = self.runs.take();
        let weight = self.weigh(keys, || {
            let grams = ground.grams();
            let marks = marks.get_or_insert_with(|| [0, 1].map(|_| Marks::new(grams.len())));
            Overlap::of(sides.each_ref().map(|side| grams.within(side)), marks, |run| grams.weight(run))
        });
        self.runs = marks;
        weight
    }

    /// The same of two stretches whose keys, and whose runs of keys, have so much in common.
    pub(super) fn weigh(&mut self, keys: Overlap, runs: impl FnOnce() -> Overlap) -> Option<u64> {
        if keys.shared < self.least {
            return None;
        }
        let runs = runs();
        let ordered = runs.shared >= self.least && runs.containment() >= ORDER;
        // The background is asked for only where it can decide.
        let mut alike = || keys.dice() >= DICE[0] && keys.dice() >= self.usual_dice();
        (ordered || alike()).then_some(keys.shared + runs.shared)
    }

    /// The Dice from which on stretches are alike in these documents: a multiple of its 95th
    /// percentile over pairs of units.
    fn usual_dice(&mut self) -> f64 {
        if let Some(dice) = self.dice {
            return dice;
        }
        let ground = self.ground;
        let count = ground.units.len();
        let strided = |units: Range<usize>| {
            let step = units.len().div_ceil(SAMPLE).max(1);
            units.step_by(step)
        };
        let whole = |unit: usize| ground.bag(unit).iter().map(|entry| ground.weight(entry.0)).sum::<u64>();
        let right: Vec<(usize, u64)> = strided(if ground.alone() { 0..count } else { ground.first..count })
            .map(|unit| (unit, whole(unit)))
            .collect();
        let left: Vec<usize> = strided(0..ground.first).collect();
        let mut dice: Vec<f64> = Vec::new();
        for &left in &left {
            let marks = &mut self.keys[0];
            marks.set(ground.bag(left).iter().map(|entry| entry.0));
            let left_whole = whole(left);
            for &(unit, unit_whole) in right.iter().filter(|&&(unit, _)| unit > left) {
                let keys = ground.bag(unit).iter().map(|entry| entry.0);
                let shared = keys.filter(|&key| marks.contains(key)).map(|key| ground.weight(key)).sum();
                dice.push(Overlap { shared, sides: [left_whole, unit_whole] }.dice());
            }
        }
        dice.sort_unstable_by(|a, b| f64::total_cmp(b, a));
        // Where there are few, one for each unit may be what is looked for.
        let above = (dice.len() / 20).max(left.len().min(right.len()));
        let usual = dice.get(above).copied().unwrap_or(0.0);
        *self.dice.insert((ABOVE * usual).clamp(DICE[0], DICE[1]))
    }
}
