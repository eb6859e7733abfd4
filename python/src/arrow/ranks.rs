//! A column of numbers by which records are preferred.

use arrow_array::cast::AsArray as _;
use arrow_array::types::{Float16Type, Float32Type, Float64Type};
use arrow_array::{Array, ArrayRef, downcast_integer_array};
use arrow_schema::DataType;
use pyo3::prelude::*;
use pyo3::types::PyBool;
use refrain::Rank;

use super::capsule::import;
use super::texts::plain;
use crate::errors::{RefrainError, WrongTypeError, refused, wrong_type};

/// The numbers of an Arrow column or of an iterable, one for each of `rows` rows. Nulls, `None` and NaN are no number.
pub(crate) fn ranks(object: &Bound<'_, PyAny>, name: &str, rows: usize) -> PyResult<Vec<Rank>> {
    let mut ranks = Vec::with_capacity(rows);
    match import(object)? {
        Some(arrays) => {
            for array in &arrays.chunks {
                push_array(&plain(array).map_err(refused)?, name, &mut ranks)?;
            }
        }
        None => {
            for item in object.try_iter().map_err(|_| wrong_type(name, ACCEPTS, object))? {
                ranks.push(rank(&item?, name)?);
            }
        }
    }
    if ranks.len() == rows {
        return Ok(ranks);
    }
    let number = ranks.len();
    Err(RefrainError::new_err(format!("{name} must be one for each of the {rows} texts, got {number}")))
}

const ACCEPTS: &str = "numbers";

fn rank(item: &Bound<'_, PyAny>, name: &str) -> PyResult<Rank> {
    if item.is_none() {
        return Ok(Rank::NONE);
    }
    if item.is_instance_of::<PyBool>() {
        return Err(wrong_type(name, ACCEPTS, item));
    }
    let whole = item.extract::<i64>().map(i128::from).or_else(|_| item.extract::<u64>().map(i128::from));
    whole
        .map(Rank::from)
        .or_else(|_| item.extract::<f64>().map(Rank::from))
        .map_err(|_| wrong_type(name, ACCEPTS, item))
}

fn push_array(array: &ArrayRef, name: &str, ranks: &mut Vec<Rank>) -> PyResult<()> {
    let array: &dyn Array = &**array;
    let float = |number: Option<f64>| number.map_or(Rank::NONE, Rank::from);
    match array.data_type() {
        DataType::Float64 => ranks.extend(array.as_primitive::<Float64Type>().iter().map(float)),
        DataType::Float32 => {
            ranks.extend(
                array.as_primitive::<Float32Type>().iter().map(|number| float(number.map(f64::from))),
            );
        }
        DataType::Float16 => {
            ranks.extend(
                array.as_primitive::<Float16Type>().iter().map(|number| float(number.map(f64::from))),
            );
        }
        DataType::Null => ranks.extend(std::iter::repeat_n(Rank::NONE, array.len())),
        data_type if data_type.is_integer() => downcast_integer_array!(
            array => ranks.extend(array.iter().map(|number| {
                number.map_or(Rank::NONE, |number| Rank::from(i128::from(number)))
            })),
            other => unreachable!("{other} is an integer")
        ),
        data_type => {
            return Err(WrongTypeError::new_err(format!(
                "{name} must hold {ACCEPTS}, got Arrow {data_type}"
            )));
        }
    }
    Ok(())
}
