//! A document as sentences, each with its stems.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::levels::{LEAST_SENTENCE, LONGEST_SENTENCE};
use crate::input::TokenizedDocuments;
use crate::text;
use crate::util::hash_table::PrehashedBuildHasher;
use crate::util::progress::{Cancelled, Watch};

/// The sentences of a document that have at least four tokens. Stems are numbered in the order in which
/// they first appear.
///
/// A paragraph with the same tokens as an earlier one has no sentences: it is a copy, and has a finding of
/// its own.
#[derive(Debug)]
pub(super) struct Sentences {
    /// The first place of the document.
    pub(super) start: u32,
    /// The number of the stem of each token, by its place from `start`.
    numbers: Vec<u32>,
    /// The hash of each stem.
    pub(super) stems: Vec<u64>,
    places: Vec<Range<u32>>,
    /// The block of each sentence.
    blocks: Vec<u32>,
    /// How many blocks there are.
    pub(super) block_count: u32,
    /// The distinct stems of each sentence, ascending, end to end.
    keys: Vec<u32>,
    key_ends: Vec<u32>,
    /// The sentences that have each stem, ascending, end to end by stem.
    postings: Vec<u32>,
    posting_ends: Vec<u32>,
}

impl Sentences {
    pub(super) fn new(
        texts: &TokenizedDocuments<'_>,
        document: usize,
        watch: Watch<'_>,
    ) -> Result<Self, Cancelled> {
        let all = texts.places_of(document);
        let paragraphs = texts.paragraphs_of(document);
        let mut sentences = Self {
            start: all.start as u32,
            numbers: Vec::with_capacity(all.len()),
            stems: Vec::new(),
            places: Vec::new(),
            blocks: Vec::new(),
            block_count: 0,
            keys: Vec::new(),
            key_ends: Vec::new(),
            postings: Vec::new(),
            posting_ends: Vec::new(),
        };
        let mut numbers: HashMap<u64, u32, PrehashedBuildHasher> = HashMap::default();
        for place in all {
            watch.poll_at(place)?;
            let next = sentences.stems.len() as u32;
            let stem = texts.unlike_any(place).unwrap_or(texts.stems[place]);
            let number = *numbers.entry(stem).or_insert(next);
            if number == next {
                sentences.stems.push(stem);
            }
            sentences.numbers.push(number);
        }
        let mut seen = HashSet::new();
        for paragraph in paragraphs {
            if seen.insert(texts.identity(paragraph, watch)?) {
                sentences.cut(texts, paragraph, watch)?;
            }
            sentences.block_count += 1;
        }
        sentences.index(watch)?;
        Ok(sentences)
    }

    /// Cuts a paragraph into sentences.
    fn cut(
        &mut self,
        texts: &TokenizedDocuments<'_>,
        paragraph: usize,
        watch: Watch<'_>,
    ) -> Result<(), Cancelled> {
        let paragraph = &texts.paragraphs[paragraph];
        let text = texts.documents[paragraph.document].text();
        let (mut first, mut size) = (paragraph.places.start, 0);
        for place in paragraph.places.clone() {
            watch.poll_at(place)?;
            let token = texts.tokens[place];
            size += if token.unspaced { 1 } else { 2 };
            let next = (place + 1 < paragraph.places.end).then(|| texts.tokens[place + 1].span.start);
            let gap = &text[token.span.end..next.unwrap_or(paragraph.span.end)];
            if next.is_none() || size >= LONGEST_SENTENCE || text::ends_sentence(gap) {
                if size >= LEAST_SENTENCE {
                    self.places.push(first as u32..place as u32 + 1);
                    self.blocks.push(self.block_count);
                }
                (first, size) = (place + 1, 0);
            }
        }
        Ok(())
    }

