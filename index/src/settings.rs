//! The settings of an index, which are fixed when it is created.

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind};

/// The settings of an index. They stand in the file, and never change.
///
/// ```
/// let mut settings = refrain_index::Settings::default();
/// settings.guarantee = 8;
/// settings.detector.threshold = 0.6;
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Settings {
    /// Any run of this many words or more that a document shares with a stored one is found for certain, 4 to 64.
    /// Fewer words make the index larger. Default 12.
    pub guarantee: usize,
    /// Whether texts are kept, compressed. Without them places are named, but not quoted, and shares are estimates.
    /// What they are compressed with has snippets of the first megabyte of them, also when they are removed later.
    /// Default `true`.
    pub texts: bool,
    /// How documents are cut and compared. [`threshold`](refrain::Settings::threshold) and
    /// [`recall`](refrain::Settings::recall) say which near-duplicates are found. Only shingles of words can be
    /// indexed. Default those of the library, with passages of 8 tokens as in a comparison, and without themes.
    pub detector: refrain::Settings,
}

impl Default for Settings {
    fn default() -> Self {
        let mut detector = refrain::Settings::default();
        detector.min_passage_tokens = 8;
        detector.themes = refrain::Themes::Off;
        Self { guarantee: 12, texts: true, detector }
    }
}

/// The numbers that follow from settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Derived {
    /// The words of a fingerprint.
    pub(crate) width: usize,
    /// The fingerprints of which one is chosen.
    pub(crate) window: usize,
    /// The words of a shingle of a paragraph.
    pub(crate) shingle: usize,
    /// The least shingles of a paragraph are kept, this many.
    pub(crate) sketch: usize,
    /// The number of them that two near-duplicates share at least, with the wanted recall.
    pub(crate) shared: usize,
    /// Paragraphs of fewer half-tokens have no sketch.
    pub(crate) least: usize,
}

/// A fingerprint of more words is no rarer, but fewer runs of words have one.
const WIDEST: usize = 8;
/// The most shingles that are kept of a paragraph.
const LARGEST_SKETCH: usize = 128;

impl Settings {
    /// Checks the values.
    pub(crate) fn derive(&self) -> Result<Derived, Error> {
        if !(4..=64).contains(&self.guarantee) {
            let problem = format!("guarantee must be 4 to 64 words, got {}", self.guarantee);
            return Err(Error::new(ErrorKind::Setting, problem));
        }
        let detector = &self.detector;
        let shingle = detector.shingle.to_string();
        let Some(shingle) = shingle.strip_prefix("words:").and_then(|width| width.parse().ok()) else {
            let problem = format!("shingle must be words:N in an index, got {shingle}");
            return Err(Error::new(ErrorKind::Setting, problem));
        };
        // Refuses what is out of range.
        refrain::Detector::with_settings(detector.clone())?;
        let Some((sketch, shared)) = sketch(detector.threshold, detector.recall) else {
            let (threshold, recall) = (detector.threshold, detector.recall);
            let problem = format!(
                "no sketch of {LARGEST_SKETCH} shingles finds pairs at a threshold of {threshold} with a recall of \
                 {recall}; give a greater threshold or a lesser recall"
            );
            return Err(Error::new(ErrorKind::Setting, problem));
        };
        let width = (self.guarantee / 2).min(WIDEST);
        Ok(Derived {
            width,
            window: self.guarantee - width + 1,
            shingle,
            sketch,
            shared,
            least: 2 * detector.min_paragraph_tokens,
        })
    }
}

/// How many of the least shingles are kept of each paragraph, and how many of them two paragraphs of a resemblance
/// of just the threshold share with the wanted probability.
///
/// The shared ones among the `s` least of both together are shared ones of both sketches. Each of those is shared
/// with a probability of the resemblance, so their number varies no more than a binomial one (they are drawn without
/// replacement). At least 2, from 0.6 on, and else 3 are asked for, so that one phrase that
/// everybody writes makes no candidate.
fn sketch(threshold: f64, recall: f64) -> Option<(usize, usize)> {
    let shared = if threshold < 0.6 { 3 } else { 2 };
    // A paragraph whose union with another is larger than the sketch must be able to share as many.
    let least = f64::from(shared as u32) / (threshold * threshold);
    (shared..=LARGEST_SKETCH)
        .find(|&size| size as f64 >= least && 1.0 - fewer(size, shared, threshold) >= recall)
        .map(|size| (size, shared))
}

/// The probability that fewer than `shared` of `size` trials succeed, each with a probability of `chance`.
///
/// It only multiplies and adds, so that the result is the same on all machines.
fn fewer(size: usize, shared: usize, chance: f64) -> f64 {
    // The probabilities of each number of successes below `shared`, trial by trial.
    let mut counts = vec![0.0; shared];
    counts[0] = 1.0;
    for _ in 0..size {
        for count in (0..shared).rev() {
            let before = if count == 0 { 0.0 } else { counts[count - 1] * chance };
            counts[count] = counts[count] * (1.0 - chance) + before;
        }
    }
    counts.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sketches_are_as_large_as_the_recall_asks() {
        for (threshold, recall, expected) in
            [(0.5, 0.99, (14, 3)), (0.5, 0.999, (18, 3)), (0.8, 0.99, (5, 2)), (0.3, 0.99, (34, 3))]
        {
            assert_eq!(sketch(threshold, recall), Some(expected), "{threshold}, {recall}");
        }
        assert_eq!(sketch(0.01, 0.99), None);
    }

    #[test]
    fn wrong_settings_are_named() {
        let with = |change: &dyn Fn(&mut Settings)| {
            let mut settings = Settings::default();
            change(&mut settings);
            settings.derive().unwrap_err().to_string()
        };
        assert_eq!(with(&|settings| settings.guarantee = 3), "guarantee must be 4 to 64 words, got 3");
        assert_eq!(
            with(&|settings| settings.detector.shingle = refrain::Shingle::chars(5)),
            "shingle must be words:N in an index, got chars:5"
        );
        assert_eq!(
            with(&|settings| settings.detector.threshold = 1.5),
            "threshold must be greater than 0 and at most 1, got 1.5"
        );
        let derived = Settings::default().derive().unwrap();
        assert_eq!((derived.width, derived.window), (6, 7));
    }
}
