//! How signatures are cut into bands.

use super::MinHash;
use crate::util::error::{Error, ErrorKind};

/// `bands` bands of `rows` lanes each; two signatures are candidates if a whole band is equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Banding {
    /// How many bands: more of them find more.
    pub bands: usize,
    /// How many lanes in a band: more of them let less through.
    pub rows: usize,
}

impl Banding {
    /// The strictest banding of at most `lanes` lanes that finds at least the share `recall` of
    /// the pairs whose resemblance is just `threshold`; of those above it, it finds more.
    ///
    /// For each number of rows the fewest bands that reach the recall are taken, and of all those
    /// that fit into the lanes, the one with most rows. The lanes cost the same for every pair of
    /// sets, while each row divides the candidates among unlike sets, whose resemblance is a few
    /// hundredths, by twenty or more: the strictest banding is the cheapest that the lanes afford.
    ///
    /// # Errors
    ///
    /// If `threshold` or `recall` is out of range, or not even bands of one row reach the recall.
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

    /// The same with at most so many rows.
    pub(crate) fn with_rows(threshold: f64, recall: f64, lanes: usize, rows: usize) -> Result<Self, Error> {
        if !(threshold > 0.0 && threshold <= 1.0) {
            return Err(Error::setting("threshold", threshold, "greater than 0 and at most 1"));
        }
        if !(recall > 0.0 && recall < 1.0) {
            return Err(Error::setting("recall", recall, "greater than 0 and less than 1"));
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
            ErrorKind::UnreachableRecall { lanes, threshold, recall, needed }.into()
        })
    }

    /// How many lanes the bands take: `bands · rows`.
    #[must_use]
    pub fn lanes(self) -> usize {
        self.bands * self.rows
    }

    /// The chance that two sets of this resemblance `s` are candidates: `1 - (1 - s^rows)^bands`,
    /// the S-curve.
    #[must_use]
    pub fn probability(self, s: f64) -> f64 {
        1.0 - power(1.0 - power(s, self.rows), self.bands)
    }
}

/// The fewest bands, at most `most`, of which one is equal with a probability of at least `recall`
/// if each is with the probability `equal`.
///
/// By plain multiplication, which rounds alike on every machine, as logarithms need not.
fn fewest_bands(equal: f64, recall: f64, most: usize) -> Option<usize> {
    let mut none = 1.0;
    // No use in going on where multiplying changes nothing any more.
    let most = if 1.0 - equal < 1.0 { most } else { 0 };
    (1..=most).find(|_| {
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
    fn bandings_reach_the_recall_with_most_rows() {
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
    fn too_few_lanes_say_how_many_would_do() {
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
