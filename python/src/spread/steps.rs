//! What is done with each row alone.

use std::sync::Arc;

use arrow_array::builder::{BinaryBuilder, Int32Builder, Int64Builder};
use arrow_array::cast::AsArray as _;
use arrow_array::types::Int32Type;
use arrow_array::{Array as _, ArrayRef, BinaryArray, RecordBatch, UInt32Array};
use arrow_select::take::take;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use refrain::set::ShingleSet;
use refrain::text::kept_text;
use refrain::{Detector, Rank, Span, Words};
use refrain_cli::JsonLines;

use super::columns::{Columns, batch_of, checked, mapped};
use super::matches::Matches;
use super::written;
use crate::arrow::Table;
use crate::errors::{Failure, RefrainError, refused};
use crate::settings::Detectors;

/// How the records of JSON Lines are read.
#[derive(Clone, Debug)]
struct Lines {
    lines: JsonLines,
    skip_bad: bool,
}

/// The steps that need only one row, with the settings of a job.
#[pyclass(frozen, module = "refrain_text._refrain")]
#[derive(Debug)]
pub(crate) struct Steps {
    detector: Detector,
    /// `None` if records are rows with a column of texts.
    lines: Option<Lines>,
}

impl Steps {
    pub(super) fn detector(&self) -> &Detector {
        &self.detector
    }
}

#[pymethods]
impl Steps {
    /// `careful` is whether the defaults are those of `clusters` and `dedup`, and not of `pairs`. `lines` are the fields
    /// with the id, the text and the number of preference in JSON Lines, and whether bad lines are skipped.
    #[new]
    #[pyo3(signature = (settings, careful, lines = None))]
    fn new(
        settings: &Bound<'_, PyDict>,
        careful: bool,
        lines: Option<(String, String, Option<String>, bool)>,
    ) -> PyResult<Self> {
        let Detectors { careful: careful_detector, pairs, .. } = Detectors::new(settings)?;
        let lines = lines.map(|(id, text, rank, skip_bad)| Lines {
            lines: JsonLines::new(&id, &text, rank.as_deref()),
            skip_bad,
        });
        Ok(Self { detector: if careful { careful_detector } else { pairs }, lines })
    }

    /// The settings as JSON.
    fn settings(&self) -> PyResult<String> {
        serde_json::to_string(self.detector.settings()).map_err(refused)
    }

    /// Whether this many different paragraphs are searched through bands. If not, all of them are crowded.
    fn is_banded(&self, different: usize) -> bool {
        self.detector.fingerprinter().is_banded(different)
    }

    /// The records in lines: columns `record`, `line` to `record`, `id`, `text`, `rank`. Blank lines have none.
    fn records(&self, py: Python<'_>, batch: &Bound<'_, PyAny>) -> PyResult<Table> {
        mapped(py, batch, |batch| self.read_lines(batch))
    }

    /// The paragraphs of texts: columns `record`, `id`, `text`, and perhaps `rank` or, as a number in text,
    /// `number_text`, to a row for each paragraph. Those that are too short to take part have no identity.
    fn paragraphs(&self, py: Python<'_>, batch: &Bound<'_, PyAny>) -> PyResult<Table> {
        mapped(py, batch, |batch| self.cut(batch))
    }

    /// Compares candidates: columns `left`, `right` and, for both sides, `…_shingles`, `…_family`, `…_low` to the
    /// matches among them.
    fn verify(&self, py: Python<'_>, batch: &Bound<'_, PyAny>) -> PyResult<Table> {
        mapped(py, batch, |batch| self.compare(batch))
    }

    /// What stays of records: columns `text` (or the line) and `removed`, a list of paragraphs by their numbers, or
    /// null, to the texts (or lines) in the same order; null where nothing stays.
    fn thin(&self, py: Python<'_>, batch: &Bound<'_, PyAny>) -> PyResult<Table> {
        mapped(py, batch, |batch| self.without_removed(batch))
    }

    /// The lines of `--removed`: columns `text` (the line of the record), `id`, `start`, `end`, `kept_id`, `kept_start`,
    /// `kept_end`, `resemblance`.
    fn removal_lines(&self, py: Python<'_>, batch: &Bound<'_, PyAny>) -> PyResult<Table> {
        mapped(py, batch, |batch| written::removals(&self.lines()?.lines, batch))
    }

    /// The lines of `refrain pairs`: columns `a_id`, `a_start`, `a_end`, the same of `b`, `resemblance`, `a_containment`,
    /// `b_containment`, `differs`.
    #[staticmethod]
    fn pair_lines(py: Python<'_>, batch: &Bound<'_, PyAny>) -> PyResult<Table> {
        mapped(py, batch, written::pairs)
    }

