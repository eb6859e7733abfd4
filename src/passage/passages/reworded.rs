//! From areas to passages.

use std::ops::Range;

use super::align::Alignment;
use super::cover::Cover;
use super::group::{Found, Occurrence, left, middle, right};
use crate::passage::areas::{Area, overlap};
use crate::passage::sequence::Sequence;
use crate::passage::weights::Weights;

/// The areas that no alignment explains, in the same order.
///
/// An alignment that holds most of either stretch says the same with better reason, and knows better
/// where both begin and end; unless another one lies in what it leaves, and both are pieces of one
/// borrowed stretch.
pub(super) fn unexplained(mut areas: Vec<Area>, alignments: &[Alignment]) -> Vec<Area> {
    let middles = Middles::new(&areas);
    let mut explained: Vec<Option<usize>> = vec![None; areas.len()];
    for (number, alignment) in alignments.iter().enumerate() {
        let sides = [left(alignment), right(alignment)];
        let ends = (0..2).flat_map(|at| middles.within(&sides[at]).filter(move |&(_, side)| side == at));
        for (index, _) in ends {
            let held = [0, 1].map(|at| overlap(&areas[index].sides[at], &sides[at]));
            let most = [0, 1].map(|at| 5 * held[at] >= 4 * length(&areas[index].sides[at]));
            if held[0] > 0 && held[1] > 0 && (most[0] || most[1]) {
                explained[index] = Some(number);
            }
        }
    }
    let mut starts: Vec<(u32, usize)> =
        (0..).zip(alignments).map(|(number, alignment)| (alignment.matched[0].0, number)).collect();
    starts.sort_unstable();
    let in_pieces = |area: &Area, explaining: usize| {
        let [from, to] = [area.sides[0].start, area.sides[0].end]
            .map(|place| starts.partition_point(|&(start, _)| start < place));
        let whole = [left(&alignments[explaining]), right(&alignments[explaining])];
        starts[from..to].iter().any(|&(_, number)| {
            let piece = [left(&alignments[number]), right(&alignments[number])];
            (0..2).all(|at| {
                overlap(&piece[at], &area.sides[at]) == length(&piece[at])
                    && overlap(&piece[at], &whole[at]) == 0
            })
        })
    };
    let mut explained = explained.into_iter();
    areas.retain(|area| explained.next().flatten().is_none_or(|explaining| in_pieces(area, explaining)));
    areas
}

/// Groups areas into passages: each that no passage holds, the earlier ones of `passages` among
/// them, makes one, with the other sides of those areas that share a side with it as more
/// occurrences. They are laid into `cover`.
pub(super) fn reworded(
    sequence: &Sequence,
    weights: &Weights,
    min_size: u32,
    areas: &[Area],
    cover: &mut Cover,
    passages: &mut Vec<Found>,
) {
    let middles = Middles::new(areas);
    for area in areas {
        let [left, right] = &area.sides;
        let held = cover.at(middle(left)).any(|on_left| {
            let passage = &passages[on_left.passage as usize];
            let holds = |o: &Occurrence, side: &Range<u32>| 2 * overlap(&o.places, side) >= length(side);
            let (held, others): (Vec<_>, Vec<_>) = passage.occurrences.iter().partition(|o| holds(o, left));
            !held.is_empty() && others.iter().any(|o| holds(o, right))
        });
        if held {
            continue;
        }
        let matches = matches(sequence, left, right);
        if size(sequence, &matches) < min_size {
            continue;
        }
        let occurrence = |places: &Range<u32>, matches: &[(u32, u32)]| Occurrence {
            places: places.clone(),
            matched: matches.len() as u32,
        };
        let weight = |place: u32| weights.of(sequence.key(place));
        // Two forms of a word tell as much as the commoner one.
        let weight = matches.iter().map(|&(a, b)| weight(a).min(weight(b))).sum();
        let mut occurrences = area.sides.each_ref().map(|side| occurrence(side, &matches)).to_vec();
        for pattern in &area.sides {
            for (index, side) in middles.within(pattern) {
                let [shared, other] = [side, 1 - side].map(|side| &areas[index].sides[side]);
                let apart = |o: &Occurrence| overlap(&o.places, other) == 0;
                if same(shared, pattern) && occurrences.iter().all(apart) {
                    let matches = self::matches(sequence, other, pattern);
                    if size(sequence, &matches) >= min_size {
                        occurrences.push(occurrence(other, &matches));
                    }
                }
            }
        }
        occurrences.sort_unstable_by_key(|occurrence| occurrence.places.start);
        cover.add(passages.len() as u32, &occurrences);
        passages.push(Found { reworded: true, weight, occurrences });
    }
}

