//! The index on disk.

use std::mem;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process;
use std::sync::{Arc, PoisonError, RwLock};

use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::PyDict;
use refrain_index::{Entry, Index, Query, Settings};
use serde_json::{Value, json};

use crate::arrow::{Ids, Texts, text as text_of};
use crate::errors::{Failure, IndexFileError, RefrainError, refused};
use crate::report::{self, Source};
use crate::settings::{Setting, apply};
use crate::threads;
use crate::watch::{Control, run};

/// The time limit and the callback of a call.
type Limits = (Option<f64>, Option<Py<PyAny>>);

/// An index of documents in a file. `refrain_text.Index` is what users call.
#[pyclass(frozen, module = "refrain_text._refrain")]
#[derive(Debug)]
pub(crate) struct IndexFile {
    /// The process that opened it. A child that was forked shares the lock and the place in the file with its parent,
    /// but not what the parent knows of the file: whatever it does with the file, also closing it, damages that.
    process: u32,
    /// `None` once it is closed.
    index: RwLock<Option<Arc<Index>>>,
    threads: Option<usize>,
}

impl IndexFile {
    fn new(index: Index, threads: Option<usize>) -> Self {
        Self { process: process::id(), index: RwLock::new(Some(Arc::new(index))), threads }
    }

    /// Whether this is a child of the process that opened it. Then nobody may wait for the lock, which a thread of the
    /// parent may have held at the fork.
    fn is_inherited(&self) -> bool {
        self.process != process::id()
    }

    /// The index, unless it is closed.
    fn open_index(&self, py: Python<'_>) -> PyResult<Arc<Index>> {
        if self.is_inherited() {
            let message = "the index was opened in another process, from which this one was forked; open it again in \
                           this one";
            return Err(IndexFileError::new_err((message, "forked")));
        }
        // While another thread compacts it, this waits.
        let index = py.detach(|| self.index.read().unwrap_or_else(PoisonError::into_inner).clone());
        index.ok_or_else(|| IndexFileError::new_err(("the index is closed; open it again", "closed")))
    }

    fn control(&self, (timeout, progress): Limits) -> PyResult<Control> {
        Control::new(self.threads, timeout, progress)
    }
}

impl Drop for IndexFile {
    fn drop(&mut self) {
        if self.is_inherited() {
            mem::forget(self.index.get_mut().unwrap_or_else(PoisonError::into_inner).take());
        }
    }
}

/// What a check looks at.
fn query(
    without: Option<&str>,
    before: Option<(String, String)>,
    max_matches: usize,
    frequent: usize,
) -> PyResult<Query> {
    let mut query = Query::new().max_matches(max_matches).frequent(frequent);
    if let Some(name) = without {
        query = query.except(name);
    }
    if let Some((field, value)) = before {
        query = query.before_field(field, metadata(Some(&value))?);
    }
    Ok(query)
}

/// The name of a document.
fn name_of(object: &Bound<'_, PyAny>) -> PyResult<PyBackedStr> {
    text_of(object, || "the name of a document".to_owned())
}

/// Metadata, which the package hands over as JSON.
fn metadata(json: Option<&str>) -> PyResult<Value> {
    let parse = |json| serde_json::from_str(json).map_err(refused);
    json.map_or(Ok(Value::Null), parse)
}

fn to_json(value: &impl serde::Serialize) -> PyResult<String> {
    serde_json::to_string(value).map_err(refused)
}

#[pymethods]
impl IndexFile {
    #[staticmethod]
    fn create(
        path: PathBuf,
        guarantee: &Bound<'_, PyAny>,
        texts: &Bound<'_, PyAny>,
        settings: &Bound<'_, PyDict>,
        threads: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let threads = threads::checked(threads)?;
        let mut all = Settings::default();
        all.guarantee = Setting::new("guarantee", guarantee).count()?;
        all.texts = Setting::new("texts", texts).flag()?;
        let (detector, background) = apply(all.detector, settings)?;
        if background.is_some() {
            return Err(RefrainError::new_err("background must be en/1 or none in an index"));
        }
        all.detector = detector;
        let index = Index::create(path, all).map_err(Failure::from)?;
        Ok(Self::new(index, threads))
    }

