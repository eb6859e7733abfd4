//! The settings of a detector, from keywords.

use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyInt, PyString};
use refrain::{Background, Detector, DetectorBuilder, Profile, Settings};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::arrow::text;
use crate::errors::{RefrainError, refused, wrong_type};

/// A detector for each kind of work. They differ in what is not given: as the commands do.
#[derive(Debug)]
pub(crate) struct Detectors {
    pub(crate) check: Detector,
    pub(crate) compare: Detector,
    pub(crate) pairs: Detector,
    /// For clusters and for thinning, where one paragraph stands for others.
    pub(crate) careful: Detector,
}

impl Detectors {
    pub(crate) fn new(given: &Bound<'_, PyDict>) -> PyResult<Self> {
        let check = Settings::default();
        let mut compare = Settings::default();
        compare.min_passage_tokens = 8;
        let mut pairs = Settings::default();
        pairs.min_paragraph_tokens = 1;
        let mut careful = Settings::default();
        (careful.threshold, careful.min_paragraph_tokens) = (0.8, 15);
        Ok(Self {
            check: detector(check, given)?,
            compare: detector(compare, given)?,
            pairs: detector(pairs, given)?,
            careful: detector(careful, given)?,
        })
    }
}

fn detector(settings: Settings, given: &Bound<'_, PyDict>) -> PyResult<Detector> {
    let (settings, background) = apply(settings, given)?;
    let builder = DetectorBuilder::from(settings);
    let builder = match background {
        Some(table) => builder.background(Some(table)),
        None => builder,
    };
    builder.build().map_err(refused)
}

/// These settings with those that are given. A table of common words is apart.
pub(crate) fn apply(
    mut settings: Settings,
    given: &Bound<'_, PyDict>,
) -> PyResult<(Settings, Option<Background>)> {
    let mut background = None;
    for (name, value) in given {
        let name: String = name.extract()?;
        let setting = Setting::new(&name, &value);
        match &name[..] {
            "paragraphs" => settings.paragraphs = setting.word("auto, blank or line")?,
            "threshold" => settings.threshold = setting.number()?,
            "shingle" => settings.shingle = setting.text()?.parse().map_err(refused)?,
            "min_paragraph_tokens" => settings.min_paragraph_tokens = setting.count()?,
            "min_warning_tokens" => settings.min_warning_tokens = setting.count()?,
            "min_passage_tokens" => settings.min_passage_tokens = setting.count()?,
            "search" => settings.search = setting.word("auto, exact or banded")?,
            "recall" => settings.recall = setting.number()?,
            "lanes" => settings.lanes = setting.count()?,
            "seed" => settings.seed = setting.count()? as u64,
            "copies" => settings.copies = setting.count()?,
            "max_pairs" => settings.max_pairs = setting.optional(Setting::count)?,
            "merge_numbers" => settings.merge_numbers = setting.flag()?,
            "coverage" => settings.coverage = setting.word("document or documents")?,
            "boilerplate" => {
                // 5 and "20%" are both a share.
                let text = setting.optional(|setting| match setting.count() {
                    Ok(documents) => Ok(documents.to_string()),
                    Err(_) if value.is_instance_of::<PyString>() => setting.text(),
                    Err(_) => {
                        Err(wrong_type(&name, "a number of documents or a share such as \"20%\"", &value))
                    }
                })?;
                settings.boilerplate = text.map(|text| text.parse().map_err(refused)).transpose()?;
            }
            "profile" => {
                let profile: Profile = setting.text()?.parse().map_err(refused)?;
                settings.verdict = profile.limits();
            }
            "verdict_redundancy" => settings.verdict.redundancy = setting.number()?,
            "verdict_padding" => settings.verdict.padding = setting.number()?,
            "themes" => settings.themes = setting.text()?.parse().map_err(refused)?,
            "background" => match &setting.text()?[..] {
                name @ ("en/1" | "none") => name.clone_into(&mut settings.background),
                table => background = Some(table.parse().map_err(refused)?),
            },
            _ => return Err(RefrainError::new_err(format!("there is no setting {name}"))),
        }
    }
    Ok((settings, background))
}

/// A setting as it is given.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting<'a, 'py> {
    name: &'a str,
    value: &'a Bound<'py, PyAny>,
}

impl<'a, 'py> Setting<'a, 'py> {
    pub(crate) fn new(name: &'a str, value: &'a Bound<'py, PyAny>) -> Self {
        Self { name, value }
    }

    fn number(self) -> PyResult<f64> {
        self.not_a_flag(self.value.extract(), "a number")
    }

    pub(crate) fn count(self) -> PyResult<usize> {
        let is_too_much = self.value.is_instance_of::<PyInt>() && self.value.gt(usize::MAX)?;
        let accepts = if is_too_much { "less than 2**64" } else { "a whole number of at least 0" };
        self.not_a_flag(self.value.extract(), accepts)
    }

    /// A count that must be 1 or more.
    pub(crate) fn count_from_1(self) -> PyResult<usize> {
        match self.count()? {
            0 => Err(RefrainError::new_err(format!("{} must be 1 or more, got 0", self.name))),
            count => Ok(count),
        }
    }

    /// `True` is 1 for the interpreter, but hardly for whoever writes it.
    fn not_a_flag<T>(self, extracted: PyResult<T>, accepts: &str) -> PyResult<T> {
        let is_flag = self.value.is_instance_of::<PyBool>();
        extracted.ok().filter(|_| !is_flag).ok_or_else(|| wrong_type(self.name, accepts, self.value))
    }

    pub(crate) fn flag(self) -> PyResult<bool> {
        self.value.extract().map_err(|_| wrong_type(self.name, "True or False", self.value))
    }

    fn text(self) -> PyResult<String> {
        Ok(text(self.value, || self.name.to_owned())?.to_string())
    }

    fn optional<T>(self, read: impl FnOnce(Self) -> PyResult<T>) -> PyResult<Option<T>> {
        if self.value.is_none() { Ok(None) } else { read(self).map(Some) }
    }

    /// One of a few words.
    fn word<T: DeserializeOwned>(self, accepts: &str) -> PyResult<T> {
        let text = self.text()?;
        serde_json::from_value(Value::String(text.clone()))
            .map_err(|_| RefrainError::new_err(format!("{} must be {accepts}, got {text}", self.name)))
    }
}
