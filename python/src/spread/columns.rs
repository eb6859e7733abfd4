//! Columns of a batch, by name and type.

use arrow_array::cast::AsArray as _;
use arrow_array::types::{Float64Type, Int32Type, Int64Type};
use arrow_array::{Array as _, ArrayRef, BooleanArray, Float64Array, Int32Array, Int64Array, RecordBatch};
use arrow_schema::DataType;
use pyo3::prelude::*;

use crate::arrow::Table;
use crate::errors::{RefrainError, WrongTypeError, refused};

/// A column of bytes. Spark gives one or the other, by its settings.
#[derive(Clone, Copy, Debug)]
pub(super) enum Bytes<'a> {
    Binary(&'a arrow_array::BinaryArray),
    Large(&'a arrow_array::LargeBinaryArray),
}

impl<'a> Bytes<'a> {
    /// `None` where there is no value.
    pub(super) fn get(self, row: usize) -> Option<&'a [u8]> {
        match self {
            Self::Binary(array) => array.is_valid(row).then(|| array.value(row)),
            Self::Large(array) => array.is_valid(row).then(|| array.value(row)),
        }
    }
}

/// Takes columns out of a batch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Columns<'a>(pub(super) &'a RecordBatch);

impl<'a> Columns<'a> {
    pub(super) fn any(self, name: &str) -> PyResult<&'a ArrayRef> {
        let missing = || RefrainError::new_err(format!("the batch has no column `{name}`"));
        self.0.column_by_name(name).ok_or_else(missing)
    }

    /// A column of 64-bit numbers.
    pub(super) fn longs(self, name: &str) -> PyResult<&'a Int64Array> {
        let column = self.any(name)?;
        column.as_primitive_opt::<Int64Type>().ok_or_else(|| wrong(name, "int64", column.data_type()))
    }

    /// A column of 32-bit numbers.
    pub(super) fn ints(self, name: &str) -> PyResult<&'a Int32Array> {
        let column = self.any(name)?;
        column.as_primitive_opt::<Int32Type>().ok_or_else(|| wrong(name, "int32", column.data_type()))
    }

    pub(super) fn floats(self, name: &str) -> PyResult<&'a Float64Array> {
        let column = self.any(name)?;
        column.as_primitive_opt::<Float64Type>().ok_or_else(|| wrong(name, "float64", column.data_type()))
    }

    pub(super) fn flags(self, name: &str) -> PyResult<&'a BooleanArray> {
        let column = self.any(name)?;
        column.as_boolean_opt().ok_or_else(|| wrong(name, "bool", column.data_type()))
    }

    pub(super) fn bytes(self, name: &str) -> PyResult<Bytes<'a>> {
        let column = self.any(name)?;
        let binary = column.as_binary_opt::<i32>().map(Bytes::Binary);
        binary
            .or_else(|| column.as_binary_opt::<i64>().map(Bytes::Large))
            .ok_or_else(|| wrong(name, "binary", column.data_type()))
    }
}

/// What `map` makes of a batch, without the interpreter.
pub(super) fn mapped(
    py: Python<'_>,
    batch: &Bound<'_, PyAny>,
    map: impl Fn(&RecordBatch) -> PyResult<RecordBatch> + Sync,
) -> PyResult<Table> {
    let table = Table::from_arrow(batch)?;
    let made = match table.batches() {
        [batch] => py.detach(|| map(batch))?,
        batches => {
            let message = format!("one batch at a time is mapped, got {}", batches.len());
            return Err(RefrainError::new_err(message));
        }
    };
    Ok(Table::from_batch(made))
}

/// A text of a record, which is counted from 0.
pub(super) fn checked(text: Option<&[u8]>, record: i64) -> PyResult<&str> {
    let record = record + 1;
    let text = text.ok_or_else(|| refused(format!("record {record}: the text is null, not a string")))?;
    std::str::from_utf8(text).map_err(|error| {
        refused(format!("record {record}: byte {} of the text is not UTF-8", error.valid_up_to()))
    })
}

/// A batch of columns that may have nulls.
pub(super) fn batch_of(columns: Vec<(&str, ArrayRef)>) -> PyResult<RecordBatch> {
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, array)| (name, array, true)))
        .map_err(refused)
}

fn wrong(name: &str, wanted: &str, found: &DataType) -> PyErr {
    WrongTypeError::new_err(format!("the column `{name}` must be {wanted}, got {found}"))
}
