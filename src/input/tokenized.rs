//! All paragraphs of all documents, with their tokens: the ground that both wings stand on.

use std::ops::Range;

use crate::input::Document;
use crate::set::hash;
use crate::settings::{Shingle, Unit};
use crate::text::{self, Token};
use crate::util::parallel;
use crate::util::span::Span;

/// The documents of one check, cut up.
#[derive(Debug)]
pub(crate) struct Texts<'a> {
    pub(crate) documents: &'a [Document<'a>],
    pub(crate) paragraphs: Vec<Paragraph>,
    /// The tokens of all paragraphs, end to end, with spans in their documents.
    pub(crate) tokens: Vec<Token>,
    /// The stem of each token.
    pub(crate) stems: Vec<u64>,
}

/// A paragraph and its tokens.
#[derive(Clone, Debug)]
pub(crate) struct Paragraph {
    pub(crate) document: usize,
    pub(crate) span: Span,
    /// The places of its tokens among all tokens.
    pub(crate) places: Range<usize>,
    /// What the tokens count where a least number of tokens is asked, doubled: 2 each, or 1 for one
    /// character of a script without spaces.
    pub(crate) size: usize,
}

impl<'a> Texts<'a> {
    pub(crate) fn new(documents: &'a [Document<'a>]) -> Self {
        let spans: Vec<(usize, Span)> = documents
            .iter()
            .enumerate()
            .flat_map(|(index, document)| text::paragraphs(document.text()).map(move |span| (index, span)))
            .collect();
        let cut = parallel::map_ranges(spans.len(), 64, |range| {
            let (mut tokens, mut stems) = (Vec::new(), Vec::new());
            let ends: Vec<usize> = spans[range]
                .iter()
                .map(|&(document, span)| {
                    let start = tokens.len();
                    text::stemmed_tokens(span.of(documents[document].text()), &mut tokens, &mut stems);
                    for token in &mut tokens[start..] {
                        token.span = token.span.shifted(span.start);
                    }
                    tokens.len()
                })
                .collect();
            (tokens, stems, ends)
        });
        let paragraphs = Vec::with_capacity(spans.len());
        let mut texts = Self { documents, paragraphs, tokens: Vec::new(), stems: Vec::new() };
        let mut spans = spans.into_iter();
        for (tokens, stems, ends) in cut {
            let base = texts.tokens.len();
            let mut start = 0;
            for (end, (document, span)) in ends.into_iter().zip(&mut spans) {
                let size = tokens[start..end].iter().map(|token| if token.unspaced { 1 } else { 2 }).sum();
                texts.paragraphs.push(Paragraph { document, span, places: base + start..base + end, size });
                start = end;
            }
            texts.tokens.extend(tokens);
            texts.stems.extend(stems);
        }
        assert!(u32::try_from(texts.tokens.len()).is_ok(), "fewer than 2^32 tokens can be checked at once");
        texts
    }

    /// The tokens of a paragraph.
    pub(crate) fn tokens_of(&self, paragraph: usize) -> &[Token] {
        &self.tokens[self.paragraphs[paragraph].places.clone()]
    }

    /// The paragraphs of each document, as a range.
    pub(crate) fn by_document(&self) -> Vec<Range<usize>> {
        let mut start = 0;
        (0..self.documents.len())
            .map(|document| {
                let count = self.paragraphs[start..].partition_point(|p| p.document == document);
                let range = start..start + count;
                start = range.end;
                range
            })
            .collect()
    }

    /// The places of the tokens of some paragraphs in a row.
    pub(crate) fn places(&self, paragraphs: Range<usize>) -> Range<usize> {
        let start =
            |paragraph: usize| self.paragraphs.get(paragraph).map_or(self.tokens.len(), |p| p.places.start);
        start(paragraphs.start)..start(paragraphs.end)
    }

    /// The places of each document's tokens.
    pub(crate) fn places_by_document(&self) -> Vec<Range<usize>> {
        self.by_document().into_iter().map(|paragraphs| self.places(paragraphs)).collect()
    }

    /// The first and the last paragraph and the span of a stretch of tokens inside one document.
    pub(crate) fn locate(&self, places: &Range<u32>) -> ([usize; 2], Span) {
        let ends = [places.start, places.end - 1].map(|place| place as usize);
        let paragraphs =
            ends.map(|place| self.paragraphs.partition_point(|paragraph| paragraph.places.end <= place));
        let [first, last] = ends.map(|place| self.tokens[place].span);
        (paragraphs, Span::new(first.start, last.end))
    }

    /// What makes a paragraph the same as another: the hashes of its tokens.
    pub(crate) fn identity(&self, paragraph: usize) -> u128 {
        let hashes: Vec<u64> = self.tokens_of(paragraph).iter().map(|token| token.hash).collect();
        hash::identity(&hashes)
    }

    /// The same with numbers left open.
    pub(crate) fn identity_ignoring_numbers(&self, paragraph: usize) -> u64 {
        let hashes: Vec<u64> = self.tokens_of(paragraph).iter().map(|token| token.hash).collect();
        text::identity_ignoring_numbers(&hashes, hash::identity(&hashes), &mut Vec::new())
    }

    /// Replaces `units` by what the shingles of a paragraph are made of.
    pub(crate) fn units(&self, paragraph: usize, shingle: Shingle, units: &mut Vec<u64>) {
        self.units_of(paragraph, self.paragraphs[paragraph].places.clone(), shingle, units);
    }

    /// The same of some tokens of a paragraph, given by their places.
    pub(crate) fn units_of(
        &self,
        paragraph: usize,
        places: Range<usize>,
        shingle: Shingle,
        units: &mut Vec<u64>,
    ) {
        units.clear();
        let tokens = &self.tokens[places];
        match (shingle.unit, tokens) {
            (Unit::Word, tokens) => units.extend(tokens.iter().map(|token| token.hash)),
            (Unit::Char, []) => {}
            (Unit::Char, [first, ..]) => {
                let span = Span::new(first.span.start, tokens[tokens.len() - 1].span.end);
                text::hash_characters(
                    span.of(self.documents[self.paragraphs[paragraph].document].text()),
                    units,
                );
            }
        }
    }
}
