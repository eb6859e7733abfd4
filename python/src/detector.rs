//! The detector, which calls the layers.

use pyo3::prelude::*;
use pyo3::types::PyDict;
use refrain::Keep;

use crate::arrow::{Column, Ids, Table, Texts, ranks, text};
use crate::corpus::{self, Request};
use crate::errors::refused;
use crate::report::{self, CheckedTexts, Source};
use crate::settings::Detectors;
use crate::threads;
use crate::watch::{Control, run};

/// The time limit and the callback of a call.
type Limits = (Option<f64>, Option<Py<PyAny>>);

/// Finds what repeats. `refrain_text.Detector` is what users call.
#[pyclass(frozen, module = "refrain_text._refrain")]
#[derive(Debug)]
pub(crate) struct Engine {
    detectors: Detectors,
    threads: Option<usize>,
}

impl Engine {
    fn control(&self, (timeout, progress): Limits) -> PyResult<Control> {
        Control::new(self.threads, timeout, progress)
    }
}

/// A document: name, text, kind, and whether alternative texts, front matter and lines that begin with `#` are read.
type Given<'py> = (Option<Bound<'py, PyAny>>, Bound<'py, PyAny>, Option<Bound<'py, PyAny>>, [bool; 3]);

fn sources(documents: Vec<Given<'_>>) -> PyResult<Vec<Source>> {
    let number = documents.len();
    let source = |(place, (name, object, kind, options)): (usize, Given<'_>)| {
        let name = name.map(|name| text(&name, || "the name of a text".to_owned())).transpose()?;
        let called = || match (&name, number) {
            (Some(name), _) => format!("the text `{name}`"),
            (None, 1) => "the text".to_owned(),
            (None, _) => format!("text {place}"),
        };
        let text = text(&object, called)?;
        let kind = kind.as_ref().map(report::kind).transpose()?;
        Ok(Source::new(name.as_deref(), text, kind, options))
    };
    documents.into_iter().enumerate().map(source).collect()
}

#[pymethods]
impl Engine {
    #[new]
    fn new(settings: &Bound<'_, PyDict>, threads: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        Ok(Self { detectors: Detectors::new(settings)?, threads: threads::checked(threads)? })
    }

    /// The settings of a check as JSON.
    fn settings(&self) -> PyResult<String> {
        serde_json::to_string(self.detectors.check.settings()).map_err(refused)
    }

    fn check(&self, py: Python<'_>, documents: Vec<Given<'_>>, limits: Limits) -> PyResult<CheckedTexts> {
        let sources = sources(documents)?;
        let report = run(py, &self.control(limits)?, |monitor| {
            let documents = sources.iter().map(Source::document);
            Ok(self.detectors.check.try_check_all(documents, |progress| monitor.library(progress))?)
        })?;
        Ok(CheckedTexts { report, sources, is_comparison: false })
    }

    fn compare(
        &self,
        py: Python<'_>,
        left: Given<'_>,
        right: Given<'_>,
        limits: Limits,
    ) -> PyResult<CheckedTexts> {
        let sources = sources(vec![left, right])?;
        let report = run(py, &self.control(limits)?, |monitor| {
            let [left, right] = [0, 1].map(|side: usize| sources[side].document());
            Ok(self.detectors.compare.try_compare(left, right, |progress| monitor.library(progress))?)
        })?;
        Ok(CheckedTexts { report, sources, is_comparison: true })
    }

    #[pyo3(signature = (texts, ids, limits, names))]
    fn pairs<'py>(
        &self,
        py: Python<'py>,
        texts: &Bound<'py, PyAny>,
        ids: Option<&Bound<'py, PyAny>>,
        limits: Limits,
        names: (String, String),
    ) -> PyResult<(Table, Bound<'py, PyDict>)> {
        let (texts, ids) = columns(texts, ids, names)?;
        corpus::pairs(py, &self.detectors.pairs, &texts, &ids, &self.control(limits)?)
    }

    #[pyo3(signature = (texts, ids, limits, names))]
    fn clusters<'py>(
        &self,
        py: Python<'py>,
        texts: &Bound<'py, PyAny>,
        ids: Option<&Bound<'py, PyAny>>,
        limits: Limits,
        names: (String, String),
    ) -> PyResult<(Table, Bound<'py, PyDict>)> {
        let (texts, ids) = columns(texts, ids, names)?;
        corpus::clusters(py, &self.detectors.careful, &texts, &ids, &self.control(limits)?)
    }

    #[pyo3(signature = (texts, ids, keep, rank, needs_texts, limits, names))]
    #[expect(clippy::too_many_arguments, reason = "only the package calls it")]
    fn dedup<'py>(
        &self,
        py: Python<'py>,
        texts: &Bound<'py, PyAny>,
        ids: Option<&Bound<'py, PyAny>>,
        keep: &str,
        rank: Option<&Bound<'py, PyAny>>,
        needs_texts: bool,
        limits: Limits,
        names: (String, String),
    ) -> PyResult<(Column, Option<Column>, Table, Bound<'py, PyDict>)> {
        let keep: Keep = keep.parse().map_err(refused)?;
        let (texts, ids) = columns(texts, ids, names)?;
        let ranks = match (keep.field(), rank) {
            (Some(field), Some(rank)) => ranks(rank, &format!("the column `{field}`"), texts.len())?,
            _ => Vec::new(),
        };
        let request = Request { keep: &keep, ranks: &ranks, needs_texts };
        corpus::dedup(py, &self.detectors.careful, (&texts, &ids), request, &self.control(limits)?)
    }
}

fn columns(
    texts: &Bound<'_, PyAny>,
    ids: Option<&Bound<'_, PyAny>>,
    (text_name, id_name): (String, String),
) -> PyResult<(Texts, Ids)> {
    let texts = Texts::from_object(texts, &text_name)?;
    let ids = Ids::from_object(ids, &id_name, texts.len())?;
    Ok((texts, ids))
}

/// The texts of a column, and the ids of its rows as names.
#[pyfunction]
#[pyo3(signature = (texts, ids, names))]
pub(crate) fn documents(
    py: Python<'_>,
    texts: &Bound<'_, PyAny>,
    ids: Option<&Bound<'_, PyAny>>,
    names: (String, String),
) -> PyResult<Vec<(Option<String>, Py<PyAny>)>> {
    let (texts, ids_of_rows) = columns(texts, ids, names)?;
    let mut names = ids.map(|_| ids_of_rows.names(texts.len()).into_iter());
    let text = |row: usize| -> PyResult<Py<PyAny>> {
        match &texts {
            Texts::Objects(texts) => Ok(texts[row].as_py_str().clone_ref(py).into_any()),
            texts => Ok(texts.get(row).into_pyobject(py)?.into_any().unbind()),
        }
    };
    let document = |row| Ok((names.as_mut().and_then(Iterator::next), text(row)?));
    (0..texts.len()).map(document).collect()
}
