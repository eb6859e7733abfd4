//! From pairs of units to pairs of stretches.

use std::ops::Range;

/// Units of one cluster are at most so far apart.
const JUMP: u32 = 3;

/// Parts seeds where the units of one side jump by more than [`JUMP`], then those of the other, in
/// turns, until nothing is parted any more. Each cluster is told as its units on both sides.
pub(super) fn clusters(seeds: Vec<(u32, u32)>) -> Vec<[Range<usize>; 2]> {
    let mut clusters = Vec::new();
    let mut rest = vec![Part { seeds, by_second: false, parted: false }];
    while let Some(Part { mut seeds, by_second, parted }) = rest.pop() {
        let unit = |&(left, right): &(u32, u32)| if by_second { right } else { left };
        seeds.sort_unstable_by_key(|seed| (unit(seed), *seed));
        let mut parts: Vec<&[(u32, u32)]> = seeds.chunk_by(|a, b| unit(b) - unit(a) <= JUMP).collect();
        if let ([whole], true) = (&parts[..], parted) {
            clusters.push([units(whole, |seed| seed.0), units(whole, |seed| seed.1)]);
            continue;
        }
        let part = |seeds: &[(u32, u32)]| Part { seeds: seeds.to_vec(), by_second: !by_second, parted: true };
        rest.extend(parts.drain(..).map(part));
    }
    clusters.sort_unstable_by_key(|[left, right]| (left.start, right.start, left.end, right.end));
    clusters
}

struct Part {
    seeds: Vec<(u32, u32)>,
    /// Which side to look at next.
    by_second: bool,
    /// Whether the other side has been looked at already.
    parted: bool,
}

fn units(seeds: &[(u32, u32)], side: impl Fn(&(u32, u32)) -> u32) -> Range<usize> {
    let units = || seeds.iter().map(&side);
    let (first, last) = (units().min().unwrap_or(0), units().max().unwrap_or(0));
    first as usize..last as usize + 1
}

#[cfg(test)]
mod tests {
    use super::clusters;

    #[test]
    fn seeds_are_parted_until_both_sides_hang_together() {
        assert!(clusters(Vec::new()).is_empty());
        // Two diagonals, and one that falls apart on the left only once it was parted on the right.
        let seeds = vec![(0, 50), (3, 52), (7, 53), (8, 10), (9, 11), (12, 90), (16, 12), (15, 91)];
        assert_eq!(
            clusters(seeds),
            [[0..4, 50..53], [7..8, 53..54], [8..10, 10..12], [12..16, 90..92], [16..17, 12..13]]
        );
    }
}
