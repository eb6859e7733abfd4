//! All tokens of all documents, end to end: what passages are looked for in.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::set::hash;
use crate::table::Hashed;

/// A sentence has at least and at most so many tokens, but where its paragraph ends.
const SENTENCE: Range<usize> = 3..60;

/// The context of a token is so many tokens to either side of it.
const CONTEXT: usize = 2;

/// Tokens by place, with the paragraphs they stand in, and how common each of them is.
///
/// Places count from 0 over all documents. Equal tokens have equal keys, which are numbered in the
/// order in which they first appear.
#[derive(Debug, Default)]
pub(crate) struct Sequence {
    pub(super) keys: Vec<u32>,
    /// What a token counts where a least number of tokens is asked: 2, or 1 if it is one character
    /// of a script without spaces.
    sizes: Vec<u8>,
    /// The paragraph of each token, among those that have any.
    paragraphs: Vec<u32>,
    /// Where each of those paragraphs ends.
    pub(super) paragraph_ends: Vec<u32>,
    /// How many sentences say something new.
    pub(super) sentences: u32,
    /// For each key, in how many sentences it stands in a new context.
    pub(super) frequencies: Vec<u32>,
    numbers: HashMap<u64, u32, Hashed>,
    contexts: HashSet<u64, Hashed>,
    /// Where the sentences of the current paragraph end.
    sentence_ends: Vec<usize>,
}

impl Sequence {
    /// Adds a token of the current paragraph; `ends_sentence` tells of what follows it.
    pub(crate) fn push(&mut self, hash: u64, unspaced: bool, ends_sentence: bool) {
        let next = self.numbers.len() as u32;
        let key = *self.numbers.entry(hash).or_insert(next);
        if key == next {
            self.frequencies.push(0);
        }
        self.keys.push(key);
        self.sizes.push(if unspaced { 1 } else { 2 });
        self.paragraphs.push(self.paragraph_ends.len() as u32);
        let start = self.sentence_ends.last().copied().unwrap_or(self.paragraph_start());
        let length = self.keys.len() - start;
        if ends_sentence && length >= SENTENCE.start || length >= SENTENCE.end {
            self.sentence_ends.push(self.keys.len());
        }
    }

    /// Ends the current paragraph; the next token begins another. One without tokens is none.
    pub(crate) fn end_paragraph(&mut self) {
        if self.paragraph_start() < self.keys.len() {
            self.sentence_ends.push(self.keys.len());
            self.count_sentences();
            self.paragraph_ends.push(self.keys.len() as u32);
        }
        self.sentence_ends.clear();
    }

    fn paragraph_start(&self) -> usize {
        self.paragraph_ends.last().map_or(0, |&end| end as usize)
    }

    /// Counts the sentences of the current paragraph, and the tokens in them.
    ///
    /// A token counts only where its context is new. Else the words of a sentence that stands
    /// there a hundred times would look as common as "the", and its coming back as if by chance.
    fn count_sentences(&mut self) {
        let paragraph = &self.keys[self.paragraph_start()..];
        let base = self.keys.len() - paragraph.len();
        let mut counted = Vec::new();
        let mut start = 0;
        for end in &self.sentence_ends {
            let end = end - base;
            counted.clear();
            for at in start..end {
                let context = &paragraph[at.saturating_sub(CONTEXT)..paragraph.len().min(at + CONTEXT + 1)];
                let offset = at.min(CONTEXT) as u64;
                let context = context.iter().fold(offset, |h, &key| hash::mix(h << 32 ^ h ^ u64::from(key)));
                if self.contexts.insert(context) {
                    counted.push(paragraph[at]);
                }
            }
            counted.sort_unstable();
            counted.dedup();
            for &key in &counted {
                self.frequencies[key as usize] += 1;
            }
            self.sentences += u32::from(!counted.is_empty());
            start = end;
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
