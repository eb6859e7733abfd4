//! Which sentences of two texts stand beside each other.

use std::collections::HashMap;

use refrain::{Span, text};

/// A word that stands in more sentences than this says nothing about which of them is meant.
const MANY: usize = 16;

/// The sentences of two texts in rows: those that say the same beside each other, in the order of both
/// texts, the others alone. An empty string stands where one side has nothing.
///
/// Each sentence of the left text is matched with that of the right which shares most of its words, the words
/// of few sentences first. Of these pairs the most are kept that do not cross.
pub(crate) fn rows<'t>(left: &'t str, right: &'t str) -> Vec<[&'t str; 2]> {
    let sentences = [left, right].map(text::sentences);
    let words = [0, 1].map(|side| {
        let text = [left, right][side];
        sentences[side].iter().map(|span| distinct_words(span.of(text))).collect::<Vec<_>>()
    });
    let pairs = longest_chain(&most_alike(&words[0], &words[1]));
    let of = |text: &'t str, span: &Span| span.of(text);
    let mut rows = Vec::new();
    let [mut l, mut r] = [0, 0];
    let end = (sentences[0].len(), sentences[1].len());
    for (left_at, right_at) in pairs.into_iter().chain([end]) {
        rows.extend(sentences[0][l..left_at].iter().map(|span| [of(left, span), ""]));
        rows.extend(sentences[1][r..right_at].iter().map(|span| ["", of(right, span)]));
        if let (Some(one), Some(other)) = (sentences[0].get(left_at), sentences[1].get(right_at)) {
            rows.push([of(left, one), of(right, other)]);
        }
        [l, r] = [left_at + 1, right_at + 1];
    }
    rows
}

/// The hashes of the words of a sentence, each once.
fn distinct_words(sentence: &str) -> Vec<u64> {
    let mut words = Vec::new();
    text::hash_tokens(sentence, &mut words);
    words.sort_unstable();
    words.dedup();
    words
}

/// For each left sentence the right one that is most like it, if they share a third of the shorter one's
/// words.
fn most_alike(left: &[Vec<u64>], right: &[Vec<u64>]) -> Vec<(usize, usize)> {
    let mut sentences_with: HashMap<u64, Vec<usize>> = HashMap::new();
    for (at, words) in right.iter().enumerate() {
        words.iter().for_each(|&word| sentences_with.entry(word).or_default().push(at));
    }
    let mut pairs = Vec::new();
    for (at, words) in left.iter().enumerate() {
        let known =
            words.iter().filter_map(|word| sentences_with.get(word)).filter(|with| with.len() <= MANY);
        let mut hits: Vec<(usize, f64)> =
            known.flat_map(|with| with.iter().map(|&other| (other, 1.0 / with.len() as f64))).collect();
        hits.sort_unstable_by_key(|&(other, _)| other);
        let scores = hits.chunk_by(|a, b| a.0 == b.0);
        let scores = scores.map(|same| (same[0].0, same.iter().map(|hit| hit.1).sum::<f64>()));
        // The first of equals.
        let best = scores.reduce(|best, next| if next.1 > best.1 { next } else { best });
        if let Some((other, _)) = best {
            let shared = words.iter().filter(|word| right[other].binary_search(word).is_ok()).count();
            if 3 * shared >= words.len().min(right[other].len()) {
                pairs.push((at, other));
            }
        }
    }
    pairs
}

/// The longest part of some pairs, ascending on the left, that ascends on the right.
fn longest_chain(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // For each length of a chain, the last pair of the one that ends first; and the pair before each.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (at, &(_, right)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|&end| pairs[end].1 < right);
        before.push(length.checked_sub(1).map(|last| ends[last]));
        match ends.get_mut(length) {
            Some(end) if right < pairs[*end].1 => *end = at,
            Some(_) => {}
            None => ends.push(at),
        }
    }
    let mut chain = Vec::new();
    let mut next = ends.last().copied();
    while let Some(at) = next {
        chain.push(pairs[at]);
        next = before[at];
    }
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_that_say_the_same_stand_beside_each_other() {
        let left = "The lock was built in a dry summer. Nobody liked it. Two keepers live beside the gate.";
        let right =
            "In a dry summer they built the lock. A goat came. Beside the gate there live two keepers.";
        assert_eq!(
            rows(left, right),
            [
                ["The lock was built in a dry summer.", "In a dry summer they built the lock."],
                ["Nobody liked it.", ""],
                ["", "A goat came."],
                ["Two keepers live beside the gate.", "Beside the gate there live two keepers."],
            ]
        );
    }

    #[test]
    fn every_sentence_stands_in_one_row() {
        assert!(rows("", "").is_empty());
        assert_eq!(rows("One. Two.", ""), [["One.", ""], ["Two.", ""]]);
        let (left, right) = ("A b c. D e f. G h i. A b c.", "G h i. A b c. X y z. D e f.");
        let rows = rows(left, right);
        let side = |side: usize| {
            rows.iter().map(|row| row[side]).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!((&*side(0), &*side(1)), (left, right));
    }

    #[test]
    fn the_longest_chain_ascends() {
        assert_eq!(longest_chain(&[(0, 5), (1, 1), (2, 2), (3, 0), (4, 3)]), [(1, 1), (2, 2), (4, 3)]);
        assert_eq!(longest_chain(&[(0, 1), (1, 1)]), [(0, 1)]);
        assert!(longest_chain(&[]).is_empty());
    }
}
