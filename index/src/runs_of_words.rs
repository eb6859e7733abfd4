//! The runs of words that two documents share, word for word.

use std::collections::HashMap;
use std::ops::Range;

use refrain::set;

/// The first place of each run of `length` tokens in a document.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    length: usize,
    places: HashMap<u64, u32>,
}

/// The hashes of all runs of `length` tokens.
fn hashes(tokens: &[u64], length: usize) -> Vec<u64> {
    let mut hashes = Vec::new();
    if tokens.len() >= length {
        set::shingle(tokens, length, &mut hashes);
    }
    hashes
}

impl Places {
    pub(crate) fn new(tokens: &[u64], length: usize) -> Self {
        let mut places = HashMap::new();
        for (place, hash) in (0..).zip(hashes(tokens, length)) {
            places.entry(hash).or_insert(place);
        }
        Self { length, places }
    }

    /// Whether a document probably shares a run.
    pub(crate) fn any_in(&self, tokens: &[u64]) -> bool {
        hashes(tokens, self.length).iter().any(|hash| self.places.contains_key(hash))
    }
}

/// The runs of `length` tokens or more of `tokens` that stand in `stored`, too, as long as they go, each with the first
/// place there: both as ranges of tokens. Two of them may overlap by fewer than `length` tokens. Every run of `length`
/// tokens that both have lies in one of them.
pub(crate) fn shared(tokens: &[u64], stored: &[u64], length: usize) -> Vec<[Range<usize>; 2]> {
    let places = Places::new(stored, length);
    let mut found = Vec::new();
    let mut at = 0;
    for (start, hash) in hashes(tokens, length).into_iter().enumerate() {
        if start < at {
            continue;
        }
        let Some(&place) = places.places.get(&hash) else { continue };
        let place = place as usize;
        let equal = tokens[start..].iter().zip(&stored[place..]).take_while(|(a, b)| a == b).count();
        if equal >= length {
            found.push([start..start + equal, place..place + equal]);
            // The next run has at least one token more.
            at = start + equal - length + 1;
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
        for round in 0..200 {
            let mut next = |of: u64| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (state >> 33) % of
            };
            // Few different tokens, so that much is shared.
            let of = 2 + round % 3;
            let (len, other) = (next(40) as usize, next(40) as usize);
            let tokens: Vec<u64> = (0..len).map(|_| next(of)).collect();
            let stored: Vec<u64> = (0..other).map(|_| next(of)).collect();
            let found = shared(&tokens, &stored, 4);
            for [own, there] in &found {
                assert!(own.len() >= 4);
                assert_eq!(tokens[own.clone()], stored[there.clone()]);
            }
            for (start, run) in tokens.windows(4).enumerate() {
                let is_shared = stored.windows(4).any(|other| other == run);
                let is_found = found.iter().any(|[own, _]| own.start <= start && start + 4 <= own.end);
                assert_eq!(is_found, is_shared, "{tokens:?} {stored:?} {start}");
            }
            assert_eq!(Places::new(&tokens, 4).any_in(&stored), !found.is_empty());
        }
    }
}
