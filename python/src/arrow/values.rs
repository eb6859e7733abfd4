//! Arrow values as objects.

use arrow_array::cast::AsArray as _;
use arrow_array::types::{
    ArrowTemporalType, ArrowTimestampType, Date32Type, Date64Type, Float16Type, Float32Type, Float64Type,
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType,
};
use arrow_array::{Array, PrimitiveArray, downcast_integer_array};
use arrow_schema::{DataType, TimeUnit};
use pyo3::prelude::*;
use pyo3::types::PyList;

use super::capsule::import;
use super::texts::{holds_strings, plain};
use crate::errors::{RefrainError, WrongTypeError, refused};

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

/// The values of an Arrow column as JSON has them, `None` for what is null; or `None` for all if it is not one.
///
/// Dates and timestamps are strings in ISO 8601, as Python writes them; those with a time zone are in UTC.
#[pyfunction]
pub(crate) fn json_values<'py>(
    column: &Bound<'py, PyAny>,
    name: &str,
) -> PyResult<Option<Bound<'py, PyList>>> {
    let Some(arrays) = import(column)? else { return Ok(None) };
    let list = PyList::empty(column.py());
    for array in &arrays.chunks {
        let array = plain(array).map_err(|error| refused(format!("{name} cannot be read: {error}")))?;
        append_json(&list, &array, name)?;
    }
    Ok(Some(list))
}

fn append_json(list: &Bound<'_, PyList>, array: &dyn Array, name: &str) -> PyResult<()> {
    let floats = |numbers: &mut dyn Iterator<Item = Option<f64>>| {
        for number in numbers {
            let number = number.filter(|number| !number.is_nan());
            if let Some(number) = number.filter(|number| number.is_infinite()) {
                return Err(out_of_range(list, name, &format!("{number}, which is no number in JSON")));
            }
            list.append(number)?;
        }
        Ok(())
    };
    match array.data_type() {
        DataType::Null => (0..array.len()).try_for_each(|_| list.append(None::<bool>)),
        DataType::Float64 => floats(&mut array.as_primitive::<Float64Type>().iter()),
        DataType::Float32 => {
            floats(&mut array.as_primitive::<Float32Type>().iter().map(|number| number.map(f64::from)))
        }
        DataType::Float16 => {
            floats(&mut array.as_primitive::<Float16Type>().iter().map(|number| number.map(f64::from)))
        }
        DataType::Date32 => append_dates::<Date32Type>(list, array, name),
        DataType::Date64 => append_dates::<Date64Type>(list, array, name),
        DataType::Timestamp(unit, _) => match unit {
            TimeUnit::Second => append_timestamps::<TimestampSecondType>(list, array, name),
            TimeUnit::Millisecond => append_timestamps::<TimestampMillisecondType>(list, array, name),
            TimeUnit::Microsecond => append_timestamps::<TimestampMicrosecondType>(list, array, name),
            TimeUnit::Nanosecond => append_timestamps::<TimestampNanosecondType>(list, array, name),
        },
        data_type
            if holds_strings(data_type) || data_type.is_integer() || *data_type == DataType::Boolean =>
        {
            append(list, array)
        }
        data_type => Err(WrongTypeError::new_err(format!(
            "{name} must hold strings, numbers, booleans, dates, timestamps or nulls to be metadata, got Arrow \
             {data_type}"
        ))),
    }
}

/// A value in the row that comes next.
fn out_of_range(list: &Bound<'_, PyList>, name: &str, what: &str) -> PyErr {
    RefrainError::new_err(format!("{name} holds in row {}, counted from 0, {what}", list.len()))
}

/// The years that ISO 8601 writes with four digits. Strings with others would have another order than the times.
fn in_order(list: &Bound<'_, PyList>, name: &str, iso: Option<String>) -> PyResult<String> {
    iso.filter(|iso| iso.starts_with(|first: char| first.is_ascii_digit())).ok_or_else(|| {
        out_of_range(list, name, "a time of a year before 0 or after 9999; leave it out or make it null")
    })
}

fn append_dates<T: ArrowTemporalType>(list: &Bound<'_, PyList>, array: &dyn Array, name: &str) -> PyResult<()>
where
    i64: From<T::Native>,
{
    let array: &PrimitiveArray<T> = array.as_primitive();
    for row in 0..array.len() {
        if array.is_null(row) {
            list.append(None::<bool>)?;
            continue;
        }
        let date = array.value_as_date(row).map(|date| format!("{date:?}"));
        list.append(in_order(list, name, date)?)?;
    }
    Ok(())
}

fn append_timestamps<T: ArrowTimestampType>(
    list: &Bound<'_, PyList>,
    array: &dyn Array,
    name: &str,
) -> PyResult<()> {
    let array: &PrimitiveArray<T> = array.as_primitive();
    let zone = if matches!(array.data_type(), DataType::Timestamp(_, Some(_))) { "+00:00" } else { "" };
    for row in 0..array.len() {
        if array.is_null(row) {
            list.append(None::<bool>)?;
            continue;
        }
        // The debug format is ISO 8601, with 0, 3, 6 or 9 digits after the second. Python writes no 3.
        let time = array.value_as_datetime(row).map(|time| format!("{time:?}"));
        let mut time = in_order(list, name, time)?;
        if time.rsplit_once('.').is_some_and(|(_, digits)| digits.len() == 3) {
            time.push_str("000");
        }
        time.push_str(zone);
        list.append(time)?;
    }
    Ok(())
}
