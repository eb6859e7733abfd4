//! Words that stand close together.

use super::levels::{GAP, LEAST_WORD};
use super::sentences::Sentences;
use super::weights::Weights;
use crate::input::TokenizedDocuments;

/// A stretch of a sentence, from one word of a phrase to another.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stretch {
    pub(super) sentence: u32,
    pub(super) start: u32,
    pub(super) end: u32,
    /// The distinct stems of the phrase that it has, ascending.
    pub(super) keys: Vec<u32>,
    pub(super) weight: f64,
}

/// Finds phrases, and stretches that hold them.
#[derive(Debug)]
pub(super) struct Phrases<'a> {
    texts: &'a TokenizedDocuments<'a>,
    sentences: &'a Sentences,
    weights: &'a Weights,
    /// What a phrase must weigh.
    least: f64,
    /// The tokens that belong to a theme already.
    claimed: Vec<bool>,
    /// Which stems are looked for.
    wanted: Vec<bool>,
}

impl<'a> Phrases<'a> {
    pub(super) fn new(
        texts: &'a TokenizedDocuments<'a>,
        sentences: &'a Sentences,
        weights: &'a Weights,
        least: f64,
        tokens: usize,
    ) -> Self {
        let wanted = vec![false; sentences.stems.len()];
        Self { texts, sentences, weights, least, claimed: vec![false; tokens], wanted }
    }

    /// The phrases that two sentences share: words that both have, that stand close together in both, and
    /// that weigh enough. Each is given as its stems, ascending.
    pub(super) fn shared(&mut self, a: u32, b: u32) -> Vec<Vec<u32>> {
        let (left, right) = (self.sentences.keys(a), self.sentences.keys(b));
        let words = left.iter().copied().filter(|&key| self.weights.of(key) >= LEAST_WORD);
        let words = words.filter(|key| right.binary_search(key).is_ok()).collect();
        let (mut open, mut found): (Vec<Vec<u32>>, Vec<Vec<u32>>) = (vec![words], Vec::new());
        // Words that are close in one sentence only are not of one phrase. Without them, others may be
        // less close.
        while let Some(words) = open.pop() {
            let (left, right) = (self.stretches(a, &words), self.stretches(b, &words));
            for one in &left {
                for other in &right {
                    let both = one.keys.iter().copied();
                    let both: Vec<u32> = both.filter(|key| other.keys.binary_search(key).is_ok()).collect();
                    if both.len() < 2 || self.weights.sum(&both) < self.least {
                        continue;
                    }
                    let list = if both == words { &mut found } else { &mut open };
                    if !list.contains(&both) {
                        list.push(both);
                    }
                }
            }
        }
        found.sort_unstable();
        found
    }

    /// The heaviest stretch of a sentence that holds some words of a phrase, the first of several.
    pub(super) fn heaviest(&mut self, sentence: u32, words: &[u32]) -> Option<Stretch> {
        let stretches = self.stretches(sentence, words);
        stretches.into_iter().rev().max_by(|a, b| a.weight.total_cmp(&b.weight))
    }

    /// The stretches of a sentence in which words of a phrase stand close together, outside claimed tokens.
    fn stretches(&mut self, sentence: u32, words: &[u32]) -> Vec<Stretch> {
        words.iter().for_each(|&key| self.wanted[key as usize] = true);
        let mut found: Vec<Stretch> = Vec::new();
        let (mut open, mut gap) = (false, 0);
        for place in self.sentences.places(sentence) {
            if self.claimed[(place - self.sentences.start) as usize] {
                open = false;
                continue;
            }
            let key = self.sentences.key(place);
            if !self.wanted[key as usize] {
                gap += self.size(place);
                open &= gap <= GAP;
                continue;
            }
            let end = self.end(place, sentence);
            match found.last_mut() {
                Some(stretch) if open => {
                    stretch.end = end;
                    stretch.keys.push(key);
                }
                _ => found.push(Stretch { sentence, start: place, end, keys: vec![key], weight: 0.0 }),
            }
            (open, gap) = (true, 0);
        }
        words.iter().for_each(|&key| self.wanted[key as usize] = false);
        for stretch in &mut found {
            stretch.keys.sort_unstable();
            stretch.keys.dedup();
            stretch.weight = self.weights.sum(&stretch.keys);
        }
        found
    }

    /// Where the stem of a token ends: that of a character of a script without spaces includes the next one.
    fn end(&self, place: u32, sentence: u32) -> u32 {
        let token = |place: u32| &self.texts.tokens[place as usize];
        let next = place + 1;
        let is_inside = next < self.sentences.places(sentence).end;
        let more = is_inside && token(place).is_written_before(token(next));
        next + u32::from(more && !self.claimed[(next - self.sentences.start) as usize])
    }

    /// The length of a token in half-tokens.
    fn size(&self, place: u32) -> u32 {
        if self.texts.tokens[place as usize].unspaced { 1 } else { 2 }
    }

    /// Keeps the tokens of a stretch from other themes.
    pub(super) fn claim(&mut self, stretch: &Stretch) {
        let [start, end] = [stretch.start, stretch.end].map(|place| (place - self.sentences.start) as usize);
        self.claimed[start..end].fill(true);
    }
}
