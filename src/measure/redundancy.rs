//! How much of a document is a repetition of what it said before.

use std::ops::Range;

use crate::passage::Stretches;
use crate::util::place_set::PlaceSet;
use crate::util::progress::{Cancelled, Watch};

/// How much of one document repeats what it said before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Redundancy {
    /// How many tokens lie in any but the first occurrence, in this document, of a passage.
    pub(crate) tokens: usize,
    /// The first stretch that repeats an earlier one.
    pub(crate) first: Option<Range<u32>>,
}

/// The redundancy of each document, given as its range of places. `excluded` tokens never count as
/// repetition.
pub(crate) fn redundancy(
    passages: &[Stretches],
    documents: &[Range<usize>],
    excluded: &PlaceSet,
    watch: Watch<'_>,
) -> Result<Vec<Redundancy>, Cancelled> {
    let wide = |places: &Range<u32>| places.start as usize..places.end as usize;
    let mut again: Vec<Range<u32>> = Vec::new();
    for passage in passages {
        let mut last = None;
        for occurrence in passage.occurrences.iter().filter(|places| !excluded.contains_all(wide(places))) {
            let document = documents.partition_point(|places| places.end <= occurrence.start as usize);
            if last == Some(document) {
                again.push(occurrence.clone());
            }
            last = Some(document);
        }
        watch.poll()?;
    }
    again.sort_unstable_by_key(|places| (places.start, places.end));
    let mut rest = &again[..];
    documents
        .iter()
        .map(|places| {
            let count = rest.partition_point(|again| (again.start as usize) < places.end);
            let (inside, after) = rest.split_at(count);
            rest = after;
            let (mut tokens, mut reached) = (0, 0);
            for again in inside {
                watch.poll()?;
                let new = again.start.max(reached).min(again.end)..again.end;
                tokens += new.len() - excluded.count(wide(&new));
                reached = reached.max(again.end);
            }
            Ok(Redundancy { tokens, first: inside.first().cloned() })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::passage::PassageKind;

    #[test]
    fn overlapping_repeats_count_once_and_other_documents_not_at_all() {
        let passage = |occurrences: &[Range<u32>]| Stretches {
            kind: PassageKind::Verbatim,
            weight: 5000,
            tokens: 5,
            size: 10,
            occurrences: occurrences.to_vec(),
        };
        let passages =
            [passage(&[0..5, 20..25, 40..45]), passage(&[8..12, 23..27]), passage(&[5..8, 50..53])];
        let documents = [0..30, 30..30, 30..60];
        let found = redundancy(&passages, &documents, &PlaceSet::default(), Watch::none()).unwrap();
        assert_eq!(found[0], Redundancy { tokens: 7, first: Some(20..25) });
        assert_eq!(found[1..], [Redundancy::default(), Redundancy::default()]);

        // Without the first occurrence of one passage and a part of the second of the other.
        let marks = PlaceSet::new(60, [0..5, 26..30].into_iter());
        let found = redundancy(&passages, &documents, &marks, Watch::none()).unwrap();
        assert_eq!(found[0], Redundancy { tokens: 3, first: Some(23..27) });
    }
}
