//! Finds the paragraphs that have given keys.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::bits::unseal;
use crate::error::Error;
use crate::postings::decode;
use crate::run_writer::{block_key, filter_key, read_block_key};
use crate::state::{Run, State};
use crate::store::{Read, Table};

/// The parts of filters that were read, by run and part. Runs never change.
#[derive(Debug, Default)]
pub(crate) struct Filters(Mutex<Parts>);

#[derive(Debug, Default)]
struct Parts {
    parts: BTreeMap<(u32, u32), Arc<[u8]>>,
    bytes: usize,
}

/// The most bytes of filters that are kept in memory.
const KEPT: usize = 64 << 20;

impl Filters {
    fn part(
        &self,
        store: &(impl Read + ?Sized),
        state: &State,
        run: &Run,
        part: u32,
    ) -> Result<Arc<[u8]>, Error> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = kept.parts.get(&(run.id, part)) {
            return Ok(Arc::clone(found));
        }
        let key = filter_key(run.id, part);
        let sealed = store.get(Table::Filters, &key)?.ok_or_else(|| Error::damaged("a filter is missing"))?;
        let found: Arc<[u8]> = unseal("a filter", &key, &sealed)?.into();
        if !run.filter.fits(&found) {
            return Err(Error::damaged("a filter has another length than it should have"));
        }
        if kept.bytes + found.len() > KEPT {
            kept.parts.retain(|&(id, _), _| state.runs.iter().any(|run| run.id == id));
            kept.bytes = kept.parts.values().map(|part| part.len()).sum();
        }
        if kept.bytes + found.len() <= KEPT {
            kept.bytes += found.len();
            kept.parts.insert((run.id, part), Arc::clone(&found));
        }
        Ok(found)
    }
}

/// The paragraphs with a key, as far as they were read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    /// Ascending, at most as many as were asked for.
    pub(crate) paragraphs: Vec<u64>,
    /// Whether there are more.
    pub(crate) frequent: bool,
}

/// Finds the paragraphs that have each of the keys, which ascend and are distinct. Of a key that more than `most`
/// paragraphs have, no more are read.
pub(crate) fn find(
    store: &(impl Read + ?Sized),
    state: &State,
    filters: &Filters,
    keys: &[u64],
    most: usize,
) -> Result<Vec<Found>, Error> {
    let mut found = vec![Found::default(); keys.len()];
    for run in &state.runs {
        let mut part = None;
        for (&key, found) in keys.iter().zip(&mut found) {
            if found.frequent {
                continue;
            }
            let number = run.filter.part(key);
            let filter = match &part {
                Some((at, filter)) if *at == number => filter,
                _ => {
                    let filter = filters.part(store, state, run, number)?;
                    &part.insert((number, filter)).1
                }
            };
            if run.filter.may_have(filter, key) {
                read_key(store, run, key, most, found)?;
            }
        }
    }
    Ok(found)
}

/// Reads the paragraphs that have a key in a run.
fn read_key(
    store: &(impl Read + ?Sized),
    run: &Run,
    key: u64,
    most: usize,
    found: &mut Found,
) -> Result<(), Error> {
    let before = found.paragraphs.len();
    // Its postings may begin in the last block that begins with a lesser key.
    store.scan_back(Table::Runs, &block_key(run.id, key, u32::MAX), &mut |name, value| {
        let Some((_, first)) = read_block_key(name).filter(|&(id, _)| id == run.id) else {
            return Ok(false);
        };
        let block = unseal("a block of postings", name, value)?;
        decode(block, first, run.first, |posting| {
            if posting.key == key {
                found.paragraphs.push(posting.paragraph);
            }
            posting.key <= key
        })?;
        Ok(first == key && found.paragraphs.len() <= most)
    })?;
    found.frequent = found.paragraphs.len() > most;
    if found.frequent {
        found.paragraphs = Vec::new();
    }
    if let Some(own) = found.paragraphs.get_mut(before..) {
        own.sort_unstable();
    }
    Ok(())
}
