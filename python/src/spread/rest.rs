//! What one task settles: crowded paragraphs, and those that no round has settled.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::builder::{Float64Builder, Int64Builder};
use arrow_array::{Array as _, RecordBatch};
use pyo3::prelude::*;
use refrain::{CandidateMatch, Candidates, Words};

use super::columns::{Columns, batch_of};
use super::matches::Matches;
use super::steps::{Steps, set, words};
use crate::arrow::Table;
use crate::errors::{Failure, RefrainError};
use crate::watch::{Control, Monitor, run};

/// The kinds of rows.
const PARAGRAPH: i32 = 0;
const PAIR: i32 = 1;
const MEMBER: i32 = 2;

/// Gathers different paragraphs, candidates and copies, then matches them.
///
/// Rows come sorted by `kind` and `a`: first the different paragraphs, `a` being their place in the order in which
/// they are taken; then pairs of them, `a` and `b`; then all paragraphs, `a` being their place and `b` that of the
/// different paragraph that they are identical to.
#[pyclass(frozen, module = "refrain_text._refrain")]
#[derive(Debug)]
pub(crate) struct Rest(Mutex<Gathered>);

#[derive(Debug)]
struct Gathered {
    candidates: Option<Candidates>,
    places: Vec<i64>,
    words: Vec<Words>,
    numbers: HashMap<i64, usize>,
    members: Vec<usize>,
    member_places: Vec<i64>,
}

#[pymethods]
impl Rest {
    #[new]
    fn new(steps: &Steps) -> Self {
        Self(Mutex::new(Gathered {
            candidates: Some(steps.detector().candidates()),
            places: Vec::new(),
            words: Vec::new(),
            numbers: HashMap::new(),
            members: Vec::new(),
            member_places: Vec::new(),
        }))
    }

    /// Adds rows: columns `kind`, `a`, `b`, `crowded`, `high`, `low`, `family`, `shingles`.
    fn push(&self, batch: &Bound<'_, PyAny>) -> PyResult<()> {
        let table = Table::from_arrow(batch)?;
        let mut gathered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        table.batches().iter().try_for_each(|batch| gathered.push(batch))
    }

    /// The representative of each paragraph that another stands for: `rank`, `kept`, `resemblance`.
    fn representatives(&self, py: Python<'_>) -> PyResult<Table> {
        let mut gathered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let candidates = gathered.candidates()?;
        let members = std::mem::take(&mut gathered.members);
        let control = Control::new(None, None, None)?;
        let found = run(py, &control, |monitor| {
            candidates.representatives(&members, |progress| monitor.library(progress)).map_err(Failure::from)
        })?;
        let [mut ranks, mut kept] = [0; 2].map(|_| Int64Builder::new());
        let mut resemblances = Float64Builder::new();
        for (&rank, found) in gathered.member_places.iter().zip(&found) {
            if let Some(found) = found {
                ranks.append_value(rank);
                kept.append_value(gathered.member_places[found.paragraph]);
                resemblances.append_value(found.overlap.resemblance());
            }
        }
        Ok(Table::from_batch(batch_of(vec![
            ("rank", Arc::new(ranks.finish())),
            ("kept", Arc::new(kept.finish())),
            ("resemblance", Arc::new(resemblances.finish())),
        ])?))
    }

    /// All matches among the crowded paragraphs, like those that candidates are verified to be.
    fn matches(&self, py: Python<'_>) -> PyResult<Table> {
        self.crowded(py, |candidates, monitor| {
            candidates.crowded_matches(|progress| monitor.library(progress))
        })
    }

    /// Matches among the crowded paragraphs that connect the same paragraphs as all of them do.
    fn forest(&self, py: Python<'_>) -> PyResult<Table> {
        self.crowded(py, |candidates, monitor| {
            candidates.crowded_forest(|progress| monitor.library(progress))
        })
    }
}

impl Rest {
    fn crowded(
        &self,
        py: Python<'_>,
        find: impl FnOnce(Candidates, &Monitor) -> Result<Vec<CandidateMatch>, refrain::Error> + Send,
    ) -> PyResult<Table> {
        let mut gathered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let candidates = gathered.candidates()?;
        let control = Control::new(None, None, None)?;
        let found = run(py, &control, |monitor| find(candidates, monitor).map_err(Failure::from))?;
        let mut matches = Matches::default();
        for found in found {
            let both = [found.left, found.right];
            matches.push(
                both.map(|number| gathered.places[number]),
                found.overlap,
                both.map(|number| gathered.words[number]),
            );
        }
        Ok(Table::from_batch(matches.finish()?))
    }
}

impl Gathered {
    fn candidates(&mut self) -> PyResult<Candidates> {
        self.candidates.take().ok_or_else(|| RefrainError::new_err("it was matched already"))
    }

    fn push(&mut self, batch: &RecordBatch) -> PyResult<()> {
        let columns = Columns(batch);
        let kinds = columns.ints("kind")?;
        let [a, b] = [columns.longs("a")?, columns.longs("b")?];
        let crowded = columns.flags("crowded")?;
        let [high, low, family] = [columns.longs("high")?, columns.longs("low")?, columns.longs("family")?];
        let shingles = columns.bytes("shingles")?;
        let Self { candidates, places, words: all_words, numbers, members, member_places } = self;
        let Some(candidates) = candidates else {
            return Err(RefrainError::new_err("it was matched already"));
        };
        for row in 0..batch.num_rows() {
            let number = |place: i64| {
                let unknown = || RefrainError::new_err(format!("there is no different paragraph {place}"));
                numbers.get(&place).copied().ok_or_else(unknown)
            };
            match kinds.value(row) {
                PARAGRAPH => {
                    let words = words(high.value(row), low.value(row), family.value(row));
                    let is_crowded = crowded.is_valid(row) && crowded.value(row);
                    candidates.push(words, &set(shingles.get(row))?, is_crowded).map_err(Failure::from)?;
                    numbers.insert(a.value(row), places.len());
                    places.push(a.value(row));
                    all_words.push(words);
                }
                PAIR => candidates.pair(number(a.value(row))?, number(b.value(row))?),
                MEMBER => {
                    members.push(number(b.value(row))?);
                    member_places.push(a.value(row));
                }
                kind => return Err(RefrainError::new_err(format!("there is no kind {kind} of rows"))),
            }
        }
        Ok(())
    }
}
