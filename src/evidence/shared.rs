//! How much of a document stands in others, too.

use std::ops::Range;

use super::passages::Stretches;

/// How many tokens of each document, given as its range of places, lie in occurrences of passages that
/// stand in another of the documents, too.
pub(crate) fn shared(passages: &[Stretches], documents: &[Range<usize>]) -> Vec<usize> {
    let document =
        |places: &Range<u32>| documents.partition_point(|document| document.end <= places.start as usize);
    // Occurrences ascend, so those of a passage are in one document if the first and the last are.
    let several = passages.iter().filter(|passage| {
        let [first, .., last] = &passage.occurrences[..] else { return false };
        document(first) != document(last)
    });
    let mut occurrences: Vec<&Range<u32>> = several.flat_map(|passage| &passage.occurrences).collect();
    occurrences.sort_unstable_by_key(|places| (places.start, places.end));
    let mut counts = vec![0; documents.len()];
    let mut reached = 0;
    for places in occurrences {
        counts[document(places)] += places.end.saturating_sub(places.start.max(reached)) as usize;
        reached = reached.max(places.end);
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::Kind;

    #[test]
    fn tokens_count_once_and_only_if_another_document_has_them() {
        let passage = |occurrences: &[Range<u32>]| Stretches {
            kind: Kind::Verbatim,
            weight: 5000,
            tokens: 5,
            occurrences: occurrences.to_vec(),
        };
        let passages = [
            passage(&[0..5, 20..25]),
            passage(&[3..10, 12..19, 41..48]),
            passage(&[8..13, 47..52]),
            passage(&[30..35, 36..41]),
        ];
        let documents = [0..30, 30..30, 30..60];
        // 3..19, and 41..52; the first passage and the last stand in one document each.
        assert_eq!(shared(&passages, &documents), [16, 0, 11]);
        assert_eq!(shared(&[], &documents), [0, 0, 0]);
        assert_eq!(shared(&passages, &[0..60, 60..60]), [0, 0]);
    }
}
