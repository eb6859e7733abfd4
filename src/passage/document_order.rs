//! The order in which documents are searched, and back to the order of input.

use std::ops::Range;

use super::stretches::Stretches;
use crate::input::TokenizedDocuments;

/// An order of documents, and where the tokens of each stand in both orders.
#[derive(Debug)]
pub(super) struct DocumentOrder {
    /// The documents, by their numbers in the input.
    pub(super) documents: Vec<usize>,
    /// For each document of this order, where its tokens begin in it and in the input.
    starts: Vec<[u32; 2]>,
}

impl DocumentOrder {
    /// An order that does not depend on that of the input: the shortest first, equal lengths by their
    /// texts.
    ///
    /// Some steps of the search have to begin somewhere: what stands in three places is linked in a chain,
    /// and one side is trimmed before the other.
    pub(super) fn by_length(texts: &TokenizedDocuments<'_>) -> Self {
        let mut documents: Vec<usize> = (0..texts.documents.len()).collect();
        documents.sort_by_key(|&document| {
            let text = texts.documents[document].text();
            (text.len(), text)
        });
        Self::new(texts, documents)
    }

    /// One document alone.
    pub(super) fn alone(texts: &TokenizedDocuments<'_>, document: usize) -> Self {
        Self::new(texts, vec![document])
    }

    fn new(texts: &TokenizedDocuments<'_>, documents: Vec<usize>) -> Self {
        let places = texts.places_by_document();
        let mut next = 0;
        let starts = documents.iter().map(|&document| {
            let start = next;
            next += places[document].len() as u32;
            [start, places[document].start as u32]
        });
        Self { starts: starts.collect(), documents }
    }

    /// Turns places of this order into places of the input.
    pub(super) fn to_input(&self, passage: &mut Stretches) {
        for places in &mut passage.occurrences {
            // Empty documents begin where the next one does, so the last one counts.
            let number = self.starts.partition_point(|&[start, _]| start <= places.start) - 1;
            let [here, input] = self.starts[number];
            *places = moved(places, here, input);
        }
        passage.occurrences.sort_unstable_by_key(|places| places.start);
    }

    /// Turns places of the input into places of this order, which holds all documents.
    pub(super) fn to_order(&self, passage: &mut Stretches) {
        for places in &mut passage.occurrences {
            let before = self.starts.iter().filter(|[_, input]| *input <= places.start);
            if let Some(&[here, input]) = before.max_by_key(|[here, input]| (*input, *here)) {
                *places = moved(places, input, here);
            }
        }
        passage.occurrences.sort_unstable_by_key(|places| places.start);
    }
}

fn moved(places: &Range<u32>, from: u32, to: u32) -> Range<u32> {
    places.start - from + to..places.end - from + to
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::Document;
    use crate::passage::kind::PassageKind;
    use crate::util::progress::Watch;

    #[test]
    fn places_go_there_and_back() {
        let documents = ["six words stand in this one", "", "two words", "and four words here"];
        let documents: Vec<Document<'_>> = documents.into_iter().map(Document::from).collect();
        let texts = TokenizedDocuments::new(&documents, Watch::none()).unwrap();
        let order = DocumentOrder::by_length(&texts);
        assert_eq!(order.documents, [1, 2, 3, 0]);
        let passage = |occurrences: &[Range<u32>]| Stretches {
            kind: PassageKind::Verbatim,
            weight: 0,
            tokens: 1,
            occurrences: occurrences.to_vec(),
        };
        let mut found = passage(&[0..2, 3..6, 6..12]);
        order.to_input(&mut found);
        assert_eq!(found, passage(&[0..6, 6..8, 9..12]));
        order.to_order(&mut found);
        assert_eq!(found, passage(&[0..2, 3..6, 6..12]));
    }
}
