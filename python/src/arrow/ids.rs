//! A column of ids.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use arrow_array::cast::AsArray as _;
use arrow_array::{Array, ArrayRef, Int64Array, LargeStringArray, downcast_integer_array};
use arrow_schema::DataType;
use arrow_select::interleave::interleave;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyInt, PyString};

use super::capsule::import;
use super::texts::{holds_strings, plain, text};
use crate::errors::{RefrainError, WrongTypeError, describe, refused};

/// The ids of rows.
#[derive(Debug)]
pub(crate) enum Ids {
    /// The numbers of the rows, counted from 0.
    Rows,
    /// Strings or integers, no two of them equal.
    Arrays(Vec<ArrayRef>),
}

impl Ids {
    /// The ids of an Arrow column or of an iterable, one for each of `rows` rows; without one, the numbers of the rows.
    pub(crate) fn from_object(object: Option<&Bound<'_, PyAny>>, name: &str, rows: usize) -> PyResult<Self> {
        let Some(object) = object else { return Ok(Self::Rows) };
        let arrays = match import(object)? {
            Some(arrays) => arrays.chunks,
            None => vec![from_iterable(object, name)?],
        };
        // An empty column in which nothing tells its type has this one.
        let is_blank = |array: &&ArrayRef| *array.data_type() == DataType::Null && array.is_empty();
        let arrays = arrays.iter().filter(|array| !is_blank(array)).map(plain);
        let arrays = arrays.collect::<Result<Vec<_>, _>>().map_err(refused)?;
        let number: usize = arrays.iter().map(|array| array.len()).sum();
        if number != rows {
            return Err(RefrainError::new_err(format!(
                "{name} must be one for each of the {rows} texts, got {number}"
            )));
        }
        check(&arrays, name)?;
        Ok(Self::Arrays(arrays))
    }

    /// The ids of some rows.
    pub(crate) fn take(&self, rows: impl ExactSizeIterator<Item = u32>) -> PyResult<ArrayRef> {
        let arrays = match self {
            Self::Rows => return Ok(Arc::new(Int64Array::from_iter_values(rows.map(i64::from)))),
            Self::Arrays(arrays) => arrays,
        };
        let starts: Vec<usize> = arrays
            .iter()
            .scan(0, |rows, array| {
                let start = *rows;
                *rows += array.len();
                Some(start)
            })
            .collect();
        let places: Vec<(usize, usize)> = rows
            .map(|row| {
                let chunk = starts.partition_point(|&start| start <= row as usize) - 1;
                (chunk, row as usize - starts[chunk])
            })
            .collect();
        let arrays: Vec<&dyn Array> = arrays.iter().map(|array| &**array).collect();
        match arrays.is_empty() {
            true => Ok(Arc::new(Int64Array::from_iter_values([]))),
            false => interleave(&arrays, &places).map_err(refused),
        }
    }

    /// The id of each row as text.
    pub(crate) fn names(&self, rows: usize) -> Vec<String> {
        match self {
            Self::Rows => (0..rows).map(|row| row.to_string()).collect(),
            Self::Arrays(arrays) => {
                let names = RefCell::new(Vec::with_capacity(rows));
                let push = |name: String| names.borrow_mut().push(name);
                arrays
                    .iter()
                    .for_each(|array| for_each(array, |id| push(id.to_owned()), |id| push(id.to_string())));
                names.into_inner()
            }
        }
    }
}

const ACCEPTS: &str = "strings or whole numbers, as values of one type";

/// Checks the type of ids, and that none is missing or comes twice.
fn check(arrays: &[ArrayRef], name: &str) -> PyResult<()> {
    let mut row = 0;
    for array in arrays {
        let data_type = array.data_type();
        if !(holds_strings(data_type) || data_type.is_integer()) {
            return Err(WrongTypeError::new_err(format!("{name} must be {ACCEPTS}, got Arrow {data_type}")));
        }
        if let Some(null) = (0..array.len()).find(|&row| array.is_null(row)) {
            return Err(RefrainError::new_err(format!(
                "{name} must not be null, got null in row {}, counted from 0; give each row an id of its own",
                row + null
            )));
        }
        row += array.len();
    }
    let (mut strings, mut numbers) = (Seen::new(), Seen::new());
    for array in arrays {
        for_each(array, |id| strings.add(id), |id| numbers.add(id));
    }
    let twice = strings.twice.map(|(id, rows)| (format!("\"{id}\""), rows));
    match twice.or(numbers.twice.map(|(id, rows)| (id.to_string(), rows))) {
        None => Ok(()),
        Some((id, [first, second])) => Err(RefrainError::new_err(format!(
            "{name} must differ, but {id} is that of rows {first} and {second}, counted from 0; give each row an id of \
             its own"
        ))),
    }
}

/// Which ids were seen, and the first that came twice, with both rows.
struct Seen<T> {
    rows: HashMap<T, usize>,
    twice: Option<(T, [usize; 2])>,
}

impl<T: Copy + Eq + Hash> Seen<T> {
    fn new() -> Self {
        Self { rows: HashMap::new(), twice: None }
    }

    fn add(&mut self, id: T) {
        // Once an id has come twice, rows are no longer counted.
        if self.twice.is_some() {
            return;
        }
        let row = self.rows.len();
        if let Some(first) = self.rows.insert(id, row) {
            self.twice = Some((id, [first, row]));
        }
    }
}

/// Calls one of the functions with each id of an array.
fn for_each<'a>(array: &'a ArrayRef, mut string: impl FnMut(&'a str), mut number: impl FnMut(i128)) {
    let array: &'a dyn Array = &**array;
    match array.data_type() {
        DataType::Utf8 => array.as_string::<i32>().iter().flatten().for_each(string),
        DataType::LargeUtf8 => array.as_string::<i64>().iter().flatten().for_each(string),
        DataType::Utf8View => array.as_string_view().iter().flatten().for_each(&mut string),
        _ => downcast_integer_array!(
            array => array.iter().flatten().for_each(|id| number(id.into())),
            other => unreachable!("ids of type {other} are refused")
        ),
    }
}

fn from_iterable(object: &Bound<'_, PyAny>, name: &str) -> PyResult<ArrayRef> {
    let refuse = |got: &str| WrongTypeError::new_err(format!("{name} must be {ACCEPTS}, got {got}"));
    let items: Vec<Bound<'_, PyAny>> = match object.try_iter() {
        Ok(items) => items.collect::<PyResult<_>>()?,
        Err(_) => return Err(refuse(&describe(object))),
    };
    let is_number =
        |item: &Bound<'_, PyAny>| item.is_instance_of::<PyInt>() && !item.is_instance_of::<PyBool>();
    if items.first().is_some_and(is_number) {
        let mut numbers = Vec::with_capacity(items.len());
        for item in &items {
            let number = item.extract::<i64>().ok().filter(|_| is_number(item));
            let place = numbers.len();
            numbers.push(number.ok_or_else(|| refuse(&format!("{} in row {place}", describe(item))))?);
        }
        return Ok(Arc::new(Int64Array::from(numbers)));
    }
    let mut strings = Vec::with_capacity(items.len());
    for item in &items {
        if !item.is_instance_of::<PyString>() {
            return Err(refuse(&format!("{} in row {}", describe(item), strings.len())));
        }
        strings.push(text(item, || format!("{name}[{}]", strings.len()))?);
    }
    Ok(Arc::new(LargeStringArray::from_iter_values(strings)))
}
