//! From areas to passages.

use std::ops::Range;

use super::align::Alignment;
use super::cover::Cover;
use super::group::{Found, Occurrence, left, middle, right};
use crate::evidence::areas::{Area, overlap};
use crate::evidence::sequence::Sequence;
use crate::evidence::weights::Weights;

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
        let [Some(pattern), Some(other)] =
            [(left, right), (right, left)].map(|(side, other)| matched(sequence, min_size, side, other))
        else {
            continue;
        };
        if held {
            continue;
        }
        let weight = pattern.1;
        let mut occurrences = vec![pattern.0, other.0];
        for pattern in &area.sides {
            for (index, side) in middles.within(pattern) {
                let [shared, other] = [side, 1 - side].map(|side| &areas[index].sides[side]);
                let apart = |o: &Occurrence| overlap(&o.places, other) == 0;
                if same(shared, pattern)
                    && occurrences.iter().all(apart)
                    && let Some((occurrence, _)) = matched(sequence, min_size, other, pattern)
                {
                    occurrences.push(occurrence);
                }
            }
        }
        occurrences.sort_unstable_by_key(|occurrence| occurrence.places.start);
        cover.add(passages.len() as u32, &occurrences);
        let weight = weight.iter().map(|&key| weights.of(key)).sum();
        passages.push(Found { reworded: true, weight, occurrences });
    }
}

/// A stretch as an occurrence that shares stems with `other`, if they are enough, and the keys of
/// what is shared.
fn matched(
    sequence: &Sequence,
    min_size: u32,
    stretch: &Range<u32>,
    other: &Range<u32>,
) -> Option<(Occurrence, Vec<u32>)> {
    let mut stems: Vec<u32> = other.clone().map(|place| sequence.stem(place)).collect();
    stems.sort_unstable();
    let places = stretch.clone().filter(|&place| stems.binary_search(&sequence.stem(place)).is_ok());
    let (mut size, mut keys) = (0, Vec::new());
    for place in places {
        size += sequence.size(place);
        keys.push(sequence.key(place));
    }
    let occurrence = Occurrence { places: stretch.clone(), matched: keys.len() as u32 };
    (size >= min_size).then_some((occurrence, keys))
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
