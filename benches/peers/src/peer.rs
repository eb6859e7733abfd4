//! The common interface of the peers: an index of signatures. It is queried for a text before the text is
//! inserted, which is half the work of inserting all texts and then querying for each.

use crate::Pairs;

/// All of them have 128 hashes in 16 bands of 8 rows, over word 3-grams.
pub(crate) const BANDS: usize = 16;
pub(crate) const ROWS: usize = 8;
pub(crate) const HASHES: usize = BANDS * ROWS;
pub(crate) const THRESHOLD: f64 = 0.8;

/// An index of texts.
pub(crate) trait Peer {
    /// Returns the earlier texts that are similar to `text`, in any order, and inserts it as number `place`.
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
