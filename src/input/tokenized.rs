//! All paragraphs of all documents, with their tokens.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::block::{Block, Role};
use super::document::Document;
use crate::set::hash;
use crate::settings::{Rule, Shingle, Unit};
use crate::text::{self, Number, ParagraphBreaks, Token};
use crate::util::error::{Error, Limit};
use crate::util::parallel;
use crate::util::progress::{Cancelled, Stage, Watch};
use crate::util::span::Span;

/// The documents of one check, cut into paragraphs and tokens.
#[derive(Debug)]
pub(crate) struct TokenizedDocuments<'a> {
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
    /// Its length in half-tokens: 2 for each token, or 1 if it is a character of a script without spaces.
    pub(crate) size: usize,
    /// As a parser found it; [`Role::Body`] in plain text.
    pub(crate) role: Role,
}

impl<'a> TokenizedDocuments<'a> {
    /// Cuts the documents, plain text where `breaks` says.
    ///
    /// Fails if the watcher cancels, or if there are more tokens or paragraphs than 32 bits can number.
    pub(crate) fn new(
        documents: &'a [Document<'a>],
        breaks: ParagraphBreaks,
        watch: Watch<'_>,
    ) -> Result<Self, Error> {
        Self::with_limit(documents, breaks, u32::MAX as usize, watch)
    }

    /// The same with another limit than 2^32 - 1, which no test could reach.
    fn with_limit(
        documents: &'a [Document<'a>],
        breaks: ParagraphBreaks,
        limit: usize,
        watch: Watch<'_>,
    ) -> Result<Self, Error> {
        watch.show(Stage::Tokenizing, 0, documents.len())?;
        let mut spans: Vec<(usize, Span, Role)> = Vec::new();
        for (index, document) in documents.iter().enumerate() {
            watch.poll()?;
            match document.blocks() {
                Some(blocks) => {
                    spans.extend(blocks.iter().map(|&Block { span, role, .. }| (index, span, role)));
                }
                None => breaks.each(document.text(), |span| spans.push((index, span, Role::Body))),
            }
        }
        if spans.len() > limit {
            return Err(Limit::Paragraphs.into());
        }
        let done = AtomicUsize::new(0);
        let cut = parallel::try_map_ranges(spans.len(), 64, |range| {
            watch.show(Stage::Tokenizing, done.fetch_add(range.len(), Ordering::Relaxed), spans.len())?;
            let (mut tokens, mut stems, mut ends) = (Vec::new(), Vec::new(), Vec::new());
            for &(document, span, _) in &spans[range] {
                let start = tokens.len();
                text::stemmed_tokens(span.of(documents[document].text()), &mut tokens, &mut stems, watch)?;
                for tokens in tokens[start..].chunks_mut(POLL) {
                    tokens.iter_mut().for_each(|token| token.span = token.span.shifted(span.start));
                    watch.poll()?;
                }
                ends.push(tokens.len());
            }
            Ok::<_, Cancelled>((tokens, stems, ends))
        })?;
        if cut.iter().map(|(tokens, ..)| tokens.len()).sum::<usize>() > limit {
            return Err(Limit::Tokens.into());
        }
        let paragraphs = Vec::with_capacity(spans.len());
        let mut texts = Self { documents, paragraphs, tokens: Vec::new(), stems: Vec::new() };
        let mut spans = spans.into_iter();
        for (tokens, stems, ends) in cut {
            let base = texts.tokens.len();
            let mut start = 0;
            for (end, (document, span, role)) in ends.into_iter().zip(&mut spans) {
                let size = tokens[start..end].iter().map(|token| if token.unspaced { 1 } else { 2 }).sum();
                texts.paragraphs.push(Paragraph {
                    document,
                    span,
                    places: base + start..base + end,
                    size,
                    role,
                });
                start = end;
            }
            append(&mut texts.tokens, tokens, watch)?;
            append(&mut texts.stems, stems, watch)?;
        }
        Ok(texts)
    }

    /// One of the documents, alone.
    pub(crate) fn only(&self, document: usize) -> Self {
        let places = self.places_of(document);
        let paragraphs = self.paragraphs[self.paragraphs_of(document)].iter().map(|paragraph| {
            let Range { start, end } = paragraph.places;
            Paragraph { document: 0, places: start - places.start..end - places.start, ..paragraph.clone() }
        });
        Self {
            documents: &self.documents[document..=document],
            paragraphs: paragraphs.collect(),
            tokens: self.tokens[places.clone()].to_vec(),
            stems: self.stems[places].to_vec(),
        }
    }

    /// Whether the source says that findings of a rule on a paragraph are not to be shown.
    pub(crate) fn ignores(&self, paragraph: usize, rule: Rule) -> bool {
        let document = self.paragraphs[paragraph].document;
        self.documents[document].blocks().is_some_and(|blocks| {
            blocks[paragraph - self.paragraphs_of(document).start].ignored.contains(&rule)
        })
    }

    /// The tokens of a paragraph.
    pub(crate) fn tokens_of(&self, paragraph: usize) -> &[Token] {
        &self.tokens[self.paragraphs[paragraph].places.clone()]
    }

    /// What stands for a token that matches nothing in passages and themes: a hash that no other place has.
    pub(crate) fn unlike_any(&self, place: usize) -> Option<u64> {
        self.tokens[place].machine.then(|| hash::place(place as u64))
    }

    /// The paragraphs of a document, as a range.
    pub(crate) fn paragraphs_of(&self, document: usize) -> Range<usize> {
        let before =
            |document: usize| self.paragraphs.partition_point(|paragraph| paragraph.document < document);
        before(document)..before(document + 1)
    }

    /// The paragraphs of each document.
    pub(crate) fn by_document(&self) -> Vec<Range<usize>> {
        (0..self.documents.len()).map(|document| self.paragraphs_of(document)).collect()
    }

    /// The places of the tokens of some paragraphs in a row.
    pub(crate) fn places(&self, paragraphs: Range<usize>) -> Range<usize> {
        let start =
            |paragraph: usize| self.paragraphs.get(paragraph).map_or(self.tokens.len(), |p| p.places.start);
        start(paragraphs.start)..start(paragraphs.end)
    }

    /// The places of a document's tokens.
    pub(crate) fn places_of(&self, document: usize) -> Range<usize> {
        self.places(self.paragraphs_of(document))
    }

    /// The places of each document's tokens.
    pub(crate) fn places_by_document(&self) -> Vec<Range<usize>> {
        (0..self.documents.len()).map(|document| self.places_of(document)).collect()
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
    pub(crate) fn identity(&self, paragraph: usize, watch: Watch<'_>) -> Result<u128, Cancelled> {
        Ok(hash::identity(&self.hashes(paragraph, watch)?))
    }

    /// The tokens of a paragraph without labels in front of them.
    pub(crate) fn without_label(&self, paragraph: usize) -> &[Token] {
        let Paragraph { document, span, .. } = self.paragraphs[paragraph];
        let end = span.start + text::label_end(span.of(self.documents[document].text()));
        let tokens = self.tokens_of(paragraph);
        &tokens[tokens.partition_point(|token| token.span.start < end)..]
    }

    /// The numbers of a paragraph without its labels.
    pub(crate) fn numbers(&self, paragraph: usize) -> Vec<Number> {
        let document = &self.documents[self.paragraphs[paragraph].document];
        text::numbers_in(document.text(), self.without_label(paragraph))
    }

    /// The identity of a paragraph with numbers left open, and the one without its labels.
    pub(crate) fn identities_of_numbers(
        &self,
        paragraph: usize,
        watch: Watch<'_>,
    ) -> Result<(u64, u64), Cancelled> {
        let hashes = self.hashes(paragraph, watch)?;
        let identity = hash::identity(&hashes);
        watch.poll()?;
        let open = text::identity_ignoring_numbers(&hashes, identity, &mut Vec::new());
        let label = hashes.len() - self.without_label(paragraph).len();
        let said =
            if label == 0 || label == hashes.len() { identity } else { hash::identity(&hashes[label..]) };
        Ok((open, said as u64))
    }

    /// The hashes of the tokens of a paragraph.
    fn hashes(&self, paragraph: usize, watch: Watch<'_>) -> Result<Vec<u64>, Cancelled> {
        let mut hashes = Vec::new();
        append_hashes(self.tokens_of(paragraph), &mut hashes, watch)?;
        Ok(hashes)
    }

    /// Replaces `units` by what the shingles of a paragraph are made of.
    pub(crate) fn units(
        &self,
        paragraph: usize,
        shingle: Shingle,
        units: &mut Vec<u64>,
        watch: Watch<'_>,
    ) -> Result<(), Cancelled> {
        self.units_of(paragraph, self.paragraphs[paragraph].places.clone(), shingle, units, watch)
    }

    /// For each character of a paragraph, as units of shingles, the token that it is in. A space belongs to the
    /// token before it.
    pub(crate) fn tokens_of_characters(
        &self,
        paragraph: usize,
        watch: Watch<'_>,
    ) -> Result<Vec<u32>, Cancelled> {
        let Paragraph { document, span, .. } = self.paragraphs[paragraph];
        let counts = text::count_characters(span.of(self.documents[document].text()), watch)?;
        let mut tokens = Vec::new();
        for (number, count) in (0..).zip(counts) {
            tokens.extend(std::iter::repeat_n(number, count + 1));
        }
        Ok(tokens)
    }

    /// The same of some tokens of a paragraph, given by their places.
    pub(crate) fn units_of(
        &self,
        paragraph: usize,
        places: Range<usize>,
        shingle: Shingle,
        units: &mut Vec<u64>,
        watch: Watch<'_>,
    ) -> Result<(), Cancelled> {
        units.clear();
        let tokens = &self.tokens[places];
        match (shingle.unit, tokens) {
            (Unit::Word, tokens) => append_hashes(tokens, units, watch)?,
            (Unit::Char, []) => {}
            (Unit::Char, [first, ..]) => {
                let span = Span::new(first.span.start, tokens[tokens.len() - 1].span.end);
                let document = &self.documents[self.paragraphs[paragraph].document];
                text::hash_characters(span.of(document.text()), units, watch)?;
            }
        }
        Ok(())
    }
}

