//! From pairs of stretches to passages with all their occurrences.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use super::align::{Alignment, GAP};
use super::cover::Cover;
use super::reworded::{reworded, unexplained};
use super::{Kind, Stretches, rank};
use crate::passage::areas::Area;
use crate::passage::sequence::Sequence;
use crate::passage::weights::Weights;

/// About so many passages may lie over one place, those found first, which are the longest.
///
/// Only text of very few words, such as tables of small numbers, comes near this; there everything
/// matches everything, and the passages would be more than the text.
const DEPTH: u32 = 16;

/// Groups areas and alignments into passages, the most telling first.
///
/// Areas come first, but for those that an alignment explains. Then, taken from the longest on,
/// each alignment that lies in no passage yet makes one: its left stretch is the pattern, and
/// whatever matches it, found by going from stretch to stretch along the alignments, is an
/// occurrence. An alignment both sides of which lie inside occurrences of one passage adds nothing.
/// So a stretch inside a longer passage makes a passage of its own only if it occurs where the
/// longer one does not. Phrases come last, those that link what nothing else links.
pub(super) fn group(
    sequence: &Sequence,
    weights: &Weights,
    min_size: u32,
    areas: Vec<Area>,
    alignments: &[Alignment],
    phrases: &[Area],
) -> Vec<Stretches> {
    let partners = Partners::new(sequence.len(), alignments);
    let mut order: Vec<usize> = (0..alignments.len()).collect();
    order.sort_by_key(|&index| (Reverse(alignments[index].matched.len()), alignments[index].matched[0]));
    let mut cover = Cover::new(sequence.len());
    let areas = unexplained(areas, alignments);
    let mut passages: Vec<Found> = Vec::new();
    reworded(sequence, weights, min_size, &areas, &mut cover, &mut passages);
    for index in order {
        let alignment = &alignments[index];
        let crowded = |side: Range<u32>| cover.depth(middle(&side)) > DEPTH;
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
        passages.push(Found { reworded: false, weight: alignment.weight, occurrences });
    }
    reworded(sequence, weights, min_size, phrases, &mut cover, &mut passages);
    let mut ranked: Vec<(u64, Stretches)> = (0..)
        .zip(&passages)
        .filter(|&(number, _)| !cover.is_inside_another(number, &passages))
        .map(|(_, found)| (rank(found.weight, found.occurrences.len()), stretches(sequence, found)))
        .collect();
    ranked.sort_by_key(|(rank, passage)| (Reverse(*rank), passage.occurrences[0].start));
    ranked.into_iter().map(|(_, passage)| passage).collect()
}

/// A passage as it was found.
#[derive(Debug)]
pub(super) struct Found {
    /// The order of its words is free.
    pub(super) reworded: bool,
    pub(super) weight: u64,
    /// In order of place.
    pub(super) occurrences: Vec<Occurrence>,
}

/// An occurrence and how many tokens it shares with its passage's pattern.
#[derive(Clone, Debug)]
pub(super) struct Occurrence {
    pub(super) places: Range<u32>,
    pub(super) matched: u32,
}

impl Occurrence {
    /// Whether what is matched makes up two thirds of these places.
    fn fills(&self, places: &Range<u32>) -> bool {
        3 * u64::from(self.matched) >= 2 * u64::from(places.end - places.start)
    }
}

fn stretches(sequence: &Sequence, found: &Found) -> Stretches {
    let Found { reworded, weight, ref occurrences } = *found;
    let keys = |places: &Range<u32>| &sequence.keys[places.start as usize..places.end as usize];
    let first = keys(&occurrences[0].places);
    let verbatim = occurrences.iter().all(|occurrence| keys(&occurrence.places) == first);
    let tokens = occurrences.iter().map(|occurrence| occurrence.matched).min().unwrap_or(0);
    Stretches {
        kind: match (verbatim, reworded) {
            (true, _) => Kind::Verbatim,
            (_, false) => Kind::Edited,
            (_, true) => Kind::Reworded,
        },
        weight,
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
            if cover.depth(middle(&places)) > DEPTH || before.is_some_and(|(_, &end)| end > places.start) {
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

pub(super) fn left(alignment: &Alignment) -> Range<u32> {
    let matched = &alignment.matched;
    matched[0].0..matched[matched.len() - 1].0 + 1
}

pub(super) fn right(alignment: &Alignment) -> Range<u32> {
    let matched = &alignment.matched;
    matched[0].1..matched[matched.len() - 1].1 + 1
}

/// What holds two thirds of a stretch holds its middle.
pub(super) fn middle(stretch: &Range<u32>) -> u32 {
    stretch.start + (stretch.end - stretch.start) / 2
}
