//! Merges runs, and leaves out the postings of removed documents.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use crate::bits::unseal;
use crate::error::Error;
use crate::postings::{Posting, decode};
use crate::progress::{Stage, Watch, show};
use crate::removed::Removed;
use crate::run_writer::{RunWriter, block_key, filter_key, read_block_key};
use crate::state::{Run, State};
use crate::store::{Read, Table, Write};

/// The number of runs of a level that become one of the next.
const FAN: usize = 7;
/// The blocks that are read at a time.
const BLOCKS: usize = 64;
/// The postings after which the watcher is asked.
const POLL: u64 = 1 << 18;

/// Merges runs while there are seven of a level.
pub(crate) fn merge_full_levels(
    store: &mut (impl Write + ?Sized),
    state: &mut State,
    watch: Watch<'_>,
) -> Result<(), Error> {
    while let Some(last) = state.runs.last() {
        let of_level = state.runs.iter().rev().take_while(|run| run.level == last.level).count();
        if of_level < FAN {
            break;
        }
        let from = state.runs.len() - of_level;
        merge(store, state, from, watch)?;
    }
    Ok(())
}

/// Merges the runs from the one at `from` on into one.
pub(crate) fn merge(
    store: &mut (impl Write + ?Sized),
    state: &mut State,
    from: usize,
    watch: Watch<'_>,
) -> Result<(), Error> {
    let old = state.runs.split_off(from);
    let [Some(first), Some(last)] = [old.first(), old.last()] else { return Ok(()) };
    let (first, end) = (first.first, last.end);
    let removed = Removed::load(store, first, end)?;
    let level = 1 + old.iter().map(|run| run.level).max().unwrap_or(0);
    let total = old.iter().map(|run| run.postings).sum();
    let mut writer = RunWriter::new(state.next_run, level, first, end, total);
    state.next_run += 1;

    let mut readers: Vec<RunReader<'_>> = old.iter().map(RunReader::new).collect();
    let mut heap = BinaryHeap::new();
    for (number, reader) in readers.iter_mut().enumerate() {
        heap.extend(reader.next(store)?.map(|posting| Reverse((posting, number))));
    }
    let mut done = 0;
    while let Some(Reverse((posting, number))) = heap.pop() {
        if done % POLL == 0 {
            show(watch, Stage::Merging, done, total)?;
        }
        done += 1;
        if !removed.has(posting.paragraph) {
            writer.push(store, posting)?;
        }
        heap.extend(readers[number].next(store)?.map(|posting| Reverse((posting, number))));
    }
    if done != total {
        return Err(Error::damaged("postings are missing"));
    }
    let run = writer.finish(store)?;
    for run in &old {
        delete(store, run)?;
    }
    for first in removed.documents() {
        store.delete(Table::Removed, &first.to_be_bytes())?;
    }
    state.runs.push(run);
    Ok(())
}

fn delete(store: &mut (impl Write + ?Sized), run: &Run) -> Result<(), Error> {
    let mut keys = Vec::with_capacity(run.blocks as usize);
    store.scan(Table::Runs, &block_key(run.id, 0, 0), &mut |key, _| {
        let is_own = key.starts_with(&run.id.to_be_bytes());
        if is_own {
            keys.push(key.to_vec());
        }
        Ok(is_own)
    })?;
    for key in keys {
        store.delete(Table::Runs, &key)?;
    }
    for part in 0..run.filter.parts {
        store.delete(Table::Filters, &filter_key(run.id, part))?;
    }
    Ok(())
}

/// Reads a run from its beginning to its end.
#[derive(Debug)]
pub(crate) struct RunReader<'r> {
    run: &'r Run,
    /// The key of the block that comes next.
    next: Option<Vec<u8>>,
    postings: VecDeque<Posting>,
}

impl<'r> RunReader<'r> {
    pub(crate) fn new(run: &'r Run) -> Self {
        Self { run, next: Some(block_key(run.id, 0, 0).to_vec()), postings: VecDeque::new() }
    }

    pub(crate) fn next(&mut self, store: &(impl Read + ?Sized)) -> Result<Option<Posting>, Error> {
        if self.postings.is_empty()
            && let Some(from) = self.next.take()
        {
            let Self { run, next, postings } = self;
            let mut blocks = 0;
            store.scan(Table::Runs, &from, &mut |key, value| {
                let Some((_, first)) = read_block_key(key).filter(|&(id, _)| id == run.id) else {
                    return Ok(false);
                };
                if blocks == BLOCKS {
                    *next = Some(key.to_vec());
                    return Ok(false);
                }
                blocks += 1;
                let block = unseal("a block of postings", key, value)?;
                decode(block, first, run.first, |posting| {
                    postings.push_back(posting);
                    true
                })?;
                Ok(true)
            })?;
        }
        Ok(self.postings.pop_front())
    }
}
