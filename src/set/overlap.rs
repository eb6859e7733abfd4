//! How much two sets have in common: integer counts, and measures computed from them.

use std::cmp::Ordering;

/// The sizes of two sets and of their intersection.
///
/// The counts are exact. Ratios are computed from them when needed, so nothing is rounded before the
/// comparison in [`reaches`](Self::reaches).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Overlap {
    /// |A ∩ B|, at most the smaller of the two sizes.
    pub shared: u32,
    /// |A|.
    pub left: u32,
    /// |B|.
    pub right: u32,
}

impl Overlap {
    /// |A ∪ B|.
    ///
    /// If `shared` is greater than both sizes together, which no two sets allow, this is 0.
    #[must_use]
    pub fn union(self) -> u64 {
        (u64::from(self.left) + u64::from(self.right)).saturating_sub(self.shared.into())
    }

    /// |A ∩ B| / |A ∪ B|, the Jaccard similarity, in `0.0..=1.0`.
    ///
    /// It is 0 for two empty sets: an empty paragraph resembles nothing.
    #[must_use]
    pub fn resemblance(self) -> f64 {
        ratio(self.shared, self.union())
    }

    /// |A ∩ B| / |A| and |A ∩ B| / |B|: which part of the left set is in the right one, and the reverse.
    #[must_use]
    pub fn containment(self) -> [f64; 2] {
        [self.left, self.right].map(|size| ratio(self.shared, size.into()))
    }

    /// Whether the resemblance is at least `threshold`. All comparisons with a threshold are made here.
    #[must_use]
    pub fn reaches(self, threshold: f64) -> bool {
        self.shared > 0 && self.resemblance() >= threshold
    }

    /// The same overlap with left and right exchanged.
    #[must_use]
    pub fn reversed(self) -> Self {
        Self { left: self.right, right: self.left, ..self }
    }

    /// Compares the resemblances exactly, without division.
    #[must_use]
    pub fn cmp_resemblance(self, other: Self) -> Ordering {
        let a = u128::from(self.shared) * u128::from(other.union());
        let b = u128::from(other.shared) * u128::from(self.union());
        a.cmp(&b)
    }
}

/// `part / whole`, or 0 if `whole` is 0.
pub(crate) fn ratio(part: u32, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { f64::from(part) / whole as f64 }
}

/// The overlap of two sets, each given as its distinct members in ascending order.
///
/// In any other order the count of shared members is wrong.
///
/// # Panics
///
/// If a set has 2^32 members or more.
///
/// # Complexity
///
/// Linear in the sum of the sizes.
#[must_use]
pub fn overlap(left: &[u64], right: &[u64]) -> Overlap {
    let shared = shared_at_least(left, right, 0).expect("every overlap is at least 0");
    Overlap { shared, left: size(left), right: size(right) }
}

/// |A ∩ B| if it is at least `least`, else `None` as soon as that is certain.
pub(crate) fn shared_at_least(left: &[u64], right: &[u64], least: u32) -> Option<u32> {
    let least = least as usize;
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while i < left.len() && j < right.len() {
        if shared + (left.len() - i).min(right.len() - j) < least {
            return None;
        }
        // No branch depends on the comparison, whose outcome the machine cannot predict.
        for _ in 0..16 {
            if i == left.len() || j == right.len() {
                break;
            }
            let (a, b) = (left[i], right[j]);
            shared += usize::from(a == b);
            i += usize::from(a <= b);
            j += usize::from(a >= b);
        }
    }
    (shared >= least).then_some(shared as u32)
}

/// The size of a set as a 32-bit count.
fn size(set: &[u64]) -> u32 {
    u32::try_from(set.len()).expect("a paragraph has fewer than 2^32 shingles")
}
