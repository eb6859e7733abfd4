//! Which documents to compare at all.

use std::cmp::Reverse;

use crate::passage::search::Search;
use crate::passage::thresholds::limits::{POSTINGS, SHARED_BY_DOCUMENTS, SHARED_STEMS, TIMES};
use crate::util::parallel;
use crate::util::progress::Cancelled;

/// The pairs of documents that share rare stems, ascending.
///
/// Sentences that share several of their rarest stems lead from one document to another. Pairs that
/// share most come first, until their lengths come to a multiple of all documents: a hundred versions
/// of one text are not all compared with each other. Two documents are always compared.
pub(in crate::passage) fn document_pairs(search: &Search<'_>) -> Result<Vec<[usize; 2]>, Cancelled> {
    let sequence = search.sequence;
    let count = sequence.documents();
    if count <= 2 {
        return Ok(if count == 2 { vec![[0, 1]] } else { Vec::new() });
    }
    let found = parallel::try_map_ranges(count, 16, |documents| {
        documents.map(|document| partners(search, document)).collect::<Result<Vec<_>, _>>()
    })?;
    let mut found = parallel::try_concat(found.concat(), search.watch)?;
    parallel::try_sort_unstable(&mut found, search.watch)?;
    let pairs = found.chunk_by(|a, b| a.0 == b.0);
    let mut pairs: Vec<(usize, [usize; 2])> =
        pairs.map(|same| (same.iter().map(|&(_, shared)| shared).sum(), same[0].0)).collect();
    pairs.retain(|&(shared, _)| shared >= SHARED_BY_DOCUMENTS);
    parallel::try_sort_unstable_by_key(&mut pairs, |&(shared, pair)| (Reverse(shared), pair), search.watch)?;
    let mut budget = TIMES * sequence.len() as u64;
    pairs.retain(|(_, pair)| {
        let cost = pair.iter().map(|&document| sequence.document(document).len() as u64).sum();
        let affordable = budget.checked_sub(cost);
        budget = affordable.unwrap_or(budget);
        affordable.is_some()
    });
    let mut pairs: Vec<[usize; 2]> = pairs.into_iter().map(|(_, pair)| pair).collect();
    parallel::try_sort_unstable(&mut pairs, search.watch)?;
    Ok(pairs)
}

/// The documents that the sentences of a document lead to, as ascending pairs, with how many stems
/// sentences share.
fn partners(search: &Search<'_>, document: usize) -> Result<Vec<([usize; 2], usize)>, Cancelled> {
    let (sequence, sentences) = (search.sequence, search.sentences()?);
    let all = 0..sentences.len();
    let rarest = search.thresholds.rare_stems as usize;
    let mut partners = Vec::new();
    let mut known: Vec<(usize, u32)> = Vec::new();
    let mut hits: Vec<u32> = Vec::new();
    for sentence in sequence.sentences_of(document) {
        search.watch.poll()?;
        let stems = sentences.stems(sentence).map(|stem| (sentences.with_stem(stem, &all).len(), stem));
        known.clear();
        known.extend(stems.filter(|&(count, _)| count > 1));
        known.sort_unstable();
        hits.clear();
        for &(_, stem) in known.iter().take(rarest).filter(|&&(count, _)| count <= POSTINGS) {
            hits.extend(sentences.with_stem(stem, &all));
        }
        hits.sort_unstable();
        for same in hits.chunk_by(|a, b| a == b).filter(|same| same.len() >= SHARED_STEMS) {
            let other = sequence.document_of(sentences.unit(same[0] as usize).start);
            if other != document {
                partners.push(([document.min(other), document.max(other)], same.len()));
            }
        }
    }
    parallel::try_sort_unstable(&mut partners, search.watch)?;
    let sum = |same: &[([usize; 2], usize)]| (same[0].0, same.iter().map(|hit| hit.1).sum());
    Ok(partners.chunk_by(|a, b| a.0 == b.0).map(sum).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::passage::sequence::Sequence;
    use crate::passage::thresholds::PassageThresholds;
    use crate::set::hash::mix;
    use crate::util::progress::Watch;

    #[test]
    fn documents_that_share_rare_stems_are_compared() {
        let words = |from: u64| (from..from + 12).collect::<Vec<u64>>();
        // The third document shares all words with the first, the second none with either.
        let documents = [words(0), words(100), words(0)];
        let pairs = |documents: &[Vec<u64>]| {
            let mut sequence = Sequence::default();
            for document in documents {
                for (at, &word) in document.iter().enumerate() {
                    sequence.push(mix(word), mix(word), false, at % 6 == 5);
                }
                sequence.end_paragraph();
                sequence.end_document();
            }
            let search = Search::new(&sequence, PassageThresholds::default(), 8, Watch::none()).unwrap();
            document_pairs(&search).unwrap()
        };
        assert_eq!(pairs(&documents), [[0, 2]]);
        assert_eq!(pairs(&documents[..2]), [[0, 1]], "two are always compared");
        assert!(pairs(&documents[..1]).is_empty());
    }
}
