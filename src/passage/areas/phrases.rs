//! Phrases: short stretches of one article that come back in other words.

use std::cmp::Reverse;
use std::ops::Range;

use super::ground::Ground;
use super::marks::Marks;
use super::{Area, overlap};
use crate::passage::sequence::Sequence;
use crate::passage::weights::{ONE, ln, thousandths};
use crate::set::hash;

/// Two telling keys at most so far apart are a seed.
const NEAR: u32 = 2;
/// A seed that stands at more places links none of them.
const POSTINGS: usize = 64;
/// All seeds together make so many links for each token at most, the rarest first.
const LINKS: usize = 16;
/// Windows grow to a telling key at most so far outside.
const REACH: u32 = 4;
/// A phrase has so many different telling keys.
const TYPES: usize = 3;

/// Pairs of stretches in different paragraphs of one document that share telling keys close together,
/// in whatever order, the heaviest first, none of which overlaps a heavier one on both sides.
///
/// A key tells if less than about a third of all sentences hold it: it weighs `max(0, w - 1)`. Where
/// the two do not begin or end with the same key, they do with telling ones, as long as what they share
/// comes to `min_size`.
pub(super) fn phrases(sequence: &Sequence, document: usize, min_size: u32) -> Vec<Area> {
    let places = sequence.document(document);
    let ground = Ground::new(sequence, std::slice::from_ref(&places), &sequence.sentence_ends);
    let telling = ground.keys.iter().map(|&key| ground.weight(key).saturating_sub(ONE)).collect();
    let text = Text { sequence, ground: &ground, start: places.start, telling };
    let count = ground.units.len().max(30) as f64;
    let least = 2 * ONE + thousandths(ln(count / 30.0));
    let mut marks = [0, 1].map(|_| Marks::new(ground.vocabulary()));
    let mut phrases: Vec<Area> = Vec::new();
    // Of each place, the end of the window grown last over it and the window beside that.
    let mut grown: Vec<(u32, Range<u32>)> = vec![(0, 0..0); ground.keys.len()];
    for link in text.links() {
        // What an earlier link has grown over leads nowhere new.
        let (end, beside) = &grown[link[0].start as usize];
        if link[0].end <= *end && beside.start <= link[1].start && link[1].end <= beside.end {
            continue;
        }
        let sides = text.grow(link);
        grown[sides[0].start as usize..sides[0].end as usize].fill((sides[0].end, sides[1].clone()));
        if let Some(weight) = text.accept(&sides, least, &mut marks) {
            phrases.push(Area { sides: text.trim(sides, min_size, &mut marks), weight });
        }
    }
    phrases.sort_by_key(|phrase| (Reverse(phrase.weight), phrase.sides[0].start, phrase.sides[1].start));
    phrases.dedup();
    let mut kept: Vec<Area> = Vec::new();
    // Of each place, the phrases kept that lie over it.
    let mut over: Vec<Vec<u32>> = vec![Vec::new(); ground.keys.len()];
    for phrase in phrases {
        let hidden = phrase.sides[0].clone().any(|place| {
            let meets = |&other: &u32| overlap(&kept[other as usize].sides[1], &phrase.sides[1]) > 0;
            over[place as usize].iter().any(meets)
        });
        if !hidden {
            phrase.sides[0].clone().for_each(|place| over[place as usize].push(kept.len() as u32));
            kept.push(phrase);
        }
    }
    for phrase in &mut kept {
        phrase.sides = phrase.sides.each_ref().map(|side| side.start + places.start..side.end + places.start);
    }
    kept
}

/// One document, with places counted from its start.
struct Text<'a> {
    sequence: &'a Sequence,
    ground: &'a Ground,
    start: u32,
    /// What the key at each place weighs here.
    telling: Vec<u64>,
}

