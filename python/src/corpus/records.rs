//! The texts of a column, cut into paragraphs and gathered in a corpus.

use pyo3::prelude::*;
use pyo3::types::PyDict;
use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use refrain::{Corpus, Detector, ParagraphId};

use crate::arrow::Texts;
use crate::errors::Failure;
use crate::positions::code_points;
use crate::watch::{Control, Monitor, run};

/// The rows that are cut and gathered at a time.
const BATCH: usize = 8192;

/// The place of a paragraph: its row, and its span in the text of the row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) row: u32,
    pub(super) bytes: [u32; 2],
    /// In code points.
    pub(super) characters: [u32; 2],
}

impl Place {
    /// The paragraph, out of the texts of all rows.
    pub(super) fn of(self, texts: &Texts) -> &str {
        &texts.get(self.row as usize)[self.bytes[0] as usize..self.bytes[1] as usize]
    }
}

/// The paragraphs of all rows, in order.
#[derive(Debug)]
struct Records {
    corpus: Corpus,
    places: Vec<Place>,
}

/// What was read, in numbers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Summary {
    rows: usize,
    paragraphs: usize,
    short_paragraphs: usize,
    exact_duplicates: usize,
}

/// Reads all texts, and passes what they have to `search`. Returns also the places of the paragraphs, and what was
/// read, in numbers.
pub(super) fn search<T: Send>(
    py: Python<'_>,
    (texts, detector): (&Texts, &Detector),
    control: &Control,
    search: impl FnOnce(Corpus, &[Place], &Monitor) -> Result<T, Failure> + Send,
) -> PyResult<(T, Vec<Place>, Summary)> {
    run(py, control, |monitor| {
        let records = Records::read(texts, detector, monitor)?;
        let summary = records.summary(texts);
        let Records { corpus, places } = records;
        Ok((search(corpus, &places, monitor)?, places, summary))
    })
}

impl Records {
    /// Cuts all texts into paragraphs, and adds these to a corpus. The texts are not kept.
    fn read(texts: &Texts, detector: &Detector, monitor: &Monitor) -> Result<Self, Failure> {
        let rows = u32::try_from(texts.len())
            .map_err(|_| Failure::Input(format!("at most {} texts can be compared", u32::MAX)))?;
        let mut records = Self { corpus: detector.corpus(), places: Vec::new() };
        let mut first = 0;
        while first < rows {
            monitor.go_on("reading", u64::from(first), u64::from(rows))?;
            let batch = first..rows.min(first.saturating_add(BATCH as u32));
            first = batch.end;
            let cut = batch.into_par_iter().map(|row| places(texts.get(row as usize), row, detector));
            let cut: Vec<Place> = cut.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
            let paragraphs: Vec<&str> = cut.iter().map(|place| place.of(texts)).collect();
            records.corpus.extend(&paragraphs)?;
            records.places.extend(cut);
        }
        Ok(records)
    }

    fn summary(&self, texts: &Texts) -> Summary {
        Summary {
            rows: texts.len(),
            paragraphs: self.places.len(),
            short_paragraphs: self.corpus.short_paragraphs(),
            exact_duplicates: self.corpus.exact_duplicates(),
        }
    }
}

impl Summary {
    /// The numbers by their names.
    pub(super) fn to_dict(self, py: Python<'_>) -> PyResult<Bound<'_, PyDict>> {
        let numbers = PyDict::new(py);
        numbers.set_item("rows", self.rows)?;
        numbers.set_item("paragraphs", self.paragraphs)?;
        numbers.set_item("short_paragraphs", self.short_paragraphs)?;
        numbers.set_item("exact_duplicates", self.exact_duplicates)?;
        Ok(numbers)
    }
}

/// The place of a paragraph by its id.
pub(super) fn place(places: &[Place], id: ParagraphId) -> Place {
    places[id.index()]
}

fn places(text: &str, row: u32, detector: &Detector) -> Result<Vec<Place>, Failure> {
    let too_long = |_| Failure::Input(format!("the text in row {row} is longer than {} bytes", u32::MAX));
    u32::try_from(text.len()).map_err(too_long)?;
    let is_ascii = text.is_ascii();
    let (mut byte, mut character) = (0, 0);
    let mut character_at = |at: usize| {
        if is_ascii {
            return at as u32;
        }
        character += code_points(&text.as_bytes()[byte..at]);
        byte = at;
        character as u32
    };
    let spans = detector.settings().paragraphs.paragraphs(text);
    let places = spans.into_iter().map(|span| Place {
        row,
        bytes: [span.start as u32, span.end as u32],
        characters: [character_at(span.start), character_at(span.end)],
    });
    Ok(places.collect())
}
