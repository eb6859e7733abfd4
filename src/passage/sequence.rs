//! All tokens of all documents, end to end: what passages are looked for in.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::set::hash;
use crate::util::hash_table::PrehashedBuildHasher;

/// A sentence has at least so many tokens, but at the end of its paragraph,
const LEAST_SENTENCE: usize = 3;
/// and at most so many, doubled: characters of scripts without spaces count half.
const LONGEST_SENTENCE: u32 = 2 * 60;

/// The context of a token is so many tokens to either side of it.
const CONTEXT: usize = 2;

/// Tokens by place, with the paragraphs they stand in, and how common each of them is.
///
/// Places count from 0 over all documents. Equal tokens have equal keys, which are numbered in the
/// order in which they first appear; so do equal stems.
#[derive(Debug, Default)]
pub(crate) struct Sequence {
    pub(super) keys: Vec<u32>,
    /// The stem of each token, which its inflected forms share.
    pub(super) stems: Vec<u32>,
    /// What a token counts where a least number of tokens is asked: 2, or 1 if it is one character
    /// of a script without spaces.
    sizes: Vec<u8>,
    /// The paragraph of each token, among those that have any.
    paragraphs: Vec<u32>,
    /// Where each of those paragraphs ends.
    pub(super) paragraph_ends: Vec<u32>,
    /// A hash of the keys of each of those paragraphs.
    identities: Vec<u64>,
    /// Where each document ends.
    document_ends: Vec<u32>,
    /// Where each sentence ends; none goes on in another paragraph.
    pub(super) sentence_ends: Vec<u32>,
    /// How many sentences say something new.
    pub(super) sentences: u32,
    /// For each key, in how many sentences it stands in a new context.
    pub(super) frequencies: Vec<u32>,
    numbers: HashMap<u64, u32, PrehashedBuildHasher>,
    stem_numbers: HashMap<u64, u32, PrehashedBuildHasher>,
    contexts: HashSet<u64, PrehashedBuildHasher>,
    /// What the tokens of the current sentence count.
    sentence_size: u32,
}

impl Sequence {
    /// Adds a token of the current paragraph; `ends_sentence` tells of what follows it.
    pub(crate) fn push(&mut self, hash: u64, stem: u64, unspaced: bool, ends_sentence: bool) {
        let next = self.numbers.len() as u32;
        let key = *self.numbers.entry(hash).or_insert(next);
        if key == next {
            self.frequencies.push(0);
        }
        let next = self.stem_numbers.len() as u32;
        self.stems.push(*self.stem_numbers.entry(stem).or_insert(next));
        self.keys.push(key);
        let size = if unspaced { 1 } else { 2 };
        self.sizes.push(size);
        self.paragraphs.push(self.paragraph_ends.len() as u32);
        self.sentence_size += u32::from(size);
        let length = self.keys.len() - self.sentence_start();
        if ends_sentence && length >= LEAST_SENTENCE || self.sentence_size >= LONGEST_SENTENCE {
            self.end_sentence();
        }
    }

    fn end_sentence(&mut self) {
        self.sentence_ends.push(self.keys.len() as u32);
        self.sentence_size = 0;
    }

    /// Ends the current paragraph; the next token begins another. One without tokens is none.
    pub(crate) fn end_paragraph(&mut self) {
        let start = last(&self.paragraph_ends);
        if start < self.keys.len() {
            if self.sentence_start() < self.keys.len() {
                self.end_sentence();
            }
            self.count_sentences(start);
            let identity = self.keys[start..].iter().fold(0, |h, &key| hash::mix(h ^ u64::from(key)));
            self.identities.push(identity);
            self.paragraph_ends.push(self.keys.len() as u32);
        }
    }

    /// Ends the current document; the next paragraph begins another.
    pub(crate) fn end_document(&mut self) {
        self.document_ends.push(self.keys.len() as u32);
    }

    fn sentence_start(&self) -> usize {
        last(&self.sentence_ends)
    }

    /// Counts the sentences of the current paragraph, which starts at `base`, and the tokens in them.
    ///
    /// A token counts only where its context is new. Else the words of a sentence that stands
    /// there a hundred times would look as common as "the", and its coming back as if by chance.
    fn count_sentences(&mut self, base: usize) {
        let paragraph = &self.keys[base..];
        let mut counted = Vec::new();
        let mut start = 0;
        let first = self.sentence_ends.partition_point(|&end| end as usize <= base);
        for &end in &self.sentence_ends[first..] {
            let end = end as usize - base;
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
        nth(&self.paragraph_ends, paragraph)
    }

    /// The paragraph that `place` is in.
    pub(super) fn paragraph(&self, place: u32) -> u32 {
        self.paragraphs[place as usize]
    }

    /// The places of a sentence.
    pub(super) fn sentence(&self, sentence: usize) -> Range<u32> {
        nth(&self.sentence_ends, sentence)
    }

    /// The sentences of a document.
    pub(super) fn sentences_of(&self, document: usize) -> Range<usize> {
        let places = self.document(document);
        let [first, end] =
            [places.start, places.end].map(|place| self.sentence_ends.partition_point(|&end| end <= place));
        first..end
    }

    /// Whether two paragraphs have the same tokens.
    pub(super) fn are_same(&self, left: u32, right: u32) -> bool {
        self.identity(left as usize) == self.identity(right as usize)
    }

    /// What paragraphs with the same tokens have in common.
    pub(super) fn identity(&self, paragraph: usize) -> u64 {
        self.identities[paragraph]
    }

    /// How many documents there are.
    pub(super) fn documents(&self) -> usize {
        self.document_ends.len()
    }

    /// The places of a document.
    pub(super) fn document(&self, document: usize) -> Range<u32> {
        nth(&self.document_ends, document)
    }

    /// The document that `place` is in.
    pub(super) fn document_of(&self, place: u32) -> usize {
        self.document_ends.partition_point(|&end| end <= place)
    }

    pub(super) fn key(&self, place: u32) -> u32 {
        self.keys[place as usize]
    }

    pub(super) fn stem(&self, place: u32) -> u32 {
        self.stems[place as usize]
    }

    pub(super) fn size(&self, place: u32) -> u32 {
        self.sizes[place as usize].into()
    }
}

fn last(ends: &[u32]) -> usize {
    ends.last().map_or(0, |&end| end as usize)
}

/// The range between an end and the one before it.
fn nth(ends: &[u32], index: usize) -> Range<u32> {
    index.checked_sub(1).map_or(0, |before| ends[before])..ends[index]
}
