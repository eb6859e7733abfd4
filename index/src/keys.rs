//! The keys under which a document is found: fingerprints and sketches.
//!
//! # Fingerprints
//!
//! A fingerprint is the hash of `k` words in a row. Of every `w` fingerprints in a row the least is chosen, of equal
//! ones the last (Schleimer, Wilkerson, Aiken 2003, *Winnowing*).
//!
//! *Any run of `N = k + w - 1` words that two documents share has a fingerprint that both have chosen.* The run has
//! `N - k + 1 = w` fingerprints in a row, the same in both documents, since a fingerprint depends on its words alone.
//! They are one of the windows of each document, and which of them is chosen depends on nothing else.
//!
//! If all fingerprints differ, a new one is chosen where the least of `w + 1` in a row is the first or the last of
//! them, so a share of `2 / (w + 1)` of all are chosen.
//!
//! # Sketches
//!
//! The sketch of a paragraph is its `s` least shingles (Broder 1997). If two paragraphs have a resemblance of `T`, each
//! of the `s` least shingles of both together is shared with probability `T`, and each shared one is in both sketches.
//! So the number of keys that they share is known in distribution; `settings` chooses `s` by it.

use refrain::set;
use refrain::{Document, ParagraphBreaks, Span, text};

use crate::settings::Derived;

/// The number of bits of a key. With 300 million keys, one of four thousand that are looked up is there by chance.
pub(crate) const KEY_BITS: u32 = 40;
/// Set in the keys of sketches, not in those of fingerprints.
const SKETCH: u64 = 1 << (KEY_BITS - 1);

/// A document, cut into paragraphs and hashed.
#[derive(Clone, Debug)]
pub(crate) struct Hashed {
    /// The tokens of all paragraphs.
    pub(crate) tokens: Vec<u64>,
    pub(crate) paragraphs: Vec<HashedParagraph>,
}

/// A paragraph of a document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HashedParagraph {
    /// Bytes of the text that is read.
    pub(crate) span: Span,
    /// Its first token among those of the document.
    pub(crate) start: usize,
    /// One behind its last.
    pub(crate) end: usize,
    /// Its length in half-tokens.
    size: usize,
}

/// A key and the paragraph of the document that has it: for a fingerprint, the one of its first word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct DocumentKey {
    pub(crate) key: u64,
    pub(crate) paragraph: u32,
    /// The first token of a fingerprint; 0 for a sketch.
    pub(crate) token: u32,
}

impl Hashed {
    pub(crate) fn new(document: &Document<'_>, breaks: ParagraphBreaks) -> Self {
        let mut hashed = Self { tokens: Vec::new(), paragraphs: Vec::new() };
        for span in document.paragraphs(breaks) {
            let start = hashed.tokens.len();
            let size = text::hash_tokens(span.of(document.text()), &mut hashed.tokens);
            hashed.paragraphs.push(HashedParagraph { span, start, end: hashed.tokens.len(), size });
        }
        hashed
    }

    pub(crate) fn tokens_of(&self, paragraph: usize) -> &[u64] {
        let HashedParagraph { start, end, .. } = self.paragraphs[paragraph];
        &self.tokens[start..end]
    }

    /// The shingles of a paragraph that has a sketch.
    pub(crate) fn shingles(&self, paragraph: usize, derived: &Derived) -> Option<set::ShingleSet> {
        let HashedParagraph { start, end, size, .. } = self.paragraphs[paragraph];
        (size >= derived.least && end > start)
            .then(|| set::ShingleSet::new(&self.tokens[start..end], derived.shingle))
    }

