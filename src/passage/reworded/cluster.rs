//! From pairs of units to pairs of runs of units.

use std::ops::Range;

use crate::util::parallel;
use crate::util::progress::{Cancelled, Watch};

/// Splits seeds where the units of one side jump by more than `jump`, then those of the other, in turns,
/// until nothing is split any more. Returns the units of each cluster on both sides, in order.
pub(super) fn clusters(
    seeds: Vec<(u32, u32)>,
    jump: f64,
    watch: Watch<'_>,
) -> Result<Vec<[Range<usize>; 2]>, Cancelled> {
    let mut clusters = Vec::new();
    let mut rest = vec![Part { seeds, by_second: false, split: false }];
    while let Some(Part { mut seeds, by_second, split }) = rest.pop() {
        let unit = |&(left, right): &(u32, u32)| if by_second { right } else { left };
        parallel::try_sort_unstable_by_key(&mut seeds, |seed| (unit(seed), *seed), watch)?;
        let parts: Vec<&[(u32, u32)]> = seeds.chunk_by(|a, b| f64::from(unit(b) - unit(a)) <= jump).collect();
        if let ([whole], true) = (&parts[..], split) {
            clusters.push([units(whole, |seed| seed.0), units(whole, |seed| seed.1)]);
            continue;
        }
        let part = |seeds: &[(u32, u32)]| Part { seeds: seeds.to_vec(), by_second: !by_second, split: true };
        rest.extend(parts.into_iter().map(part));
    }
    clusters.sort_unstable_by_key(|[left, right]| (left.start, right.start, left.end, right.end));
    Ok(clusters)
}

struct Part {
    seeds: Vec<(u32, u32)>,
    /// Which side to look at next.
    by_second: bool,
    /// Whether the other side has been looked at already.
    split: bool,
}

fn units(seeds: &[(u32, u32)], side: impl Fn(&(u32, u32)) -> u32) -> Range<usize> {
    let units = || seeds.iter().map(&side);
    let (first, last) = (units().min().unwrap_or(0), units().max().unwrap_or(0));
    first as usize..last as usize + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeds_are_split_until_both_sides_are_connected() {
        assert!(clusters(Vec::new(), 3.0, Watch::none()).unwrap().is_empty());
        // Two diagonals, and one that falls apart on the left only once it was split on the right.
        let seeds = vec![(0, 50), (3, 52), (7, 53), (8, 10), (9, 11), (12, 90), (16, 12), (15, 91)];
        assert_eq!(
            clusters(seeds, 3.0, Watch::none()).unwrap(),
            [[0..4, 50..53], [7..8, 53..54], [8..10, 10..12], [12..16, 90..92], [16..17, 12..13]]
        );
    }
}
