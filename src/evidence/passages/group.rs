//! From pairs of stretches to passages with all their occurrences.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use super::align::{Alignment, GAP};
use super::{Kind, Stretches};
use crate::evidence::sequence::Sequence;
use crate::evidence::weights::ln;

/// About so many passages may lie over one place, those found first, which are the longest.
///
/// Only text of very few words, such as tables of small numbers, comes near this; there everything
/// matches everything, and the passages would be more than the text.
const DEPTH: usize = 16;

/// Groups alignments into passages, the most telling first.
///
/// Taken from the longest on, each alignment that lies in no passage yet makes one: its left
/// stretch is the pattern, and whatever matches it, found by going from stretch to stretch along
/// the alignments, is an occurrence. An alignment both sides of which lie inside occurrences of one
/// passage adds nothing. So a stretch inside a longer passage makes a passage of its own only if it
/// occurs where the longer one does not.
pub(super) fn group(sequence: &Sequence, min_size: u32, alignments: &[Alignment]) -> Vec<Stretches> {
    let partners = Partners::new(sequence.len(), alignments);
    let mut order: Vec<usize> = (0..alignments.len()).collect();
    order.sort_by_key(|&index| (Reverse(alignments[index].matched.len()), alignments[index].matched[0]));
    let mut cover = Cover::new(sequence.len());
    let mut passages: Vec<Found> = Vec::new();
    for index in order {
        let alignment = &alignments[index];
        let crowded = |side: Range<u32>| cover.at(middle(&side)).nth(DEPTH).is_some();
        if crowded(left(alignment))
            || crowded(right(alignment))
            || cover.holds(alignment, &passages, sequence, min_size)
        {
            continue;
        }
        let mut occurrences = occurrences(sequence, min_size, &partners, &cover, alignment);
        // One that stands alone comes back nowhere.
        if occurrences.len() < 2 {
            continue;
        }
        occurrences.sort_unstable_by_key(|occurrence| occurrence.places.start);
        cover.add(passages.len() as u32, &occurrences);
        passages.push(Found { weight: alignment.weight, occurrences });
    }
    let mut ranked: Vec<(u64, Stretches)> = (0..)
        .zip(&passages)
        .filter(|&(number, _)| !cover.is_inside_another(number, &passages))
        .map(|(_, Found { weight, occurrences })| {
            // Twice as many occurrences count as much as twice the weight, then ever less.
            let rank = weight * (1000.0 * ln(occurrences.len() as f64)) as u64;
            (rank, stretches(sequence, occurrences))
        })
        .collect();
    ranked.sort_by_key(|(rank, passage)| (Reverse(*rank), passage.occurrences[0].start));
    ranked.into_iter().map(|(_, passage)| passage).collect()
}

/// A passage as it was found.
struct Found {
    weight: u64,
    /// In order of place.
    occurrences: Vec<Occurrence>,
}

/// An occurrence and how many tokens it shares with its passage's pattern.
#[derive(Clone, Debug)]
struct Occurrence {
    places: Range<u32>,
    matched: u32,
}

impl Occurrence {
    /// Whether what is matched makes up two thirds of these places.
    fn fills(&self, places: &Range<u32>) -> bool {
        3 * u64::from(self.matched) >= 2 * u64::from(places.end - places.start)
    }
}

fn stretches(sequence: &Sequence, occurrences: &[Occurrence]) -> Stretches {
    let keys = |places: &Range<u32>| &sequence.keys[places.start as usize..places.end as usize];
    let first = keys(&occurrences[0].places);
    let verbatim = occurrences.iter().all(|occurrence| keys(&occurrence.places) == first);
    let tokens = occurrences.iter().map(|occurrence| occurrence.matched).min().unwrap_or(0);
    Stretches {
        kind: if verbatim { Kind::Verbatim } else { Kind::Edited },
        tokens,
        occurrences: occurrences.iter().map(|occurrence| occurrence.places.clone()).collect(),
    }
}