    /// All keys, ascending, and for each paragraph the number of its shingles, as far as it has a sketch.
    pub(crate) fn keys(&self, derived: &Derived) -> (Vec<DocumentKey>, Vec<u32>) {
        let mut keys = Vec::new();
        let mut shingles = Vec::new();
        winnow(&self.tokens, derived.width, derived.window, &mut shingles, |token, fingerprint| {
            let paragraph = self.paragraphs.partition_point(|paragraph| paragraph.end <= token);
            let key = fingerprint & (SKETCH - 1);
            keys.push(DocumentKey { key, paragraph: paragraph as u32, token: token as u32 });
        });
        let mut sizes = Vec::with_capacity(self.paragraphs.len());
        for (number, paragraph) in (0..).zip(&self.paragraphs) {
            shingles.clear();
            if paragraph.size >= derived.least {
                let tokens = &self.tokens[paragraph.start..paragraph.end];
                set::shingle(tokens, derived.shingle, &mut shingles);
                shingles.sort_unstable();
                shingles.dedup();
            }
            sizes.push(shingles.len() as u32);
            let least = shingles.iter().take(derived.sketch);
            keys.extend(least.map(|shingle| DocumentKey {
                key: SKETCH | shingle & (SKETCH - 1),
                paragraph: number,
                token: 0,
            }));
        }
        keys.sort_unstable();
        (keys, sizes)
    }
}

impl DocumentKey {
    pub(crate) fn is_sketch(self) -> bool {
        self.key & SKETCH != 0
    }
}

/// Passes the chosen fingerprints with their first token to `sink`. A document that is too short for a window is one
/// window.
fn winnow(
    tokens: &[u64],
    width: usize,
    window: usize,
    hashes: &mut Vec<u64>,
    mut sink: impl FnMut(usize, u64),
) {
    hashes.clear();
    if tokens.len() < width {
        return;
    }
    set::shingle(tokens, width, hashes);
    let window = window.min(hashes.len());
    let mut chosen = None;
    for start in 0..=hashes.len() - window {
        let last = start + window - 1;
        let least = match chosen {
            // The one that was chosen is still the least, unless the new one is.
            Some(at) if at >= start => {
                if hashes[last] <= hashes[at] {
                    last
                } else {
                    at
                }
            }
            _ => {
                let mut least = start;
                for at in start + 1..=last {
                    if hashes[at] <= hashes[least] {
                        least = at;
                    }
                }
                least
            }
        };
        if chosen != Some(least) {
            sink(least, hashes[least]);
            chosen = Some(least);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(seed: u64, len: usize, of: u64) -> Vec<u64> {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state >> 33
        };
        (0..len).map(|_| next() % of).collect()
    }

    fn chosen(tokens: &[u64]) -> Vec<(usize, u64)> {
        let mut found = Vec::new();
        winnow(tokens, 6, 7, &mut Vec::new(), |at, hash| found.push((at, hash)));
        found
    }

    /// As the definition says, window by window.
    #[test]
    fn every_window_has_its_least_fingerprint() {
        // Few different tokens make equal fingerprints.
        for (seed, of) in [(1, 1), (2, 2), (3, 3), (4, 1000)] {
            for len in [0, 5, 6, 11, 12, 13, 200] {
                let tokens = numbers(seed, len, of);
                let mut hashes = Vec::new();
                if len >= 6 {
                    set::shingle(&tokens, 6, &mut hashes);
                }
                let windows = hashes.windows(7.min(hashes.len()).max(1)).enumerate();
                let mut expected: Vec<usize> = windows
                    .map(|(start, window)| {
                        let least = window.iter().min().unwrap();
                        start + window.iter().rposition(|hash| hash == least).unwrap()
                    })
                    .collect();
                expected.dedup();
                let found: Vec<usize> = chosen(&tokens).into_iter().map(|(at, _)| at).collect();
                assert_eq!(found, expected, "{of} tokens, {len}");
            }
        }
    }

    /// 2 / (7 + 1), with a standard error of about 0.3 %.
    #[test]
    fn a_quarter_of_the_fingerprints_is_chosen() {
        let share = chosen(&numbers(7, 100_000, u64::MAX)).len() as f64 / 100_000.0;
        assert!((share - 0.25).abs() < 0.005, "{share}");
    }
}
