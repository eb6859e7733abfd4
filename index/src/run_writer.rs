//! Writes a run of postings: its blocks and its filter.

use crate::bits::seal;
use crate::error::Error;
use crate::filter::Layout;
use crate::postings::{BLOCK, Posting, encode};
use crate::state::Run;
use crate::store::{Table, Write};

/// A run that is being written.
#[derive(Debug)]
pub(crate) struct RunWriter {
    run: Run,
    pending: Vec<Posting>,
    part: u32,
    filter: Vec<u8>,
}

/// The key of a block.
pub(crate) fn block_key(run: u32, key: u64, block: u32) -> [u8; 13] {
    let mut bytes = [0; 13];
    bytes[..4].copy_from_slice(&run.to_be_bytes());
    bytes[4..9].copy_from_slice(&key.to_be_bytes()[3..]);
    bytes[9..].copy_from_slice(&block.to_be_bytes());
    bytes
}

/// The run and the first posting key of a block, from its key.
pub(crate) fn read_block_key(bytes: &[u8]) -> Option<(u32, u64)> {
    let bytes: &[u8; 13] = bytes.try_into().ok()?;
    let [a, b, c, d, key @ .., _, _, _, _] = *bytes;
    let mut wide = [0; 8];
    wide[3..].copy_from_slice(&key);
    Some((u32::from_be_bytes([a, b, c, d]), u64::from_be_bytes(wide)))
}

/// The key of a part of a filter.
pub(crate) fn filter_key(run: u32, part: u32) -> [u8; 8] {
    let mut bytes = [0; 8];
    bytes[..4].copy_from_slice(&run.to_be_bytes());
    bytes[4..].copy_from_slice(&part.to_be_bytes());
    bytes
}

impl RunWriter {
    /// Begins a run of at most `most` postings of the paragraphs from `first` to before `end`.
    pub(crate) fn new(id: u32, level: u32, first: u64, end: u64, most: u64) -> Self {
        let filter = Layout::new(most);
        let run = Run { id, level, first, end, postings: 0, blocks: 0, filter };
        Self { run, pending: Vec::with_capacity(BLOCK), part: 0, filter: filter.empty_part() }
    }

    /// Adds the next posting; they ascend.
    pub(crate) fn push(&mut self, store: &mut (impl Write + ?Sized), posting: Posting) -> Result<(), Error> {
        let part = self.run.filter.part(posting.key);
        while self.part < part {
            self.end_part(store)?;
        }
        self.run.filter.insert(&mut self.filter, posting.key);
        self.pending.push(posting);
        self.run.postings += 1;
        if self.pending.len() == BLOCK { self.end_block(store) } else { Ok(()) }
    }

    /// Writes what is left, and returns the run.
    pub(crate) fn finish(mut self, store: &mut (impl Write + ?Sized)) -> Result<Run, Error> {
        if !self.pending.is_empty() {
            self.end_block(store)?;
        }
        while self.part < self.run.filter.parts {
            self.end_part(store)?;
        }
        Ok(self.run)
    }

    fn end_block(&mut self, store: &mut (impl Write + ?Sized)) -> Result<(), Error> {
        let key = block_key(self.run.id, self.pending[0].key, self.run.blocks);
        store.put(Table::Runs, &key, &seal(&key, encode(&self.pending, self.run.first)))?;
        self.run.blocks += 1;
        self.pending.clear();
        Ok(())
    }

    fn end_part(&mut self, store: &mut (impl Write + ?Sized)) -> Result<(), Error> {
        let key = filter_key(self.run.id, self.part);
        let part = std::mem::replace(&mut self.filter, self.run.filter.empty_part());
        store.put(Table::Filters, &key, &seal(&key, part))?;
        self.part += 1;
        Ok(())
    }
}
