//! How much it tells that a token comes back.

use super::sequence::Sequence;

/// Weights are whole thousandths, so that sums do not depend on their order.
pub(super) const ONE: u64 = 1000;

/// From so many sentences on their counts are believed in full.
pub(super) const ENOUGH_SENTENCES: u64 = 20;

/// Tokens weighed by how few sentences hold them.
#[derive(Debug)]
pub(super) struct Weights {
    by_key: Vec<u32>,
    /// What the tokens of a passage must weigh together, inside one document
    pub(super) least: u64,
    /// and in two.
    pub(super) least_across: u64,
}

impl Weights {
    /// A token that stands in `f` of `n` sentences weighs `max(0, ln((n + 1) / (f + 0.5)) - 1)`: nothing
    /// if more than about a third of all sentences hold it. Contexts that were met before count for
    /// neither number. Passages must weigh `2 + max(0, ln(n / 30))`, since more text repeats more by
    /// chance; in two documents up to three times that, as far as the counts are believed: different
    /// writers have many turns of speech in common, while one who repeats them is worth a remark.
    ///
    /// In a text of a few sentences the counts say little: there, in proportion to what is missing
    /// of 20 sentences, every token weighs 1.
    pub(super) fn new(sequence: &Sequence) -> Self {
        let n = u64::from(sequence.sentences);
        let trust = n.min(ENOUGH_SENTENCES);
        let weight = |&frequency: &u32| {
            let rarity = ln((n + 1) as f64 / (f64::from(frequency) + 0.5));
            let informed = thousandths(rarity).saturating_sub(ONE);
            ((informed * trust + ONE * (ENOUGH_SENTENCES - trust)) / ENOUGH_SENTENCES) as u32
        };
        let least = 2 * ONE + thousandths(ln(n.max(30) as f64 / 30.0));
        Self {
            by_key: sequence.frequencies.iter().map(weight).collect(),
            least,
            least_across: least + 2 * least * trust / ENOUGH_SENTENCES,
        }
    }

    /// The weight of a key.
    pub(super) fn of(&self, key: u32) -> u64 {
        self.by_key[key as usize].into()
    }
}

pub(super) fn thousandths(x: f64) -> u64 {
    (x * ONE as f64 + 0.5) as u64
}

/// The natural logarithm of a positive number, to about eight digits.
///
/// The library function may differ in its last bit from one platform to the next; additions,
/// multiplications and divisions may not. With `x = 2^e · m`, `z = (m - 1) / (m + 1)`, the
/// logarithm of `m` is `2 (z + z^3/3 + z^5/5 + …)`.
pub(super) fn ln(x: f64) -> f64 {
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
    #[test]
    fn ln_is_the_logarithm() {
        for x in [1e-6, 0.5, 0.74, 0.76, 1.0, 1.49, 1.51, 2.0, 10.0, 12_345.678, 1e9] {
            assert!((super::ln(x) - f64::ln(x)).abs() < 1e-8, "{x}");
        }
    }
}
