//! The near-duplicate pairs.

use std::sync::Arc;

use arrow_array::{Float64Array, StringArray};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use refrain::{Detector, Differs, Pair};

use super::columns::{ids, spans};
use super::records::{Place, place, search};
use crate::arrow::{Ids, Table, Texts};
use crate::watch::Control;

/// All pairs, ascending by the places of their paragraphs, and what was read, in numbers.
pub(crate) fn pairs<'py>(
    py: Python<'py>,
    detector: &Detector,
    texts: &Texts,
    of_rows: &Ids,
    control: &Control,
) -> PyResult<(Table, Bound<'py, PyDict>)> {
    let (found, places, summary) = search(py, (texts, detector), control, |corpus, _, monitor| {
        Ok(corpus.pairs(|progress| monitor.library(progress))?)
    })?;
    let side = |id: fn(&Pair) -> refrain::ParagraphId| -> Vec<Place> {
        found.pairs.iter().map(|pair| place(&places, id(pair))).collect()
    };
    let (left, right) = (side(|pair| pair.left), side(|pair| pair.right));
    let ([a_start, a_end, a_byte_start, a_byte_end], [b_start, b_end, b_byte_start, b_byte_end]) =
        (spans(&left), spans(&right));
    let share =
        |share: fn(&Pair) -> f64| Arc::new(Float64Array::from_iter_values(found.pairs.iter().map(share)));
    let differs = |pair: &Pair| (pair.differs == Some(Differs::Numbers)).then_some("numbers");
    let table = Table::of(
        vec![
            ("a", ids(of_rows, &left)?),
            ("a_start", a_start),
            ("a_end", a_end),
            ("b", ids(of_rows, &right)?),
            ("b_start", b_start),
            ("b_end", b_end),
            ("resemblance", share(Pair::resemblance)),
            ("a_in_b", share(|pair| pair.containment()[0])),
            ("b_in_a", share(|pair| pair.containment()[1])),
            ("differs", Arc::new(StringArray::from_iter(found.pairs.iter().map(differs)))),
            ("a_byte_start", a_byte_start),
            ("a_byte_end", a_byte_end),
            ("b_byte_start", b_byte_start),
            ("b_byte_end", b_byte_end),
        ],
        &["differs"],
    )?;
    let numbers = summary.to_dict(py)?;
    numbers.set_item("limited", found.limited)?;
    numbers.set_item("crowds", found.crowds)?;
    Ok((table, numbers))
}