impl Text<'_> {
    fn key(&self, place: u32) -> u32 {
        self.ground.keys[place as usize]
    }

    fn weight(&self, place: u32) -> u64 {
        self.telling[place as usize]
    }

    fn paragraph(&self, place: u32) -> u32 {
        self.sequence.paragraph(self.start + place)
    }

    /// The places of the paragraph around `place`.
    fn around(&self, place: u32) -> Range<u32> {
        let places = self.sequence.places(self.paragraph(place) as usize);
        places.start - self.start..places.end - self.start
    }

    /// The windows of equal seeds in different paragraphs.
    fn links(&self) -> Vec<[Range<u32>; 2]> {
        let count = self.ground.keys.len() as u32;
        let mut seeds: Vec<(u64, u32, u32)> = Vec::new();
        for place in (0..count).filter(|&place| self.weight(place) > 0) {
            let paragraph = self.around(place);
            let near = place + 1..paragraph.end.min(place + 1 + NEAR);
            for partner in near.filter(|&partner| self.weight(partner) > 0) {
                let pair = u64::from(self.key(place)) << 32 | u64::from(self.key(partner));
                seeds.push((hash::mix(pair), place, partner));
            }
        }
        seeds.sort_unstable();
        let mut groups: Vec<&[(u64, u32, u32)]> =
            seeds.chunk_by(|a, b| a.0 == b.0).filter(|group| (2..=POSTINGS).contains(&group.len())).collect();
        groups.sort_by_key(|group| (group.len(), group[0].1));
        let mut links = Vec::new();
        for group in groups {
            if links.len() > LINKS * count as usize {
                break;
            }
            for (at, &(_, first, last)) in group.iter().enumerate() {
                let others = group[at + 1..].iter();
                let others = others.filter(|other| self.paragraph(other.1) != self.paragraph(first));
                links.extend(others.map(|other| [first..last + 1, other.1..other.2 + 1]));
            }
        }
        links
    }

    /// Lets both windows grow inside their paragraphs: to telling keys that they share a few tokens
    /// away on whatever side, the nearest first, and then while their next tokens are equal.
    fn grow(&self, mut sides: [Range<u32>; 2]) -> [Range<u32>; 2] {
        let bounds = sides.each_ref().map(|side| self.around(side.start));
        let nearby = |side: &Range<u32>, bounds: &Range<u32>| {
            let before = bounds.start.max(side.start.saturating_sub(REACH))..side.start;
            let after = side.end..bounds.end.min(side.end + REACH);
            before.chain(after)
        };
        let distance = |side: &Range<u32>, place: u32| {
            if place < side.start { side.start - place } else { place - side.end + 1 }
        };
        loop {
            let [left, right] = &sides;
            let mut nearest: Option<(u32, u32, u32)> = None;
            for a in nearby(left, &bounds[0]).filter(|&place| self.weight(place) > 0) {
                for b in nearby(right, &bounds[1]).filter(|&place| self.key(place) == self.key(a)) {
                    let found = (distance(left, a) + distance(right, b), a, b);
                    nearest = Some(nearest.map_or(found, |nearest| nearest.min(found)));
                }
            }
            let Some((_, a, b)) = nearest else { break };
            for (side, place) in sides.iter_mut().zip([a, b]) {
                *side = side.start.min(place)..side.end.max(place + 1);
            }
        }
        let [left, right] = &mut sides;
        while left.end < bounds[0].end
            && right.end < bounds[1].end
            && self.key(left.end) == self.key(right.end)
        {
            (left.end, right.end) = (left.end + 1, right.end + 1);
        }
        while left.start > bounds[0].start
            && right.start > bounds[1].start
            && self.key(left.start - 1) == self.key(right.start - 1)
        {
            (left.start, right.start) = (left.start - 1, right.start - 1);
        }
        for (at, bounds) in bounds.iter().enumerate() {
            self.complete(&mut sides, at, bounds);
        }
        sides
    }

    /// Lets one window grow by the tokens beside it that the other one has more of.
    fn complete(&self, sides: &mut [Range<u32>; 2], at: usize, bounds: &Range<u32>) {
        let other = self.ground.keys_of(&sides[1 - at]);
        let side = &mut sides[at];
        let lacks = |side: &Range<u32>, place: u32| {
            let count = |keys: &[u32]| keys.iter().filter(|&&key| key == self.key(place)).count();
            count(self.ground.keys_of(side)) < count(other)
        };
        while side.end < bounds.end && lacks(side, side.end) {
            side.end += 1;
        }
        while side.start > bounds.start && lacks(side, side.start - 1) {
            side.start -= 1;
        }
    }

    /// Takes the common words from an end where one window breaks off at them, such as at an "and" that
    /// the other has in its middle, unless too little would be left.
    fn trim(&self, mut sides: [Range<u32>; 2], min_size: u32, marks: &mut [Marks; 2]) -> [Range<u32>; 2] {
        let telling = |&place: &u32| self.weight(place) > 0;
        for last in [false, true] {
            let [left, right] =
                sides.each_ref().map(|side| self.key(if last { side.end - 1 } else { side.start }));
            if left == right {
                continue;
            }
            for at in 0..2 {
                let mut trimmed = sides.clone();
                let side = &mut trimmed[at];
                // Both hold the seed, which tells.
                if last {
                    side.end = side.clone().rfind(telling).map_or(side.end, |place| place + 1);
                } else {
                    side.start = side.clone().find(telling).unwrap_or(side.start);
                }
                if self.shared_size(&trimmed, marks) >= min_size {
                    sides = trimmed;
                }
            }
        }
        sides
    }

    /// What the tokens that two windows share count, in the one where they count less.
    fn shared_size(&self, sides: &[Range<u32>; 2], marks: &mut [Marks; 2]) -> u32 {
        for (marks, side) in marks.iter_mut().zip(sides) {
            marks.set(self.ground.keys_of(side).iter().copied());
        }
        let size = |at: usize| {
            let shared = sides[at].clone().filter(|&place| marks[1 - at].contains(self.key(place)));
            shared.map(|place| self.sequence.size(self.start + place)).sum::<u32>()
        };
        size(0).min(size(1))
    }

    /// The weight of the different telling keys that two windows share, if these are enough and what
    /// is shared makes up half of the tokens of both and two thirds of their weight.
    fn accept(&self, sides: &[Range<u32>; 2], least: u64, marks: &mut [Marks; 2]) -> Option<u64> {
        let keys = sides.each_ref().map(|side| self.ground.keys_of(side));
        for (marks, keys) in marks.iter_mut().zip(keys) {
            marks.set(keys.iter().copied());
        }
        let telling = |key: u32| self.ground.weight(key).saturating_sub(ONE);
        let filled = |at: usize| {
            let shared = || keys[at].iter().copied().filter(|&key| marks[1 - at].contains(key));
            let weight: u64 = keys[at].iter().map(|&key| telling(key)).sum();
            2 * shared().count() >= keys[at].len() && 3 * shared().map(telling).sum::<u64>() >= 2 * weight
        };
        if !filled(0) || !filled(1) {
            return None;
        }
        let [left, counted] = marks;
        counted.set(std::iter::empty());
        let (mut types, mut weight) = (0, 0);
        for &key in keys[1] {
            if telling(key) > 0 && left.contains(key) && counted.insert(key) {
                (types, weight) = (types + 1, weight + telling(key));
            }
        }
        (types >= TYPES && weight >= least).then_some(weight)
    }
}
