//! Whole paragraphs that two documents share, however short they are.

use std::cmp::Reverse;
use std::ops::Range;

use super::{Kind, Stretches};
use crate::passage::marks::Marks;
use crate::passage::sequence::Sequence;
use crate::passage::weights::Weights;

/// Adds the paragraphs that stand in several documents word for word, unless all their copies lie in
/// passages of several documents anyway. No length and no weight is asked of them.
pub(super) fn add(sequence: &Sequence, weights: &Weights, passages: &mut Vec<Stretches>) {
    let wide = |places: &Range<u32>| places.start as usize..places.end as usize;
    let several = |occurrences: &[Range<u32>]| {
        let [first, .., last] = occurrences else { return false };
        sequence.document_of(first.start) != sequence.document_of(last.start)
    };
    let shared = passages.iter().filter(|passage| several(&passage.occurrences));
    let marks = Marks::new(sequence.len(), shared.flat_map(|passage| &passage.occurrences).map(wide));
    let mut paragraphs: Vec<usize> = (0..sequence.paragraph_ends.len()).collect();
    paragraphs.sort_by_key(|&paragraph| sequence.identity(paragraph));
    for copies in paragraphs.chunk_by(|&a, &b| sequence.identity(a) == sequence.identity(b)) {
        let occurrences: Vec<Range<u32>> = copies.iter().map(|&copy| sequence.places(copy)).collect();
        if several(&occurrences) && !occurrences.iter().all(|places| marks.cover(wide(places))) {
            passages.push(Stretches {
                kind: Kind::Verbatim,
                weight: occurrences[0].clone().map(|place| weights.of(sequence.key(place))).sum(),
                tokens: occurrences[0].len() as u32,
                occurrences,
            });
        }
    }
    passages.sort_by_key(|passage| (Reverse(passage.rank()), passage.occurrences[0].start));
}
