//! Candidates: paragraphs that share the key of a band.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::builder::Int64Builder;
use arrow_array::{Int64Array, RecordBatch};
use pyo3::prelude::*;
use refrain::Candidates;

use super::columns::{Columns, batch_of, mapped};
use crate::arrow::Table;
use crate::errors::refused;

/// Set in the bucket of a paragraph that is known to be crowded. Buckets have 16 bits of a band and 32 of a key.
const CROWDED: i64 = 1 << 62;

/// Reads paragraphs sorted by bucket, in any number of batches, and makes candidates of them.
///
/// A bucket of `n` members up to the largest gives `n (n − 1) / 2` candidates. The members of a larger one are
/// crowded: each is one row without a right side. It holds the members of one bucket at most.
#[pyclass(module = "refrain_text._refrain")]
#[derive(Debug, Default)]
pub(crate) struct Buckets {
    bucket: i64,
    /// Up to the largest number of members; then they are crowded, and only this is remembered.
    members: Vec<i64>,
    is_crowd: bool,
}

#[pymethods]
impl Buckets {
    #[new]
    fn new() -> Self {
        Self::default()
    }

    /// The members of buckets, of paragraphs with their `keys`: columns `gid`, `keys` to `bucket`, `gid`.
    ///
    /// A bucket that is crowded within the batch keeps just enough rows to show whoever reads it that it is
    /// crowded; the other members are marked as crowded. So a bucket of very many members does not
    /// become one heavy partition.
    #[staticmethod]
    fn members(py: Python<'_>, batch: &Bound<'_, PyAny>) -> PyResult<Table> {
        mapped(py, batch, members)
    }

    /// The candidates in whole buckets: columns `bucket`, `gid` to `left`, `right`.
    fn push(&mut self, batch: &Bound<'_, PyAny>) -> PyResult<Table> {
        let table = Table::from_arrow(batch)?;
        let mut found = Found::default();
        for batch in table.batches() {
            let columns = Columns(batch);
            let (buckets, gids) = (columns.longs("bucket")?, columns.longs("gid")?);
            for (&bucket, &gid) in buckets.values().iter().zip(gids.values()) {
                self.add(bucket, gid, &mut found);
            }
        }
        Ok(Table::from_batch(found.batch()?))
    }

    /// The candidates in the last bucket.
    fn finish(&mut self) -> PyResult<Table> {
        let mut found = Found::default();
        self.end(&mut found);
        Ok(Table::from_batch(found.batch()?))
    }
}

impl Buckets {
    fn add(&mut self, bucket: i64, gid: i64, found: &mut Found) {
        if bucket & CROWDED != 0 {
            return found.crowded(gid);
        }
        if bucket != self.bucket {
            self.end(found);
            self.bucket = bucket;
        }
        if self.is_crowd {
            return found.crowded(gid);
        }
        self.members.push(gid);
        if self.members.len() > Candidates::LARGEST_BUCKET {
            self.is_crowd = true;
            self.members.drain(..).for_each(|gid| found.crowded(gid));
        }
    }

    fn end(&mut self, found: &mut Found) {
        self.members.sort_unstable();
        for (at, &right) in self.members.iter().enumerate() {
            self.members[..at].iter().for_each(|&left| found.pair(left, right));
        }
        self.members.clear();
        self.is_crowd = false;
    }
}

#[derive(Debug, Default)]
struct Found {
    left: Int64Builder,
    right: Int64Builder,
}

impl Found {
    fn pair(&mut self, left: i64, right: i64) {
        self.left.append_value(left);
        self.right.append_value(right);
    }

    fn crowded(&mut self, gid: i64) {
        self.left.append_value(gid);
        self.right.append_null();
    }

    fn batch(mut self) -> PyResult<RecordBatch> {
        batch_of(vec![("left", Arc::new(self.left.finish())), ("right", Arc::new(self.right.finish()))])
    }
}

fn members(batch: &RecordBatch) -> PyResult<RecordBatch> {
    let columns = Columns(batch);
    let (gids, keys) = (columns.longs("gid")?, columns.bytes("keys")?);
    let mut met: Vec<(i64, i64)> = Vec::new();
    for (row, &gid) in gids.values().iter().enumerate() {
        let (keys, rest) = keys.get(row).unwrap_or_default().as_chunks::<4>();
        if !rest.is_empty() || keys.len() > usize::from(u16::MAX) {
            return Err(refused("the column `keys` holds no keys of bands"));
        }
        let key = |(band, key): (i64, &[u8; 4])| (band << 32 | i64::from(u32::from_le_bytes(*key)), gid);
        met.extend((0..).zip(keys).map(key));
    }
    let mut sizes: HashMap<i64, usize> = HashMap::with_capacity(met.len());
    for (bucket, gid) in &mut met {
        let size = sizes.entry(*bucket).or_default();
        *size += 1;
        if *size > Candidates::LARGEST_BUCKET + 1 {
            // Its own bucket, so that these rows are spread, too.
            *bucket = CROWDED | (*gid & (CROWDED - 1));
        }
    }
    let (buckets, gids): (Vec<i64>, Vec<i64>) = met.into_iter().unzip();
    batch_of(vec![("bucket", Arc::new(Int64Array::from(buckets))), ("gid", Arc::new(Int64Array::from(gids)))])
}
