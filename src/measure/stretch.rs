//! Where the shingles of one paragraph stand in another: in one stretch, or here and there.

use std::ops::Range;

use crate::set::{shingle, shingle_ends};
use crate::settings::{Shingle, Unit};

/// The most places of one shingle that are looked at. A paragraph that says "again and again" for long
/// has some shingles everywhere.
const MAX_PLACES: usize = 64;

/// The places of the shingles of a paragraph: its units from which they begin.
#[derive(Debug)]
pub(crate) struct ShinglePlaces {
    /// Ascending by shingles, then by places.
    places: Vec<(u64, u32)>,
    /// Where the shingle of each place ends.
    ends: Vec<u32>,
    by: Shingle,
}

impl ShinglePlaces {
    pub(crate) fn new(units: &[u64], by: Shingle) -> Self {
        let mut shingles = Vec::new();
        shingle(units, by.width, &mut shingles);
        let mut places: Vec<(u64, u32)> = shingles.into_iter().zip(0..).collect();
        places.sort_unstable();
        Self { places, ends: shingle_ends(units, by.width), by }
    }

    /// The units at which a shingle begins, ascending.
    fn of(&self, shingle: u64) -> impl Iterator<Item = u32> + '_ {
        let start = self.places.partition_point(|&(other, _)| other < shingle);
        self.places[start..].iter().take_while(move |&&(other, _)| other == shingle).map(|&(_, place)| place)
    }

    /// The first stretch of units that holds at least `needed` shingles of a set. Between two of its
    /// shingles there are at most two units of the paragraph that belong to none, as in a passage.
    pub(crate) fn stretch(&self, set: &[u64], needed: u32) -> Option<Range<u32>> {
        let mut places: Vec<(u32, u32)> = Vec::new();
        for (number, &shingle) in (0..).zip(set) {
            places.extend(self.of(shingle).take(MAX_PLACES).map(|place| (place, number)));
        }
        places.sort_unstable();
        let gap = gap(self.by.unit);
        let end = |place: &(u32, u32)| self.ends[place.0 as usize];
        let apart = |a: &(u32, u32), b: &(u32, u32)| b.0 <= end(a) + gap;
        places.chunk_by(apart).find_map(|run| {
            let mut distinct: Vec<u32> = run.iter().map(|&(_, number)| number).collect();
            distinct.sort_unstable();
            distinct.dedup();
            (distinct.len() >= needed as usize).then(|| run[0].0..end(&run[run.len() - 1]))
        })
    }
}

/// The most units between two shingles of one stretch: two words, or as many characters as they have with the
/// spaces around them.
fn gap(unit: Unit) -> u32 {
    match unit {
        Unit::Word => 2,
        Unit::Char => 12,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::set::ShingleSet;

    fn stretch(outer: &str, inner: &str, needed: u32) -> Option<Range<u32>> {
        let units = |text: &str| text.bytes().map(u64::from).collect::<Vec<_>>();
        let places = ShinglePlaces::new(&units(outer), Shingle::words(3));
        places.stretch(ShingleSet::new(&units(inner), 3).as_slice(), needed)
    }

    #[test]
    fn a_stretch_may_have_small_gaps() {
        assert_eq!(stretch("xxabcdefxx", "abcdef", 4), Some(2..8));
        assert_eq!(stretch("abc--def", "abcdef", 2), Some(0..8));
        assert_eq!(stretch("abc---def", "abcdef", 2), None);
        assert_eq!(stretch("abc---bcdef", "abcdef", 3), Some(6..11));
        assert_eq!(stretch("abc", "abcdef", 2), None);
    }

    #[test]
    fn what_stands_everywhere_is_looked_at_a_few_times() {
        let outer = "a".repeat(10_000) + "bcd";
        assert_eq!(stretch(&outer, "aaaa", 1), Some(0..66));
        assert_eq!(stretch(&outer, "abcd", 2), Some(9999..10_003));
    }
}