    /// The members of clusters as JSON: columns `id`, `start`, `end`, `resemblance`.
    #[staticmethod]
    fn member_lines(py: Python<'_>, batch: &Bound<'_, PyAny>) -> PyResult<Table> {
        mapped(py, batch, written::members)
    }
}

impl Steps {
    fn lines(&self) -> PyResult<&Lines> {
        let none = || RefrainError::new_err("the fields of JSON Lines were not named");
        self.lines.as_ref().ok_or_else(none)
    }

    fn read_lines(&self, batch: &RecordBatch) -> PyResult<RecordBatch> {
        let Lines { lines, skip_bad } = self.lines()?;
        let columns = Columns(batch);
        let (numbers, texts) = (columns.longs("record")?, columns.bytes("line")?);
        let mut records = Int64Builder::new();
        let [mut ids, mut out, mut ranks] = [0; 3].map(|_| BinaryBuilder::new());
        for (row, &number) in numbers.values().iter().enumerate() {
            let line = texts.get(row).unwrap_or_default();
            if line.trim_ascii().is_empty() {
                continue;
            }
            let parsed = match std::str::from_utf8(line) {
                Ok(line) => lines.parse(line),
                Err(error) => Err(format!("column {}: invalid UTF-8", error.valid_up_to() + 1)),
            };
            match parsed {
                Ok(record) => {
                    records.append_value(number);
                    match record.id {
                        Some(id) => ids.append_value(id),
                        None => ids.append_value((number + 1).to_string()),
                    }
                    out.append_value(&*record.text);
                    ranks.append_value(record.rank.to_ordered_bytes());
                }
                Err(_) if *skip_bad => {}
                Err(problem) => return Err(refused(format!("line {}, {problem}", number + 1))),
            }
        }
        batch_of(vec![
            ("record", Arc::new(records.finish())),
            ("id", Arc::new(ids.finish())),
            ("text", Arc::new(out.finish())),
            ("rank", Arc::new(ranks.finish())),
        ])
    }

    fn cut(&self, batch: &RecordBatch) -> PyResult<RecordBatch> {
        let columns = Columns(batch);
        let (records, texts) = (columns.longs("record")?, columns.bytes("text")?);
        let breaks = self.detector.settings().paragraphs;
        let mut fingerprinter = self.detector.fingerprinter();
        let mut rows: Vec<u32> = Vec::new();
        let mut numbers = Int32Builder::new();
        let [mut starts, mut ends, mut high, mut low, mut families] = [0; 5].map(|_| Int64Builder::new());
        let [mut keys, mut shingles] = [0; 2].map(|_| BinaryBuilder::new());
        for row in 0..batch.num_rows() {
            let text = checked(texts.get(row), records.value(row))?;
            for (number, span) in breaks.paragraphs(text).into_iter().enumerate() {
                let Some(number) = i32::try_from(number).ok().filter(|&number| number < MAX_PARAGRAPHS)
                else {
                    return Err(refused(format!(
                        "record {}: it has more than {MAX_PARAGRAPHS} paragraphs",
                        records.value(row) + 1
                    )));
                };
                rows.push(row as u32);
                numbers.append_value(number);
                starts.append_value(span.start as i64);
                ends.append_value(span.end as i64);
                match fingerprinter.fingerprint(span.of(text)) {
                    Some(made) => {
                        high.append_value((made.words.identity >> 64) as i64);
                        low.append_value(made.words.identity as i64);
                        families.append_value(made.words.family as i64);
                        let bytes: Vec<u8> = made.keys.iter().flat_map(|key| key.to_le_bytes()).collect();
                        keys.append_value(bytes);
                        shingles.append_value(made.shingles.to_bytes());
                    }
                    None => {
                        [&mut high, &mut low, &mut families].into_iter().for_each(Int64Builder::append_null);
                        keys.append_null();
                        shingles.append_null();
                    }
                }
            }
        }
        let rows = UInt32Array::from(rows);
        let repeated = |name: &str| take(columns.any(name)?, &rows, None).map_err(refused);
        let mut made: Vec<(&str, ArrayRef)> = vec![
            ("record", repeated("record")?),
            ("number", Arc::new(numbers.finish())),
            ("id", repeated("id")?),
            ("start", Arc::new(starts.finish())),
            ("end", Arc::new(ends.finish())),
            ("high", Arc::new(high.finish())),
            ("low", Arc::new(low.finish())),
            ("family", Arc::new(families.finish())),
            ("keys", Arc::new(keys.finish())),
            ("shingles", Arc::new(shingles.finish())),
        ];
        if batch.column_by_name("rank").is_some() {
            made.push(("rank", repeated("rank")?));
        } else if batch.column_by_name("number_text").is_some() {
            let texts = columns.bytes("number_text")?;
            let ranks = rows.values().iter().map(|&row| {
                let text = texts.get(row as usize).and_then(|text| std::str::from_utf8(text).ok());
                Some(Rank::of_json(text.unwrap_or_default()).to_ordered_bytes())
            });
            made.push(("rank", Arc::new(ranks.collect::<BinaryArray>())));
        }
        batch_of(made)
    }

