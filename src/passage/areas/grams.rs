//! Runs of two and three keys: what two places share of the order of their words.

use std::ops::Range;

use super::ground::weigh;
use crate::set::hash;

/// The runs of two and of three keys that begin at each place, weighed like keys: by how few units
/// they begin in.
#[derive(Debug)]
pub(super) struct Grams {
    /// For each place the numbers of both runs; `NONE` where the document ends.
    at: Vec<[u32; 2]>,
    weights: Vec<u32>,
}

const NONE: u32 = u32::MAX;

impl Grams {
    /// Those of one or two documents, the first of which ends at `border`.
    pub(super) fn new(keys: &[u32], units: &[Range<u32>], border: u32) -> Self {
        let mut runs: Vec<(u64, u32)> = Vec::with_capacity(2 * keys.len());
        let (first, second) = keys.split_at(border as usize);
        for (base, keys) in [(0, first), (border, second)] {
            for (place, run) in (base..).zip(keys.windows(2)) {
                let pair = u64::from(run[0]) << 32 | u64::from(run[1]);
                runs.push((hash::mix(pair), 2 * place));
            }
            for (place, run) in (base..).zip(keys.windows(3)) {
                let pair = hash::mix(u64::from(run[0]) << 32 | u64::from(run[1]));
                runs.push((hash::mix(pair ^ u64::from(run[2])), 2 * place + 1));
            }
        }
        runs.sort_unstable();
        let mut unit_of = vec![0_u32; keys.len()];
        for (number, unit) in (0..).zip(units) {
            unit_of[unit.start as usize..unit.end as usize].fill(number);
        }
        let mut at = vec![[NONE; 2]; keys.len()];
        let mut frequencies = Vec::new();
        for same in runs.chunk_by(|a, b| a.0 == b.0) {
            let mut count = 0;
            let mut last = NONE;
            for &(_, entry) in same {
                let place = entry as usize / 2;
                at[place][entry as usize % 2] = frequencies.len() as u32;
                // Entries of one run ascend by place, hence by unit.
                count += u32::from(std::mem::replace(&mut last, unit_of[place]) != unit_of[place]);
            }
            frequencies.push(count);
        }
        Self { at, weights: weigh(units.len(), &frequencies) }
    }

    /// The runs that lie in a stretch as a whole, as numbers; some more than once.
    pub(super) fn within(&self, stretch: &Range<u32>) -> impl Iterator<Item = u32> {
        self.beginning(stretch, stretch.end)
    }

    /// The runs that begin in a stretch and end at `end` or before.
    pub(super) fn beginning(&self, stretch: &Range<u32>, end: u32) -> impl Iterator<Item = u32> {
        stretch.clone().flat_map(move |place| {
            let [two, three] = self.at[place as usize];
            let runs = [(two, place + 2), (three, place + 3)];
            runs.into_iter().filter(move |&(run, to)| to <= end && run != NONE).map(|(run, _)| run)
        })
    }

    pub(super) fn weight(&self, run: u32) -> u64 {
        self.weights[run as usize].into()
    }

    /// How many different runs there are.
    pub(super) fn len(&self) -> usize {
        self.weights.len()
    }
}