    #[staticmethod]
    fn open(
        py: Python<'_>,
        path: PathBuf,
        read_only: bool,
        threads: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let threads = threads::checked(threads)?;
        let index = py.detach(|| if read_only { Index::open_read_only(path) } else { Index::open(path) });
        Ok(Self::new(index.map_err(Failure::from)?, threads))
    }

    /// Closes the file. What was committed is there. In a child that was forked there is nothing to close.
    fn close(&self, py: Python<'_>) {
        if self.is_inherited() {
            return;
        }
        py.detach(|| drop(self.index.write().unwrap_or_else(PoisonError::into_inner).take()));
    }

    /// Whether it can be used: `open`, `closed`, or `of another process`.
    #[getter]
    fn state(&self, py: Python<'_>) -> &'static str {
        if self.is_inherited() {
            return "of another process";
        }
        // While another thread compacts it, this waits, and the interpreter must be free for all others.
        let is_open = py.detach(|| self.index.read().unwrap_or_else(PoisonError::into_inner).is_some());
        if is_open { "open" } else { "closed" }
    }

    /// Adds the texts of a column, named by the ids of their rows, and returns their number.
    #[pyo3(signature = (texts, ids, kind, metadata_of_rows, replace, limits, names))]
    #[expect(clippy::too_many_arguments, reason = "only the package calls it")]
    fn add(
        &self,
        py: Python<'_>,
        texts: &Bound<'_, PyAny>,
        ids: &Bound<'_, PyAny>,
        kind: Option<&Bound<'_, PyAny>>,
        metadata_of_rows: Option<Vec<String>>,
        replace: bool,
        limits: Limits,
        names: (String, String),
    ) -> PyResult<u64> {
        let index = self.open_index(py)?;
        let texts = Texts::from_object(texts, &names.0)?;
        let ids = Ids::from_object(Some(ids), &names.1, texts.len())?.names(texts.len());
        let kind = kind.map(report::kind).transpose()?;
        let metadata_of_rows = metadata_of_rows
            .map(|rows| rows.iter().map(|json| metadata(Some(json))).collect::<PyResult<Vec<_>>>());
        let mut metadata_of_rows = metadata_of_rows.transpose()?;
        run(py, &self.control(limits)?, |monitor| {
            let entries = (0..).zip(&ids).map(|(row, name): (usize, &String)| {
                let text = texts.get(row);
                let kind = kind.or_else(|| refrain::InputKind::from_name(name));
                let kind = kind.unwrap_or_else(|| refrain::InputKind::guess(text));
                let document = kind.read(name.as_str(), text, &refrain::ReadOptions::default());
                Entry::new(document, metadata_of_rows.as_mut().map_or(Value::Null, |rows| rows[row].take()))
            });
            let watch = |progress| monitor.index(progress);
            let added =
                if replace { index.replace_all(entries, watch) } else { index.add_all(entries, watch) };
            Ok(added?.documents)
        })
    }

    /// What of a text was stored before, as JSON. With `metadata_to_add` the document is added in the same transaction.
    #[pyo3(signature = (name, text, kind, without, before, max_matches, frequent, metadata_to_add, limits))]
    #[expect(clippy::too_many_arguments, reason = "only the package calls it")]
    fn check(
        &self,
        py: Python<'_>,
        name: Option<&Bound<'_, PyAny>>,
        text: &Bound<'_, PyAny>,
        kind: Option<&Bound<'_, PyAny>>,
        without: Option<&Bound<'_, PyAny>>,
        before: Option<(String, String)>,
        max_matches: &Bound<'_, PyAny>,
        frequent: &Bound<'_, PyAny>,
        metadata_to_add: Option<&str>,
        limits: Limits,
    ) -> PyResult<(String, bool)> {
        let index = self.open_index(py)?;
        let text = text_of(text, || "the text".to_owned())?;
        let name = name.map(name_of).transpose()?;
        let without = without.map(name_of).transpose()?;
        let query = query(
            without.as_deref(),
            before,
            Setting::new("max_matches", max_matches).count_from_1()?,
            Setting::new("frequent", frequent).count_from_1()?,
        )?;
        let source = Source::new(name.as_deref(), text, kind.map(report::kind).transpose()?, [false; 3]);
        let to_add = metadata_to_add.map(|json| metadata(Some(json))).transpose()?;
        let report = run(py, &self.control(limits)?, |monitor| {
            let document = source.document();
            Ok(match to_add {
                Some(metadata) => index.check_and_add(Entry::new(document, metadata), &query)?,
                None => index.check_with(document, &query, |progress| monitor.index(progress))?,
            })
        })?;
        Ok((to_json(&report)?, report.has_warnings()))
    }

    /// Removes documents by their names, and returns how many there were.
    fn remove(&self, py: Python<'_>, names: Vec<Bound<'_, PyAny>>) -> PyResult<u64> {
        let index = self.open_index(py)?;
        let names = names.iter().map(name_of).collect::<PyResult<Vec<_>>>()?;
        let removed = py.detach(|| index.remove_all(names.iter().map(|name| &**name)));
        Ok(removed.map_err(Failure::from)?)
    }

    /// The stored document with a name, as JSON.
    fn get(&self, py: Python<'_>, name: &Bound<'_, PyAny>) -> PyResult<Option<String>> {
        let index = self.open_index(py)?;
        let name = name_of(name)?;
        let stored = py.detach(|| index.get(&name)).map_err(Failure::from)?;
        stored.as_ref().map(to_json).transpose()
    }

    /// The text of a stored document.
    fn text(&self, py: Python<'_>, name: &Bound<'_, PyAny>) -> PyResult<Option<String>> {
        let index = self.open_index(py)?;
        let name = name_of(name)?;
        let document = py.detach(|| index.document(&name)).map_err(Failure::from)?;
        Ok(document.map(|document| document.source().to_owned()))
    }

    /// The names of all stored documents, in the order in which they were added.
    fn names(&self, py: Python<'_>) -> PyResult<Vec<String>> {
        let index = self.open_index(py)?;
        let mut names = Vec::new();
        let listed = py.detach(|| {
            index.documents(|stored| {
                names.push(stored.name);
                ControlFlow::Continue(())
            })
        });
        listed.map_err(Failure::from)?;
        Ok(names)
    }

    /// The index in numbers, as JSON.
    fn stats(&self, py: Python<'_>) -> PyResult<String> {
        let index = self.open_index(py)?;
        to_json(&py.detach(|| index.stats()).map_err(Failure::from)?)
    }

    /// The settings that it was created with, as JSON.
    fn settings(&self, py: Python<'_>) -> PyResult<String> {
        to_json(&json!(self.open_index(py)?.settings()))
    }

    /// Proves the index against its texts, and returns what was looked at, as JSON.
    fn verify(&self, py: Python<'_>, limits: Limits) -> PyResult<String> {
        let index = self.open_index(py)?;
        let verified =
            run(py, &self.control(limits)?, |monitor| Ok(index.verify(|progress| monitor.index(progress))?))?;
        to_json(&verified)
    }

    /// Merges all that was added, and makes the file small.
    fn compact(&self, py: Python<'_>, limits: Limits) -> PyResult<()> {
        drop(self.open_index(py)?);
        run(py, &self.control(limits)?, |monitor| {
            let mut open = self.index.write().unwrap_or_else(PoisonError::into_inner);
            match open.as_mut().and_then(Arc::get_mut) {
                Some(index) => Ok(index.compact(|progress| monitor.index(progress))?),
                None => Err(Failure::Input(
                    "the index is in use by another thread; compact it when no check goes on".to_owned(),
                )),
            }
        })
    }
}
