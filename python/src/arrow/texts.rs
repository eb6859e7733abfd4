//! A column of texts, from Arrow or from a list.

use arrow_array::cast::AsArray as _;
use arrow_array::types::ArrowDictionaryKeyType;
use arrow_array::{
    Array, ArrayRef, DictionaryArray, LargeStringArray, StringArray, StringViewArray,
    downcast_dictionary_array,
};
use arrow_schema::{ArrowError, DataType};
use arrow_select::take::take;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::{PyByteArray, PyBytes, PyDict, PyString};

use super::capsule::import;
use crate::errors::{RefrainError, WrongTypeError, describe, refused};

/// Texts by the numbers of their rows, not copied.
#[derive(Debug)]
pub(crate) enum Texts {
    /// Of a list or another iterable.
    Objects(Vec<PyBackedStr>),
    /// Of Arrow.
    Arrays {
        chunks: Vec<Strings>,
        /// The number of the first row of each chunk.
        starts: Vec<usize>,
        rows: usize,
    },
}

/// An array of strings in one of the three layouts of Arrow.
#[derive(Debug)]
pub(crate) enum Strings {
    Utf8(StringArray),
    Large(LargeStringArray),
    View(StringViewArray),
}

impl Strings {
    fn get(&self, row: usize) -> &str {
        match self {
            Self::Utf8(array) => array.value(row),
            Self::Large(array) => array.value(row),
            Self::View(array) => array.value(row),
        }
    }
}

impl Texts {
    /// The texts of an Arrow column or of an iterable of `str`. `name` is what messages call it.
    pub(crate) fn from_object(object: &Bound<'_, PyAny>, name: &str) -> PyResult<Self> {
        if object.is_instance_of::<PyString>()
            || object.is_instance_of::<PyBytes>()
            || object.is_instance_of::<PyByteArray>()
            || object.is_instance_of::<PyDict>()
        {
            return Err(refuse_object(object, name));
        }
        match import(object)? {
            Some(arrays) => Self::from_arrays(&arrays.chunks, arrays.field.data_type(), name),
            None => Self::from_iterable(object, name),
        }
    }

    /// The texts of arrays of one type.
    pub(super) fn from_arrays(arrays: &[ArrayRef], data_type: &DataType, name: &str) -> PyResult<Self> {
        let null = |row: usize| {
            let nulls: usize = arrays.iter().map(|array| array.logical_null_count()).sum();
            let are = if nulls == 1 { "row is" } else { "rows are" };
            RefrainError::new_err(format!(
                "{name} is null in row {row} ({nulls} {are} null, counted from 0); give a text for each row, such as an \
                 empty one, or leave these rows out"
            ))
        };
        // The type of a column in which nothing tells one: it has no rows, or nulls only.
        if *data_type == DataType::Null {
            return match arrays.iter().all(|array| array.is_empty()) {
                true => Ok(Self::Objects(Vec::new())),
                false => Err(null(0)),
            };
        }
        if !holds_strings(data_type) {
            return Err(WrongTypeError::new_err(format!("{name} must hold strings, got Arrow {data_type}")));
        }
        let (mut chunks, mut starts, mut rows) = (Vec::new(), Vec::new(), 0);
        for array in arrays {
            let array = plain(array).map_err(|error| refused(format!("{name} cannot be read: {error}")))?;
            if array.null_count() > 0 {
                let first = (0..array.len()).find(|&row| array.is_null(row)).unwrap_or_default();
                return Err(null(rows + first));
            }
            starts.push(rows);
            rows += array.len();
            chunks.push(match array.data_type() {
                DataType::Utf8 => Strings::Utf8(array.as_string().clone()),
                DataType::LargeUtf8 => Strings::Large(array.as_string().clone()),
                _ => Strings::View(array.as_string_view().clone()),
            });
        }
        Ok(Self::Arrays { chunks, starts, rows })
    }

    fn from_iterable(object: &Bound<'_, PyAny>, name: &str) -> PyResult<Self> {
        let items = object.try_iter().map_err(|_| refuse_object(object, name))?;
        let mut texts = Vec::with_capacity(object.len().unwrap_or_default());
        for item in items {
            texts.push(text(&item?, || format!("{name}[{}]", texts.len()))?);
        }
        Ok(Self::Objects(texts))
    }

    /// The number of texts.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Objects(texts) => texts.len(),
            Self::Arrays { rows, .. } => *rows,
        }
    }

    /// The text in a row.
    pub(crate) fn get(&self, row: usize) -> &str {
        match self {
            Self::Objects(texts) => &texts[row],
            Self::Arrays { chunks, starts, .. } => {
                let chunk = starts.partition_point(|&start| start <= row) - 1;
                chunks[chunk].get(row - starts[chunk])
            }
        }
    }
}

/// One text; `name` is what messages call it.
pub(crate) fn text(object: &Bound<'_, PyAny>, name: impl FnOnce() -> String) -> PyResult<PyBackedStr> {
    let Ok(string) = object.cast::<PyString>() else {
        let hint = if object.is_instance_of::<PyBytes>() { "; decode the bytes first" } else { "" };
        let got = describe(object);
        return Err(WrongTypeError::new_err(format!("{} must be a str, got {got}{hint}", name())));
    };
    if string.to_str().is_err() {
        let surrogate = object.call_method1("encode", ("utf-8",)).err();
        let place =
            surrogate.and_then(|error| error.value(object.py()).getattr("start").ok()?.extract().ok());
        let place: usize = place.unwrap_or_default();
        return Err(RefrainError::new_err(format!(
            "{} holds a lone surrogate at character {place}, which is no text; decode it with \
             errors=\"replace\", or replace it with text.encode(\"utf-8\", \"replace\").decode()",
            name()
        )));
    }
    string.clone().try_into()
}

fn refuse_object(object: &Bound<'_, PyAny>, name: &str) -> PyErr {
    let got = describe(object);
    WrongTypeError::new_err(format!("{name} must be a column of strings or an iterable of str, got {got}"))
}

/// Whether a type is one of strings, also if each different one is stored once.
pub(super) fn holds_strings(data_type: &DataType) -> bool {
    match data_type {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => true,
        DataType::Dictionary(_, values) => holds_strings(values),
        _ => false,
    }
}

/// The array without a dictionary.
pub(super) fn plain(array: &ArrayRef) -> Result<ArrayRef, ArrowError> {
    fn taken<K: ArrowDictionaryKeyType>(array: &DictionaryArray<K>) -> Result<ArrayRef, ArrowError> {
        take(array.values(), array.keys(), None)
    }

    let array = &**array;
    downcast_dictionary_array!(
        array => taken(array),
        _ => Ok(array.slice(0, array.len()))
    )
}
