//! Sets of token places that are asked how many of a range they hold.

use std::ops::Range;

/// A set of token places, counted up in advance.
///
/// It takes four bytes for each place below its bound, or none if it is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PlaceSet {
    /// For each place, how many places up to and with it are in the set; nothing if none is.
    counts: Vec<u32>,
}

impl PlaceSet {
    /// The places in some ranges, all below `bound`.
    pub(crate) fn new(bound: usize, ranges: impl Iterator<Item = Range<usize>>) -> Self {
        let mut inside = vec![false; bound];
        for range in ranges {
            inside[range].fill(true);
        }
        let mut count = 0;
        let counts = inside.into_iter().map(|is| {
            count += u32::from(is);
            count
        });
        Self { counts: counts.collect() }
    }

    /// How many places of a range are in the set.
    pub(crate) fn count(&self, range: Range<usize>) -> usize {
        let up_to = |place: usize| place.checked_sub(1).map_or(0, |last| self.counts[last]);
        if self.counts.is_empty() { 0 } else { (up_to(range.end) - up_to(range.start)) as usize }
    }

    /// Whether all places of a range are in the set; the range is not empty.
    pub(crate) fn contains_all(&self, range: Range<usize>) -> bool {
        self.count(range.clone()) == range.len()
    }

    /// The longest runs of places of a range that are in the set, in order.
    pub(crate) fn runs(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let mut runs: Vec<Range<usize>> = Vec::new();
        if self.counts.is_empty() {
            return runs;
        }
        for place in range.filter(|&place| self.count(place..place + 1) == 1) {
            match runs.last_mut() {
                Some(last) if last.end == place => last.end += 1,
                _ => runs.push(place..place + 1),
            }
        }
        runs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_and_found_again() {
        let set = PlaceSet::new(10, [1..3, 2..4, 6..7, 9..10].into_iter());
        assert_eq!([0..10, 0..1, 1..4, 4..6, 3..7].map(|range| set.count(range)), [5, 0, 3, 0, 2]);
        assert!(set.contains_all(1..4) && !set.contains_all(0..4));
        assert_eq!(set.runs(2..10), [2..4, 6..7, 9..10]);
        let none = PlaceSet::default();
        assert!(none.count(0..10) == 0 && !none.contains_all(0..10) && none.runs(0..10).is_empty());
    }
}
