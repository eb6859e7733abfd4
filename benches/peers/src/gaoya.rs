//! `gaoya`: two texts are a pair if they share a band and at least 0.8 of their lanes are equal. This is an
//! estimate, which may be wrong near the threshold.
//!
//! It separates words only at ASCII white space and punctuation, so quotes that are not ASCII stay in the
//! words. It normalises only case, and there are no spans. All texts of fewer than three words are equal
//! for it.

use ::gaoya::minhash::{
    HashSetContainer, IdContainer, MinHashIndex, MinHasher, MinHasher32, SmallVecContainer,
};
use ::gaoya::text::{shingle_tokens, whitespace_split};

use ahash::RandomState;

use crate::peer::{BANDS, HASHES, Peer, ROWS, THRESHOLD};

/// The code of its README, with its function for word n-grams, which joins words without a separator and
/// allocates each n-gram.
pub(crate) fn as_shown() -> impl Peer {
    Gaoya::<_, HashSetContainer<u32>, _> {
        hasher: MinHasher32::new(HASHES),
        index: MinHashIndex::new(BANDS, ROWS, THRESHOLD),
        sign: |hasher, words| hasher.create_signature(shingle_tokens(words, 3)),
    }
}

/// The fastest way that its documentation offers: the container that it recommends if nothing is removed
/// and few texts are similar, a capacity, another hasher, and 3-grams hashed without allocation. Lanes of
/// 16 bits and inserting all texts at once were not faster.
pub(crate) fn tuned(capacity: usize) -> impl Peer {
    Gaoya::<_, SmallVecContainer<u32, 4>, _> {
        hasher: MinHasher32::new_with_hasher(HASHES, RandomState::with_seeds(1, 2, 3, 4)),
        index: MinHashIndex::new_with_capacity(BANDS, ROWS, THRESHOLD, capacity, 0.2),
        sign: |hasher, words| hasher.create_signature(words.windows(3)),
    }
}

struct Gaoya<H, C, S>
where
    C: IdContainer<u32>,
    S: Fn(&H, &Vec<&str>) -> Vec<u32>,
{
    hasher: H,
    index: MinHashIndex<u32, u32, C>,
    sign: S,
}

impl<H, C, S> Peer for Gaoya<H, C, S>
where
    C: IdContainer<u32>,
    S: Fn(&H, &Vec<&str>) -> Vec<u32>,
{
    fn take(&mut self, place: u32, text: &str, near: impl FnMut(u32)) {
        let text = text.to_lowercase();
        let words = whitespace_split(&text).collect();
        let signature = (self.sign)(&self.hasher, &words);
        self.index.query(&signature).into_iter().copied().for_each(near);
        self.index.insert(place, signature);
    }
}
