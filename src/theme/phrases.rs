//! Words that stand close together.

use std::cmp::Ordering;

use super::levels::{GAP, LEAST_WORD, LONGEST_SENTENCE};
use super::sentences::Sentences;
use super::weights::Weights;
use crate::input::TokenizedDocuments;

/// Some words of a phrase: a bit for each, by its number in the phrase.
pub(super) type Words = u128;

/// A phrase is of one sentence, so it has no more words than that.
const _: () = assert!(LONGEST_SENTENCE <= Words::BITS);

/// A stretch of a sentence, from one word of a phrase to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stretch {
    pub(super) sentence: u32,
    pub(super) start: u32,
    pub(super) end: u32,
    /// The words of the phrase that it has,
    pub(super) words: Words,
    /// and their weight.
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
    /// The phrase that is looked for, as stems, ascending.
    words: Vec<u32>,
    /// The number of each stem in it, from 1, or 0.
    numbers: Vec<u8>,
}

impl<'a> Phrases<'a> {
    pub(super) fn new(
        texts: &'a TokenizedDocuments<'a>,
        sentences: &'a Sentences,
        weights: &'a Weights,
        least: f64,
        tokens: usize,
    ) -> Self {
        let numbers = vec![0; sentences.stems.len()];
        Self { texts, sentences, weights, least, claimed: vec![false; tokens], words: Vec::new(), numbers }
    }

    /// Looks for these stems, ascending, from now on.
    pub(super) fn look_for(&mut self, words: impl Iterator<Item = u32>) {
        self.words.drain(..).for_each(|key| self.numbers[key as usize] = 0);
        self.words.extend(words);
        (1..).zip(&self.words).for_each(|(number, &key)| self.numbers[key as usize] = number);
    }

    /// The words that are looked for.
    fn all(&self) -> Words {
        (0..self.words.len()).fold(0, |all, number| all | 1 << number)
    }

    /// The weight of some of the words that are looked for.
    pub(super) fn weight(&self, words: Words) -> f64 {
        bits(words).map(|number| self.weights.of(self.words[number])).sum()
    }

    /// The phrases that two sentences share: words that both have, that stand close together in both, and
    /// that weigh enough. Each is given as its stems, ascending.
    pub(super) fn shared(&mut self, a: u32, b: u32) -> Vec<Vec<u32>> {
        let (left, right) = (self.sentences.keys(a), self.sentences.keys(b));
        let (weights, mut rest) = (self.weights, right);
        self.look_for(left.iter().copied().filter(|&key| {
            let before = rest.iter().take_while(|&&other| other < key).count();
            rest = &rest[before..];
            rest.first() == Some(&key) && weights.of(key) >= LEAST_WORD
        }));
        let (mut open, mut found): (Vec<Words>, Vec<Words>) = (vec![self.all()], Vec::new());
        let (mut left, mut right) = (Vec::new(), Vec::new());
        // Words that are close in one sentence only are not of one phrase. Without them, others may be
        // less close.
        while let Some(words) = open.pop() {
            left.clear();
            right.clear();
            self.stretches(a, words, |_, words| left.push(words));
            self.stretches(b, words, |_, words| right.push(words));
            for one in &left {
                for other in &right {
                    let both = one & other;
                    if both.count_ones() < 2 || self.weight(both) < self.least {
                        continue;
                    }
                    let list = if both == words { &mut found } else { &mut open };
                    if !list.contains(&both) {
                        list.push(both);
                    }
                }
            }
        }
        let stems = |&words: &Words| bits(words).map(|number| self.words[number]).collect();
        let mut found: Vec<Vec<u32>> = found.iter().map(stems).collect();
        found.sort_unstable();
        found
    }

    /// The heaviest stretch of a sentence that holds words that are looked for, the first of several.
    pub(super) fn heaviest(&self, sentence: u32) -> Option<Stretch> {
        let mut heaviest: Option<(f64, [u32; 2], Words)> = None;
        self.stretches(sentence, Words::MAX, |places, words| {
            let weight = self.weight(words);
            if heaviest.is_none_or(|(most, ..)| weight.total_cmp(&most) == Ordering::Greater) {
                heaviest = Some((weight, places, words));
            }
        });
        let (weight, [start, last], words) = heaviest?;
        Some(Stretch { sentence, start, end: self.end(last, sentence), words, weight })
    }

    /// Finds the stretches of a sentence in which some of the words that are looked for stand close
    /// together, outside claimed tokens: the places of the first and the last of these words, and which
    /// there are.
    fn stretches(&self, sentence: u32, among: Words, mut found: impl FnMut([u32; 2], Words)) {
        let (mut places, mut words, mut gap) = ([0, 0], 0, 0);
        for place in self.sentences.places(sentence) {
            let claimed = self.claimed[(place - self.sentences.start) as usize];
            let number = self.numbers[self.sentences.key(place) as usize];
            let word = if number > 0 { 1 << (number - 1) & among } else { 0 };
            if word > 0 && !claimed {
                if words == 0 {
                    places[0] = place;
                }
                (places[1], gap) = (place, 0);
                words |= word;
            } else if words > 0 {
                gap += self.size(place);
                if claimed || gap > GAP {
                    found(places, words);
                    words = 0;
                }
            }
        }
        if words > 0 {
            found(places, words);
        }
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

/// The numbers of some words, ascending.
fn bits(mut words: Words) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let number = words.trailing_zeros();
        words &= words.checked_sub(1)?;
        Some(number as usize)
    })
}
