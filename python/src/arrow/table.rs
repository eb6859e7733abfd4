//! A table, read from any library and given to any.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow_array::builder::{LargeStringBuilder, StringBuilder, StringViewBuilder};
use arrow_array::{
    Array, ArrayRef, BooleanArray, RecordBatch, RecordBatchIterator, RecordBatchOptions, StructArray,
};
use arrow_schema::{ArrowError, DataType, Field, FieldRef, Schema, SchemaRef};
use arrow_select::filter::filter_record_batch;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyIterator, PyList, PyTuple};

use super::capsule::{Arrays, export_array, export_stream, import};
use super::names::{find, unknown};
use super::stored::{BYTE_ORDER, name_of_type, restore, store, type_of_name, unreadable};
use super::values::append;
use crate::errors::{RefrainError, WrongTypeError, describe, refused};

/// A table in the memory format of Arrow. Any library that speaks the PyCapsule interface reads it without a copy.
#[pyclass(frozen, module = "refrain_text._refrain")]
#[derive(Debug)]
pub(crate) struct Table {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

impl Table {
    /// A table of these columns; those in `nullable` can have nulls. Whether one has any depends on the data,
    /// but tables of one kind must have one schema.
    pub(crate) fn of(columns: Vec<(&str, ArrayRef)>, nullable: &[&str]) -> PyResult<Self> {
        let fields = columns
            .iter()
            .map(|(name, array)| Field::new(*name, array.data_type().clone(), nullable.contains(name)));
        let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
        let arrays = columns.into_iter().map(|(_, array)| array).collect();
        let batch = RecordBatch::try_new(Arc::clone(&schema), arrays).map_err(refused)?;
        Ok(Self { schema, batches: vec![batch] })
    }

    /// A table of a batch.
    pub(crate) fn from_batch(batch: RecordBatch) -> Self {
        Self { schema: batch.schema(), batches: vec![batch] }
    }

    pub(crate) fn batches(&self) -> &[RecordBatch] {
        &self.batches
    }

    fn names(&self) -> Vec<String> {
        self.schema.fields().iter().map(|field| field.name().clone()).collect()
    }
}

#[pymethods]
impl Table {
    /// Reads a table from an object that speaks Arrow.
    #[staticmethod]
    pub(crate) fn from_arrow(object: &Bound<'_, PyAny>) -> PyResult<Self> {
        let Some(arrays) = import(object)? else {
            return Err(WrongTypeError::new_err(format!(
                "a table must speak Arrow (`__arrow_c_stream__`), as those of pyarrow, polars, pandas and datasets, \
                 got {}",
                describe(object)
            )));
        };
        let DataType::Struct(fields) = arrays.field.data_type() else {
            return Err(WrongTypeError::new_err(format!(
                "a table must have columns, got one column of Arrow {}; give no name of a column for it",
                arrays.field.data_type()
            )));
        };
        let schema = Schema::new(fields.clone()).with_metadata(arrays.field.metadata().clone());
        let schema = Arc::new(schema);
        let batch = |array: &ArrayRef| {
            let array = array.as_any().downcast_ref::<StructArray>().expect("its type is a structure");
            let options = RecordBatchOptions::new().with_row_count(Some(array.len()));
            RecordBatch::try_new_with_options(Arc::clone(&schema), array.columns().to_vec(), &options)
        };
        let batches = arrays.chunks.iter().map(batch).collect::<Result<_, _>>().map_err(refused)?;
        Ok(Self { schema, batches })
    }

    /// The names of the columns.
    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.names()
    }