/// For each place, the places that some alignment matches with it.
struct Partners {
    /// The alignment and the other place.
    items: Vec<(u32, u32)>,
    ends: Vec<usize>,
}

impl Partners {
    fn new(places: usize, alignments: &[Alignment]) -> Self {
        let directed = || {
            (0..).zip(alignments).flat_map(|(index, alignment)| {
                alignment.matched.iter().flat_map(move |&(a, b)| [(a, (index, b)), (b, (index, a))])
            })
        };
        let mut ends = vec![0; places + 1];
        for (place, _) in directed() {
            ends[place as usize + 1] += 1;
        }
        for place in 0..places {
            ends[place + 1] += ends[place];
        }
        let mut items = vec![(0, 0); ends[places]];
        for (place, partner) in directed() {
            items[ends[place as usize]] = partner;
            ends[place as usize] += 1;
        }
        ends.truncate(places);
        Self { items, ends }
    }

    fn of(&self, place: u32) -> &[(u32, u32)] {
        let place = place as usize;
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.items[start..self.ends[place]]
    }
}

/// All stretches that match the left side of `alignment`, that among them.
fn occurrences(
    sequence: &Sequence,
    min_size: u32,
    partners: &Partners,
    cover: &Cover,
    alignment: &Alignment,
) -> Vec<Occurrence> {
    let pattern = left(alignment);
    let length = pattern.end - pattern.start;
    let identity: Image = (0..length).zip(pattern.clone()).collect();
    let mut taken = BTreeMap::from([(pattern.start, pattern.end)]);
    let mut occurrences = vec![Occurrence { places: pattern, matched: length }];
    let mut queue = vec![identity];
    let mut images: Vec<(u32, u32, u32)> = Vec::new();
    let mut next = 0;
    while next < queue.len() {
        images.clear();
        for &(number, place) in &queue[next] {
            images.extend(partners.of(place).iter().map(|&(alignment, other)| (alignment, number, other)));
        }
        // The map is not needed any more; only where it leads.
        queue[next] = Vec::new();
        next += 1;
        images.sort_unstable();
        for image in images.chunk_by(|a, b| a.0 == b.0) {
            let Some((matched, places)) = fit(sequence, min_size, length, image) else { continue };
            let before = taken.range(..places.end).next_back();
            // Crowded places take no more, and what overlaps an occurrence is found already.
            if cover.at(middle(&places)).nth(DEPTH).is_some()
                || before.is_some_and(|(_, &end)| end > places.start)
            {
                continue;
            }
            taken.insert(places.start, places.end);
            occurrences.push(Occurrence { places, matched: matched.len() as u32 });
            queue.push(matched);
        }
    }
    occurrences
}

/// A stretch as the places of a pattern's tokens in it, by their number in the pattern.
type Image = Vec<(u32, u32)>;

/// The image of a pattern under an alignment, if it matches the pattern well enough.
fn fit(
    sequence: &Sequence,
    min_size: u32,
    length: u32,
    image: &[(u32, u32, u32)],
) -> Option<(Image, Range<u32>)> {
    let (first, last) = (image.first()?, image.last()?);
    // Two sides of one alignment may both lie inside the pattern; then the image is torn.
    if !image.is_sorted_by_key(|&(_, _, place)| place) {
        return None;
    }
    let places = first.2..last.2 + 1;
    let occurrence = Occurrence { places: places.clone(), matched: image.len() as u32 };
    let near =
        image.windows(2).all(|pair| pair[1].1 - pair[0].1 <= GAP + 1 && pair[1].2 - pair[0].2 <= GAP + 1);
    let size: u32 = image.iter().map(|&(_, _, place)| sequence.size(place)).sum();
    let fits = near && size >= min_size && occurrence.fills(&(0..length)) && occurrence.fills(&places);
    fits.then(|| (image.iter().map(|&(_, number, place)| (number, place)).collect(), places))
}

