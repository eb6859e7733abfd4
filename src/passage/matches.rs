//! Which tokens of two stretches match in any order.

use std::ops::Range;

use super::sequence::Sequence;
use crate::util::parallel;
use crate::util::progress::{Cancelled, Watch};

/// The places in two stretches that have the same stem, ascending on the left: the first ones that
/// have it, the second ones, and so on. So each place is matched once, however often the other stretch
/// repeats its stem.
pub(super) fn matches(
    sequence: &Sequence,
    left: &Range<u32>,
    right: &Range<u32>,
    watch: Watch<'_>,
) -> Result<Vec<(u32, u32)>, Cancelled> {
    let by_stem = |stretch: &Range<u32>| {
        let mut stems: Vec<(u32, u32)> = stretch.clone().map(|place| (sequence.stem(place), place)).collect();
        parallel::try_sort_unstable(&mut stems, watch)?;
        Ok(stems)
    };
    let (left, right) = (by_stem(left)?, by_stem(right)?);
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
    parallel::try_sort_unstable(&mut matches, watch)?;
    Ok(matches)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::set::hash::mix;

    #[test]
    fn what_one_side_repeats_is_matched_as_often_as_the_other_has_it() {
        let mut sequence = Sequence::default();
        for paragraph in [&[7, 8, 9, 8, 5][..], &[8, 3, 7, 8, 7, 7, 8]] {
            paragraph.iter().for_each(|&word| sequence.push(mix(word), mix(word), false, false));
            sequence.end_paragraph();
        }
        sequence.end_document();
        let matches =
            |left: Range<u32>, right: Range<u32>| matches(&sequence, &left, &right, Watch::none()).unwrap();
        let found = matches(0..5, 5..12);
        assert_eq!(found, [(0, 7), (1, 5), (3, 8)]);
        let mut mirrored = matches(5..12, 0..5);
        mirrored.iter_mut().for_each(|pair| *pair = (pair.1, pair.0));
        mirrored.sort_unstable();
        assert_eq!(mirrored, found);
        assert!(matches(0..5, 6..7).is_empty());
    }
}
