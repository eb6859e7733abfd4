//! The tables, and what a store can do.

use crate::error::Error;

/// The tables of an index. Numbers in keys are big-endian, so that their order is that of the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Table {
    /// `format`, `settings`, `known`, `state` and, once there is one, `dictionary`.
    Meta,
    /// First paragraph of a document (u64) to what is known of it.
    Documents,
    /// First paragraph of a document (u64) and number of the piece (u32) to a piece of its text, compressed.
    Texts,
    /// Name of a document to its first paragraph.
    Names,
    /// Run (u32), first key (5 bytes) and number of the block (u32) to a block of postings.
    Runs,
    /// Run (u32) and part (u32) to a part of a filter.
    Filters,
    /// First paragraph of a removed document to the number of its paragraphs, until its postings are gone.
    Removed,
}

impl Table {
    pub(crate) const ALL: [Self; 7] =
        [Self::Meta, Self::Documents, Self::Texts, Self::Names, Self::Runs, Self::Filters, Self::Removed];

    /// Its name in the file.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Meta => "meta",
            Self::Documents => "docs",
            Self::Texts => "texts",
            Self::Names => "ids",
            Self::Runs => "runs",
            Self::Filters => "filters",
            Self::Removed => "removed",
        }
    }
}

/// Takes a key and its value; false ends a scan.
pub(crate) type Sink<'a> = &'a mut dyn FnMut(&[u8], &[u8]) -> Result<bool, Error>;

/// A key and its value.
pub(crate) type Owned = (Vec<u8>, Vec<u8>);

/// Reads one state of the tables.
pub(crate) trait Read {
    /// The value of a key.
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, Error>;

    /// Passes entries from a key on, ascending.
    fn scan(&self, table: Table, from: &[u8], sink: Sink<'_>) -> Result<(), Error>;

    /// Passes entries from a key on, descending.
    fn scan_back(&self, table: Table, from: &[u8], sink: Sink<'_>) -> Result<(), Error>;

    /// The entry with the greatest key that is not greater than this one.
    fn last_at_most(&self, table: Table, key: &[u8]) -> Result<Option<Owned>, Error> {
        let mut found = None;
        self.scan_back(table, key, &mut |key, value| {
            found = Some((key.to_vec(), value.to_vec()));
            Ok(false)
        })?;
        Ok(found)
    }
}

/// Changes the tables in a transaction, and reads what it has changed.
pub(crate) trait Write: Read {
    fn put(&mut self, table: Table, key: &[u8], value: &[u8]) -> Result<(), Error>;

    fn delete(&mut self, table: Table, key: &[u8]) -> Result<(), Error>;
}
