//! What differs between two paragraphs, word by word.

use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff};

use crate::util::progress::{Cancelled, Watch};

/// The differences of two token sequences, as ranges of the left and of the right one, ascending. Between
/// two of them at least one token is equal, and all tokens are equal one by one.
pub(crate) type Differences = Vec<(Range<usize>, Range<usize>)>;

/// The most tokens of either side that are aligned in one piece. It bounds the time between two polls; only
/// the alignment of a longer paragraph depends on it.
const WINDOW: usize = 1 << 14;

/// What differs between two token sequences.
///
/// They are aligned by Myers's algorithm with the bounds of Git: for near-duplicates mostly the shortest
/// way, and near-linear on any input. Sequences of more than 16,384 tokens are aligned window by window.
pub(crate) fn differences(left: &[u64], right: &[u64], watch: Watch<'_>) -> Result<Differences, Cancelled> {
    differences_by(left, right, WINDOW, watch)
}

fn differences_by(
    left: &[u64],
    right: &[u64],
    window: usize,
    watch: Watch<'_>,
) -> Result<Differences, Cancelled> {
    let mut found: Differences = Vec::new();
    let [mut l, mut r] = [0; 2];
    loop {
        watch.poll()?;
        let [ends_left, ends_right] = [left.len() - l <= window, right.len() - r <= window];
        if ends_left && ends_right {
            align(left, right, l..left.len(), r..right.len(), &mut found);
            return Ok(found);
        }
        let equal = left[l..].iter().zip(&right[r..]).take(window).take_while(|(a, b)| a == b).count();
        if equal > 0 {
            (l, r) = (l + equal, r + equal);
            continue;
        }
        let ends = [left.len().min(l + window), right.len().min(r + window)];
        let mut piece = Vec::new();
        align(left, right, l..ends[0], r..ends[1], &mut piece);
        // What is equal behind the last difference, or between the last two, is where the next window
        // begins: so the end of this window, where the alignment lacks what follows, decides little.
        let whole = (l..ends[0], r..ends[1]);
        let last = piece.pop().unwrap_or(whole.clone());
        let next = if last.0.end < ends[0] && last.1.end < ends[1] {
            piece.push(last);
            ends
        } else if last.0.start > l && last.1.start > r {
            [last.0.start, last.1.start]
        } else {
            // Nothing is equal: the whole windows differ.
            piece = vec![whole];
            ends
        };
        for difference in piece.into_iter().filter(|(a, b)| a.start < next[0] || b.start < next[1]) {
            push(&mut found, difference.0, difference.1);
        }
        [l, r] = next;
    }
}

/// Appends the differences of two ranges.
fn align(left: &[u64], right: &[u64], l: Range<usize>, r: Range<usize>, found: &mut Differences) {
    for step in capture_diff(Algorithm::Myers, left, l, right, r) {
        let (tag, left, right) = step.as_tag_tuple();
        if tag != DiffTag::Equal {
            push(found, left, right);
        }
    }
}

/// Appends a difference, or extends the last one if they touch.
fn push(found: &mut Differences, left: Range<usize>, right: Range<usize>) {
    match found.last_mut() {
        Some(last) if last.0.end == left.start && last.1.end == right.start => {
            (last.0.end, last.1.end) = (left.end, right.end);
        }
        _ => found.push((left, right)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::set::hash::mix;

    #[test]
    fn what_was_replaced_left_out_and_added() {
        let of = |left: &[u64], right: &[u64]| differences(left, right, Watch::none()).unwrap();
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
        for (seed, window) in (0..200).zip([WINDOW, 1, 7, 20].into_iter().cycle()) {
            let random = |i: u64| mix(seed * 1000 + i);
            let words = 2 + random(1) % 30;
            let side =
                |from: u64| (0..random(from) % 60).map(|i| random(from + i) % words).collect::<Vec<_>>();
            let (left, right) = (side(100), side(300));
            let (mut l, mut r) = (0, 0);
            let found = differences_by(&left, &right, window, Watch::none()).unwrap();
            for (at, (a, b)) in found.into_iter().enumerate() {
                assert!(!(a.is_empty() && b.is_empty()));
                assert!(at == 0 || l < a.start, "differences do not touch");
                assert_eq!(left[l..a.start], right[r..b.start]);
                (l, r) = (a.end, b.end);
            }
            assert_eq!(left[l..], right[r..]);
        }
    }

    /// Sides that drift apart by less than a window stay aligned.
    #[test]
    fn windows_find_the_same_small_differences() {
        let left: Vec<u64> = (0..1000).collect();
        let right: Vec<u64> = left
            .iter()
            .filter(|&&word| word % 50 != 7)
            .map(|&word| if word % 50 == 30 { 5000 } else { word })
            .collect();
        let [whole, pieces] =
            [WINDOW, 100].map(|window| differences_by(&left, &right, window, Watch::none()).unwrap());
        assert_eq!(whole.len(), 40);
        assert_eq!(whole, pieces);
    }
}
