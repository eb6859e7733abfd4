//! All tokens of some documents, end to end: what passages are looked for in.

use std::ops::Range;

use crate::input::TokenizedDocuments;
use crate::set::hash;
use crate::text;
use crate::util::hash_table::Tables;
use crate::util::progress::{Cancelled, Watch};

/// A sentence has at least this many tokens, except at the end of its paragraph,
const LEAST_SENTENCE: usize = 3;
/// and at most this many half-tokens.
const LONGEST_SENTENCE: u32 = 2 * 60;

/// Tokens by place, with the sentences, paragraphs and documents that they stand in.
///
/// Places count from 0 over all documents. Equal tokens have equal keys and equal stems have equal
/// numbers, both counted from 0 in the order in which they first appear. Paragraphs without a token do
/// not count.
#[derive(Debug)]
pub(super) struct Sequence {
    pub(super) keys: Vec<u32>,
    /// The same, where strings for machines have the keys of their hashes. Their other keys and their stems are
    /// like no others, so they match nothing. But what repeats with the same strings in it repeats verbatim.
    written: Vec<u32>,
    /// The stem of each token, which its inflected forms share.
    pub(super) stems: Vec<u32>,
    /// The length of each token in half-tokens: 2, or 1 for a character of a script without spaces.
    sizes: Vec<u8>,
    /// Whether each token belongs to one word with the token before it, as in `out-of-tree`.
    continues: Vec<bool>,
    /// Whether each stem is that of a number.
    numbers: Vec<bool>,
    /// The paragraph of each token.
    paragraphs: Vec<u32>,
    pub(super) paragraph_ends: Vec<u32>,
    /// A hash of the keys of each paragraph.
    identities: Vec<u64>,
    document_ends: Vec<u32>,
    /// Where each sentence ends; none goes on in another paragraph.
    pub(super) sentence_ends: Vec<u32>,
    key_numbers: Numbering,
    stem_numbers: Numbering,
    /// The length of the current sentence in half-tokens.
    sentence_size: u32,
}

/// Numbers for hashes, from 0 in the order in which they first appear.
#[derive(Debug)]
struct Numbering {
    numbers: Tables<u32>,
    count: u32,
}

impl Numbering {
    fn new(hashes: usize) -> Self {
        Self { numbers: Tables::new(hashes), count: 0 }
    }

    fn of(&mut self, hash: u64) -> u32 {
        let number = *self.numbers.table(hash).entry(hash).or_insert(self.count);
        self.count += u32::from(number == self.count);
        number
    }
}

impl Default for Sequence {
    fn default() -> Self {
        Self::for_tokens(0)
    }
}

impl Sequence {
    /// The tokens of some documents, in the order given.
    pub(super) fn of(
        texts: &TokenizedDocuments<'_>,
        documents: &[usize],
        watch: Watch<'_>,
    ) -> Result<Self, Cancelled> {
        let tokens = documents.iter().map(|&document| texts.places_of(document).len());
        let mut sequence = Self::for_tokens(tokens.sum());
        for &document in documents {
            let text = texts.documents[document].text();
            for index in texts.paragraphs_of(document) {
                let paragraph = &texts.paragraphs[index];
                let tokens = texts.tokens_of(index);
                let mut before = paragraph.span.start;
                for (at, token) in tokens.iter().enumerate() {
                    watch.poll_at(at)?;
                    let next = tokens.get(at + 1).map_or(paragraph.span.end, |next| next.span.start);
                    let ends_sentence = text::ends_sentence(&text[token.span.end..next]);
                    let place = paragraph.places.start + at;
                    let stem = texts.stems[place];
                    sequence.push(token.hash, stem, token.unspaced, ends_sentence);
                    if let Some(hash) = texts.unlike_any(place) {
                        sequence.last_matches_nothing(hash);
                    }
                    let spaced = !token.unspaced;
                    // A sign may stand before a number.
                    let word = token.span.of(text).trim_start_matches(|c: char| !c.is_alphanumeric());
                    if spaced && word.starts_with(char::is_numeric) {
                        sequence.last_is_number();
                    }
                    if spaced && at > 0 && text::joins_words(&text[before..token.span.start]) {
                        sequence.last_continues_word();
                    }
                    before = token.span.end;
                }
                sequence.end_paragraph();
            }
            sequence.end_document();
        }
        Ok(sequence)
    }

