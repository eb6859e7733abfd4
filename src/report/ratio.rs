//! Shares of counts, read back as they were.
//!
//! A float that was written in decimals is itself again only if the reader rounds as it should, and
//! `serde_json` may be off in the last bits unless it is told not to be. Shares of counts bear that: there
//! is only one quotient of counts so near.

use serde::{Deserialize, Deserializer};

/// Two different quotients with denominators up to this are more than twice [`OFF`] apart.
const LARGEST: u128 = 1 << 24;
/// How far off a number that was read may be, as a part of it.
const OFF: f64 = 4.0 * f64::EPSILON;
/// So many binary places hold all 53 bits of a number that is no less than 1 / `LARGEST`.
const PLACES: u32 = 76;

/// Reads a share.
pub(super) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    f64::deserialize(deserializer).map(nearest_quotient)
}

/// Reads a share where there may be none.
pub(super) fn read_if_any<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    Option::deserialize(deserializer).map(|read: Option<f64>| read.map(nearest_quotient))
}

/// The quotient of two counts that a number was, or the number itself if there is none so near.
///
/// A quotient `p / q` less than `1 / (2 q²)` away from a number is a convergent of its continued fraction
/// (Legendre). The fraction is that of the float, exactly.
fn nearest_quotient(read: f64) -> f64 {
    if !(1.0 / LARGEST as f64..=1.0).contains(&read) {
        return read;
    }
    let (mut a, mut b) = ((read * (1_u128 << PLACES) as f64) as u128, 1_u128 << PLACES);
    let [mut before, mut last] = [(0, 1), (1, 0)];
    while b > 0 && last.1 <= LARGEST {
        let whole = a / b;
        (a, b) = (b, a % b);
        (before, last) = (last, (before.0 + whole * last.0, before.1 + whole * last.1));
        let quotient = last.0 as f64 / last.1 as f64;
        if (quotient - read).abs() <= OFF * read {
            return quotient;
        }
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::set::hash::mix;

    #[test]
    fn a_share_that_was_read_a_little_off_is_itself_again() {
        let small = (1..200_u64).flat_map(|all| (0..=all).map(move |part| (part, all)));
        let large = (0..20_000).map(|seed| {
            let all = 1 + mix(seed) % (1 << 24);
            (mix(seed + 1_000_000) % (all + 1), all)
        });
        for (part, all) in small.chain(large) {
            let share = part as f64 / all as f64;
            for off in -2..=2_i64 {
                let read = f64::from_bits(share.to_bits().saturating_add_signed(off));
                if part > 0 && read <= 1.0 {
                    assert_eq!(nearest_quotient(read), share, "{part} / {all}");
                }
            }
            assert_eq!(nearest_quotient(share), share);
        }
    }

    #[test]
    fn other_numbers_stay_as_they_are() {
        for other in [0.0, -0.5, 1.5, 1e-9, f64::MAX, f64::INFINITY] {
            assert_eq!(nearest_quotient(other), other);
        }
        assert!(nearest_quotient(f64::NAN).is_nan());
        for seed in 0..1000 {
            let other = mix(seed) as f64 / u64::MAX as f64;
            assert!((nearest_quotient(other) - other).abs() <= OFF);
        }
    }
}
