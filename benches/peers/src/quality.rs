//! Recall and precision of a result.

use std::collections::HashSet;

use crate::Pairs;
use crate::truth::True;

/// The recall wanted at the threshold; three standard errors less are accepted.
const RECALL: f64 = 0.99;

/// The width of the slices of resemblance in which true pairs are counted.
const SLICE: f64 = 0.05;

#[derive(Debug)]
pub(crate) struct Quality {
    found: usize,
    right: usize,
    /// The slices from the threshold on.
    slices: Vec<Slice>,
}

/// The true pairs in a slice of resemblance.
#[derive(Clone, Debug)]
pub(crate) struct Slice {
    there: usize,
    found: usize,
}

impl Slice {
    pub(crate) fn recall(&self) -> f64 {
        self.found as f64 / self.there as f64
    }

    /// The lowest accepted recall: the wanted one less three standard errors.
    fn least(&self) -> f64 {
        RECALL - 3.0 * (RECALL * (1.0 - RECALL) / self.there as f64).sqrt()
    }
}

impl Quality {
    /// The quality of pairs `found` at a threshold. `truth` holds at least all pairs from the threshold on.
    pub(crate) fn new(found: &Pairs, truth: &[True], threshold: f64) -> Self {
        let slices = ((1.0 - threshold) / SLICE).round() as usize;
        let mut slices = vec![Slice { there: 0, found: 0 }; slices];
        let found: HashSet<(u32, u32)> = found.iter().copied().collect();
        let mut right = 0;
        for pair in truth.iter().filter(|pair| pair.resemblance >= threshold) {
            // The last slice includes 1.
            let slice = ((pair.resemblance - threshold) / SLICE) as usize;
            let last = slices.len() - 1;
            let slice = &mut slices[slice.min(last)];
            let is_found = found.contains(&(pair.left, pair.right));
            slice.there += 1;
            slice.found += usize::from(is_found);
            right += usize::from(is_found);
        }
        Self { found: found.len(), right, slices }
    }

    pub(crate) fn pairs(&self) -> usize {
        self.found
    }

    pub(crate) fn slices(&self) -> &[Slice] {
        &self.slices
    }

    pub(crate) fn precision(&self) -> f64 {
        self.right as f64 / self.found as f64
    }

    pub(crate) fn recall(&self) -> f64 {
        self.right as f64 / self.slices.iter().map(|slice| slice.there).sum::<usize>() as f64
    }

    /// Fails if a pair is wrong or if too many are missing in a slice, because the time of a wrong result
    /// says nothing.
    pub(crate) fn assert(&self) {
        assert_eq!(self.right, self.found, "every pair is a true one");
        for (at, slice) in self.slices.iter().enumerate() {
            assert!(slice.recall() >= slice.least(), "too little is found in slice {at}: {slice:?}");
        }
    }
}
