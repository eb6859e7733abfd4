//! The near-duplicates around representatives.

use std::sync::Arc;

use arrow_array::{Float64Array, Int64Array};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use refrain::{Detector, Representative};

use super::columns::{ids, spans};
use super::records::{Place, place, search};
use crate::arrow::{Ids, Table, Texts};
use crate::watch::Control;

/// A row for each paragraph of each cluster, the representative first, and what was read, in numbers.
pub(crate) fn clusters<'py>(
    py: Python<'py>,
    detector: &Detector,
    texts: &Texts,
    of_rows: &Ids,
    control: &Control,
) -> PyResult<(Table, Bound<'py, PyDict>)> {
    let (found, places, summary) = search(py, (texts, detector), control, |corpus, _, monitor| {
        Ok(corpus.representatives(None, |progress| monitor.library(progress))?)
    })?;
    let clusters = Representative::clusters(&found);
    let members =
        || (0..).zip(&clusters).flat_map(|(number, of)| of.members.iter().map(move |&id| (number, id)));
    let at: Vec<Place> = members().map(|(_, id)| place(&places, id)).collect();
    let [start, end, byte_start, byte_end] = spans(&at);
    let resemblance = members().map(|(_, id)| found[id.index()].resemblance);
    let table = Table::of(
        vec![
            ("cluster", Arc::new(Int64Array::from_iter_values(members().map(|(number, _)| number)))),
            ("id", ids(of_rows, &at)?),
            ("start", start),
            ("end", end),
            ("resemblance", Arc::new(Float64Array::from_iter_values(resemblance))),
            ("byte_start", byte_start),
            ("byte_end", byte_end),
        ],
        &[],
    )?;
    Ok((table, summary.to_dict(py)?))
}