    #[getter]
    fn num_rows(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    fn __len__(&self) -> usize {
        self.num_rows()
    }

    /// A column.
    fn column(&self, name: &str) -> PyResult<Arrays> {
        let place = find(&self.names(), name)?;
        let chunks = self.batches.iter().map(|batch| Arc::clone(batch.column(place))).collect();
        Ok(Arrays { field: Arc::clone(&self.schema.fields()[place]), chunks })
    }

    /// The values of a column as a list.
    fn __getitem__<'py>(&self, py: Python<'py>, column: &str) -> PyResult<Bound<'py, PyList>> {
        let place = find(&self.names(), column)?;
        let list = PyList::empty(py);
        self.batches.iter().try_for_each(|batch| append(&list, batch.column(place)))?;
        Ok(list)
    }

    /// All columns as lists, by their names.
    fn to_pydict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let columns = PyDict::new(py);
        for name in self.names() {
            columns.set_item(&name, self.__getitem__(py, &name)?)?;
        }
        Ok(columns)
    }

    /// The rows as dictionaries, with the names of the columns as keys.
    fn to_pylist<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyDict>>> {
        let rows: Vec<Bound<'py, PyDict>> = (0..self.num_rows()).map(|_| PyDict::new(py)).collect();
        for name in self.names() {
            for (row, value) in rows.iter().zip(self.__getitem__(py, &name)?) {
                row.set_item(&name, value)?;
            }
        }
        Ok(rows)
    }

    /// The rows one by one, as of `to_pylist`.
    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyIterator>> {
        self.to_pylist(py)?.into_pyobject(py)?.try_iter()
    }

    /// The rows that `mask` keeps, with `texts` in place of those of a column, if there are any.
    fn keep(&self, mask: &Column, texts: Option<&Column>, column: &str) -> PyResult<Self> {
        let place = find(&self.names(), column)?;
        let mask = mask.array.as_any().downcast_ref::<BooleanArray>();
        let mask = mask.filter(|mask| mask.len() == self.num_rows());
        let Some(mask) = mask else {
            return Err(RefrainError::new_err("the mask must be a flag for each row"));
        };
        let (mut row, mut kept_row) = (0, 0);
        let mut schema = Arc::clone(&self.schema);
        let mut batches = Vec::with_capacity(self.batches.len());
        for batch in &self.batches {
            let kept = filter_record_batch(batch, &mask.slice(row, batch.num_rows())).map_err(refused)?;
            row += batch.num_rows();
            let rows = kept_row..kept_row + kept.num_rows();
            kept_row = rows.end;
            let kept = match texts {
                None => kept,
                Some(texts) => {
                    let texts = like(&texts.array.slice(rows.start, rows.len()), self.schema.field(place));
                    let replaced = replace(&kept, place, texts).map_err(refused)?;
                    schema = replaced.schema();
                    replaced
                }
            };
            batches.push(kept);
        }
        Ok(Self { schema, batches })
    }

    /// "there is no column `txt`; …", for tables of other libraries.
    #[staticmethod]
    fn unknown_column(names: Vec<String>, column: &str) -> String {
        unknown(&names, column)
    }

    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // Another schema is a wish, which need not be granted.
        drop(requested_schema);
        let batches = self.batches.clone().into_iter().map(Ok::<_, ArrowError>);
        export_stream(py, RecordBatchIterator::new(batches, Arc::clone(&self.schema)))
    }

    /// For `pickle` and `copy`: a function and what it makes the table of.
    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, StoredTable<'py>)> {
        let field = |field: &FieldRef| {
            let data_type = name_of_type(field.data_type())?;
            Ok((field.name().clone(), data_type, field.is_nullable(), field.metadata().clone().into()))
        };
        let fields = self.schema.fields().iter().map(field).collect::<PyResult<_>>()?;
        let batch = |batch: &RecordBatch| {
            let columns = batch.columns().iter().map(|column| store(py, column)).collect::<PyResult<_>>()?;
            Ok((batch.num_rows(), columns))
        };
        let batches = self.batches.iter().map(batch).collect::<PyResult<_>>()?;
        let module = py.import("refrain_text._refrain")?;
        let stored = (BYTE_ORDER.to_owned(), self.schema.metadata().clone().into(), fields, batches);
        Ok((module.getattr("unpickled_table")?, stored))
    }

    fn __repr__(&self) -> String {
        let columns: Vec<String> = self
            .schema
            .fields()
            .iter()
            .map(|field| format!("{}: {}", field.name(), field.data_type()))
            .collect();
        let rows = self.num_rows();
        let s = if rows == 1 { "" } else { "s" };
        format!("<refrain_text.Table of {rows} row{s}: {}>", columns.join(", "))
    }
}

