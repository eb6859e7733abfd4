//! Areas: stretches of two documents, or paragraphs of one, that say the same in other words.
//!
//! The order of words is free, and shares are by weight. Units, which are sentences, are looked up
//! by their heaviest keys; those that are alike cluster; a cluster is cut to the stretches that it
//! fills, and accepted if they are alike more than is usual between these documents. The scheme is
//! that of Sanchez-Perez, Gelbukh and Sidorov (2014), with weights, trimming and the background of
//! our own.
//!
//! | file | turns | into |
//! | --- | --- | --- |
//! | `partners` | all documents | pairs of them to compare |
//! | `ground` | two documents | units, keys and their weights |
//! | `seeds` | units | pairs of them that are alike |
//! | `cluster` | pairs of units | pairs of runs of units |
//! | `shape` | pairs of runs | pairs of stretches |
//! | `accept` | pairs of stretches | those that are alike enough |
//! | `join` | areas close to each other | one |
//!
//! `phrases` finds shorter stretches inside one document, where a few rare words close together
//! tell enough.

mod accept;
mod cluster;
mod grams;
mod ground;
mod join;
mod marks;
mod partners;
mod phrases;
mod seeds;
mod shape;
mod told;
mod wide;

use std::cmp::Reverse;
use std::ops::Range;

use self::accept::Judge;
use self::ground::Ground;
use self::shape::Shaper;
use self::told::Told;
use super::passages::Reach;
use super::sequence::Sequence;
use crate::util::parallel;

/// Two stretches that say the same, the left one first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) sides: [Range<u32>; 2],
    /// The weight of the keys and runs of keys that they share.
    pub(super) weight: u64,
}

impl Area {
    /// Whether most of both stretches of another area lies inside this one.
    fn holds(&self, other: &Self) -> bool {
        let pairs = self.sides.iter().zip(&other.sides);
        pairs.into_iter().all(|(a, b)| 2 * overlap(a, b) > b.end - b.start)
    }
}

/// The areas of all documents, within and across, or across only, the heaviest first.
pub(super) fn areas(sequence: &Sequence, reach: Reach) -> Vec<Area> {
    let count = if reach == Reach::All { sequence.documents() } else { 0 };
    let alone = parallel::map_ranges(count, 16, |documents| {
        documents.flat_map(|document| within(sequence, document)).collect::<Vec<_>>()
    });
    let pairs = partners::partners(sequence);
    let across = parallel::map_ranges(pairs.len(), 1, |range| across(sequence, pairs[range.start]));
    let mut areas: Vec<Area> = alone.into_iter().chain(across).flatten().collect();
    areas.sort_by_key(|area| (Reverse(area.weight), area.sides[0].start, area.sides[1].start));
    areas
}

/// The phrases of each document that come back in it, the heaviest of a document first.
pub(super) fn phrases(sequence: &Sequence, min_size: u32) -> Vec<Area> {
    let found = parallel::map_ranges(sequence.documents(), 16, |documents| {
        documents.flat_map(|document| phrases::phrases(sequence, document, min_size)).collect::<Vec<_>>()
    });
    found.concat()
}

/// The areas that two documents share, the heaviest first.
pub(super) fn across(sequence: &Sequence, documents: [usize; 2]) -> Vec<Area> {
    let places = documents.map(|document| sequence.document(document));
    if places.iter().any(Range::is_empty) {
        return Vec::new();
    }
    let ground = Ground::new(sequence, &places, &sequence.sentence_ends);
    let clusters = cluster::clusters(seeds::seeds(&ground));
    let (mut shaper, mut judge) = (Shaper::new(&ground), Judge::new(&ground));
    let (mut areas, mut told) = (Vec::new(), Told::default());
    for cluster in clusters {
        let Some(core) = shaper.core(cluster).filter(|core| !told.hold(core)) else { continue };
        let Some(sides) = shaper.extend(core.clone()) else { continue };
        if let Some(weight) = judge.judge(&sides) {
            told.add(&core, &sides);
            areas.push(Area { sides, weight });
        }
    }
    best(&mut areas);
    join::join(&mut areas, &ground, &mut judge);
    let wide = wide::wide(&ground, &areas);
    areas.retain(|area| !wide.iter().any(|wide| wide.holds(area)));
    areas.extend(wide);
    let border = ground.side(false).end;
    for area in &mut areas {
        let shifts = [places[0].start, places[1].start - border];
        for (side, shift) in area.sides.iter_mut().zip(shifts) {
            *side = side.start + shift..side.end + shift;
        }
    }
    areas
}

