//! Wide areas: a stretch of one document that condenses a longer one of the other.
//!
//! A summary keeps the words of a long stretch, here and there, so no sentence of it is like any of
//! the other's. But nearly all of its words stand in the long stretch, and few of those that stand
//! beside it do.

use std::cmp::Reverse;
use std::ops::Range;

use super::ground::Ground;
use super::marks::{Marks, share};
use super::{Area, overlap};

/// The other document is gone through in blocks of so many tokens,
const BLOCK: u32 = 2000;
/// each so many after the one before it.
const STEP: u32 = 1000;
/// Pairs of documents with more blocks times tokens than this, for each token, are passed over.
const COST: u64 = 64;
/// A unit counts only if so many of its rarest keys stand in the block.
const RAREST: [usize; 2] = [2, 6];
/// What is usually covered is taken to be within these bounds.
const USUAL: [f64; 2] = [0.2, 0.7];
/// A stretch is what is covered better than halfway between what is usual and this.
const FULL: f64 = 0.75;
/// In units of weight: a stretch ends where its balance has fallen so far below its best.
const FALL: f64 = 8000.0;
/// So much of a stretch is covered, and so much of what lies outside of other areas.
const COVERED: [f64; 2] = [0.65, 0.6];
/// So many standard deviations above what is usual.
const DEVIATIONS: f64 = 5.0;
/// The long stretch runs over the units that share so much of their weight with the short one,
const SHARED: f64 = 0.12;
/// and is so many times as long.
const LONGER: usize = 2;
/// The least cosine of the two, in whole and without what lies in other areas,
const COSINE: [f64; 2] = [0.35, 0.2];
/// and how many times that of any other stretch it has to be.
const ABOVE: f64 = 1.3;
/// Another area that holds so much of a stretch explains it.
const EXPLAINED: f64 = 0.8;

/// The wide areas of two documents, the heaviest first, given their other areas, in whose order the
/// sides of documents are told.
pub(super) fn wide(ground: &Ground, tight: &[Area]) -> Vec<Area> {
    let lengths = [false, true].map(|second| u64::from(ground.side(second).end - ground.side(second).start));
    if lengths[0] * lengths[1] / u64::from(STEP) > COST * (lengths[0] + lengths[1]) {
        return Vec::new();
    }
    let mut found: Vec<Area> =
        [false, true].into_iter().flat_map(|second| Search::new(ground, tight, second).areas()).collect();
    found.sort_by_key(|area| (Reverse(area.weight), area.sides[0].start, area.sides[1].start));
    let mut kept: Vec<Area> = Vec::new();
    for area in found {
        let apart = |other: &Area| (0..2).all(|at| overlap(&other.sides[at], &area.sides[at]) == 0);
        if kept.iter().all(apart) {
            kept.push(area);
        }
    }
    kept
}

/// Looks for short stretches of one document in the other.
struct Search<'a> {
    ground: &'a Ground,
    /// Whether the short stretches are of the second document.
    second: bool,
    /// Which places lie in other areas.
    tight: Vec<bool>,
    areas: &'a [Area],
    /// The weight of each unit, each key counted once.
    totals: Vec<u64>,
    /// The rarest keys of each unit of the short stretches' document.
    rarest: Vec<Vec<u32>>,
    marks: Marks,
    /// Keys and how often they stand in a stretch, as far as they are set.
    counts: Vec<u32>,
}

/// How well a unit is covered by a block.
#[derive(Clone, Copy, Default)]
struct Cover {
    matched: u64,
    total: u64,
}

impl<'a> Search<'a> {
    fn new(ground: &'a Ground, areas: &'a [Area], second: bool) -> Self {
        let mut tight = vec![false; ground.keys.len()];
        for side in areas.iter().flat_map(|area| &area.sides) {
            tight[side.start as usize..side.end as usize].fill(true);
        }
        let total = |unit: usize| ground.bag(unit).iter().map(|entry| ground.weight(entry.0)).sum();
        let totals = (0..ground.units.len()).map(total).collect();
        let rarest = |unit: usize| {
            let mut keys: Vec<u32> = ground.bag(unit).iter().map(|entry| entry.0).collect();
            keys.sort_unstable_by_key(|&key| (ground.frequency(key), key));
            keys.truncate(RAREST[1]);
            keys
        };
        let short = if second { ground.first..ground.units.len() } else { 0..ground.first };
        let vocabulary = ground.vocabulary();
        Self {
            ground,
            second,
            tight,
            areas,
            totals,
            rarest: short.map(rarest).collect(),
            marks: Marks::new(vocabulary),
            counts: vec![0; vocabulary],
        }
    }

