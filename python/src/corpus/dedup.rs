//! The texts without near-duplicates, and what was removed.

use std::sync::Arc;

use arrow_array::builder::LargeStringBuilder;
use arrow_array::{ArrayRef, BooleanArray, Float64Array, LargeStringArray};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use refrain::text::kept_text;
use refrain::{Detector, Keep, ParagraphId, Rank, Representative, Span};

use super::columns::{ids, spans};
use super::records::{Place, place, search};
use crate::arrow::{Column, Ids, Table, Texts};
use crate::watch::Control;

/// What stays, and what is asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Request<'a> {
    pub(crate) keep: &'a Keep,
    /// Those of the rows if `keep` asks for them, else empty.
    pub(crate) ranks: &'a [Rank],
    /// Whether all texts are asked for, also if none has lost a paragraph.
    pub(crate) needs_texts: bool,
}

/// What stays.
struct Kept {
    /// Whether each row stays.
    rows: BooleanArray,
    /// The texts of those that stay, if one has lost a paragraph.
    texts: Option<LargeStringArray>,
    dropped: usize,
}

/// Which rows stay, the texts of those that stay if one of them has changed, a row for each paragraph that was removed,
/// and what was read, in numbers.
pub(crate) fn dedup<'py>(
    py: Python<'py>,
    detector: &Detector,
    (texts, of_rows): (&Texts, &Ids),
    Request { keep, ranks, needs_texts }: Request<'_>,
    control: &Control,
) -> PyResult<(Column, Option<Column>, Table, Bound<'py, PyDict>)> {
    let ((found, kept), places, summary) =
        search(py, (texts, detector), control, |corpus, places, monitor| {
            let bytes = |id: ParagraphId| {
                let [start, end] = place(places, id).bytes;
                (end - start) as usize
            };
            let rank = |id: ParagraphId| ranks[place(places, id).row as usize];
            let order = keep.order(places.len(), bytes, rank);
            let found = corpus.representatives(order.as_deref(), |progress| monitor.library(progress))?;
            let kept = what_stays(texts, places, &found, needs_texts);
            Ok((found, kept))
        })?;
    let removed = || (0..).map(ParagraphId).zip(&found).filter(|(id, kept)| kept.paragraph != *id);
    let gone: Vec<Place> = removed().map(|(id, _)| place(&places, id)).collect();
    let instead: Vec<Place> = removed().map(|(_, kept)| place(&places, kept.paragraph)).collect();
    let ([start, end, byte_start, byte_end], [kept_start, kept_end, kept_byte_start, kept_byte_end]) =
        (spans(&gone), spans(&instead));
    let text = gone.iter().map(|place| place.of(texts));
    let resemblance = removed().map(|(_, kept)| kept.resemblance);
    let table = Table::of(
        vec![
            ("id", ids(of_rows, &gone)?),
            ("start", start),
            ("end", end),
            ("text", Arc::new(LargeStringArray::from_iter_values(text))),
            ("kept_id", ids(of_rows, &instead)?),
            ("kept_start", kept_start),
            ("kept_end", kept_end),
            ("resemblance", Arc::new(Float64Array::from_iter_values(resemblance))),
            ("byte_start", byte_start),
            ("byte_end", byte_end),
            ("kept_byte_start", kept_byte_start),
            ("kept_byte_end", kept_byte_end),
        ],
        &[],
    )?;
    let numbers = summary.to_dict(py)?;
    numbers.set_item("removed_paragraphs", gone.len())?;
    numbers.set_item("dropped_rows", kept.dropped)?;
    let column = |array: ArrayRef| Column { array };
    let new_texts = kept.texts.map(|texts| column(Arc::new(texts)));
    Ok((column(Arc::new(kept.rows)), new_texts, table, numbers))
}

/// A row of which nothing stays is dropped. One without a paragraph stays.
fn what_stays(texts: &Texts, places: &[Place], found: &[Representative], needs_texts: bool) -> Kept {
    let stays = |id: usize| found[id].paragraph.index() == id;
    let mut rows = vec![true; texts.len()];
    let mut changed = Vec::new();
    let mut id = 0;
    for paragraphs in places.chunk_by(|a, b| a.row == b.row) {
        let spans: Vec<(Span, bool)> = (id..)
            .zip(paragraphs)
            .map(|(id, place)| (Span::new(place.bytes[0] as usize, place.bytes[1] as usize), stays(id)))
            .collect();
        id += paragraphs.len();
        let row = paragraphs[0].row as usize;
        let kept = spans.iter().filter(|(_, stays)| *stays).count();
        rows[row] = kept > 0;
        if kept > 0 && kept < spans.len() {
            changed.push((row, spans));
        }
    }
    let dropped = rows.iter().filter(|stays| !**stays).count();
    let new_texts = (needs_texts || !changed.is_empty()).then(|| {
        let mut changed = changed.into_iter().peekable();
        let mut strings = LargeStringBuilder::new();
        for row in (0..rows.len()).filter(|&row| rows[row]) {
            let text = texts.get(row);
            match changed.next_if(|(of_row, _)| *of_row == row) {
                Some((_, spans)) => strings.append_value(kept_text(text, &spans)),
                None => strings.append_value(text),
            }
        }
        strings.finish()
    });
    Kept { rows: rows.into(), texts: new_texts, dropped }
}
