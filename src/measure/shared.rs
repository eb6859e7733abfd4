//! What documents have in common: which passages, and how much of each document.

use std::cmp::Reverse;
use std::ops::Range;

use crate::passage::{PassageKind, Stretches};
use crate::util::progress::{Cancelled, Watch};

/// How many tokens of a document others have, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shared {
    /// Those in occurrences of passages that stand in another document, but of reworded ones only the tokens
    /// whose stems an occurrence in another document has, and as often as it has them.
    pub(crate) tokens: usize,
    /// All tokens in these occurrences.
    pub(crate) area: usize,
}

/// What each document shares with others, given the stems of all places.
pub(crate) fn shared(
    passages: &[Stretches],
    documents: &[Range<usize>],
    stems: &[u64],
    watch: Watch<'_>,
) -> Result<Vec<Shared>, Cancelled> {
    let mut area = vec![false; stems.len()];
    let mut inside = vec![false; stems.len()];
    for passage in passages.iter().filter(|passage| passage.stands_in_several(documents)) {
        watch.poll()?;
        for places in &passage.occurrences {
            area[places.start as usize..places.end as usize].fill(true);
        }
        if passage.kind == PassageKind::Reworded {
            mark_matched(passage, documents, stems, &mut inside);
        } else {
            for places in &passage.occurrences {
                inside[places.start as usize..places.end as usize].fill(true);
            }
        }
    }
    let count = |set: &[bool], places: &Range<usize>| set[places.clone()].iter().filter(|&&is| is).count();
    let shared = |places| Shared { tokens: count(&inside, places), area: count(&area, places) };
    Ok(documents.iter().map(shared).collect())
}

fn mark_matched(passage: &Stretches, documents: &[Range<usize>], stems: &[u64], inside: &mut [bool]) {
    let occurrences: Vec<(usize, Vec<(u64, usize)>)> = passage
        .occurrences
        .iter()
        .map(|places| {
            let all = places.start as usize..places.end as usize;
            let mut sorted: Vec<(u64, usize)> = all.map(|place| (stems[place], place)).collect();
            sorted.sort_unstable();
            (document(documents, places), sorted)
        })
        .collect();
    let same = |a: &(u64, usize), b: &(u64, usize)| a.0 == b.0;
    // How often an occurrence in each document has each stem, those that have it most first.
    let mut times: Vec<(u64, usize, Reverse<usize>)> = Vec::new();
    for (document, sorted) in &occurrences {
        times.extend(sorted.chunk_by(same).map(|chunk| (chunk[0].0, *document, Reverse(chunk.len()))));
    }
    times.sort_unstable();
    times.dedup_by_key(|&mut (stem, document, _)| (stem, document));
    times.sort_unstable_by_key(|&(stem, document, times)| (stem, times, document));
    for (document, sorted) in &occurrences {
        for chunk in sorted.chunk_by(same) {
            let first = times.partition_point(|&(stem, ..)| stem < chunk[0].0);
            let mut others = times[first..].iter().take_while(|&&(stem, ..)| stem == chunk[0].0);
            let most = others.find(|&(_, other, _)| other != document).map_or(0, |other| other.2.0);
            chunk.iter().take(most).for_each(|&(_, place)| inside[place] = true);
        }
    }
}

/// The document that a stretch lies in.
fn document(documents: &[Range<usize>], places: &Range<u32>) -> usize {
    documents.partition_point(|document| document.end <= places.start as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passage(kind: PassageKind, occurrences: &[Range<u32>]) -> Stretches {
        Stretches { kind, weight: 5000, tokens: 5, size: 10, occurrences: occurrences.to_vec() }
    }

    #[test]
    fn tokens_count_once_and_only_if_another_document_has_them() {
        let passages = [
            passage(PassageKind::Verbatim, &[0..5, 20..25]),
            passage(PassageKind::Edited, &[3..10, 12..19, 41..48]),
            passage(PassageKind::Verbatim, &[8..13, 47..52]),
            passage(PassageKind::Verbatim, &[30..35, 36..41]),
        ];
        let documents = [0..30, 30..30, 30..60];
        // 3..19, and 41..52; the first passage and the last stand in one document each.
        let shared = |passages: &[Stretches], documents: &[Range<usize>], stems: &[u64]| {
            let found = shared(passages, documents, stems, Watch::none()).unwrap();
            assert!(found.iter().all(|shared| shared.tokens == shared.area));
            found.iter().map(|shared| shared.tokens).collect::<Vec<_>>()
        };
        assert_eq!(shared(&passages, &documents, &[0; 60]), [16, 0, 11]);
        assert_eq!(shared(&[], &documents, &[0; 60]), [0, 0, 0]);
        assert_eq!(shared(&passages, &[0..60, 60..60], &[0; 60]), [0, 0]);
    }

    #[test]
    fn of_reworded_passages_only_what_is_matched_counts() {
        let mut stems: Vec<u64> = (0..60).collect();
        // 1 stands four times in one document, and once in the other.
        (stems[20], stems[25], stems[28], stems[42]) = (1, 1, 1, 1);
        stems[43] = 2;
        let passages = [passage(PassageKind::Reworded, &[0..10, 20..30, 40..50])];
        // 1 and 2 of the first, 1 of the second, both of the third.
        let shared = |documents: [Range<usize>; 2]| {
            let found = shared(&passages, &documents, &stems, Watch::none()).unwrap();
            found.iter().map(|shared| (shared.tokens, shared.area)).collect::<Vec<_>>()
        };
        assert_eq!(shared([0..30, 30..60]), [(3, 20), (2, 10)]);
        assert_eq!(shared([0..15, 15..60]), [(2, 10), (3, 20)]);
    }
}
