//! The texts of records, for `check`: each record of a file is a document.

use std::collections::HashSet;
use std::ffi::OsStr;

use refrain::InputKind;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::diagnose::{Problem, diagnose, fields_of, not_utf8};
use super::lines::{count_lines, lines, trim_line};
use super::metadata_fields::MetadataFields;
use super::record::{DecodedText, FieldNames, LINE, Record, is_id};
use super::source::Source;
use super::text_file::TextFile;
use crate::error::Error;
use crate::render::numbers::count;

/// The fields that the user names.
#[derive(Clone, Debug, Default)]
pub(crate) struct AskedFields {
    pub(crate) id: Option<String>,
    pub(crate) text: Option<String>,
    /// What is kept beside the text.
    pub(crate) metadata: MetadataFields,
}

/// The fields that hold the text where the user names none: the first that the first record has.
const TEXT_FIELDS: [&str; 3] = ["text", "content", "body"];
const ID_FIELD: &str = "id";

/// What was read of a file with records.
#[derive(Debug)]
pub(crate) struct RecordsRead {
    /// Which fields were taken, in words.
    pub(crate) taken: String,
    /// The lines that are not records, if there are any.
    pub(crate) problem: Option<Error>,
}

/// Reads the records of a file, and passes their texts to `sink` some at a time, each named by the file and its id,
/// such as `articles.jsonl#17`.
///
/// # Errors
///
/// If the file cannot be read, if no record has a field that is to be kept, or the error of `sink`. A line that is not
/// a record is a `problem` of the result, and the others are read.
pub(crate) fn read(
    file: &OsStr,
    asked: &AskedFields,
    mut sink: impl FnMut(Vec<TextFile>) -> Result<(), Error> + Send,
) -> Result<RecordsRead, Error> {
    let mut source = Source::open(file, true)?;
    let (id, text) = match (&asked.id, &asked.text) {
        (Some(id), Some(text)) => (id.clone(), text.clone()),
        (id, text) => {
            let (first_id, first_text) = first_fields(&mut source)?;
            (id.clone().unwrap_or(first_id), text.clone().unwrap_or(first_text))
        }
    };
    let fields = FieldNames::new(&id, &text, None);
    check_metadata(&mut source, &fields, &asked.metadata)?;
    // Of a format with columns all are read if others than those of the id and the text may be kept.
    let blocks = source.blocks(asked.metadata.is_none().then_some(&fields))?;
    let (source, name) = (&source, &source.name);
    let (mut records, mut names) = (0, HashSet::new());
    let (mut bad, mut first_bad) = (0, None);
    let mut lines_before = 0;
    blocks.for_each(
        |error| source.read_error(&error),
        |block| {
            let mut texts = Vec::new();
            for (number, line) in lines(block) {
                let number = lines_before + number + 1;
                let line = line.map_err(|bytes| not_utf8(bytes.trim_ascii_end()));
                match line.and_then(|line| record(line, &fields, &asked.metadata)) {
                    Ok(Taken { id, text, fields }) => {
                        let mut full = format!("{name}#{}", id.unwrap_or_else(|| number.to_string()));
                        if !names.insert(full.clone()) {
                            full += &format!(" ({} {number})", source.unit());
                        }
                        texts.push(TextFile {
                            name: full,
                            content: text,
                            kind: Some(InputKind::Plain),
                            fields,
                        });
                    }
                    Err(Problem { column, message }) => {
                        bad += 1;
                        let column = column.map(|column| format!(", column {column}")).unwrap_or_default();
                        first_bad.get_or_insert(format!("{} {number}{column}: {message}", source.unit()));
                    }
                }
            }
            lines_before += count_lines(block);
            records += texts.len();
            sink(texts)
        },
        |()| Ok(()),
    )?;
    let ids = if id == LINE { format!("the number of the {}", source.unit()) } else { format!("`{id}`") };
    let taken = format!("{name}: {}, text from `{text}`, names from {ids}", count(records, "record"));
    let problem = first_bad.map(|first| {
        let more = if bad > 1 {
            format!(" (and {} more)", count(bad - 1, &format!("bad {}", source.unit())))
        } else {
            String::new()
        };
        Error::new(format!("{name}: {first}{more}"))
    });
    Ok(RecordsRead { taken, problem })
}

