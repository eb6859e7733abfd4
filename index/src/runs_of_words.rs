//! The runs of words that two documents share, word for word.

use std::collections::HashMap;
use std::ops::Range;

use refrain::set::{self, hash::is_unspaced};

/// All runs of `length` words: their hashes, and the token behind the last of each. A run begins at every token that
/// enough tokens follow; two characters of a script without spaces count as a word.
pub(crate) fn runs(tokens: &[u64], length: usize) -> (Vec<u64>, Vec<u32>) {
    let half_words: usize = tokens.iter().map(|&token| if is_unspaced(token) { 1 } else { 2 }).sum();
    let mut hashes = Vec::new();
    if half_words < 2 * length {
        return (hashes, Vec::new());
    }
    set::shingle(tokens, length, &mut hashes);
    (hashes, set::shingle_ends(tokens, length))
}

/// The first place of each run of `length` words in a document.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    length: usize,
    places: HashMap<u64, u32>,
}

impl Places {
    pub(crate) fn new(tokens: &[u64], length: usize) -> Self {
        let mut places = HashMap::new();
        for (place, hash) in (0..).zip(runs(tokens, length).0) {
            places.entry(hash).or_insert(place);
        }
        Self { length, places }
    }

    /// Whether a document probably shares a run.
    pub(crate) fn any_in(&self, tokens: &[u64]) -> bool {
        runs(tokens, self.length).0.iter().any(|hash| self.places.contains_key(hash))
    }
}

/// The runs of `length` words or more of `tokens` that stand in `stored`, too, as long as they go, each with the first
/// place there: both as ranges of tokens. Two of them may overlap by less than `length` words. Every run of `length`
/// words that both have lies in one of them.
pub(crate) fn shared(tokens: &[u64], stored: &[u64], length: usize) -> Vec<[Range<usize>; 2]> {
    let places = Places::new(stored, length);
    let mut found: Vec<[Range<usize>; 2]> = Vec::new();
    let (hashes, ends) = runs(tokens, length);
    for (start, (hash, end)) in hashes.into_iter().zip(ends).enumerate() {
        let end = end as usize;
        if found.last().is_some_and(|[last, _]| end <= last.end) {
            continue;
        }
        let Some(&place) = places.places.get(&hash) else { continue };
        let place = place as usize;
        let equal = tokens[start..].iter().zip(&stored[place..]).take_while(|(a, b)| a == b).count();
        if start + equal >= end {
            found.push([start..start + equal, place..place + equal]);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shared_run_lies_in_one_that_is_found() {
        let mut state = 1_u64;
        let [word, character] = ["a", "字"].map(|text| {
            let mut tokens = Vec::new();
            refrain::text::hash_tokens(text, &mut tokens);
            tokens[0] & !0xff
        });
        for round in 0..600 {
            let mut next = |of: u64| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (state >> 33) % of
            };
            // Few different tokens, so that much is shared.
            let of = 2 + round as u64 / 3 % 3;
            let (len, other) = (next(40) as usize, next(40) as usize);
            // Words, characters of a script without spaces, and both.
            let kinds = [vec![word], vec![character], vec![word, character]][round % 3].clone();
            let mut text = |len| -> Vec<u64> {
                (0..len).map(|_| kinds[next(kinds.len() as u64) as usize] + next(of)).collect()
            };
            let (tokens, stored) = (text(len), text(other));
            let half_words =
                |run: &[u64]| run.iter().map(|&token| if is_unspaced(token) { 1 } else { 2 }).sum();
            let found = shared(&tokens, &stored, 4);
            for [own, there] in &found {
                let size: usize = half_words(&tokens[own.clone()]);
                assert!(size >= 8);
                assert_eq!(tokens[own.clone()], stored[there.clone()]);
            }
            for start in 0..tokens.len() {
                let long_enough = |&end: &usize| half_words(&tokens[start..end]) >= 8;
                let Some(end) = (start..=tokens.len()).find(long_enough) else { continue };
                let run = &tokens[start..end];
                let is_shared = stored.windows(run.len()).any(|other| other == run);
                let is_found = found.iter().any(|[own, _]| own.start <= start && end <= own.end);
                assert_eq!(is_found, is_shared, "{tokens:?} {stored:?} {start}");
            }
            assert_eq!(Places::new(&tokens, 4).any_in(&stored), !found.is_empty());
        }
    }
}