    fn units(&self, second: bool) -> Range<usize> {
        if second { self.ground.first..self.ground.units.len() } else { 0..self.ground.first }
    }

    fn places(&self, units: &Range<usize>) -> Range<u32> {
        self.ground.units[units.start].start..self.ground.units[units.end - 1].end
    }

    fn areas(mut self) -> Vec<Area> {
        let (short, long) = (self.units(self.second), self.units(!self.second));
        let side = self.ground.side(!self.second);
        let mut areas = Vec::new();
        let mut start = side.start;
        loop {
            let end = side.end.min(start + BLOCK);
            let block = self.units_over(&long, start..end);
            self.search(&short, &block, &mut areas);
            if end == side.end {
                return areas;
            }
            start += STEP;
        }
    }

    /// The units of a document that begin in a stretch.
    fn units_over(&self, units: &Range<usize>, places: Range<u32>) -> Range<usize> {
        let begin = |place: u32| {
            units.start + self.ground.units[units.clone()].partition_point(|unit| unit.start < place)
        };
        begin(places.start)..begin(places.end)
    }

    /// Adds the areas that stretches of the short document make with one block.
    fn search(&mut self, short: &Range<usize>, block: &Range<usize>, areas: &mut Vec<Area>) {
        if block.is_empty() || short.is_empty() {
            return;
        }
        let ground = self.ground;
        self.marks.set(ground.keys_of(&self.places(block)).iter().copied());
        let covers: Vec<Cover> =
            short.clone().zip(&self.rarest).map(|(unit, rarest)| self.cover(unit, rarest)).collect();
        let mut shares: Vec<f64> = covers.iter().map(|cover| share(cover.matched, cover.total)).collect();
        shares.sort_unstable_by(f64::total_cmp);
        let usual = shares[shares.len() / 2].clamp(USUAL[0], USUAL[1]);
        let theta = (usual + FULL) / 2.0;
        for segment in segments(&covers, theta) {
            let units = short.start + segment.start..short.start + segment.end;
            let stretch = self.places(&units);
            if let Some(hull) = self.hull(&stretch, &covers[segment.clone()], usual, block)
                && self.stands_out(short, &units, &hull)
            {
                let sides = if self.second { [hull, stretch] } else { [stretch, hull] };
                let weight = covers[segment].iter().map(|cover| cover.matched).sum();
                areas.push(Area { sides, weight });
            }
            self.marks.set(ground.keys_of(&self.places(block)).iter().copied());
        }
    }

    /// How much of a unit's keys is marked; nothing if hardly any of its rarest are.
    fn cover(&self, unit: usize, rarest: &[u32]) -> Cover {
        let total = self.totals[unit];
        if rarest.iter().filter(|&&key| self.marks.contains(key)).count() < RAREST[0] {
            return Cover { matched: 0, total };
        }
        let keys = self.ground.bag(unit).iter().map(|entry| entry.0).filter(|&key| self.marks.contains(key));
        Cover { matched: keys.map(|key| self.ground.weight(key)).sum(), total }
    }

    /// The stretch of the block that a short stretch condenses, if that is covered well enough.
    fn hull(
        &mut self,
        stretch: &Range<u32>,
        covers: &[Cover],
        usual: f64,
        block: &Range<usize>,
    ) -> Option<Range<u32>> {
        let ground = self.ground;
        let matched: u64 = covers.iter().map(|cover| cover.matched).sum();
        let total: u64 = covers.iter().map(|cover| cover.total).sum();
        if share(matched, total) < COVERED[0] {
            return None;
        }
        let square = |place: u32| (ground.weight(ground.keys[place as usize]) as f64).powi(2);
        let squares: f64 = stretch.clone().map(square).sum();
        let deviation = (usual * (1.0 - usual) * squares).sqrt();
        if (matched as f64 - usual * total as f64) < DEVIATIONS * deviation {
            return None;
        }
        if self.areas.iter().any(|area| {
            let held = overlap(&area.sides[usize::from(self.second)], stretch);
            f64::from(held) >= EXPLAINED * f64::from(stretch.end - stretch.start)
        }) {
            return None;
        }
        // What lies outside of other areas has to be covered too.
        let outside = stretch.clone().filter(|&place| !self.tight[place as usize]);
        let (mut held, mut whole) = (0, 0);
        for place in outside {
            let key = ground.keys[place as usize];
            whole += ground.weight(key);
            held += if self.marks.contains(key) { ground.weight(key) } else { 0 };
        }
        if share(held, whole) < COVERED[1] {
            return None;
        }
        self.marks.set(ground.keys_of(stretch).iter().copied());
        let shares = |&unit: &usize| {
            let keys = ground.bag(unit).iter().filter(|entry| self.marks.contains(entry.0));
            share(keys.map(|entry| ground.weight(entry.0)).sum(), self.totals[unit]) >= SHARED
        };
        let (first, last) = (block.clone().find(shares)?, block.clone().rfind(shares)?);
        let hull = self.places(&(first..last + 1));
        (hull.len() >= LONGER * stretch.len()).then_some(hull)
    }

