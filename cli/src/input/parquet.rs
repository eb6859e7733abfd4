//! Parquet as lines: each row becomes the JSON object that it would be in JSON Lines, so that all
//! that follows is the same for every format.

use std::collections::BTreeSet;
use std::fmt;
use std::fs::File;
use std::io::{self, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::record::reader::RowIter;
use parquet::record::{Field, Row};
use parquet::schema::types::{Type, TypePtr};

use super::blocks::BLOCK;
use super::record::Fields;
use crate::render::summary::count;

/// Reads rows.
pub(crate) struct Rows {
    rows: RowIter<'static>,
    /// How many rows were read, of how many.
    done: usize,
    total: usize,
    /// How many bytes the file has, to tell progress as for other formats.
    len: u64,
    position: Arc<AtomicU64>,
}

impl fmt::Debug for Rows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rows").field("done", &self.done).field("total", &self.total).finish_non_exhaustive()
    }
}

impl Rows {
    /// Reads the columns of these fields, or all.
    pub(crate) fn new(
        file: File,
        len: u64,
        fields: Option<&Fields>,
        position: Arc<AtomicU64>,
    ) -> Result<Self, Box<dyn fmt::Display>> {
        fn boxed(error: impl fmt::Display + 'static) -> Box<dyn fmt::Display> {
            Box::new(error)
        }
        let reader = SerializedFileReader::new(file).map_err(boxed)?;
        let metadata = reader.metadata().file_metadata();
        let total = usize::try_from(metadata.num_rows()).unwrap_or(0);
        let projection =
            fields.map(|fields| projection(metadata.schema(), fields)).transpose().map_err(boxed)?;
        let rows = RowIter::from_file_into(Box::new(reader)).project(projection).map_err(boxed)?;
        Ok(Self { rows, done: 0, total, len, position })
    }

    /// Appends lines for the next rows; none when there are no more.
    pub(crate) fn fill(&mut self, block: &mut Vec<u8>) -> io::Result<()> {
        while block.len() < BLOCK {
            let Some(row) = self.rows.next() else { break };
            let row = row.map_err(|error| io::Error::other(format!("row {}: {error}", self.done + 1)))?;
            self.done += 1;
            write_row(&row, block)?;
        }
        if block.is_empty() && self.done != self.total {
            return Err(io::Error::other(format!(
                "it ends after {} of {}",
                self.done,
                count(self.total, "row")
            )));
        }
        let share = self.done as f64 / self.total.max(1) as f64;
        self.position.store((share * self.len as f64) as u64, Ordering::Relaxed);
        Ok(())
    }
}

/// The part of a schema that holds these fields.
fn projection(schema: &Type, fields: &Fields) -> Result<Type, String> {
    let wanted: BTreeSet<&str> = [Some(&fields.id), Some(&fields.text), fields.rank.as_ref()]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    let there: Vec<&TypePtr> = schema.get_fields().iter().collect();
    for (name, option) in [(&fields.id, "--id-field"), (&fields.text, "--text-field")] {
        if !there.iter().any(|column| column.name() == name) {
            let there = super::diagnose::there(there.iter().map(|column| column.name()));
            return Err(format!("no column `{name}` (see {option}); {there}"));
        }
    }
    let chosen = there.into_iter().filter(|column| wanted.contains(column.name())).cloned().collect();
    let projection = Type::group_type_builder(schema.name()).with_fields(chosen).build();
    projection.map_err(|error| error.to_string())
}

/// A row as a line. Strings that are not said to be any, as some writers leave them, are strings.
fn write_row(row: &Row, line: &mut Vec<u8>) -> io::Result<()> {
    line.push(b'{');
    for (index, (name, field)) in row.get_column_iter().enumerate() {
        if index > 0 {
            line.push(b',');
        }
        serde_json::to_writer(&mut *line, name)?;
        line.push(b':');
        match field {
            Field::Str(text) => serde_json::to_writer(&mut *line, text)?,
            Field::Bytes(bytes) => match std::str::from_utf8(bytes.data()) {
                Ok(text) => serde_json::to_writer(&mut *line, text)?,
                Err(_) => serde_json::to_writer(&mut *line, &field.to_json_value())?,
            },
            Field::Long(number) => write!(line, "{number}")?,
            other => serde_json::to_writer(&mut *line, &other.to_json_value())?,
        }
    }
    line.extend_from_slice(b"}\n");
    Ok(())
}
