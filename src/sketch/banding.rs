//! How many bands and rows signatures are cut into.

use super::MinHash;
use crate::util::error::{Cause, Error};

/// `bands` bands of `rows` lanes each; two sets are candidates if a whole band of their signatures is equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Banding {
    /// The number of bands: more bands find more candidates.
    pub bands: usize,
    /// The number of lanes in a band: more rows find fewer candidates.
    pub rows: usize,
}

impl Banding {
    /// The strictest banding of at most `lanes` lanes that finds at least the fraction `recall` of the
    /// pairs whose resemblance is exactly `threshold`. It finds a greater fraction of the pairs above.
    ///
    /// For each number of rows, it takes the smallest number of bands that reaches the recall. Of the
    /// bandings that fit into the lanes it takes the one with most rows. Each additional row divides the
    /// number of candidates among unlike sets, whose resemblance is a few hundredths, by twenty or more.
    ///
    /// # Errors
    ///
    /// If `threshold` is not in `(0, 1]`, if `recall` is not in `(0, 1)`, or if even bands of one row do not
    /// reach the recall.
    ///
    /// ```
    /// use refrain::sketch::Banding;
    ///
    /// assert_eq!(Banding::for_threshold(0.8, 0.99, 128)?, Banding { bands: 16, rows: 6 });
    /// # Ok::<(), refrain::Error>(())
    /// ```
    pub fn for_threshold(threshold: f64, recall: f64, lanes: usize) -> Result<Self, Error> {
        Self::with_rows(threshold, recall, lanes, lanes)
    }

    /// The same with at most `rows` rows.
    pub(crate) fn with_rows(threshold: f64, recall: f64, lanes: usize, rows: usize) -> Result<Self, Error> {
        if !(threshold > 0.0 && threshold <= 1.0) {
            return Err(Error::out_of_range("threshold", threshold, "greater than 0 and at most 1"));
        }
        if !(recall > 0.0 && recall < 1.0) {
            return Err(Error::out_of_range("recall", recall, "greater than 0 and less than 1"));
        }
        let mut best = None;
        // P(a band is equal) = threshold^rows, P(none of them is) = (1 − threshold^rows)^bands.
        let mut equal = 1.0;
        for rows in 1..=rows.min(lanes) {
            equal *= threshold;
            let Some(bands) = fewest_bands(equal, recall, lanes / rows) else { break };
            best = Some(Self { bands, rows });
        }
        best.ok_or_else(|| {
            let needed = fewest_bands(threshold, recall, MinHash::MAX_LANES);
            Cause::UnreachableRecall { lanes, threshold, recall, needed }.into()
        })
    }

    /// The number of lanes in all bands: `bands · rows`.
    #[must_use]
    pub fn lanes(self) -> usize {
        self.bands * self.rows
    }

    /// The probability that two sets of resemblance `s` are candidates: `1 - (1 - s^rows)^bands`, the
    /// S-curve.
    #[must_use]
    pub fn probability(self, s: f64) -> f64 {
        1.0 - power(1.0 - power(s, self.rows), self.bands)
    }
}

/// The smallest number of bands, at most `max`, with which the probability that at least one band is equal
/// reaches `recall`, if each band is equal with probability `equal`.
///
/// It only multiplies, because logarithms may be rounded differently on different machines.
fn fewest_bands(equal: f64, recall: f64, max: usize) -> Option<usize> {
    let mut none = 1.0;
    // If `1.0 - equal` is rounded to 1, multiplication has no effect.
    let max = if 1.0 - equal < 1.0 { max } else { 0 };
    (1..=max).find(|_| {
        none *= 1.0 - equal;
        1.0 - none >= recall
    })
}

fn power(base: f64, exponent: usize) -> f64 {
    (0..exponent).fold(1.0, |power, _| power * base)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bandings_have_most_rows_that_reach_the_recall() {
        for (threshold, bands, rows) in [(0.5, 35, 3), (0.7, 17, 4), (0.8, 16, 6), (0.9, 11, 10)] {
            let banding = Banding::for_threshold(threshold, 0.99, 128).unwrap();
            assert_eq!(banding, Banding { bands, rows }, "{threshold}");
            assert!(banding.probability(threshold) >= 0.99);
            let fewer = Banding { bands: bands - 1, rows };
            assert!(fewer.probability(threshold) < 0.99);
        }
        let all_equal = Banding::for_threshold(1.0, 0.99, 128).unwrap();
        assert_eq!(all_equal, Banding { bands: 1, rows: 128 });
        let of_five_rows = |threshold| Banding::with_rows(threshold, 0.99, 128, 5).unwrap();
        assert_eq!(of_five_rows(0.8), Banding { bands: 12, rows: 5 });
        assert_eq!(of_five_rows(0.7), Banding { bands: 17, rows: 4 });
    }

    #[test]
    fn too_few_lanes_are_an_error_that_says_how_many_are_needed() {
        let error = Banding::for_threshold(0.02, 0.99, 128).unwrap_err();
        assert_eq!(
            error.to_string(),
            "128 lanes cannot reach a recall of 0.99 at threshold 0.02, 228 lanes can"
        );
        for threshold in [0.0, -1.0, 1.5, f64::NAN] {
            assert!(Banding::for_threshold(threshold, 0.99, 128).is_err());
        }
        for recall in [0.0, 1.0, f64::NAN] {
            assert!(Banding::for_threshold(0.5, recall, 128).is_err());
        }
    }
}
