//! What the peers have in common: an index of signatures that is asked before it takes the next one,
//! which is half the work of taking them all and then asking for each.

use crate::Pairs;

/// All of them have 128 hashes in 16 bands of 8 rows, over word 3-grams.
pub(crate) const BANDS: usize = 16;
pub(crate) const ROWS: usize = 8;
pub(crate) const HASHES: usize = BANDS * ROWS;
pub(crate) const THRESHOLD: f64 = 0.8;

/// Takes texts one after the other.
pub(crate) trait Peer {
    /// Tells those before `text` that it is near to, in any order, and takes it as number `place`.
    fn take(&mut self, place: u32, text: &str, near: impl FnMut(u32));
}

/// The pairs among all texts.
pub(crate) fn pairs(peer: &mut impl Peer, texts: &[String]) -> Pairs {
    let mut pairs = Pairs::new();
    for (place, text) in (0..).zip(texts) {
        peer.take(place, text, |earlier| pairs.push((earlier, place)));
    }
    pairs.sort_unstable();
    pairs
}
