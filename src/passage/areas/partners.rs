//! Which documents to compare at all.

use std::cmp::Reverse;

use crate::passage::sequence::Sequence;
use crate::util::parallel;

/// Sentences are looked up by so many of their rarest stems.
const RAREST: usize = 6;
/// A stem that more sentences hold leads to none of them.
const POSTINGS: usize = 32;
/// Two sentences count if they share so many of them.
const SHARED: usize = 2;
/// What all sentences that count share must come to.
const LEAST: usize = 4;
/// All documents together are gone through about so many times.
const TIMES: u64 = 16;

/// The pairs of documents that share rare stems, ascending.
///
/// An area has eight rare stems or more, so sentences that share two of their six rarest are where
/// to look. Pairs that share most come first, until their lengths add up to [`TIMES`] all documents:
/// a hundred versions of one text are not all compared with each other. Two documents are always
/// compared.
pub(super) fn partners(sequence: &Sequence) -> Vec<[usize; 2]> {
    let count = sequence.documents();
    if count <= 2 {
        return if count == 2 { vec![[0, 1]] } else { Vec::new() };
    }
    let postings = Postings::new(sequence);
    let found = parallel::map_ranges(count, 16, |documents| {
        documents.flat_map(|document| postings.partners(sequence, document)).collect::<Vec<_>>()
    });
    let mut found = found.concat();
    found.sort_unstable();
    let pairs = found.chunk_by(|a, b| a.0 == b.0);
    let mut pairs: Vec<(usize, [usize; 2])> =
        pairs.map(|same| (same.iter().map(|&(_, shared)| shared).sum(), same[0].0)).collect();
    pairs.retain(|&(shared, _)| shared >= LEAST);
    pairs.sort_unstable_by_key(|&(shared, pair)| (Reverse(shared), pair));
    let mut budget = TIMES * sequence.len() as u64;
    pairs.retain(|(_, pair)| {
        let cost = pair.iter().map(|&document| sequence.document(document).len() as u64).sum();
        let affordable = budget.checked_sub(cost);
        budget = affordable.unwrap_or(budget);
        affordable.is_some()
    });
    let mut pairs: Vec<[usize; 2]> = pairs.into_iter().map(|(_, pair)| pair).collect();
    pairs.sort_unstable();
    pairs
}

/// The sentences that hold each stem, ascending.
struct Postings {
    sentences: Vec<u32>,
    ends: Vec<u32>,
}

impl Postings {
    fn new(sequence: &Sequence) -> Self {
        let mut entries = Vec::with_capacity(sequence.len());
        let mut start = 0;
        for (sentence, &end) in (0_u64..).zip(&sequence.sentence_ends) {
            let stems = &sequence.stems[start..end as usize];
            entries.extend(stems.iter().map(|&stem| u64::from(stem) << 32 | sentence));
            start = end as usize;
        }
        parallel::sort_unstable(&mut entries);
        entries.dedup();
        let mut ends: Vec<u32> = Vec::new();
        // Stems are numbered in the order in which they appear, so none is missing.
        for same in entries.chunk_by(|a, b| a >> 32 == b >> 32) {
            ends.push(ends.last().unwrap_or(&0) + same.len() as u32);
        }
        Self { sentences: entries.into_iter().map(|entry| entry as u32).collect(), ends }
    }

    fn of(&self, stem: u32) -> &[u32] {
        let start = stem.checked_sub(1).map_or(0, |before| self.ends[before as usize]);
        &self.sentences[start as usize..self.ends[stem as usize] as usize]
    }

    /// The documents that a document's sentences lead to, as ordered pairs with how many stems two
    /// sentences share.
    fn partners(&self, sequence: &Sequence, document: usize) -> Vec<([usize; 2], usize)> {
        let mut partners = Vec::new();
        let mut rarest: Vec<u32> = Vec::new();
        let mut hits: Vec<u32> = Vec::new();
        for sentence in sequence.sentences_of(document) {
            let places = sequence.sentence(sentence);
            rarest.clear();
            rarest.extend(&sequence.stems[places.start as usize..places.end as usize]);
            rarest.sort_unstable_by_key(|&stem| (self.of(stem).len(), stem));
            rarest.dedup();
            hits.clear();
            let known = rarest.iter().map(|&stem| self.of(stem)).filter(|postings| postings.len() > 1);
            for postings in known.take(RAREST).filter(|postings| postings.len() <= POSTINGS) {
                hits.extend(postings);
            }
            hits.sort_unstable();
            for same in hits.chunk_by(|a, b| a == b).filter(|same| same.len() >= SHARED) {
                let other = sequence.document_of(sequence.sentence(same[0] as usize).start);
                if other != document {
                    partners.push(([document.min(other), document.max(other)], same.len()));
                }
            }
        }
        partners.sort_unstable();
        partners
            .chunk_by(|a, b| a.0 == b.0)
            .map(|same| (same[0].0, same.iter().map(|hit| hit.1).sum()))
            .collect()
    }
}
