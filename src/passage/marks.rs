//! Which tokens are left out of account.

use std::ops::Range;

/// Some of all tokens, marked by place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Marks {
    /// How many marked tokens there are up to each place, itself counted; nothing if none is marked.
    up_to: Vec<u32>,
}

impl Marks {
    /// Marks the tokens in some ranges of the places below `tokens`.
    pub(crate) fn new(tokens: usize, ranges: impl Iterator<Item = Range<usize>>) -> Self {
        let mut marked = vec![false; tokens];
        for range in ranges {
            marked[range].fill(true);
        }
        let mut count = 0;
        let up_to = marked.into_iter().map(|is| {
            count += u32::from(is);
            count
        });
        Self { up_to: up_to.collect() }
    }

    /// How many of some tokens in a row are marked.
    pub(crate) fn count(&self, places: Range<usize>) -> usize {
        let up_to = |place: usize| place.checked_sub(1).map_or(0, |last| self.up_to[last]);
        if self.up_to.is_empty() { 0 } else { (up_to(places.end) - up_to(places.start)) as usize }
    }

    /// Whether all of some tokens in a row are marked; there is at least one.
    pub(crate) fn cover(&self, places: Range<usize>) -> bool {
        self.count(places.clone()) == places.len()
    }

    /// The runs of marked tokens among some in a row.
    pub(crate) fn runs(&self, places: Range<usize>) -> Vec<Range<usize>> {
        let mut runs: Vec<Range<usize>> = Vec::new();
        if self.up_to.is_empty() {
            return runs;
        }
        for place in places.filter(|&place| self.count(place..place + 1) == 1) {
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
    fn marks_are_counted_and_found_again() {
        let marks = Marks::new(10, [1..3, 2..4, 6..7, 9..10].into_iter());
        assert_eq!([0..10, 0..1, 1..4, 4..6, 3..7].map(|range| marks.count(range)), [5, 0, 3, 0, 2]);
        assert!(marks.cover(1..4) && !marks.cover(0..4));
        assert_eq!(marks.runs(2..10), [2..4, 6..7, 9..10]);
        let none = Marks::default();
        assert!(none.count(0..10) == 0 && !none.cover(0..10) && none.runs(0..10).is_empty());
    }
}
