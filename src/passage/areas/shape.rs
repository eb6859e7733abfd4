//! From the units of a cluster to the stretches that an area covers.

use std::ops::Range;

use super::ground::Ground;
use super::marks::Marks;

/// A unit at an end goes if what it alone supplies is less than this part of its weight.
const SUPPLY: u64 = 10;
/// How often ends are peeled and trimmed.
const PEELS: usize = 3;
const TRIMS: usize = 2;
/// In 65536ths: a stretch is held together by at least this share of matched weight.
const LEAST_SHARE: u64 = 65536 / 5;

/// Works on the stretches of one pair of documents.
#[derive(Debug)]
pub(super) struct Shaper<'a> {
    ground: &'a Ground,
    marks: Marks,
    /// In how many units of a side each key stands, while it is peeled.
    counts: Vec<u32>,
}

impl<'a> Shaper<'a> {
    pub(super) fn new(ground: &'a Ground) -> Self {
        let vocabulary = ground.vocabulary();
        Self { ground, marks: Marks::new(vocabulary), counts: vec![0; vocabulary] }
    }

    /// The stretches that a cluster fills, unless nothing is left of them.
    pub(super) fn core(&mut self, mut units: [Range<usize>; 2]) -> Option<[Range<u32>; 2]> {
        for _ in 0..PEELS {
            let before = units.clone();
            self.peel(&mut units, 0);
            self.peel(&mut units, 1);
            if units == before {
                break;
            }
        }
        self.trim_both(units.map(|units| self.places(&units)))
    }

    /// The parts of two paragraphs that match each other, each from its first to its last matched token;
    /// of paragraphs that match nearly as a whole, all.
    pub(super) fn tighten(&mut self, whole: [Range<u32>; 2]) -> Option<[Range<u32>; 2]> {
        let parts = self.trim_both(whole.clone())?;
        let most = |(part, whole): (&Range<u32>, &Range<u32>)| 4 * part.len() >= 3 * whole.len();
        let nearly_whole = parts.iter().zip(&whole).all(most);
        self.trim_to_matches(if nearly_whole { whole } else { parts })
    }

    fn trim_both(&mut self, mut sides: [Range<u32>; 2]) -> Option<[Range<u32>; 2]> {
        for _ in 0..TRIMS {
            for side in 0..2 {
                sides[side] = self.trim(&sides[side], &sides[1 - side])?;
            }
        }
        Some(sides)
    }

    fn places(&self, units: &Range<usize>) -> Range<u32> {
        self.ground.units[units.start].start..self.ground.units[units.end - 1].end
    }

    /// Takes a unit off each end of a side if hardly anything of it is there for its sake.
    fn peel(&mut self, units: &mut [Range<usize>; 2], side: usize) {
        let other = self.places(&units[1 - side]);
        self.marks.set(self.ground.keys_of(&other).iter().copied());
        let all = units[side].clone();
        for unit in all.clone() {
            self.ground.bag(unit).iter().for_each(|&(key, _)| self.counts[key as usize] += 1);
        }
        for last in [false, true] {
            let rest = &mut units[side];
            if rest.len() < 2 {
                break;
            }
            let unit = if last { rest.end - 1 } else { rest.start };
            let (mut whole, mut alone) = (0, 0);
            for &(key, _) in self.ground.bag(unit) {
                let weight = self.ground.weight(key);
                whole += weight;
                alone += if self.counts[key as usize] == 1 && self.marks.contains(key) { weight } else { 0 };
            }
            if SUPPLY * alone < whole {
                self.ground.bag(unit).iter().for_each(|&(key, _)| self.counts[key as usize] -= 1);
                if last { rest.end -= 1 } else { rest.start += 1 }
            }
        }
        for unit in all {
            self.ground.bag(unit).iter().for_each(|&(key, _)| self.counts[key as usize] = 0);
        }
    }

    /// The part of a stretch with the greatest sum of `w · (matched - θ)`, where `θ` is half the
    /// share of its weight that is matched, but at least a fifth.
    fn trim(&mut self, stretch: &Range<u32>, other: &Range<u32>) -> Option<Range<u32>> {
        self.marks.set(self.ground.keys_of(other).iter().copied());
        let (mut matched, mut whole) = (0, 0);
        for &key in self.ground.keys_of(stretch) {
            let weight = self.ground.weight(key);
            whole += weight;
            matched += if self.marks.contains(key) { weight } else { 0 };
        }
        let theta = (matched * 32768).checked_div(whole)?.max(LEAST_SHARE) as i64;
        let (mut start, mut sum) = (stretch.start, 0);
        let (mut best, mut kept) = (0, stretch.start..stretch.start);
        for place in stretch.clone() {
            let key = self.ground.keys[place as usize];
            let gain = if self.marks.contains(key) { 65536 - theta } else { -theta };
            sum += self.ground.weight(key) as i64 * gain;
            if sum <= 0 {
                (start, sum) = (place + 1, 0);
            } else if sum > best {
                (best, kept) = (sum, start..place + 1);
            }
        }
        (!kept.is_empty()).then_some(kept)
    }

    /// Lets both stretches grow at both ends while their next keys are equal; then each goes from its
    /// first to its last matched token.
    pub(super) fn extend(&mut self, mut sides: [Range<u32>; 2]) -> Option<[Range<u32>; 2]> {
        let keys = &self.ground.keys;
        let bounds = [self.ground.side(false), self.ground.side(true)];
        let [left, right] = &mut sides;
        while left.end < bounds[0].end
            && right.end < bounds[1].end
            && keys[left.end as usize] == keys[right.end as usize]
        {
            (left.end, right.end) = (left.end + 1, right.end + 1);
        }
        while left.start > bounds[0].start
            && right.start > bounds[1].start
            && keys[left.start as usize - 1] == keys[right.start as usize - 1]
        {
            (left.start, right.start) = (left.start - 1, right.start - 1);
        }
        self.trim_to_matches(sides)
    }

    /// Cuts off what is not matched at the ends.
    fn trim_to_matches(&mut self, mut sides: [Range<u32>; 2]) -> Option<[Range<u32>; 2]> {
        for side in [0, 1, 0] {
            self.marks.set(self.ground.keys_of(&sides[1 - side]).iter().copied());
            let matched = |place: &u32| self.marks.contains(self.ground.keys[*place as usize]);
            let (first, last) = (sides[side].clone().find(matched)?, sides[side].clone().rfind(matched)?);
            sides[side] = first..last + 1;
        }
        Some(sides)
    }
}
