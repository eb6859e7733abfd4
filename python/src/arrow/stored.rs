//! Arrays as bytes, for `pickle`.
//!
//! An array is its type, its length, its bits of nulls, its buffers and its children, as Python has them. The buffers are
//! as in memory, so they are read where the order of bytes is the same.

use arrow_array::{Array, ArrayRef, UInt64Array, make_array};
use arrow_buffer::Buffer;
use arrow_data::{ArrayData, ArrayDataBuilder};
use arrow_schema::DataType;
use arrow_select::take::take;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyTuple};

use crate::errors::{RefrainError, WrongTypeError, refused};

/// The order of bytes in a buffer.
pub(super) const BYTE_ORDER: &str = if cfg!(target_endian = "big") { "big" } else { "little" };

/// An array as it is read back.
type Stored<'py> =
    (String, usize, Option<Bound<'py, PyBytes>>, Vec<Bound<'py, PyBytes>>, Vec<Bound<'py, PyTuple>>);

/// An array as objects of Python.
pub(super) fn store<'py>(py: Python<'py>, array: &ArrayRef) -> PyResult<Bound<'py, PyTuple>> {
    // What is a part of a larger array becomes one of its own.
    let rows = UInt64Array::from_iter_values(0..array.len() as u64);
    let array = take(array, &rows, None).map_err(refused)?;
    of_data(py, &array.to_data())
}

fn of_data<'py>(py: Python<'py>, data: &ArrayData) -> PyResult<Bound<'py, PyTuple>> {
    let data_type = name_of_type(data.data_type())?;
    if data.offset() != 0 {
        return Err(cannot_be_stored(data.data_type()));
    }
    let nulls = data.nulls().map(|nulls| PyBytes::new(py, nulls.inner().sliced().as_slice()));
    let buffers: Vec<_> = data.buffers().iter().map(|buffer| PyBytes::new(py, buffer.as_slice())).collect();
    let children = data.child_data().iter().map(|child| of_data(py, child)).collect::<PyResult<Vec<_>>>()?;
    (data_type, data.len(), nulls, buffers, children).into_pyobject(py)
}

/// A type as text that gives the same type again.
pub(super) fn name_of_type(data_type: &DataType) -> PyResult<String> {
    let name = data_type.to_string();
    let is_same = name.parse::<DataType>().is_ok_and(|parsed| parsed == *data_type);
    if is_same { Ok(name) } else { Err(cannot_be_stored(data_type)) }
}

fn cannot_be_stored(data_type: &DataType) -> PyErr {
    WrongTypeError::new_err(format!(
        "a table with a column of Arrow {data_type} cannot be pickled; make it one of a library that can, such as \
         pyarrow.table(table)"
    ))
}

/// A type by its text.
pub(super) fn type_of_name(name: &str) -> PyResult<DataType> {
    name.parse().map_err(unreadable)
}

/// An array that was stored.
pub(super) fn restore(stored: &Bound<'_, PyTuple>) -> PyResult<ArrayRef> {
    Ok(make_array(data_of(stored)?))
}

fn data_of(stored: &Bound<'_, PyTuple>) -> PyResult<ArrayData> {
    let (data_type, len, nulls, buffers, children): Stored<'_> = stored.extract()?;
    let buffer = |bytes: &Bound<'_, PyBytes>| Buffer::from(bytes.as_bytes());
    ArrayDataBuilder::new(type_of_name(&data_type)?)
        .len(len)
        .null_bit_buffer(nulls.as_ref().map(buffer))
        .buffers(buffers.iter().map(buffer).collect())
        .child_data(children.iter().map(data_of).collect::<PyResult<_>>()?)
        .build()
        .map_err(unreadable)
}

pub(super) fn unreadable(error: impl ToString) -> PyErr {
    RefrainError::new_err(format!("the pickled table cannot be read: {}", error.to_string()))
}