/// The places in two stretches that hold the same stem: the first ones that do, the second ones, and so
/// on, so that each place is matched once, however often the other stretch repeats its stem.
fn matches(sequence: &Sequence, left: &Range<u32>, right: &Range<u32>) -> Vec<(u32, u32)> {
    let [left, right] = [left, right].map(|stretch| {
        let mut stems: Vec<_> = stretch.clone().map(|place| (sequence.stem(place), place)).collect();
        stems.sort_unstable();
        stems
    });
    let (mut matches, mut rest) = (Vec::new(), &right[..]);
    for (stem, place) in left {
        let before = rest.iter().take_while(|other| other.0 < stem).count();
        rest = &rest[before..];
        if let [other, after @ ..] = rest
            && other.0 == stem
        {
            matches.push((place, other.1));
            rest = after;
        }
    }
    matches
}

/// What matched tokens count where a least number of tokens is asked.
fn size(sequence: &Sequence, matches: &[(u32, u32)]) -> u32 {
    matches.iter().map(|&(place, _)| sequence.size(place)).sum()
}

/// Whether two stretches share two thirds of both.
fn same(a: &Range<u32>, b: &Range<u32>) -> bool {
    3 * overlap(a, b) >= 2 * length(a).max(length(b))
}

fn length(stretch: &Range<u32>) -> u32 {
    stretch.end - stretch.start
}

/// The sides of areas by their middles.
struct Middles(Vec<(u32, usize, usize)>);

impl Middles {
    fn new(areas: &[Area]) -> Self {
        let side =
            |(index, area): (usize, &Area)| [0, 1].map(|side| (middle(&area.sides[side]), index, side));
        let mut sides: Vec<_> = areas.iter().enumerate().flat_map(side).collect();
        sides.sort_unstable();
        Self(sides)
    }

    /// Those with their middle inside a stretch, as the index of the area and which side it is.
    fn within(&self, stretch: &Range<u32>) -> impl Iterator<Item = (usize, usize)> {
        let [start, end] =
            [stretch.start, stretch.end].map(|place| self.0.partition_point(|side| side.0 < place));
        self.0[start..end].iter().map(|&(_, index, side)| (index, side))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_side_repeats_is_matched_as_often_as_the_other_has_it() {
        let mut sequence = Sequence::default();
        for paragraph in [&[7, 8, 9, 8, 5][..], &[8, 3, 7, 8, 7, 7, 8]] {
            paragraph.iter().for_each(|&token| sequence.push(token, token, false, false));
            sequence.end_paragraph();
        }
        sequence.end_document();
        let found = matches(&sequence, &(0..5), &(5..12));
        assert_eq!(found, [(0, 7), (1, 5), (3, 8)]);
        let mirrored: Vec<(u32, u32)> = found.iter().map(|&(left, right)| (right, left)).collect();
        assert_eq!(matches(&sequence, &(5..12), &(0..5)), mirrored);
        assert_eq!(size(&sequence, &found), 6);

        // The loop weighs what the other side has of it, whichever side it is on.
        let weights = Weights::new(&sequence);
        let area = Area { sides: [0..5, 5..12], weight: 0 };
        let (mut cover, mut passages) = (Cover::new(12), Vec::new());
        reworded(&sequence, &weights, 6, &[area], &mut cover, &mut passages);
        let weigh =
            |places: [u32; 3]| places.iter().map(|&place| weights.of(sequence.key(place))).sum::<u64>();
        assert_eq!(passages[0].weight, weigh([0, 1, 3]));
        assert!(passages[0].occurrences.iter().all(|occurrence| occurrence.matched == 3));
    }
}
