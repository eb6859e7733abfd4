//! Which words of a paragraph were said before, and where they stood first.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::set::{shingle, shingle_ends};
use crate::util::hash_table::PrehashedBuildHasher;

/// A run of units of a paragraph, and the paragraph and the units where the same run stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) units: Range<u32>,
    pub(crate) source: u32,
    pub(crate) from: Range<u32>,
}

/// The first place of each of some shingles: a paragraph, and the unit from which it begins.
#[derive(Debug, Default)]
pub(crate) struct FirstPlaces(HashMap<u64, Option<(u32, u32)>, PrehashedBuildHasher>);

impl FirstPlaces {
    /// From now on the shingles of these units are looked for.
    pub(crate) fn want(&mut self, units: &[u64], width: usize) {
        let mut shingles = Vec::new();
        shingle(units, width, &mut shingles);
        self.0.extend(shingles.into_iter().map(|shingle| (shingle, None)));
    }

    /// Does not look for these shingles any more.
    pub(crate) fn forget(&mut self, excluded: &HashSet<u64, PrehashedBuildHasher>) {
        if !excluded.is_empty() {
            self.0.retain(|shingle, _| !excluded.contains(shingle));
        }
    }

    /// Notes the wanted shingles of the next paragraph, whose units begin at `start`.
    pub(crate) fn add(&mut self, paragraph: u32, units: &[u64], start: u32, width: usize) {
        let mut shingles = Vec::new();
        shingle(units, width, &mut shingles);
        for (at, shingle) in (start..).zip(shingles) {
            if let Some(first) = self.0.get_mut(&shingle) {
                first.get_or_insert((paragraph, at));
            }
        }
    }

    /// The runs of units of a paragraph whose shingles stand in a row elsewhere, one after the other. Each is as
    /// long as `same` says: whether a unit of the paragraph and one of a source are the same.
    ///
    /// Shingles that stood first in the paragraph itself belong to no run.
    pub(crate) fn runs(
        &self,
        paragraph: u32,
        units: &[u64],
        width: usize,
        same: impl Fn(u32, u32, u32) -> bool,
    ) -> Vec<Run> {
        let mut shingles = Vec::new();
        shingle(units, width, &mut shingles);
        let ends = shingle_ends(units, width);
        let len = units.len() as u32;
        let mut runs = Vec::new();
        let mut at = 0;
        while at < shingles.len() {
            let Some(&Some((source, from))) = self
                .0
                .get(&shingles[at])
                .filter(|first| first.is_some_and(|(source, _)| source != paragraph))
            else {
                at += 1;
                continue;
            };
            let start = at as u32;
            let mut end = ends[at];
            while end < len && same(end, source, from + (end - start)) {
                end += 1;
            }
            runs.push(Run { units: start..end, source, from: from..from + (end - start) });
            // The next run begins at the first shingle that this one lacks.
            at = ends.partition_point(|&other| other <= end).max(at + 1);
        }
        runs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(text: &str) -> Vec<u64> {
        text.bytes().map(u64::from).collect()
    }

    #[test]
    fn runs_are_as_long_as_they_match() {
        let texts = ["abcdefg", "xyzcde", "uabcdefvxyzwwwxyz"].map(units);
        let mut first = FirstPlaces::default();
        first.want(&texts[2], 3);
        (0..).zip(&texts).for_each(|(paragraph, units)| first.add(paragraph, units, 0, 3));
        let same = |at: u32, source: u32, other: u32| {
            texts[source as usize].get(other as usize) == Some(&texts[2][at as usize])
        };
        let run = |units, source, from| Run { units, source, from };
        let expected = [run(1..7, 0, 0..6), run(8..11, 1, 0..3), run(14..17, 1, 0..3)];
        assert_eq!(first.runs(2, &texts[2], 3, same), expected);
        assert_eq!(first.runs(1, &texts[1], 3, |_, _, _| false), [run(3..6, 0, 2..5)]);
    }

    #[test]
    fn a_paragraph_of_fewer_units_than_a_shingle_is_one_run() {
        let mut first = FirstPlaces::default();
        first.want(&units("ab"), 3);
        first.add(0, &units("ab"), 0, 3);
        let expected = [Run { units: 0..2, source: 0, from: 0..2 }];
        assert_eq!(first.runs(1, &units("ab"), 3, |_, _, _| false), expected);
    }
}
