//! The stored documents that share keys with a document.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::documents::Record;
use crate::error::Error;
use crate::keys::DocumentKey;
use crate::lookup::{Filters, Found, find};
use crate::query::{Admits, Query};
use crate::settings::Derived;
use crate::state::State;
use crate::store::Read;

/// What the keys of a document lead to.
#[derive(Debug)]
pub(crate) struct Candidates {
    /// Those that share most keys first, of equal ones the older first.
    pub(crate) documents: Vec<Candidate>,
    /// The first tokens of the fingerprints that are too frequent, ascending.
    pub(crate) frequent: Vec<u32>,
    /// How many documents were left out because the query cannot compare their metadata.
    pub(crate) undated: usize,
}

/// A stored document that shares keys.
#[derive(Debug)]
pub(crate) struct Candidate {
    pub(crate) record: Record,
    /// The first tokens of the shared fingerprints, ascending.
    pub(crate) fingerprints: Vec<u32>,
    /// The paragraphs that share enough of their sketches: of the document, of the stored one, and how many shingles.
    pub(crate) alike: Vec<(u32, u32, u32)>,
}

impl Candidate {
    /// How many keys it shares.
    pub(crate) fn keys(&self) -> usize {
        self.fingerprints.len() + self.alike.iter().map(|&(_, _, shared)| shared as usize).sum::<usize>()
    }
}

/// Finds the candidates. `sizes` are the numbers of shingles of the paragraphs.
pub(crate) fn candidates(
    store: &(impl Read + ?Sized),
    state: &State,
    filters: &Filters,
    (keys, sizes): (&[DocumentKey], &[u32]),
    (derived, threshold): (&Derived, f64),
    query: &Query,
) -> Result<Candidates, Error> {
    let mut distinct: Vec<u64> = keys.iter().map(|key| key.key).collect();
    distinct.dedup();
    let found = find(store, state, filters, &distinct, query.frequent)?;
    // Both ascend by key.
    let mut of_key = distinct.iter().zip(&found).peekable();
    let (mut fingerprints, mut sketches, mut frequent) = (Vec::new(), Vec::new(), Vec::new());
    let mut skipped = vec![0_u32; sizes.len()];
    for key in keys {
        while of_key.next_if(|&(&other, _)| other < key.key).is_some() {}
        let Some(&(_, Found { paragraphs, frequent: too_many })) = of_key.peek() else { break };
        match (key.is_sketch(), too_many) {
            (true, true) => skipped[key.paragraph as usize] += 1,
            (false, true) => frequent.push(key.token),
            (true, false) => sketches.extend(paragraphs.iter().map(|&stored| (stored, key.paragraph))),
            (false, false) => fingerprints.extend(paragraphs.iter().map(|&stored| (stored, key.token))),
        }
    }
    frequent.sort_unstable();
    fingerprints.sort_unstable();
    sketches.sort_unstable();

    let mut documents = Documents { store, query, found: BTreeMap::new(), undated: 0, last: None };
    for (stored, token) in fingerprints {
        if let Some((candidate, _)) = documents.of(stored)? {
            candidate.fingerprints.push(token);
        }
    }
    documents.last = None;
    for same in sketches.chunk_by(|a, b| a == b) {
        let (stored, paragraph) = same[0];
        let shared = same.len() as u32;
        // A short paragraph has fewer shingles to share. What is too frequent may be shared.
        let size = sizes[paragraph as usize];
        let least = (f64::from(size) * threshold).ceil().min(derived.shared as f64) as u32;
        if shared < least.saturating_sub(skipped[paragraph as usize]) {
            continue;
        }
        if let Some((candidate, place)) = documents.of(stored)? {
            candidate.alike.push((paragraph, place, shared));
        }
    }
    let undated = documents.undated;
    let mut documents: Vec<Candidate> = documents.found.into_values().flatten().collect();
    for candidate in &mut documents {
        candidate.fingerprints.sort_unstable();
        candidate.fingerprints.dedup();
        candidate.alike.sort_unstable();
    }
    documents.sort_by_key(|candidate| (usize::MAX - candidate.keys(), candidate.record.stored.number));
    Ok(Candidates { documents, frequent, undated })
}

/// The documents of paragraphs that come in ascending order.
struct Documents<'a, R: ?Sized> {
    store: &'a R,
    query: &'a Query,
    /// By number; `None` if the query does not admit it.
    found: BTreeMap<u64, Option<Candidate>>,
    undated: usize,
    /// The number of the last one and the one behind its last paragraph.
    last: Option<(u64, u64)>,
}

impl<R: Read + ?Sized> Documents<'_, R> {
    /// The document of a stored paragraph and the place of the paragraph in it. `None` if it was removed.
    fn of(&mut self, paragraph: u64) -> Result<Option<(&mut Candidate, u32)>, Error> {
        let number = match self.last {
            Some((number, end)) if (number..end).contains(&paragraph) => number,
            _ => {
                let Some(record) = Record::at_most(self.store, paragraph)? else { return Ok(None) };
                let number = record.stored.number;
                let end = number + record.numbers();
                if paragraph >= end {
                    return Ok(None);
                }
                self.last = Some((number, end));
                if let Entry::Vacant(place) = self.found.entry(number) {
                    let admits = self.query.admits(&record.stored);
                    self.undated += usize::from(admits == Admits::Undated);
                    let candidate = Candidate { record, fingerprints: Vec::new(), alike: Vec::new() };
                    place.insert((admits == Admits::Yes).then_some(candidate));
                }
                number
            }
        };
        let found = self.found.get_mut(&number).and_then(Option::as_mut);
        Ok(found.map(|candidate| (candidate, (paragraph - number) as u32)))
    }
}