fn left(alignment: &Alignment) -> Range<u32> {
    let matched = &alignment.matched;
    matched[0].0..matched[matched.len() - 1].0 + 1
}

fn right(alignment: &Alignment) -> Range<u32> {
    let matched = &alignment.matched;
    matched[0].1..matched[matched.len() - 1].1 + 1
}

/// What holds two thirds of a stretch holds its middle.
fn middle(stretch: &Range<u32>) -> u32 {
    stretch.start + (stretch.end - stretch.start) / 2
}

/// Which occurrences of which passages lie over each place.
struct Cover {
    heads: Vec<u32>,
    entries: Vec<Entry>,
}

#[derive(Clone, Copy)]
struct Entry {
    passage: u32,
    occurrence: u32,
    next: u32,
}

const NONE: u32 = u32::MAX;

impl Cover {
    fn new(places: usize) -> Self {
        Self { heads: vec![NONE; places], entries: Vec::new() }
    }

    fn add(&mut self, passage: u32, occurrences: &[Occurrence]) {
        for (occurrence, found) in (0..).zip(occurrences) {
            for place in found.places.clone() {
                let next = self.heads[place as usize];
                self.heads[place as usize] = self.entries.len() as u32;
                self.entries.push(Entry { passage, occurrence, next });
            }
        }
    }

    /// The occurrences over `place`, those of the latest passages first.
    fn at(&self, place: u32) -> impl Iterator<Item = Entry> + '_ {
        let mut next = self.heads[place as usize];
        std::iter::from_fn(move || {
            let entry = *self.entries.get(next as usize)?;
            next = entry.next;
            Some(entry)
        })
    }
}

impl Cover {
    /// Whether two occurrences of one passage hold both sides of the alignment, but for fewer tokens
    /// than half a passage has at least.
    fn holds(&self, alignment: &Alignment, passages: &[Found], sequence: &Sequence, min_size: u32) -> bool {
        let sides = [left(alignment), right(alignment)];
        let holds = |entry: &Entry, side: &Range<u32>| {
            let places = &passages[entry.passage as usize].occurrences[entry.occurrence as usize].places;
            let before = side.start..places.start.clamp(side.start, side.end);
            let after = places.end.clamp(side.start, side.end)..side.end;
            let outside = before.chain(after);
            3 * outside.clone().count() <= side.len()
                && outside.map(|place| sequence.size(place)).sum::<u32>() < min_size / 2
        };
        let [on_left, on_right] =
            [&sides[0], &sides[1]].map(|side| self.at(middle(side)).filter(move |entry| holds(entry, side)));
        let on_right: Vec<Entry> = on_right.collect();
        on_left.into_iter().any(|left| {
            on_right.iter().any(|right| right.passage == left.passage && right.occurrence != left.occurrence)
        })
    }

    /// Whether every occurrence of a passage lies inside one of some other passage, which then says
    /// all that it says. Of two with the same occurrences the earlier stays.
    fn is_inside_another(&self, passage: u32, passages: &[Found]) -> bool {
        let occurrences = &passages[passage as usize].occurrences;
        let around = |inner: &Occurrence| -> Vec<u32> {
            let holds = |entry: &Entry| {
                let places = &passages[entry.passage as usize].occurrences[entry.occurrence as usize].places;
                entry.passage != passage
                    && places.start <= inner.places.start
                    && inner.places.end <= places.end
            };
            self.at(middle(&inner.places)).filter(holds).map(|entry| entry.passage).collect()
        };
        let mut others = around(&occurrences[0]);
        for inner in &occurrences[1..] {
            if others.is_empty() {
                return false;
            }
            let around = around(inner);
            others.retain(|other| around.contains(other));
        }
        let same = |other: &Found| {
            let places =
                |found: &Found| found.occurrences.iter().map(|o| o.places.clone()).collect::<Vec<_>>();
            places(other) == places(&passages[passage as usize])
        };
        others.iter().any(|&other| other < passage || !same(&passages[other as usize]))
    }
}