    /// Whether the short stretch is more like the long one than any other stretch of its document is.
    fn stands_out(&mut self, short: &Range<usize>, units: &Range<usize>, hull: &Range<u32>) -> bool {
        COSINE.into_iter().zip([false, true]).all(|(least, outside)| {
            let own = self.places(units);
            let norm = self.count(hull, outside);
            let cosine = self.cosine(&own, norm, outside);
            if cosine < least {
                self.uncount(hull);
                return false;
            }
            let mut other: Option<f64> = None;
            let step = (units.len() / 2).max(1);
            for start in short.clone().step_by(step) {
                let window = self.places(&(start..short.end.min(start + units.len())));
                if overlap(&window, &own) == 0 {
                    let cosine = self.cosine(&window, norm, outside);
                    other = Some(other.map_or(cosine, |other| other.max(cosine)));
                }
            }
            self.uncount(hull);
            // A document that is nothing but a summary has nothing to be compared with.
            let pure = || !own.clone().any(|place| self.tight[place as usize]);
            other.map_or_else(pure, |other| cosine >= ABOVE * other)
        })
    }

    /// Counts the keys of a stretch; returns the norm of their weighted counts.
    fn count(&mut self, stretch: &Range<u32>, outside: bool) -> f64 {
        for place in stretch.clone().filter(|&place| !(outside && self.tight[place as usize])) {
            self.counts[self.ground.keys[place as usize] as usize] += 1;
        }
        self.norm(stretch)
    }

    fn uncount(&mut self, stretch: &Range<u32>) {
        self.ground.keys_of(stretch).iter().for_each(|&key| self.counts[key as usize] = 0);
    }

    /// The norm of the weighted counts of a stretch's keys.
    fn norm(&mut self, stretch: &Range<u32>) -> f64 {
        self.marks.set(std::iter::empty());
        let mut sum = 0.0;
        for &key in self.ground.keys_of(stretch) {
            if self.marks.insert(key) {
                sum += (f64::from(self.counts[key as usize]) * self.ground.weight(key) as f64).powi(2);
            }
        }
        sum.sqrt()
    }

    /// The cosine of a stretch and what is counted, which has the norm given.
    fn cosine(&mut self, stretch: &Range<u32>, norm: f64, outside: bool) -> f64 {
        let mut keys: Vec<u32> = stretch
            .clone()
            .filter(|&place| !(outside && self.tight[place as usize]))
            .map(|place| self.ground.keys[place as usize])
            .collect();
        keys.sort_unstable();
        let (mut dot, mut own) = (0.0, 0.0);
        for same in keys.chunk_by(|a, b| a == b) {
            let weight = self.ground.weight(same[0]) as f64;
            let here = same.len() as f64 * weight;
            dot += here * f64::from(self.counts[same[0] as usize]) * weight;
            own += here * here;
        }
        if own == 0.0 || norm == 0.0 { 0.0 } else { dot / (own.sqrt() * norm) }
    }
}

/// The runs of units in which `matched - theta · total` adds up to most. A run is closed, at its best,
/// where the sum is used up or has fallen [`FALL`] below its best.
fn segments(covers: &[Cover], theta: f64) -> Vec<Range<usize>> {
    let mut segments = Vec::new();
    let mut at = 0;
    while at < covers.len() {
        let (mut sum, mut best, mut end) = (0.0, 0.0, at);
        let mut next = at;
        while next < covers.len() {
            sum += covers[next].matched as f64 - theta * covers[next].total as f64;
            next += 1;
            if sum > best {
                (best, end) = (sum, next);
            }
            if sum <= 0.0 || sum < best - FALL {
                break;
            }
        }
        if end > at {
            segments.push(at..end);
        }
        at = end.max(at + 1);
    }
    segments
}
