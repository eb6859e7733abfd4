//! Columns of results: ids and places.

use std::sync::Arc;

use arrow_array::{ArrayRef, Int64Array};
use pyo3::prelude::*;

use super::records::Place;
use crate::arrow::Ids;

/// The ids of places.
pub(super) fn ids(ids: &Ids, places: &[Place]) -> PyResult<ArrayRef> {
    ids.take(places.iter().map(|place| place.row))
}

/// The starts and ends of places in code points, then in bytes.
pub(super) fn spans(places: &[Place]) -> [ArrayRef; 4] {
    let column = |number: fn(&Place) -> u32| -> ArrayRef {
        Arc::new(Int64Array::from_iter_values(places.iter().map(|place| number(place).into())))
    };
    [
        column(|place| place.characters[0]),
        column(|place| place.characters[1]),
        column(|place| place.bytes[0]),
        column(|place| place.bytes[1]),
    ]
}
