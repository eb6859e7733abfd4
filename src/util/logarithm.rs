//! The natural logarithm, the same on every machine.

/// The natural logarithm of a positive number, to about eight digits.
///
/// The library function may differ in its last bit from one platform to the next; additions,
/// multiplications and divisions may not. With `x = 2^e · m` and `z = (m - 1) / (m + 1)`, the
/// logarithm of `m` is `2 (z + z^3/3 + z^5/5 + …)`.
pub(crate) fn ln(x: f64) -> f64 {
    let (mut m, mut e) = (x, 0.0);
    while m >= 1.5 {
        (m, e) = (m / 2.0, e + 1.0);
    }
    while m < 0.75 {
        (m, e) = (m * 2.0, e - 1.0);
    }
    let z = (m - 1.0) / (m + 1.0);
    let series = (0..8).rev().fold(0.0, |sum, k| sum * z * z + 1.0 / f64::from(2 * k + 1));
    e * std::f64::consts::LN_2 + 2.0 * z * series
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[allow(clippy::disallowed_methods, reason = "the standard logarithm is what ours is compared with")]
    fn ln_is_the_logarithm() {
        for x in [1e-6, 0.5, 0.74, 0.76, 1.0, 1.49, 1.51, 2.0, 10.0, 12_345.678, 1e9] {
            assert!((ln(x) - f64::ln(x)).abs() < 1e-8, "{x}");
        }
    }
}