    /// An empty sequence with room for this many tokens.
    fn for_tokens(tokens: usize) -> Self {
        Self {
            keys: Vec::with_capacity(tokens),
            written: Vec::with_capacity(tokens),
            stems: Vec::with_capacity(tokens),
            sizes: Vec::with_capacity(tokens),
            continues: Vec::with_capacity(tokens),
            numbers: Vec::new(),
            paragraphs: Vec::with_capacity(tokens),
            paragraph_ends: Vec::new(),
            identities: Vec::new(),
            document_ends: Vec::new(),
            sentence_ends: Vec::new(),
            key_numbers: Numbering::new(tokens),
            stem_numbers: Numbering::new(tokens),
            sentence_size: 0,
        }
    }

    /// Adds a token of the current paragraph. `ends_sentence` says whether a sentence ends behind it.
    pub(super) fn push(&mut self, hash: u64, stem: u64, unspaced: bool, ends_sentence: bool) {
        self.keys.push(self.key_numbers.of(hash));
        self.written.extend(self.keys.last());
        self.stems.push(self.stem_numbers.of(stem));
        let size = if unspaced { 1 } else { 2 };
        self.sizes.push(size);
        self.continues.push(false);
        self.numbers.resize(self.vocabulary(), false);
        self.paragraphs.push(self.paragraph_ends.len() as u32);
        self.sentence_size += u32::from(size);
        let length = self.keys.len() - last(&self.sentence_ends);
        if ends_sentence && length >= LEAST_SENTENCE || self.sentence_size >= LONGEST_SENTENCE {
            self.end_sentence();
        }
    }

    /// Says that the last token matches nothing. No other token has this hash.
    fn last_matches_nothing(&mut self, hash: u64) {
        if let (Some(key), Some(stem)) = (self.keys.last_mut(), self.stems.last_mut()) {
            (*key, *stem) = (self.key_numbers.of(hash), self.stem_numbers.of(hash));
            self.numbers.resize(self.vocabulary(), false);
        }
    }

    /// Says that the last token is a number.
    pub(super) fn last_is_number(&mut self) {
        if let Some(&stem) = self.stems.last() {
            self.numbers[stem as usize] = true;
        }
    }

    /// Says that the last token belongs to one word with the token before it.
    pub(super) fn last_continues_word(&mut self) {
        if let Some(last) = self.continues.last_mut() {
            *last = true;
        }
    }

    fn end_sentence(&mut self) {
        self.sentence_ends.push(self.keys.len() as u32);
        self.sentence_size = 0;
    }

    /// Ends the current paragraph; the next token begins another.
    pub(super) fn end_paragraph(&mut self) {
        let start = last(&self.paragraph_ends);
        if start < self.keys.len() {
            if last(&self.sentence_ends) < self.keys.len() {
                self.end_sentence();
            }
            let identity = self.written[start..].iter().fold(0, |h, &key| hash::mix(h ^ u64::from(key)));
            self.identities.push(identity);
            self.paragraph_ends.push(self.keys.len() as u32);
        }
    }

    /// Ends the current document; the next paragraph begins another.
    pub(super) fn end_document(&mut self) {
        self.document_ends.push(self.keys.len() as u32);
    }

    /// How many tokens there are.
    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    /// How many different stems there are.
    pub(super) fn vocabulary(&self) -> usize {
        self.stem_numbers.count as usize
    }

    /// How many documents there are.
    pub(super) fn documents(&self) -> usize {
        self.document_ends.len()
    }

    /// The places of a document.
    pub(super) fn document(&self, document: usize) -> Range<u32> {
        nth(&self.document_ends, document)
    }

    /// The document that a place is in.
    pub(super) fn document_of(&self, place: u32) -> usize {
        if self.document_ends.len() == 1 {
            return 0;
        }
        self.document_ends.partition_point(|&end| end <= place)
    }

    /// Whether some stretches, ascending by place, are in several documents.
    pub(super) fn are_in_several_documents(&self, stretches: &[Range<u32>]) -> bool {
        let [first, .., last] = stretches else { return false };
        self.document_of(first.start) != self.document_of(last.start)
    }

