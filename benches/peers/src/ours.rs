//! `refrain`: full Unicode handling, every pair verified exactly.

use refrain::{Detector, Pair};

use crate::Pairs;

/// A detector for paragraphs of any length that reports every pair of identical ones.
pub(crate) fn detector(threshold: f64, threads: usize) -> Detector {
    let detector = Detector::builder().threshold(threshold).min_paragraph_tokens(1).copies(usize::MAX);
    detector.threads(threads).build().expect("these settings are valid")
}

pub(crate) fn pairs(detector: &Detector, texts: &[String]) -> Vec<Pair> {
    detector.pairs(texts)
}

pub(crate) fn places(pairs: &[Pair]) -> Pairs {
    pairs.iter().map(|pair| (pair.left.0, pair.right.0)).collect()
}