/// The number of tokens after which the watcher is asked.
const POLL: usize = 1 << 16;

/// Appends the hashes of some tokens.
fn append_hashes(tokens: &[Token], hashes: &mut Vec<u64>, watch: Watch<'_>) -> Result<(), Cancelled> {
    hashes.reserve(tokens.len());
    for tokens in tokens.chunks(POLL) {
        hashes.extend(tokens.iter().map(|token| token.hash));
        watch.poll()?;
    }
    Ok(())
}

/// Moves `more` behind `items`.
fn append<T: Copy>(items: &mut Vec<T>, more: Vec<T>, watch: Watch<'_>) -> Result<(), Cancelled> {
    if items.is_empty() {
        *items = more;
    } else {
        for more in more.chunks(POLL) {
            items.extend_from_slice(more);
            watch.poll()?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_can_be_numbered_is_an_error() {
        let documents = [Document::from("one two\n\nthree"), Document::from("four five\n\n?")];
        let cut = |limit| {
            TokenizedDocuments::with_limit(&documents, ParagraphBreaks::Blank, limit, Watch::none())
                .map(|cut| cut.tokens.len())
        };
        assert_eq!(cut(5), Ok(5));
        assert_eq!(
            cut(4).unwrap_err().to_string(),
            "more than 4294967295 tokens, the most that can be checked at once"
        );
        assert_eq!(
            cut(3).unwrap_err().to_string(),
            "more than 4294967295 paragraphs, the most that ids can number"
        );
    }
}
