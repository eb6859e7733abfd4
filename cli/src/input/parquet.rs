//! Parquet rows as JSON lines, so that all formats are handled alike from here on.

use std::fmt;
use std::fs::File;
use std::io::{self, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::record::reader::RowIter;
use parquet::record::{Field, Row};
use parquet::schema::types::{Type, TypePtr};

use super::diagnose::name_list;
use super::field_path::{FieldPath, PathMatch};
use super::record::FieldNames;
use crate::render::numbers::count;

/// Reads the rows of a file.
pub(crate) struct Rows {
    rows: RowIter<'static>,
    /// How many rows have been read.
    done: usize,
    /// How many rows the file has.
    total: usize,
    /// The size of the file in bytes.
    len: u64,
    /// The share of the rows that have been read, in bytes, as progress is shown for other formats.
    position: Arc<AtomicU64>,
}

impl fmt::Debug for Rows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rows").field("done", &self.done).field("total", &self.total).finish_non_exhaustive()
    }
}

impl Rows {
    /// Opens a file to read the columns of these fields, or all columns.
    pub(crate) fn new(
        file: File,
        len: u64,
        fields: Option<&FieldNames>,
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

    /// Appends the next rows to `block` until it has at least `size` bytes, or there are no more rows.
    pub(crate) fn fill(&mut self, block: &mut Vec<u8>, size: usize) -> io::Result<()> {
        while block.len() < size {
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

/// The part of a schema with these fields.
fn projection(schema: &Type, fields: &FieldNames) -> Result<Type, String> {
    let FieldNames { id, text, rank } = fields;
    let columns: Vec<&TypePtr> = schema.get_fields().iter().collect();
    let holds = |column: &TypePtr, path: &FieldPath| path.matches(column.name()) != PathMatch::Other;
    for (path, option) in [(id.as_ref(), "--id-field"), (Some(text), "--text-field")] {
        if let Some(path) = path.filter(|path| !columns.iter().any(|column| holds(column, path))) {
            let columns = name_list("column", columns.iter().map(|column| column.name()));
            let rows = if option == "--id-field" {
                ", or `--id-field line` for the numbers of the rows"
            } else {
                ""
            };
            return Err(format!("no column `{}` (see {option}{rows}); {columns}", path.name()));
        }
    }
    let wanted: Vec<&FieldPath> = [id.as_ref(), Some(text), rank.as_ref()].into_iter().flatten().collect();
    let chosen =
        columns.into_iter().filter(|column| wanted.iter().any(|path| holds(column, path))).cloned().collect();
    let projection = Type::group_type_builder(schema.name()).with_fields(chosen).build();
    projection.map_err(|error| error.to_string())
}

/// Appends a row as a line.
///
/// Some writers do not mark strings as such; bytes that are UTF-8 are written as strings. Times are those of ISO 8601.
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
            Field::TimestampMillis(_) | Field::TimestampMicros(_) => {
                // `2024-05-01 09:30:00.000 +00:00`, which ISO 8601 writes without spaces. Whole seconds have no fraction,
                // as in Python.
                let time = field.to_string().replacen(' ', "T", 1).replace(' ', "");
                let time = time.replace(".000000+", "+").replace(".000+", "+");
                serde_json::to_writer(&mut *line, &time)?;
            }
            other => serde_json::to_writer(&mut *line, &other.to_json_value())?,
        }
    }
    line.extend_from_slice(b"}\n");
    Ok(())
}
