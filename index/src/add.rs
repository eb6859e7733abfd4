//! Adds documents and removes them, inside a transaction.

use refrain::Document;
use serde_json::Value;

use crate::documents::Record;
use crate::error::{Error, ErrorKind};
use crate::keys::{DocumentKey, Hashed};
use crate::merge::merge_full_levels;
use crate::postings::Posting;
use crate::progress::Watch;
use crate::run_writer::RunWriter;
use crate::settings::{Derived, Settings};
use crate::state::State;
use crate::store::{Read, Table, Write};
use crate::texts::{Dictionary, TextWriter, delete_text, to_bytes};

/// A document with metadata, to add to an index.
///
/// ```
/// use refrain_index::Entry;
/// use serde_json::json;
///
/// let plain: Entry = ("a.txt", "A text.").into();
/// let dated = Entry::new(("b.txt", "A text."), json!({"date": "2024-05-01"}));
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Entry<'a> {
    /// The document. It needs a name, which no other stored document has.
    pub document: Document<'a>,
    /// Any value, which a report gives back; null for none.
    pub metadata: Value,
}

impl<'a> Entry<'a> {
    /// A document with metadata.
    pub fn new(document: impl Into<Document<'a>>, metadata: Value) -> Self {
        Self { document: document.into(), metadata }
    }
}

impl<'a, D: Into<Document<'a>>> From<D> for Entry<'a> {
    /// A document without metadata.
    fn from(document: D) -> Self {
        Self::new(document, Value::Null)
    }
}

/// A document that is ready to be stored.
#[derive(Debug)]
pub(crate) struct Prepared {
    /// With the number 0.
    record: Record,
    /// The document with its text; `None` if texts are not kept.
    text: Option<Vec<u8>>,
    keys: Vec<DocumentKey>,
}

/// What is stored in a transaction together.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    documents: Vec<Prepared>,
    pub(crate) paragraphs: u64,
    pub(crate) bytes: usize,
}

impl Batch {
    pub(crate) fn len(&self) -> usize {
        self.documents.len()
    }

    pub(crate) fn push(
        &mut self,
        entry: Entry<'_>,
        settings: &Settings,
        derived: &Derived,
    ) -> Result<(), Error> {
        let Entry { document, metadata } = entry;
        if document.name().is_empty() {
            let problem = "a document needs a name, by which it is reported and removed";
            return Err(Error::new(ErrorKind::Setting, problem));
        }
        let hashed = Hashed::new(&document, settings.detector.paragraphs);
        let (keys, _) = hashed.keys(derived);
        let record = Record::new(0, &document, metadata, (&hashed, settings.texts));
        self.paragraphs += record.numbers();
        self.bytes += document.source().len();
        let text = settings.texts.then(|| to_bytes(&document)).transpose()?;
        self.documents.push(Prepared { record, text, keys });
        Ok(())
    }
}

/// Stores a batch. Stored documents with the same names are removed before if `replaces`, else they are an error.
pub(crate) fn store(
    tables: &mut dyn Write,
    (state, dictionary): (&mut State, &Dictionary),
    batch: Batch,
    replaces: bool,
    watch: Watch<'_>,
) -> Result<(), Error> {
    if batch.documents.is_empty() {
        return Ok(());
    }
    let first = state.next_paragraph;
    let texts = batch.documents.iter().filter_map(|document| document.text.as_deref());
    let mut writer = TextWriter::new(tables, dictionary, texts, state.bytes)?;
    let mut postings = Vec::with_capacity(batch.documents.iter().map(|document| document.keys.len()).sum());
    for Prepared { mut record, text, keys } in batch.documents {
        let number = state.next_paragraph;
        record.stored.number = number;
        let name = record.stored.name.as_bytes();
        if tables.get(Table::Names, name)?.is_some() {
            if !replaces {
                let name = &record.stored.name;
                let problem =
                    format!("a document named {name} is stored already; replace it, or give another name");
                return Err(Error::new(ErrorKind::Exists, problem));
            }
            remove(tables, state, &record.stored.name)?;
        }
        let key = number.to_be_bytes();
        tables.put(Table::Documents, &key, &record.encode())?;
        tables.put(Table::Names, name, &key)?;
        if let Some(text) = text {
            writer.put(tables, number, &text)?;
        }
        let own =
            keys.iter().map(|key| Posting { key: key.key, paragraph: number + u64::from(key.paragraph) });
        postings.extend(own);
        state.next_paragraph += record.numbers();
        state.documents += 1;
        state.paragraphs += record.stored.paragraphs;
        state.tokens += record.stored.tokens;
        state.bytes += record.stored.bytes;
    }
    postings.sort_unstable();
    postings.dedup();
    if !postings.is_empty() {
        let most = postings.len() as u64;
        let mut run = RunWriter::new(state.next_run, 0, first, state.next_paragraph, most);
        state.next_run += 1;
        for posting in postings {
            run.push(tables, posting)?;
        }
        state.runs.push(run.finish(tables)?);
    }
    merge_full_levels(tables, state, watch)
}

/// Removes a document. Its postings stay until they are merged, and lead to nothing.
pub(crate) fn remove(tables: &mut dyn Write, state: &mut State, name: &str) -> Result<bool, Error> {
    let Some(key) = tables.get(Table::Names, name.as_bytes())? else { return Ok(false) };
    let number = read_number(&key)?;
    let record = Record::load(tables, number)?.ok_or_else(|| Error::damaged("a document is missing"))?;
    tables.delete(Table::Documents, &key)?;
    delete_text(tables, number)?;
    tables.delete(Table::Names, name.as_bytes())?;
    tables.put(Table::Removed, &key, &record.numbers().to_be_bytes())?;
    let counts = [
        (&mut state.documents, 1),
        (&mut state.paragraphs, record.stored.paragraphs),
        (&mut state.tokens, record.stored.tokens),
        (&mut state.bytes, record.stored.bytes),
    ];
    for (count, less) in counts {
        *count = count.checked_sub(less).ok_or_else(|| Error::damaged("its counts are wrong"))?;
    }
    Ok(true)
}

fn read_number(key: &[u8]) -> Result<u64, Error> {
    let key = key.try_into().map_err(|_| Error::damaged("a name leads to no document"))?;
    Ok(u64::from_be_bytes(key))
}

/// The number of the document with a name.
pub(crate) fn number_of(tables: &(impl Read + ?Sized), name: &str) -> Result<Option<u64>, Error> {
    tables.get(Table::Names, name.as_bytes())?.map(|key| read_number(&key)).transpose()
}
