//! The removed documents whose postings were not merged yet.

use crate::error::Error;
use crate::store::{Read, Table};

/// The paragraphs of removed documents: the first of each document and the one behind its last, ascending.
#[derive(Debug)]
pub(crate) struct Removed(Vec<(u64, u64)>);

impl Removed {
    /// Those that begin in a range of paragraphs.
    pub(crate) fn load(store: &(impl Read + ?Sized), from: u64, end: u64) -> Result<Self, Error> {
        let mut found = Vec::new();
        store.scan(Table::Removed, &from.to_be_bytes(), &mut |key, value| {
            let (Ok(first), Ok(count)) = (key.try_into(), value.try_into()) else {
                return Err(Error::damaged("the table of removed documents cannot be read"));
            };
            let (first, count) = (u64::from_be_bytes(first), u64::from_be_bytes(count));
            if first >= end {
                return Ok(false);
            }
            found.push((first, first.saturating_add(count)));
            Ok(true)
        })?;
        Ok(Self(found))
    }

    pub(crate) fn has(&self, paragraph: u64) -> bool {
        let behind = self.0.partition_point(|&(first, _)| first <= paragraph);
        behind > 0 && paragraph < self.0[behind - 1].1
    }

    /// The first paragraphs of the documents.
    pub(crate) fn documents(&self) -> impl Iterator<Item = u64> {
        self.0.iter().map(|&(first, _)| first)
    }
}
