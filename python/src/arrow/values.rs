//! Arrow values as objects.

use arrow_array::cast::AsArray as _;
use arrow_array::types::{Float32Type, Float64Type};
use arrow_array::{Array, downcast_integer_array};
use arrow_schema::DataType;
use pyo3::prelude::*;
use pyo3::types::PyList;

use crate::errors::RefrainError;

/// Appends the values of an array to a list. Only strings, numbers and flags are known.
pub(super) fn append(list: &Bound<'_, PyList>, array: &dyn Array) -> PyResult<()> {
    match array.data_type() {
        DataType::Utf8 => array.as_string::<i32>().iter().try_for_each(|value| list.append(value)),
        DataType::LargeUtf8 => array.as_string::<i64>().iter().try_for_each(|value| list.append(value)),
        DataType::Utf8View => array.as_string_view().iter().try_for_each(|value| list.append(value)),
        DataType::Boolean => array.as_boolean().iter().try_for_each(|value| list.append(value)),
        DataType::Float64 => {
            array.as_primitive::<Float64Type>().iter().try_for_each(|value| list.append(value))
        }
        DataType::Float32 => {
            array.as_primitive::<Float32Type>().iter().try_for_each(|value| list.append(value))
        }
        data_type if data_type.is_integer() => downcast_integer_array!(
            array => array.iter().try_for_each(|value| list.append(value)),
            other => unreachable!("{other} is an integer")
        ),
        data_type => Err(RefrainError::new_err(format!(
            "values of Arrow {data_type} are not known here; read the table with pyarrow, polars or pandas"
        ))),
    }
}
