//! How complete and how correct an answer is.

use std::collections::HashSet;

use crate::Pairs;
use crate::truth::True;

/// What is wanted at the threshold, less three standard errors.
const RECALL: f64 = 0.99;

/// True pairs are counted by slices of the resemblance of this width.
const SLICE: f64 = 0.05;

#[derive(Debug)]
pub(crate) struct Quality {
    found: usize,
    right: usize,
    /// From the threshold up.
    slices: Vec<Slice>,
}

/// The true pairs of some resemblance.
#[derive(Clone, Debug)]
pub(crate) struct Slice {
    there: usize,
    found: usize,
}

impl Slice {
    pub(crate) fn recall(&self) -> f64 {
        self.found as f64 / self.there as f64
    }

    /// The least recall that is not a fault, as three standard errors below the wanted one.
    fn least(&self) -> f64 {
        RECALL - 3.0 * (RECALL * (1.0 - RECALL) / self.there as f64).sqrt()
    }
}

impl Quality {
    /// Of pairs that are `found` at a threshold. `truth` holds all pairs from there on, and maybe more.
    pub(crate) fn new(found: &Pairs, truth: &[True], threshold: f64) -> Self {
        let slices = ((1.0 - threshold) / SLICE).round() as usize;
        let mut slices = vec![Slice { there: 0, found: 0 }; slices];
        let found: HashSet<(u32, u32)> = found.iter().copied().collect();
        let mut right = 0;
        for pair in truth.iter().filter(|pair| pair.resemblance >= threshold) {
            // The last slice holds 1, too.
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

    /// Fails if a pair is wrong, or too many are missing in a slice: an answer that is fast and wrong
    /// is none.
    pub(crate) fn assert(&self) {
        assert_eq!(self.right, self.found, "every pair is a true one");
        for (at, slice) in self.slices.iter().enumerate() {
            assert!(slice.recall() >= slice.least(), "too little is found in slice {at}: {slice:?}");
        }
    }
}