/// Fails if there are records, and none has one of the fields that are to be kept. It reads until all are found.
fn check_metadata(source: &mut Source, fields: &FieldNames, metadata: &MetadataFields) -> Result<(), Error> {
    let mut missing: Vec<&str> = metadata.names().collect();
    if missing.is_empty() {
        return Ok(());
    }
    let mut first = None;
    read_until(source, |block| {
        for line in lines(block).filter_map(|(_, line)| line.ok()) {
            let Ok(found) = record(line, fields, metadata) else { continue };
            first.get_or_insert_with(|| fields_of(line));
            missing.retain(|name| !found.fields.contains_key(*name));
        }
        missing.is_empty()
    })?;
    match (missing.first(), first) {
        (Some(field), Some(names)) => Err(Error::new(format!(
            "{}: no record has a field `{field}` to keep; in the first, {names}",
            source.name
        ))),
        _ => Ok(()),
    }
}

/// What is taken of a record.
struct Taken {
    /// Without quotes; `None` if the number of the line is the id.
    id: Option<String>,
    text: String,
    fields: Map<String, Value>,
}

fn record(line: &str, fields: &FieldNames, metadata: &MetadataFields) -> Result<Taken, Problem> {
    let line = trim_line(line);
    let Ok(Record { id, text: DecodedText(text), .. }) = Record::<DecodedText<'_>>::parse(line, fields)
    else {
        return Err(diagnose(line, fields));
    };
    let id = id.map(|raw| serde_json::from_str(raw).unwrap_or_else(|_| raw.to_owned()));
    let kept = metadata.of(line, fields).map_err(|error| Problem::from_json(&error, line))?;
    Ok(Taken { id, text: text.into_owned(), fields: kept })
}

/// The fields with the id and the text, by the first record. If it cannot be read, or has no such field, they are
/// those of the corpus commands, so that the messages are theirs.
fn first_fields(source: &mut Source) -> Result<(String, String), Error> {
    let mut found = None;
    read_until(source, |block| {
        let (_, first) = lines(block).next().unwrap_or((0, Ok("")));
        found = first
            .ok()
            .and_then(|line| serde_json::from_str(trim_line(line)).ok())
            .map(|first| used_fields(&first));
        // The others are read later.
        true
    })?;
    Ok(found.unwrap_or_else(|| (ID_FIELD.to_owned(), TEXT_FIELDS[0].to_owned())))
}

/// Reads a source from its beginning, until `is_enough` says so of a block. A stream is read to its end, since only what
/// was read of it can be read again.
fn read_until(source: &mut Source, mut is_enough: impl FnMut(&[u8]) -> bool + Send) -> Result<(), Error> {
    let blocks = source.blocks(None)?;
    let source = &*source;
    let (mut enough, mut stopped) = (false, false);
    let read = blocks.for_each(
        |error| source.read_error(&error),
        |block| {
            enough = enough || is_enough(block);
            stopped = enough && source.len().is_some();
            if stopped { Err(Error::new("enough was read")) } else { Ok(()) }
        },
        |()| Ok(()),
    );
    if stopped { Ok(()) } else { read }
}

fn used_fields(first: &std::collections::BTreeMap<String, &RawValue>) -> (String, String) {
    let id = if first.get(ID_FIELD).is_some_and(|id| is_id(id.get())) { ID_FIELD } else { LINE };
    let is_text = |name: &&str| first.get(*name).is_some_and(|value| value.get().starts_with('"'));
    let text = TEXT_FIELDS.into_iter().find(is_text).unwrap_or(TEXT_FIELDS[0]);
    (id.to_owned(), text.to_owned())
}
