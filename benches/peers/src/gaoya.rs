//! `gaoya`: a pair is what shares a band and has 0.8 of its lanes equal, so near the threshold it is a
//! guess.
//!
//! It parts words at ASCII white space and punctuation only, so quotes that are not ASCII stay on them;
//! nothing is normalised but case, and there are no spans. Texts of fewer than three words are all
//! the same to it.

use ::gaoya::minhash::{
    HashSetContainer, IdContainer, MinHashIndex, MinHasher, MinHasher32, SmallVecContainer,
};
use ::gaoya::text::{shingle_tokens, whitespace_split};

use ahash::RandomState;

use crate::peer::{BANDS, HASHES, Peer, ROWS, THRESHOLD};

/// What its README shows, and its function for word n-grams, which joins words without a separator
/// and allocates each.
pub(crate) fn as_shown() -> impl Peer {
    Gaoya::<_, HashSetContainer<u32>, _> {
        hasher: MinHasher32::new(HASHES),
        index: MinHashIndex::new(BANDS, ROWS, THRESHOLD),
        sign: |hasher, words| hasher.create_signature(shingle_tokens(words, 3)),
    }
}

/// The fastest of what its documentation offers: the container that it advises where nothing is
/// taken out and few are alike, a capacity, a hasher of one's own, and 3-grams hashed where they stand.
/// Sixteen bits a lane and taking all in bulk were no faster.
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
