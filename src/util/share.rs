//! Shares: the quotient of two counts, and how people read it.

/// A part of a whole, as counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Share {
    pub(crate) part: usize,
    pub(crate) whole: usize,
}

impl Share {
    pub(crate) fn new(part: usize, whole: usize) -> Self {
        Self { part, whole }
    }

    /// The quotient, in `0.0..=1.0`; 0 of nothing.
    pub(crate) fn value(self) -> f64 {
        if self.whole == 0 { 0.0 } else { self.part as f64 / self.whole as f64 }
    }
}

/// A share as whole percent, rounded down: 100% is a whole.
pub(crate) fn percent(share: f64) -> String {
    format!("{}%", floor(100.0 * share))
}

/// A share with two digits, rounded down: 1.00 is a whole.
pub(crate) fn two_digits(share: f64) -> String {
    let hundredths = floor(100.0 * share);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// The whole part. The product of 100 and 0.57 counts as 57, although as floats it is a little less.
fn floor(x: f64) -> u32 {
    (x + 1e-9) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_down() {
        assert_eq!([0.57, 0.29, 0.999, 1.0].map(percent), ["57%", "29%", "99%", "100%"]);
        assert_eq!([0.57, 0.996, 1.0, 0.05].map(two_digits), ["0.57", "0.99", "1.00", "0.05"]);
    }

    #[test]
    fn nothing_is_no_part_of_nothing() {
        assert_eq!(Share::new(0, 0).value(), 0.0);
        assert_eq!(Share::new(5, 9).value(), 5.0 / 9.0);
    }
}
