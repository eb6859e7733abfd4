//! What accepted areas have extended over.

use std::collections::HashMap;
use std::ops::Range;

use crate::set::hash;
use crate::util::hash_table::PrehashedBuildHasher;

/// By diagonal, which is how far the places on both sides are apart, the stretch of the left side that
/// the last accepted area went along it, and the number of that area.
///
/// Of a long text that both documents have, rare words make many clusters, each of which would extend
/// over all of it.
#[derive(Debug, Default)]
pub(super) struct Told {
    stretches: HashMap<u64, (u32, Range<u32>), PrehashedBuildHasher>,
    areas: u32,
}

impl Told {
    /// Adds an accepted area that has grown from two stretches, the `core`.
    pub(super) fn add(&mut self, core: &[Range<u32>; 2], sides: &[Range<u32>; 2]) {
        let [before, after] = diagonals(core);
        if before == after {
            self.stretches.insert(before, (self.areas, sides[0].clone()));
        } else {
            self.stretches.insert(before, (self.areas, sides[0].start..core[0].start));
            self.stretches.insert(after, (self.areas, core[0].end..sides[0].end));
        }
        self.areas += 1;
    }

    /// Whether one area has extended over both ends of two stretches, so that they would come to no
    /// more than it.
    pub(super) fn hold(&self, core: &[Range<u32>; 2]) -> bool {
        let [before, after] = diagonals(core);
        let over = |diagonal: u64, place: u32| {
            let (area, stretch) = self.stretches.get(&diagonal)?;
            (stretch.start <= place && place <= stretch.end).then_some(area)
        };
        over(before, core[0].start).is_some_and(|area| over(after, core[0].end) == Some(area))
    }
}

/// How far two stretches are apart where they begin and where they end, as keys of a table.
fn diagonals(sides: &[Range<u32>; 2]) -> [u64; 2] {
    let [left, right] = sides;
    [(left.start, right.start), (left.end, right.end)]
        .map(|(left, right)| hash::mix(u64::from(right.wrapping_sub(left))))
}