    /// The sentences of a document.
    pub(super) fn sentences_of(&self, document: usize) -> Range<usize> {
        let places = self.document(document);
        let [first, end] =
            [places.start, places.end].map(|place| self.sentence_ends.partition_point(|&end| end <= place));
        first..end
    }

    /// The places of a paragraph.
    pub(super) fn paragraph(&self, paragraph: usize) -> Range<u32> {
        nth(&self.paragraph_ends, paragraph)
    }

    /// The paragraph that a place is in.
    pub(super) fn paragraph_of(&self, place: u32) -> u32 {
        self.paragraphs[place as usize]
    }

    /// What paragraphs with the same tokens have in common.
    pub(super) fn identity(&self, paragraph: usize) -> u64 {
        self.identities[paragraph]
    }

    /// What stretches with the same tokens have in common, strings for machines included.
    pub(super) fn written(&self, places: &Range<u32>) -> &[u32] {
        &self.written[places.start as usize..places.end as usize]
    }

    pub(super) fn key(&self, place: u32) -> u32 {
        self.keys[place as usize]
    }

    pub(super) fn stem(&self, place: u32) -> u32 {
        self.stems[place as usize]
    }

    pub(super) fn stems_of(&self, places: &Range<u32>) -> &[u32] {
        &self.stems[places.start as usize..places.end as usize]
    }

    /// Whether a stem is that of a number: a token that begins with a digit.
    pub(super) fn is_number(&self, stem: u32) -> bool {
        self.numbers[stem as usize]
    }

    /// The sentence that a place is in.
    pub(super) fn sentence_of(&self, place: u32) -> usize {
        self.sentence_ends.partition_point(|&end| end <= place)
    }

    /// The length of a token in half-tokens, if it is a word of its own.
    pub(super) fn token_size(&self, place: u32) -> u32 {
        self.sizes[place as usize].into()
    }

    /// The length of tokens in half-tokens. Those of one word that follow each other count as one.
    pub(super) fn size(&self, places: impl IntoIterator<Item = u32>) -> u32 {
        let mut last = None;
        let size = |place: u32| {
            let same_word = self.continues[place as usize] && last == place.checked_sub(1);
            last = Some(place);
            if same_word { 0 } else { self.token_size(place) }
        };
        places.into_iter().map(size).sum()
    }
}

fn last(ends: &[u32]) -> usize {
    ends.last().map_or(0, |&end| end as usize)
}

/// The range between an end and the one before it.
pub(super) fn nth(ends: &[u32], index: usize) -> Range<u32> {
    index.checked_sub(1).map_or(0, |before| ends[before])..ends[index]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::Document;
    use crate::text::ParagraphBreaks;

    fn sequence(text: &str) -> Sequence {
        let documents = [Document::from(text)];
        let texts = TokenizedDocuments::new(&documents, ParagraphBreaks::Blank, Watch::none()).unwrap();
        Sequence::of(&texts, &[0], Watch::none()).unwrap()
    }

    #[test]
    fn a_compound_has_the_length_of_one_token() {
        for (text, tokens, size) in [
            ("out-of-tree modules", 4, 4),
            ("https://example.org/docs/guide and 10:30", 4, 6),
            ("red, green - blue", 3, 6),
            ("red,green", 2, 4),
            ("早晨的渡船", 5, 5),
        ] {
            let sequence = sequence(text);
            assert_eq!((sequence.len(), sequence.size(0..sequence.len() as u32)), (tokens, size), "{text}");
        }
        // What is left of a compound is a word, and so are two parts that do not touch.
        let sequence = sequence("out-of-tree modules");
        assert_eq!(sequence.size([2, 3]), 4);
        assert_eq!(sequence.size([0, 2]), 4);
    }

    #[test]
    fn numbers_begin_with_a_digit() {
        let sequence = sequence("on 3rd May 1999 at 10:30 B52 mp3 ٣");
        let numbers: Vec<usize> =
            (0..sequence.len()).filter(|&place| sequence.is_number(sequence.stem(place as u32))).collect();
        assert_eq!(numbers, [1, 3, 5, 6, 9]);
    }
}
