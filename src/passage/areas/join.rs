//! From areas that lie close to each other to one.

use std::ops::Range;

use super::Area;
use super::accept::Judge;
use super::ground::Ground;
use super::marks::{Marks, Overlap};

/// Areas at most so many tokens apart may be one: the longest sentence.
const BETWEEN: u32 = 60;

/// Joins areas that lie close to each other on both sides, if they are alike as a whole: a sentence
/// between them was put in, or hardly anything of it was kept.
pub(super) fn join(areas: &mut Vec<Area>, ground: &Ground, judge: &mut Judge<'_>) {
    areas.sort_by_key(|area| (area.sides[0].start, area.sides[1].start));
    let mut joined: Vec<Area> = Vec::new();
    // What the last area holds is counted once it may be joined to the next, and then only what is added.
    let mut hull: Option<Hull<'_>> = None;
    let mut counted = false;
    for area in areas.drain(..) {
        if let Some(last) = joined.last_mut()
            && last.sides.iter().zip(&area.sides).all(|(a, b)| distance(a, b) <= BETWEEN)
        {
            let hull = hull.get_or_insert_with(|| Hull::new(ground));
            if !counted {
                hull.set(&last.sides);
            }
            let sides = [0, 1].map(|at| around(&last.sides[at], &area.sides[at]));
            hull.grow(&sides);
            counted = true;
            if let Some(weight) = judge.weigh(hull.keys, || hull.runs) {
                *last = Area { sides, weight };
                continue;
            }
        }
        counted = false;
        joined.push(area);
    }
    *areas = joined;
}

/// Two stretches that grow, and what they have in common.
struct Hull<'a> {
    ground: &'a Ground,
    sides: [Range<u32>; 2],
    /// The keys and the runs of each side.
    marks: [[Marks; 2]; 2],
    keys: Overlap,
    runs: Overlap,
}

impl<'a> Hull<'a> {
    fn new(ground: &'a Ground) -> Self {
        let marks =
            [ground.vocabulary(), ground.grams().len()].map(|bound| [0, 1].map(|_| Marks::new(bound)));
        Self { ground, sides: [0..0, 0..0], marks, keys: Overlap::default(), runs: Overlap::default() }
    }

    /// Begins anew with two stretches.
    fn set(&mut self, sides: &[Range<u32>; 2]) {
        self.marks.iter_mut().flatten().for_each(|marks| marks.set(std::iter::empty()));
        (self.keys, self.runs) = (Overlap::default(), Overlap::default());
        self.sides = sides.each_ref().map(|side| side.start..side.start);
        self.grow(sides);
    }

    /// Adds what `sides` have beyond the stretches they hold.
    fn grow(&mut self, sides: &[Range<u32>; 2]) {
        let (ground, grams) = (self.ground, self.ground.grams());
        let [keys, runs] = &mut self.marks;
        for (at, side) in sides.iter().enumerate() {
            let old = std::mem::replace(&mut self.sides[at], side.clone());
            for place in (side.start..old.start).chain(old.end..side.end) {
                let key = ground.keys[place as usize];
                self.keys.add(at, key, keys, ground.weight(key));
            }
            // Runs that begin before the old end may be whole only now.
            for begin in [side.start..old.start, old.end.saturating_sub(2).max(side.start)..side.end] {
                for run in grams.beginning(&begin, side.end) {
                    self.runs.add(at, run, runs, grams.weight(run));
                }
            }
        }
    }
}

/// The least stretch that holds two others.
fn around(a: &Range<u32>, b: &Range<u32>) -> Range<u32> {
    a.start.min(b.start)..a.end.max(b.end)
}

/// How many places lie between two stretches.
fn distance(a: &Range<u32>, b: &Range<u32>) -> u32 {
    a.start.max(b.start).saturating_sub(a.end.min(b.end))
}
