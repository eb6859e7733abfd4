//! All tokens of all documents, end to end: what passages are looked for in.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::ops::Range;

use super::coverage::Hashed;

/// A sentence has at least and at most so many tokens, but where its paragraph ends.
const SENTENCE: Range<usize> = 3..60;

/// Tokens by place, with the paragraphs and sentences they stand in.
///
/// Places count from 0 over all documents. Equal tokens have equal keys, which are numbered in the
/// order in which they first appear.
#[derive(Debug, Default)]
pub(crate) struct Sequence {
    pub(super) keys: Vec<u32>,
    /// What a token counts where a least number of tokens is asked: 2, or 1 if it is one character
    /// of a script without spaces.
    pub(super) sizes: Vec<u8>,
    /// The paragraph of each token, among those that have any.
    pub(super) paragraphs: Vec<u32>,
    /// Where each of those paragraphs ends.
    pub(super) paragraph_ends: Vec<u32>,
    /// How many sentences there are.
    pub(super) sentences: u32,
    /// In how many sentences each key stands.
    pub(super) frequencies: Vec<u32>,
    /// The last sentence that each key was seen in.
    last_seen: Vec<u32>,
    in_sentence: usize,
    numbers: HashMap<u64, u32, BuildHasherDefault<Hashed>>,
}

impl Sequence {
    /// Adds a token of the current paragraph; `ends_sentence` tells of what follows it.
    pub(crate) fn push(&mut self, hash: u64, unspaced: bool, ends_sentence: bool) {
        let next = self.numbers.len() as u32;
        let key = *self.numbers.entry(hash).or_insert(next);
        if key == next {
            self.frequencies.push(0);
            self.last_seen.push(u32::MAX);
        }
        if self.last_seen[key as usize] != self.sentences {
            self.last_seen[key as usize] = self.sentences;
            self.frequencies[key as usize] += 1;
        }
        self.keys.push(key);
        self.sizes.push(if unspaced { 1 } else { 2 });
        self.paragraphs.push(self.paragraph_ends.len() as u32);
        self.in_sentence += 1;
        if ends_sentence && self.in_sentence >= SENTENCE.start || self.in_sentence >= SENTENCE.end {
            self.end_sentence();
        }
    }

    /// Ends the current paragraph; the next token begins another. One without tokens is none.
    pub(crate) fn end_paragraph(&mut self) {
        let len = self.keys.len() as u32;
        if self.paragraph_ends.last().copied().unwrap_or(0) < len {
            self.paragraph_ends.push(len);
        }
        self.end_sentence();
    }

    fn end_sentence(&mut self) {
        if self.in_sentence > 0 {
            self.sentences += 1;
            self.in_sentence = 0;
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.keys.len()
    }

    /// The places of a paragraph.
    pub(super) fn places(&self, paragraph: usize) -> Range<u32> {
        let start = paragraph.checked_sub(1).map_or(0, |before| self.paragraph_ends[before]);
        start..self.paragraph_ends[paragraph]
    }

    /// The places of the paragraph that `place` is in.
    pub(super) fn around(&self, place: u32) -> Range<u32> {
        self.places(self.paragraphs[place as usize] as usize)
    }

    pub(super) fn key(&self, place: u32) -> u32 {
        self.keys[place as usize]
    }

    pub(super) fn size(&self, place: u32) -> u32 {
        self.sizes[place as usize].into()
    }
}
