//! The number by which one record is preferred to another.

use std::cmp::Ordering;

/// A number by which one record is [preferred](crate::Keep::Field) to another, or none, which is less than any number.
///
/// Integers of 64 bits compare exactly, although an `f64` cannot represent them all: a time in
/// nanoseconds is one.
///
/// ```
/// use refrain::Rank;
///
/// assert!(Rank::from(9_007_199_254_740_993_i128) > Rank::from(9_007_199_254_740_992_i128));
/// assert!(Rank::from(f64::NAN) == Rank::NONE && Rank::NONE < Rank::from(-1.0));
/// assert_eq!(Rank::of_json("\"7\""), Rank::NONE);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Rank {
    /// The nearest `f64`.
    rounded: f64,
    /// The integer minus `rounded`; for 64 bits it is less than 2^11.
    remainder: i16,
}

impl Rank {
    /// No number.
    pub const NONE: Self = Self { rounded: f64::NEG_INFINITY, remainder: i16::MIN };

    /// The rank of a JSON value, as written: none unless it is a number.
    #[must_use]
    pub fn of_json(raw: &str) -> Self {
        if !raw.starts_with(|c: char| c == '-' || c.is_ascii_digit()) {
            return Self::NONE;
        }
        let Ok(rounded) = raw.parse::<f64>() else { return Self::NONE };
        raw.parse().map_or(Self { rounded, remainder: 0 }, |whole| Self::of_whole(whole, rounded))
    }

    fn of_whole(whole: i128, rounded: f64) -> Self {
        // Rounding preserves the order, so the remainder decides only between equal roundings.
        let remainder = whole.saturating_sub(rounded as i128);
        Self { rounded, remainder: remainder.clamp(i128::from(i16::MIN) + 1, i128::from(i16::MAX)) as i16 }
    }

    /// Ten bytes that compare, as bytes do, like the rank.
    ///
    /// ```
    /// use refrain::Rank;
    ///
    /// let ascending = [Rank::NONE, Rank::from(-1.5), Rank::from(0.0), Rank::from(7_i128), Rank::from(1e300)];
    /// assert!(ascending.map(Rank::to_ordered_bytes).is_sorted());
    /// ```
    #[must_use]
    pub fn to_ordered_bytes(self) -> [u8; 10] {
        // The bits of a negative number descend. Adding 0 turns -0 into 0.
        let bits = (self.rounded + 0.0).to_bits();
        let ascending = if bits >> 63 == 1 { !bits } else { bits | 1 << 63 };
        let remainder = (self.remainder as u16) ^ (1 << 15);
        let mut bytes = [0; 10];
        bytes[..8].copy_from_slice(&ascending.to_be_bytes());
        bytes[8..].copy_from_slice(&remainder.to_be_bytes());
        bytes
    }

    /// Whether there is no number.
    #[must_use]
    pub fn is_none(self) -> bool {
        self == Self::NONE
    }
}

impl Ord for Rank {
    fn cmp(&self, other: &Self) -> Ordering {
        // Adding 0 turns -0 into 0.
        (self.rounded + 0.0).total_cmp(&(other.rounded + 0.0)).then(self.remainder.cmp(&other.remainder))
    }
}

impl PartialOrd for Rank {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Rank {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Rank {}

impl From<i128> for Rank {
    fn from(whole: i128) -> Self {
        Self::of_whole(whole, whole as f64)
    }
}

impl From<f64> for Rank {
    /// None for what is not a number.
    fn from(number: f64) -> Self {
        if number.is_nan() { Self::NONE } else { Self { rounded: number, remainder: 0 } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_compare_as_numbers() {
        let ascending = [
            "null",
            "-1e400",
            "-9007199254740993",
            "-9007199254740992",
            "-1.5",
            "-1",
            "0",
            "0.25",
            "2",
            "1e1",
            "9007199254740992",
            "9007199254740993",
            "1700000000000000001",
            "1700000000000000002",
            "18446744073709551614",
            "18446744073709551615",
            "1e300",
        ];
        for pair in ascending.windows(2) {
            let [low, high] = [pair[0], pair[1]].map(Rank::of_json);
            assert!(low < high && low.to_ordered_bytes() < high.to_ordered_bytes(), "{pair:?}");
        }
        for (a, b) in [("0", "-0"), ("-0.0", "0"), ("10", "1e1"), ("5.0", "5")] {
            let [a, b] = [a, b].map(Rank::of_json);
            assert!(a == b && a.to_ordered_bytes() == b.to_ordered_bytes(), "{a:?} {b:?}");
        }
        for none in ["null", "\"7\"", "true", "[1]", "{}"] {
            assert!(Rank::of_json(none).is_none());
        }
        assert!(!Rank::of_json("-1e999").is_none());
    }

    #[test]
    fn numbers_are_those_that_are_written() {
        let most = i128::from(u64::MAX);
        for whole in [i64::MIN.into(), -(1 << 53) - 1, -1, 0, 1, (1 << 53) + 1, most - 1, most] {
            assert_eq!(Rank::from(whole), Rank::of_json(&whole.to_string()));
        }
        for number in [-1.5, -0.0, 0.1, 1e300] {
            assert_eq!(Rank::from(number), Rank::of_json(&format!("{number:?}")));
        }
        assert!(Rank::from(f64::NAN).is_none());
    }
}
