//! The passages of texts, which are the same whatever the order of these.
//!
//! Many a step of the search has to begin somewhere: what stands in three places is linked in a
//! chain, one side of an area is trimmed before the other. So documents are searched in an order of
//! their own, and the places found are told in that of the input.

use super::passages::{self, Reach, Stretches};
use super::sequence::Sequence;
use crate::input::Texts;
use crate::text;

/// The passages of at least `min_tokens` tokens, the most telling first.
pub(crate) fn passages(texts: &Texts<'_>, min_tokens: usize, reach: Reach) -> Vec<Stretches> {
    let mut order: Vec<usize> = (0..texts.documents.len()).collect();
    order.sort_by_key(|&document| {
        let text = texts.documents[document].text();
        (text.len(), text)
    });
    let mut passages = passages::passages(&sequence(texts, &order), min_tokens, reach);
    let documents = texts.places_by_document();
    let mut ends: Vec<u32> = Vec::with_capacity(order.len());
    for &document in &order {
        ends.push(ends.last().unwrap_or(&0) + documents[document].len() as u32);
    }
    for passage in &mut passages {
        for places in &mut passage.occurrences {
            let rank = ends.partition_point(|&end| end <= places.start);
            let [start, end] = [places.start, places.end]
                .map(|place| documents[order[rank]].end as u32 - (ends[rank] - place));
            *places = start..end;
        }
        passage.occurrences.sort_unstable_by_key(|places| places.start);
    }
    passages
}

/// All tokens of the documents in some order.
fn sequence(texts: &Texts<'_>, order: &[usize]) -> Sequence {
    let paragraphs = texts.by_document();
    let mut sequence = Sequence::default();
    for &document in order {
        let text = texts.documents[document].text();
        for index in paragraphs[document].clone() {
            let paragraph = &texts.paragraphs[index];
            let tokens = texts.tokens_of(index);
            for (at, token) in tokens.iter().enumerate() {
                let next = tokens.get(at + 1).map_or(paragraph.span.end, |next| next.span.start);
                let ends_sentence = text::ends_sentence(&text[token.span.end..next]);
                let stem = texts.stems[paragraph.places.start + at];
                sequence.push(token.hash, stem, token.unspaced, ends_sentence);
            }
            sequence.end_paragraph();
        }
        sequence.end_document();
    }
    sequence
}
