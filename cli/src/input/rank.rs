//! The number of a record by which it is decided who stays.

use std::cmp::Ordering;

/// A number that compares exactly, also where it is an integer too large for an `f64`, such as a
/// time in nanoseconds; or none, which is less than any.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rank {
    /// The nearest `f64`.
    near: f64,
    /// What an integer has more than that; for 64 bits it is less than 2^11.
    more: i16,
}

impl Rank {
    pub(crate) const NONE: Self = Self { near: f64::NEG_INFINITY, more: i16::MIN };

    /// That of a JSON value, which has one if it is a number.
    pub(crate) fn of(raw: &str) -> Self {
        if !raw.starts_with(|c: char| c == '-' || c.is_ascii_digit()) {
            return Self::NONE;
        }
        let Ok(near) = raw.parse::<f64>() else { return Self::NONE };
        let more = raw.parse::<i128>().map_or(0, |whole| {
            // Rounding keeps order, so that among equal roundings the rest decides.
            let more = whole.saturating_sub(near as i128);
            more.clamp(i128::from(i16::MIN) + 1, i128::from(i16::MAX)) as i16
        });
        Self { near, more }
    }

    pub(crate) fn is_none(self) -> bool {
        self.cmp(Self::NONE).is_eq()
    }

    pub(crate) fn cmp(self, other: Self) -> Ordering {
        // -0 and 0 are one number.
        (self.near + 0.0).total_cmp(&(other.near + 0.0)).then(self.more.cmp(&other.more))
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