    /// Looks up the stems of sentences, and the sentences of stems.
    fn index(&mut self, watch: Watch<'_>) -> Result<(), Cancelled> {
        let mut next = vec![0_u32; self.stems.len() + 1];
        for sentence in 0..self.len() {
            watch.poll_at(sentence)?;
            let from = self.keys.len();
            let places = self.places[sentence].clone();
            self.keys.extend_from_slice(
                &self.numbers[(places.start - self.start) as usize..(places.end - self.start) as usize],
            );
            self.keys[from..].sort_unstable();
            let mut kept = from;
            for at in from..self.keys.len() {
                if at == from || self.keys[at] != self.keys[kept - 1] {
                    self.keys[kept] = self.keys[at];
                    kept += 1;
                }
            }
            self.keys.truncate(kept);
            self.key_ends.push(kept as u32);
            self.keys[from..].iter().for_each(|&key| next[key as usize + 1] += 1);
        }
        for key in 0..self.stems.len() {
            next[key + 1] += next[key];
        }
        self.posting_ends = next[1..].to_vec();
        self.postings = vec![0; self.keys.len()];
        for sentence in 0..self.len() {
            watch.poll_at(sentence)?;
            for at in range(&self.key_ends, sentence) {
                let slot = &mut next[self.keys[at] as usize];
                self.postings[*slot as usize] = sentence as u32;
                *slot += 1;
            }
        }
        Ok(())
    }

    /// How many sentences there are.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// The places of a sentence.
    pub(super) fn places(&self, sentence: u32) -> Range<u32> {
        self.places[sentence as usize].clone()
    }

    /// The paragraph, or the line, that a sentence stands in.
    pub(super) fn block(&self, sentence: u32) -> u32 {
        self.blocks[sentence as usize]
    }

    /// The sentence that holds a place, if it is in one.
    pub(super) fn at(&self, place: u32) -> Option<u32> {
        let sentence = self.places.partition_point(|places| places.end <= place);
        (self.places.get(sentence)?.start <= place).then_some(sentence as u32)
    }

    /// The distinct stems of a sentence, ascending.
    pub(super) fn keys(&self, sentence: u32) -> &[u32] {
        &self.keys[range(&self.key_ends, sentence as usize)]
    }

    /// The stem of a token.
    pub(super) fn key(&self, place: u32) -> u32 {
        self.numbers[(place - self.start) as usize]
    }

    /// The sentences that have a stem, ascending.
    pub(super) fn with_key(&self, key: u32) -> &[u32] {
        &self.postings[range(&self.posting_ends, key as usize)]
    }
}

fn range(ends: &[u32], index: usize) -> Range<usize> {
    index.checked_sub(1).map_or(0, |before| ends[before] as usize)..ends[index] as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::Document;
    use crate::text::ParagraphBreaks;

    fn cut(text: &str) -> (Vec<String>, Vec<u32>) {
        let documents = [Document::from("Another one stands before it."), Document::from(text)];
        let texts = TokenizedDocuments::new(&documents, ParagraphBreaks::Blank, Watch::none()).unwrap();
        let sentences = Sentences::new(&texts, 1, Watch::none()).unwrap();
        let texts =
            (0..sentences.len()).map(|s| texts.locate(&sentences.places[s]).1.of(text).to_owned()).collect();
        (texts, sentences.blocks)
    }

    #[test]
    fn sentences_end_at_marks_and_paragraphs_and_copies_have_none() {
        let text = "One two three four. Too short. A b c d\ne f\n\nOne two three four? One two three four.\n\n\
            one, two, three: four! One two three four";
        let (texts, blocks) = cut(text);
        let expected = ["One two three four", "A b c d\ne f", "One two three four", "One two three four"];
        assert_eq!((&texts[..], &blocks[..]), (&expected.map(str::to_owned)[..], &[0, 0, 1, 1][..]));
    }

    #[test]
    fn stems_are_looked_up_both_ways() {
        let documents = [Document::from(
            "harbour harbours harboured far. A harbour lies far\n\nNo stem of these is here",
        )];
        let texts = TokenizedDocuments::new(&documents, ParagraphBreaks::Blank, Watch::none()).unwrap();
        let sentences = Sentences::new(&texts, 0, Watch::none()).unwrap();
        assert_eq!(sentences.keys(0), [0, 1]);
        assert_eq!(sentences.with_key(sentences.key(3)), [0, 1]);
        assert_eq!([0, 3, 4, 8].map(|place| sentences.at(place)), [Some(0), Some(0), Some(1), Some(2)]);
        let long = "word ".repeat(200);
        let documents = [Document::from(&*long)];
        let texts = TokenizedDocuments::new(&documents, ParagraphBreaks::Blank, Watch::none()).unwrap();
        assert_eq!(Sentences::new(&texts, 0, Watch::none()).unwrap().len(), 4);
    }
}
