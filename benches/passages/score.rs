//! plagdet, the measure of Potthast, Stein, Barrón-Cedeño and Rosso (2010).
//!
//! A case is a part of the left text and the part of the right text that was planted from it. A detection
//! is two parts that are reported to match. Both are sets of characters of the left and of the right text.
//! A detection `r` detects a case `s` if they share characters on both sides. Then `s ⊓ r` is the set of
//! characters that they share; otherwise it is empty.
//!
//! ```text
//! precision   = the mean over detections r of |⋃ over s of (s ⊓ r)| / |r|
//! recall      = the mean over cases s of |⋃ over r of (s ⊓ r)| / |s|
//! granularity = the mean over detected cases of how many detections each has
//! plagdet     = F1 / log2(1 + granularity)
//! ```

use std::ops::{AddAssign, Range};

/// A part of the left text and a part of the right text: a case or a detection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Alignment {
    pub(crate) left: Range<usize>,
    pub(crate) right: Range<usize>,
}

impl Alignment {
    fn len(&self) -> usize {
        self.left.len() + self.right.len()
    }

    fn detects(&self, case: &Self) -> bool {
        !common(&self.left, &case.left).is_empty() && !common(&self.right, &case.right).is_empty()
    }

    /// Whether both parts lie inside those of the other.
    fn lies_in(&self, other: &Self) -> bool {
        let inside = |a: &Range<usize>, b: &Range<usize>| b.start <= a.start && a.end <= b.end;
        inside(&self.left, &other.left) && inside(&self.right, &other.right)
    }

    /// The number of its characters that lie in those `others` with which it shares characters on both sides.
    fn covered(&self, others: &[Self]) -> usize {
        let met: Vec<&Self> = others.iter().filter(|other| other.detects(self)).collect();
        let side = |own: &Range<usize>, of: fn(&Self) -> &Range<usize>| {
            size_of_union(met.iter().map(|other| common(own, of(other))).collect())
        };
        side(&self.left, |other| &other.left) + side(&self.right, |other| &other.right)
    }
}

fn common(a: &Range<usize>, b: &Range<usize>) -> Range<usize> {
    a.start.max(b.start)..a.end.min(b.end)
}

fn size_of_union(mut ranges: Vec<Range<usize>>) -> usize {
    ranges.sort_unstable_by_key(|range| (range.start, range.end));
    let (mut size, mut reached) = (0, 0);
    for range in ranges {
        size += range.end.saturating_sub(range.start.max(reached));
        reached = reached.max(range.end);
    }
    size
}

/// Removes those that lie inside another one on both sides, because they add nothing to it.
///
/// Of equal ones the first is kept. A passage inside a longer one is reported if it also occurs elsewhere.
/// That should not lower the score of the longer one.
pub(crate) fn outermost(alignments: &[Alignment]) -> Vec<Alignment> {
    let contained = |index: usize| {
        let own = &alignments[index];
        alignments
            .iter()
            .enumerate()
            .any(|(at, other)| at != index && own.lies_in(other) && (at < index || !other.lies_in(own)))
    };
    (0..alignments.len()).filter(|&index| !contained(index)).map(|index| alignments[index].clone()).collect()
}

/// Sums over any number of problems.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Score {
    pub(crate) cases: usize,
    pub(crate) detections: usize,
    /// The sums of the recalls of the cases and of the precisions of the detections.
    recalls: f64,
    precisions: f64,
    /// The number of detected cases, and the sum of the numbers of their detections.
    detected: usize,
    detecting: usize,
}

impl Score {
    /// The score of detections for the planted `cases`; all lengths are in characters.
    pub(crate) fn new(cases: &[Alignment], detections: &[Alignment]) -> Self {
        let share = |own: &Alignment, others: &[Alignment]| own.covered(others) as f64 / own.len() as f64;
        let counts = cases.iter().map(|case| detections.iter().filter(|found| found.detects(case)).count());
        let counts: Vec<usize> = counts.filter(|&count| count > 0).collect();
        Self {
            cases: cases.len(),
            detections: detections.len(),
            recalls: cases.iter().map(|case| share(case, detections)).sum(),
            precisions: detections.iter().map(|found| share(found, cases)).sum(),
            detected: counts.len(),
            detecting: counts.iter().sum(),
        }
    }

    /// 0 if nothing was detected.
    pub(crate) fn precision(&self) -> f64 {
        mean(self.precisions, self.detections).unwrap_or(0.0)
    }

    /// 0 if nothing was planted.
    pub(crate) fn recall(&self) -> f64 {
        mean(self.recalls, self.cases).unwrap_or(0.0)
    }

    /// At least 1; 1 if no case was detected.
    pub(crate) fn granularity(&self) -> f64 {
        mean(self.detecting as f64, self.detected).unwrap_or(1.0)
    }

    #[expect(clippy::disallowed_methods, reason = "the score is defined so, and decides nothing")]
    pub(crate) fn plagdet(&self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        if precision + recall == 0.0 {
            return 0.0;
        }
        2.0 * precision * recall / (precision + recall) / (1.0 + self.granularity()).log2()
    }
}

fn mean(sum: f64, count: usize) -> Option<f64> {
    (count > 0).then(|| sum / count as f64)
}

impl AddAssign for Score {
    fn add_assign(&mut self, other: Self) {
        self.cases += other.cases;
        self.detections += other.detections;
        self.recalls += other.recalls;
        self.precisions += other.precisions;
        self.detected += other.detected;
        self.detecting += other.detecting;
    }
}
