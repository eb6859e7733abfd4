//! Results as the commands write them: an object of JSON for each row.

use std::sync::Arc;

use arrow_array::builder::BinaryBuilder;
use arrow_array::{Array as _, Float64Array, Int64Array, RecordBatch};
use pyo3::prelude::*;
use refrain::Span;
use refrain_cli::JsonLines;

use super::columns::{Bytes, Columns, batch_of, checked};
use crate::errors::refused;

/// The columns with the ids and the spans of paragraphs.
struct Places<'a> {
    ids: Bytes<'a>,
    starts: &'a Int64Array,
    ends: &'a Int64Array,
}

impl<'a> Places<'a> {
    fn new(columns: Columns<'a>, prefix: &str) -> PyResult<Self> {
        Ok(Self {
            ids: columns.bytes(&format!("{prefix}id"))?,
            starts: columns.longs(&format!("{prefix}start"))?,
            ends: columns.longs(&format!("{prefix}end"))?,
        })
    }

    /// As fields of JSON with these names. Ids are JSON already.
    fn json(&self, row: usize, [id, span]: [&str; 2]) -> PyResult<String> {
        let raw = checked(self.ids.get(row), row as i64)?;
        Ok(format!(r#""{id}":{raw},"{span}":[{},{}]"#, self.starts.value(row), self.ends.value(row)))
    }
}

/// A resemblance as JSON. There is none of a paragraph that a chain of others joins to what stays.
fn resemblance(column: &Float64Array, row: usize) -> String {
    if column.is_valid(row) { format!("{:?}", column.value(row)) } else { "null".to_owned() }
}

/// The lines of `refrain pairs`.
pub(super) fn pairs(batch: &RecordBatch) -> PyResult<RecordBatch> {
    let columns = Columns(batch);
    let [a, b] = [Places::new(columns, "a_")?, Places::new(columns, "b_")?];
    let resemblances = columns.floats("resemblance")?;
    let [left, right] = [columns.floats("a_containment")?, columns.floats("b_containment")?];
    let differs = columns.any("differs")?;
    let mut out = BinaryBuilder::new();
    for row in 0..batch.num_rows() {
        let (a, b) = (a.json(row, ["a", "a_span"])?, b.json(row, ["b", "b_span"])?);
        let (resemblance, left, right) = (resemblances.value(row), left.value(row), right.value(row));
        let differs = if differs.is_valid(row) { r#","differs":"numbers""# } else { "" };
        out.append_value(format!(
            r#"{{{a},{b},"resemblance":{resemblance:?},"containment":[{left:?},{right:?}]{differs}}}"#
        ));
    }
    batch_of(vec![("line", Arc::new(out.finish()))])
}

/// The members of clusters, with and without their resemblance.
pub(super) fn members(batch: &RecordBatch) -> PyResult<RecordBatch> {
    let columns = Columns(batch);
    let places = Places::new(columns, "")?;
    let resemblances = columns.floats("resemblance")?;
    let [mut lines, mut fields] = [0; 2].map(|_| BinaryBuilder::new());
    for row in 0..batch.num_rows() {
        let (place, resemblance) = (places.json(row, ["id", "span"])?, resemblance(resemblances, row));
        lines.append_value(format!(r#"{{{place},"resemblance":{resemblance}}}"#));
        fields.append_value(place);
    }
    batch_of(vec![("line", Arc::new(lines.finish())), ("place", Arc::new(fields.finish()))])
}

/// The lines of `refrain dedup --removed`.
pub(super) fn removals(lines: &JsonLines, batch: &RecordBatch) -> PyResult<RecordBatch> {
    let columns = Columns(batch);
    let texts = columns.bytes("text")?;
    let [removed, kept] = [Places::new(columns, "")?, Places::new(columns, "kept_")?];
    let resemblances = columns.floats("resemblance")?;
    let mut out = BinaryBuilder::new();
    for row in 0..batch.num_rows() {
        let line = checked(texts.get(row), row as i64)?;
        let span = Span::new(removed.starts.value(row) as usize, removed.ends.value(row) as usize);
        let changed = || refused("a line is not the record that it was: it was changed");
        let text = lines.as_written(line, span).ok_or_else(changed)?;
        let (removed, kept) = (removed.json(row, ["id", "span"])?, kept.json(row, ["id", "span"])?);
        let resemblance = resemblance(resemblances, row);
        out.append_value(format!(
            r#"{{{removed},"text":"{text}","kept":{{{kept}}},"resemblance":{resemblance}}}"#
        ));
    }
    batch_of(vec![("line", Arc::new(out.finish()))])
}
