//! The order in which documents are searched, and back to the order of input.

use super::stretches::Stretches;
use crate::input::TokenizedDocuments;

/// An order of documents, and where the tokens of each stand in both orders.
#[derive(Debug)]
pub(super) struct DocumentOrder {
    /// The documents, by their numbers in the input.
    pub(super) documents: Vec<usize>,
    /// For each document of this order that has tokens, where they begin in it and in the input. Others
    /// would begin where the next one does.
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
        let mut next = 0;
        let places = documents.iter().map(|&document| texts.places_of(document));
        let starts = places.filter(|places| !places.is_empty()).map(|places| {
            let start = next;
            next += places.len() as u32;
            [start, places.start as u32]
        });
        let starts = starts.collect();
        Self { documents, starts }
    }

    /// Turns places of this order into places of the input.
    pub(super) fn to_input(&self, passage: &mut Stretches) {
        move_all(passage, &self.starts);
    }
}

/// Moves occurrences with their documents, given by where they begin before and after, ascending.
fn move_all(passage: &mut Stretches, starts: &[[u32; 2]]) {
    for places in &mut passage.occurrences {
        let [from, to] = starts[starts.partition_point(|&[start, _]| start <= places.start) - 1];
        *places = places.start - from + to..places.end - from + to;
    }
    passage.occurrences.sort_unstable_by_key(|places| places.start);
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::*;
    use crate::input::Document;
    use crate::passage::kind::PassageKind;
    use crate::text::ParagraphBreaks;
    use crate::util::progress::Watch;

    #[test]
    fn places_go_back_to_the_order_of_input() {
        let documents = ["six words stand in this one", "", "two words", "and four words here"];
        let documents: Vec<Document<'_>> = documents.into_iter().map(Document::from).collect();
        let texts = TokenizedDocuments::new(&documents, ParagraphBreaks::Blank, Watch::none()).unwrap();
        let order = DocumentOrder::by_length(&texts);
        assert_eq!(order.documents, [1, 2, 3, 0]);
        let passage = |occurrences: &[Range<u32>]| Stretches {
            kind: PassageKind::Verbatim,
            weight: 0,
            tokens: 1,
            size: 2,
            occurrences: occurrences.to_vec(),
        };
        let mut found = passage(&[0..2, 3..6, 6..12]);
        order.to_input(&mut found);
        assert_eq!(found, passage(&[0..6, 6..8, 9..12]));
    }
}
