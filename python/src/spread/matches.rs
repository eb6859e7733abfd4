//! The matches that were found, as a batch: both paragraphs, how much they share, and whether only numbers differ.

use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_array::builder::{BooleanBuilder, Int64Builder};
use pyo3::prelude::*;
use refrain::Words;
use refrain::set::Overlap;

use super::columns::batch_of;

/// Columns `left`, `right`, `shared`, `left_size`, `right_size`, `differs`.
#[derive(Debug, Default)]
pub(super) struct Matches {
    numbers: [Int64Builder; 5],
    differs: BooleanBuilder,
}

impl Matches {
    /// Adds two paragraphs, given by their numbers and words.
    pub(super) fn push(&mut self, [left, right]: [i64; 2], overlap: Overlap, words: [Words; 2]) {
        let row = [left, right, overlap.shared.into(), overlap.left.into(), overlap.right.into()];
        self.numbers.iter_mut().zip(row).for_each(|(column, number)| column.append_value(number));
        self.differs.append_value(words[0].differs(words[1]).is_some());
    }

    pub(super) fn finish(mut self) -> PyResult<RecordBatch> {
        let [left, right, shared, left_size, right_size] =
            self.numbers.each_mut().map(|column| Arc::new(column.finish()));
        batch_of(vec![
            ("left", left),
            ("right", right),
            ("shared", shared),
            ("left_size", left_size),
            ("right_size", right_size),
            ("differs", Arc::new(self.differs.finish())),
        ])
    }
}