/// The pairs of paragraphs of one document that say the same, the heaviest first.
pub(super) fn within(sequence: &Sequence, document: usize) -> Vec<Area> {
    let places = sequence.document(document);
    let ground = Ground::new(sequence, std::slice::from_ref(&places), &sequence.paragraph_ends);
    let (mut shaper, mut judge) = (Shaper::new(&ground), Judge::new(&ground));
    let mut areas = Vec::new();
    for (left, right) in seeds::candidates(&ground) {
        let sides = [left, right].map(|unit| ground.units[unit as usize].clone());
        if let Some(weight) = judge.judge(&sides)
            && !tells_only_at_first(&ground, &mut judge, &sides)
            && let Some(sides) = shaper.tighten(sides)
        {
            let sides = sides.map(|side| side.start + places.start..side.end + places.start);
            areas.push(Area { sides, weight });
        }
    }
    areas.sort_by_key(|area| (Reverse(area.weight), area.sides[0].start, area.sides[1].start));
    areas
}

/// Whether two paragraphs have the same long opening, and go on in ways that are not alike: then the
/// opening is a passage, and they are none.
fn tells_only_at_first(ground: &Ground, judge: &mut Judge<'_>, sides: &[Range<u32>; 2]) -> bool {
    let keys = sides.each_ref().map(|side| ground.keys_of(side));
    let same = keys[0].iter().zip(keys[1]).take_while(|(a, b)| a == b).count();
    let rest = sides.each_ref().map(|side| side.start + same as u32..side.end);
    keys.iter().any(|keys| (keys.len() / 4..keys.len()).contains(&same)) && judge.judge(&rest).is_none()
}

/// Leaves out what lies more than half inside a heavier area on either side, unless it was said twice:
/// then it has a place of its own on the other side, and weighs a third of that at least.
fn best(areas: &mut Vec<Area>) {
    areas.sort_by_key(|area| (Reverse(area.weight), area.sides[0].start, area.sides[1].start));
    let mut kept: Vec<Area> = Vec::new();
    // Which of them lie over each page of so many places.
    const PAGE: u32 = 64;
    let mut pages: Vec<Vec<u32>> = Vec::new();
    for area in areas.drain(..) {
        let hidden = |better: &Area| {
            let shared = [0, 1].map(|at| overlap(&better.sides[at], &area.sides[at]));
            let twice = shared.contains(&0) && 3 * area.weight >= better.weight;
            !twice && (0..2).any(|at| 2 * shared[at] > area.sides[at].len() as u32)
        };
        // What lies over most of a side lies over its middle.
        let middles = area.sides.iter().map(|side| (side.start + side.end) / 2 / PAGE);
        let near = middles.filter_map(|page| pages.get(page as usize)).flatten();
        if !near.map(|&number| &kept[number as usize]).any(hidden) {
            for side in &area.sides {
                let over = (side.start / PAGE) as usize..side.end.div_ceil(PAGE) as usize;
                pages.resize(pages.len().max(over.end), Vec::new());
                pages[over].iter_mut().for_each(|page| page.push(kept.len() as u32));
            }
            kept.push(area);
        }
    }
    *areas = kept;
}

/// How many places two stretches share.
pub(super) fn overlap(a: &Range<u32>, b: &Range<u32>) -> u32 {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}
