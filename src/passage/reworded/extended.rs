//! What accepted stretches have extended over.

use std::collections::HashMap;
use std::ops::Range;

use crate::set::hash;
use crate::util::hash_table::PrehashedBuildHasher;

/// By diagonal, which is the distance between the places of both sides, the stretch of the left side that
/// the last accepted pair extended over, and the number of that pair.
///
/// In a long text that both documents have, rare words make many clusters, each of which would extend
/// over all of it.
#[derive(Debug, Default)]
pub(super) struct Extended {
    stretches: HashMap<u64, (u32, Range<u32>), PrehashedBuildHasher>,
    accepted: u32,
}

impl Extended {
    /// Adds an accepted pair that has grown from two stretches, the `core`.
    pub(super) fn add(&mut self, core: &[Range<u32>; 2], sides: &[Range<u32>; 2]) {
        let [before, after] = diagonals(core);
        if before == after {
            self.stretches.insert(before, (self.accepted, sides[0].clone()));
        } else {
            self.stretches.insert(before, (self.accepted, sides[0].start..core[0].start));
            self.stretches.insert(after, (self.accepted, core[0].end..sides[0].end));
        }
        self.accepted += 1;
    }

    /// Whether one accepted pair has extended over both ends of two stretches. Then these would extend to
    /// the same again.
    pub(super) fn covers(&self, core: &[Range<u32>; 2]) -> bool {
        let [before, after] = diagonals(core);
        let over = |diagonal: u64, place: u32| {
            let (pair, stretch) = self.stretches.get(&diagonal)?;
            (stretch.start <= place && place <= stretch.end).then_some(pair)
        };
        over(before, core[0].start).is_some_and(|pair| over(after, core[0].end) == Some(pair))
    }
}

/// The diagonals where two stretches begin and where they end, as keys of a table.
fn diagonals(sides: &[Range<u32>; 2]) -> [u64; 2] {
    let [left, right] = sides;
    [(left.start, right.start), (left.end, right.end)]
        .map(|(left, right)| hash::mix(u64::from(right.wrapping_sub(left))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_core_on_the_way_of_an_accepted_pair_is_covered() {
        let mut extended = Extended::default();
        extended.add(&[10..20, 110..120], &[0..50, 100..150]);
        assert!(extended.covers(&[30..40, 130..140]));
        assert!(!extended.covers(&[30..40, 131..141]), "another diagonal");
        assert!(!extended.covers(&[45..55, 145..155]), "beyond the end");
        // A core that is longer on one side leaves by another diagonal than it came.
        extended.add(&[200..210, 400..420], &[190..230, 390..440]);
        assert!(extended.covers(&[195..215, 395..425]));
        assert!(!extended.covers(&[195..205, 395..405]), "on the first diagonal alone");
    }
}
