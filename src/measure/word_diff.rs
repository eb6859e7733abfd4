//! What differs between two paragraphs, word by word.

use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff_slices};

/// The places of the left tokens and of the right ones that stand where the other side has others, or
/// none; ascending on both sides, and never side by side.
///
/// Between them all tokens are equal, one by one. An alignment by Myers's algorithm with the bounds of
/// Git: for near-duplicates as a rule the shortest, and near-linear whatever they are.
pub(crate) fn differences(left: &[u64], right: &[u64]) -> Vec<(Range<usize>, Range<usize>)> {
    let mut found: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    for step in capture_diff_slices(Algorithm::Myers, left, right) {
        let (tag, left, right) = step.as_tag_tuple();
        match found.last_mut() {
            _ if tag == DiffTag::Equal => {}
            Some(last) if last.0.end == left.start && last.1.end == right.start => {
                (last.0.end, last.1.end) = (left.end, right.end);
            }
            _ => found.push((left, right)),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::set::hash::mix;

    #[test]
    fn what_was_replaced_left_out_and_added() {
        let of = |left: &[u64], right: &[u64]| differences(left, right);
        assert_eq!(of(&[], &[]), []);
        assert_eq!(of(&[1, 2, 3], &[1, 2, 3]), []);
        assert_eq!(of(&[1, 2, 3], &[1, 5, 6, 3]), [(1..2, 1..3)]);
        assert_eq!(of(&[1, 2, 3], &[1, 3]), [(1..2, 1..1)]);
        assert_eq!(of(&[1, 3], &[1, 2, 3, 4]), [(1..1, 1..2), (2..2, 3..4)]);
        assert_eq!(of(&[1, 2], &[3, 4]), [(0..2, 0..2)]);
        assert_eq!(of(&[], &[3]), [(0..0, 0..1)]);
    }

    #[test]
    fn between_the_differences_all_is_equal() {
        for seed in 0..200 {
            let random = |i: u64| mix(seed * 1000 + i);
            let words = 2 + random(1) % 30;
            let side =
                |from: u64| (0..random(from) % 60).map(|i| random(from + i) % words).collect::<Vec<_>>();
            let (left, right) = (side(100), side(300));
            let (mut l, mut r) = (0, 0);
            for (at, (a, b)) in differences(&left, &right).into_iter().enumerate() {
                assert!(!(a.is_empty() && b.is_empty()));
                assert!(at == 0 || l < a.start, "differences do not touch");
                assert_eq!(left[l..a.start], right[r..b.start]);
                (l, r) = (a.end, b.end);
            }
            assert_eq!(left[l..], right[r..]);
        }
    }
}