/// A field of a table: its name, its type, whether it has nulls, and its metadata.
type StoredField = (String, String, bool, BTreeMap<String, String>);

/// A table as objects of Python: the order of bytes, the metadata, the fields, and the batches with their numbers of rows.
type StoredTable<'py> =
    (String, BTreeMap<String, String>, Vec<StoredField>, Vec<(usize, Vec<Bound<'py, PyTuple>>)>);

/// The table that was pickled as this.
#[pyfunction]
pub(crate) fn unpickled_table(
    byte_order: &str,
    metadata: BTreeMap<String, String>,
    fields: Vec<StoredField>,
    batches: Vec<(usize, Vec<Bound<'_, PyTuple>>)>,
) -> PyResult<Table> {
    if byte_order != BYTE_ORDER {
        return Err(unreadable(format!("its order of bytes is {byte_order}, here it is {BYTE_ORDER}")));
    }
    let field = |(name, data_type, is_nullable, metadata): StoredField| {
        Ok(Field::new(name, type_of_name(&data_type)?, is_nullable).with_metadata(metadata))
    };
    let fields = fields.into_iter().map(field).collect::<PyResult<Vec<_>>>()?;
    let schema = Arc::new(Schema::new_with_metadata(fields, metadata));
    let batch = |(rows, columns): (usize, Vec<Bound<'_, PyTuple>>)| {
        let columns = columns.iter().map(restore).collect::<PyResult<_>>()?;
        let options = RecordBatchOptions::new().with_row_count(Some(rows));
        RecordBatch::try_new_with_options(Arc::clone(&schema), columns, &options).map_err(unreadable)
    };
    let batches = batches.into_iter().map(batch).collect::<PyResult<_>>()?;
    Ok(Table { schema, batches })
}

/// A batch with another column.
fn replace(batch: &RecordBatch, place: usize, texts: ArrayRef) -> Result<RecordBatch, ArrowError> {
    let schema = batch.schema();
    let mut fields = schema.fields().to_vec();
    fields[place] = Arc::new((*fields[place]).clone().with_data_type(texts.data_type().clone()));
    let mut columns = batch.columns().to_vec();
    columns[place] = texts;
    RecordBatch::try_new(Arc::new(Schema::new_with_metadata(fields, schema.metadata().clone())), columns)
}

/// Strings in the layout of a field; a dictionary becomes plain strings.
fn like(texts: &ArrayRef, field: &Field) -> ArrayRef {
    let data_type = match field.data_type() {
        DataType::Dictionary(_, values) => values,
        data_type => data_type,
    };
    let texts =
        texts.as_any().downcast_ref::<arrow_array::LargeStringArray>().expect("texts are large strings");
    match data_type {
        DataType::Utf8 => {
            let mut strings = StringBuilder::new();
            strings.extend(texts);
            Arc::new(strings.finish())
        }
        DataType::Utf8View => {
            let mut strings = StringViewBuilder::new();
            strings.extend(texts);
            Arc::new(strings.finish())
        }
        _ => {
            let mut strings = LargeStringBuilder::new();
            strings.extend(texts);
            Arc::new(strings.finish())
        }
    }
}

/// One column of a table.
#[pyclass(frozen, module = "refrain_text._refrain")]
#[derive(Debug)]
pub(crate) struct Column {
    pub(crate) array: ArrayRef,
}

#[pymethods]
impl Column {
    fn __len__(&self) -> usize {
        self.array.len()
    }

    /// The values as a list.
    fn to_pylist<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let list = PyList::empty(py);
        append(&list, &self.array)?;
        Ok(list)
    }

    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<(Bound<'py, PyCapsule>, Bound<'py, PyCapsule>)> {
        drop(requested_schema);
        export_array(py, &self.array)
    }
}
