//! The number of a record for `--keep field:NAME`.

use std::cmp::Ordering;

/// A number, or none, which is less than any number.
///
/// Integers of 64 bits compare exactly, although an `f64` cannot represent them all: a time in
/// nanoseconds is one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rank {
    /// The nearest `f64`.
    rounded: f64,
    /// The integer minus `rounded`; for 64 bits it is less than 2^11.
    remainder: i16,
}

impl Rank {
    pub(crate) const NONE: Self = Self { rounded: f64::NEG_INFINITY, remainder: i16::MIN };

    /// The rank of a JSON value, as written: none unless it is a number.
    pub(crate) fn of(raw: &str) -> Self {
        if !raw.starts_with(|c: char| c == '-' || c.is_ascii_digit()) {
            return Self::NONE;
        }
        let Ok(rounded) = raw.parse::<f64>() else { return Self::NONE };
        let remainder = raw.parse::<i128>().map_or(0, |whole| {
            // Rounding preserves the order, so the remainder decides only between equal roundings.
            let remainder = whole.saturating_sub(rounded as i128);
            remainder.clamp(i128::from(i16::MIN) + 1, i128::from(i16::MAX)) as i16
        });
        Self { rounded, remainder }
    }

    pub(crate) fn is_none(self) -> bool {
        self.cmp(Self::NONE).is_eq()
    }

    pub(crate) fn cmp(self, other: Self) -> Ordering {
        // Adding 0 turns -0 into 0.
        (self.rounded + 0.0).total_cmp(&(other.rounded + 0.0)).then(self.remainder.cmp(&other.remainder))
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
            assert!(Rank::of(pair[0]).cmp(Rank::of(pair[1])).is_lt(), "{pair:?}");
        }
        for (a, b) in [("0", "-0"), ("-0.0", "0"), ("10", "1e1"), ("5.0", "5")] {
            assert!(Rank::of(a).cmp(Rank::of(b)).is_eq(), "{a} {b}");
        }
        for none in ["null", "\"7\"", "true", "[1]", "{}"] {
            assert!(Rank::of(none).is_none());
        }
        assert!(!Rank::of("-1e999").is_none());
    }
}
