//! `gaoya`, whose index lives in memory.

use gaoya::minhash::{MinHashIndex, MinHasher, MinHasher32};
use gaoya::text::{shingle_tokens, whitespace_split};

use crate::data::Data;
use crate::measure::Measured;
use crate::{Outcome, THRESHOLD};

/// The numbers of its README for a threshold of 0.5.
const BANDS: usize = 42;
const ROWS: usize = 3;

/// The code of its README, with its function for word n-grams.
pub(crate) fn gaoya(data: &Data) -> Outcome<Measured> {
    let hasher = MinHasher32::new(BANDS * ROWS);
    let sign = |text: &str| {
        let text = text.to_lowercase();
        let words = whitespace_split(&text).collect();
        hasher.create_signature(shingle_tokens(&words, 3))
    };
    let add = || {
        let mut index: MinHashIndex<u32, usize> = MinHashIndex::new(BANDS, ROWS, THRESHOLD);
        for (number, text) in data.stored.iter().enumerate() {
            index.insert(number, sign(text));
        }
        Ok(index)
    };
    let mut measured = Measured::of(&data.queries, add, |index, text| {
        Ok(index.query(&sign(text)).into_iter().copied().collect())
    })?;
    measured.bytes = Some(0);
    Ok(measured)
}