    fn compare(&self, batch: &RecordBatch) -> PyResult<RecordBatch> {
        let columns = Columns(batch);
        let [left, right] = [columns.longs("left")?, columns.longs("right")?];
        let sets = [columns.bytes("left_shingles")?, columns.bytes("right_shingles")?];
        let families = [columns.longs("left_family")?, columns.longs("right_family")?];
        let lows = [columns.longs("left_low")?, columns.longs("right_low")?];
        let threshold = self.detector.settings().threshold;
        let mut matches = Matches::default();
        // The rows of one left paragraph mostly follow each other.
        let mut last: Option<(i64, ShingleSet)> = None;
        for row in 0..batch.num_rows() {
            if last.as_ref().is_none_or(|&(of, _)| of != left.value(row)) {
                last = Some((left.value(row), set(sets[0].get(row))?));
            }
            let Some((_, left_set)) = &last else { unreachable!("it was just set") };
            let overlap = left_set.overlap(&set(sets[1].get(row))?);
            if !overlap.reaches(threshold) {
                continue;
            }
            let words = [0, 1].map(|side: usize| Words {
                identity: u128::from(lows[side].value(row) as u64),
                family: families[side].value(row) as u64,
            });
            matches.push([left.value(row), right.value(row)], overlap, words);
        }
        matches.finish()
    }

    fn without_removed(&self, batch: &RecordBatch) -> PyResult<RecordBatch> {
        let columns = Columns(batch);
        let texts = columns.bytes("text")?;
        let removed = columns.any("removed")?;
        let removed = removed
            .as_list_opt::<i32>()
            .ok_or_else(|| refused("the column `removed` must be a list of int32"))?;
        let breaks = self.detector.settings().paragraphs;
        let mut out = BinaryBuilder::new();
        for row in 0..batch.num_rows() {
            let whole = checked(texts.get(row), row as i64)?;
            if removed.is_null(row) {
                out.append_value(whole);
                continue;
            }
            let numbers = removed.value(row);
            let numbers = numbers
                .as_primitive_opt::<Int32Type>()
                .ok_or_else(|| refused("the column `removed` must be a list of int32"))?;
            let parsed = self.lines.as_ref().map(|lines| lines.lines.parse(whole)).transpose();
            let parsed = parsed.map_err(refused)?;
            let text = parsed.as_ref().map_or(whole, |record| &record.text);
            let mut spans: Vec<(Span, bool)> =
                breaks.paragraphs(text).into_iter().map(|span| (span, true)).collect();
            for &number in numbers.values() {
                let unknown = || refused(format!("the text has no paragraph {number}: it was changed"));
                spans.get_mut(number as usize).ok_or_else(unknown)?.1 = false;
            }
            if spans.iter().all(|&(_, stays)| !stays) {
                out.append_null();
                continue;
            }
            match &self.lines {
                Some(lines) => {
                    let changed = || refused("a line is not the record that it was: it was changed");
                    out.append_value(lines.lines.thinned(whole, &spans).ok_or_else(changed)?);
                }
                None => out.append_value(kept_text(text, &spans)),
            }
        }
        batch_of(vec![("text", Arc::new(out.finish()))])
    }
}

/// The most paragraphs of a record: their places in a corpus are numbers of 63 bits, 26 of them for this.
const MAX_PARAGRAPHS: i32 = 1 << 26;

/// A stored set.
pub(super) fn set(bytes: Option<&[u8]>) -> PyResult<ShingleSet> {
    ShingleSet::from_bytes(bytes.unwrap_or_default()).map_err(|error| Failure::from(error).into())
}

/// The words of a paragraph, from its columns.
pub(super) fn words(high: i64, low: i64, family: i64) -> Words {
    Words { identity: u128::from(high as u64) << 64 | u128::from(low as u64), family: family as u64 }
}
