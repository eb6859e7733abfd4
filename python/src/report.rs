//! A report with the texts that it is about.

use std::io;

use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use refrain::{Document, InputKind, ReadOptions, Report, Span};
use refrain_report::{SourceFacts, html};
use serde::{Deserialize, Serialize};

use crate::arrow::text;
use crate::errors::{RefrainError, refused};

/// How a text is read, by the name of that.
pub(crate) fn kind(given: &Bound<'_, PyAny>) -> PyResult<InputKind> {
    text(given, || "kind".to_owned())?.parse().map_err(|error: refrain::Error| {
        // The option of the command has another name.
        refused(error.to_string().replacen("input", "kind", 1))
    })
}

/// A text, and how it is read.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) name: String,
    pub(crate) text: PyBackedStr,
    pub(crate) kind: InputKind,
    pub(crate) options: ReadOptions,
}

impl Source {
    pub(crate) fn new(
        name: Option<&str>,
        text: PyBackedStr,
        kind: Option<InputKind>,
        [alt_text, front_matter, ignore_lines]: [bool; 3],
    ) -> Self {
        let name = name.unwrap_or_default().to_owned();
        let kind = kind.or_else(|| InputKind::from_name(&name)).unwrap_or_else(|| InputKind::guess(&text));
        let mut options = ReadOptions::default();
        (options.alt_text, options.front_matter, options.ignore_lines) =
            (alt_text, front_matter, ignore_lines);
        Self { name, text, kind, options }
    }

    pub(crate) fn document(&self) -> Document<'_> {
        self.kind.read(&*self.name, &*self.text, &self.options)
    }
}

/// A source as it is handed over: name, text, kind, and the three flags of how it is read.
type StoredSource<'py> = (String, Bound<'py, PyAny>, Bound<'py, PyAny>, [bool; 3]);

/// What the command writes as JSON.
#[derive(Serialize)]
struct Output<'a> {
    #[serde(flatten)]
    report: &'a Report,
    sources: Vec<SourceFacts>,
}

/// What it says of the sources. Comparisons and earlier versions say nothing.
#[derive(Deserialize)]
struct Stored {
    #[serde(default)]
    sources: Vec<SourceFacts>,
}

/// The spans of the findings in each document, with the beginnings of their texts.
fn excerpts(report: &Report) -> Vec<Vec<(Span, &str)>> {
    let mut all = vec![Vec::new(); report.documents().len()];
    // What is said of a whole document has no text of its own.
    for finding in report.findings().iter().filter(|finding| finding.paragraph.is_some()) {
        let related = finding.related.iter().map(|place| (place.document, place.span, &*place.excerpt));
        for (document, span, excerpt) in related.chain([(finding.document, finding.span, &*finding.excerpt)])
        {
            if let Some(of_document) = all.get_mut(document) {
                of_document.push((span, excerpt));
            }
        }
    }
    all
}

/// A report as data, and the texts that it is about.
#[pyclass(frozen, module = "refrain_text._refrain")]
#[derive(Debug)]
pub(crate) struct CheckedTexts {
    pub(crate) report: Report,
    pub(crate) sources: Vec<Source>,
    pub(crate) is_comparison: bool,
}

#[pymethods]
impl CheckedTexts {
    /// A report that was stored as JSON, with its texts.
    #[staticmethod]
    fn from_json(json: &str, sources: Vec<StoredSource<'_>>, is_comparison: bool) -> PyResult<Self> {
        let no_report = |error| RefrainError::new_err(format!("not a stored report: {error}"));
        let report: Report = serde_json::from_str(json).map_err(no_report)?;
        let Stored { sources: mut facts } = serde_json::from_str(json).map_err(no_report)?;
        let sources = sources
            .into_iter()
            .enumerate()
            .map(|(place, (name, object, of_text, options))| {
                let text = text(&object, || format!("texts[{place}]"))?;
                Ok(Source::new(Some(&name), text, Some(kind(&of_text)?), options))
            })
            .collect::<PyResult<Vec<_>>>()?;
        let lengths = report.documents().iter().map(|document| document.bytes);
        if !lengths.eq(sources.iter().map(|source| source.text.len())) {
            return Err(RefrainError::new_err(
                "the texts are not those of the report: their number or their lengths differ",
            ));
        }
        // As in the command, which takes those of no source if their number is wrong.
        if facts.len() != sources.len() {
            facts = sources.iter().map(|source| SourceFacts::by_name(&source.name)).collect();
        }
        let excerpts = excerpts(&report);
        for (place, (source, facts)) in sources.iter().zip(&facts).enumerate() {
            let excerpts = excerpts[place].iter().copied();
            if !facts.is_unchanged(&source.document(), source.text.len(), excerpts) {
                return Err(RefrainError::new_err(format!(
                    "the texts are not those of the report: texts[{place}] has the same length, but has changed since \
                     the report was made"
                )));
            }
        }
        Ok(Self { report, sources, is_comparison })
    }

    /// The texts and how they are read, as `from_json` takes them.
    fn sources(&self, py: Python<'_>) -> Vec<(String, Py<PyAny>, String, [bool; 3])> {
        let source = |source: &Source| {
            let ReadOptions { alt_text, front_matter, ignore_lines, .. } = source.options;
            let text = source.text.as_py_str().clone_ref(py).into_any();
            (source.name.clone(), text, source.kind.to_string(), [alt_text, front_matter, ignore_lines])
        };
        self.sources.iter().map(source).collect()
    }

    /// The JSON that the command writes, without the line end behind it.
    fn json(&self) -> PyResult<String> {
        let json = if self.is_comparison {
            serde_json::to_string(&self.report)
        } else {
            let facts = |source: &Source| SourceFacts::new(&source.text, source.kind, source.options.clone());
            let sources = self.sources.iter().map(facts).collect();
            serde_json::to_string(&Output { report: &self.report, sources })
        };
        json.map_err(refused)
    }

    /// The page that the command writes.
    fn html(&self, py: Python<'_>) -> PyResult<String> {
        let page = py.detach(|| -> io::Result<Vec<u8>> {
            let documents: Vec<Document<'_>> = self.sources.iter().map(Source::document).collect();
            let mut page = Vec::new();
            if self.is_comparison {
                html::write_comparison(&mut page, &self.report, &documents)?;
            } else {
                html::write(&mut page, &self.report, &documents)?;
            }
            Ok(page)
        });
        String::from_utf8(page.map_err(refused)?).map_err(refused)
    }
}
