//! What is stored of a document.

use refrain::{Document, Span};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use xxhash_rust::xxh3::xxh3_64;

use crate::bits::{read_number, seal, unseal, write_number};
use crate::error::Error;
use crate::keys::Hashed;
use crate::store::{Read, Table};

/// A stored document, without its text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Stored {
    /// Its number. The documents that were added later have greater ones.
    pub number: u64,
    /// Its name.
    pub name: String,
    /// What was given with it; null if nothing was.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub metadata: Value,
    /// The length of its source in bytes.
    pub bytes: u64,
    /// How many tokens it has.
    pub tokens: u64,
    /// How many paragraphs it has.
    pub paragraphs: u64,
}

/// All that is stored of a document except its text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Record {
    pub(crate) stored: Stored,
    /// In an index without texts, the bytes of the source of each paragraph and a hash of its tokens.
    pub(crate) paragraphs: Vec<(Span, u64)>,
}

impl Record {
    /// `texts` is whether the text is kept, which says more than hashes.
    pub(crate) fn new(
        number: u64,
        document: &Document<'_>,
        metadata: Value,
        (hashed, texts): (&Hashed, bool),
    ) -> Self {
        let described = if texts { &[][..] } else { &hashed.paragraphs };
        let paragraphs = described.iter().map(|paragraph| {
            let tokens = &hashed.tokens[paragraph.start..paragraph.end];
            (document.to_source(paragraph.span), identity(tokens))
        });
        let stored = Stored {
            number,
            name: document.name().to_owned(),
            metadata,
            bytes: document.source().len() as u64,
            tokens: hashed.tokens.len() as u64,
            paragraphs: hashed.paragraphs.len() as u64,
        };
        Self { stored, paragraphs: paragraphs.collect() }
    }

    /// The number of paragraph numbers that it takes, 1 or more.
    pub(crate) fn numbers(&self) -> u64 {
        self.stored.paragraphs.max(1)
    }

    pub(crate) fn encode(&self) -> Vec<u8> {
        let Stored { number, name, metadata, bytes, tokens, .. } = &self.stored;
        let mut record = Vec::with_capacity(64 + 12 * self.paragraphs.len());
        write_number(&mut record, name.len() as u64);
        record.extend_from_slice(name.as_bytes());
        let metadata = if metadata.is_null() { String::new() } else { metadata.to_string() };
        write_number(&mut record, metadata.len() as u64);
        record.extend_from_slice(metadata.as_bytes());
        write_number(&mut record, *bytes);
        write_number(&mut record, *tokens);
        write_number(&mut record, self.stored.paragraphs);
        let mut end = 0;
        for &(span, identity) in &self.paragraphs {
            let start = span.start.max(end);
            write_number(&mut record, (start - end) as u64);
            end = span.end.max(start);
            write_number(&mut record, (end - start) as u64);
            record.extend_from_slice(&identity.to_le_bytes());
        }
        seal(&number.to_be_bytes(), record)
    }

    pub(crate) fn decode(key: &[u8], sealed: &[u8]) -> Result<Self, Error> {
        let record = unseal("a document", key, sealed)?;
        read_record(key, record).ok_or_else(|| Error::damaged("a document cannot be read"))
    }

    /// The document with the greatest number that is at most this one.
    pub(crate) fn at_most(store: &(impl Read + ?Sized), number: u64) -> Result<Option<Self>, Error> {
        let found = store.last_at_most(Table::Documents, &number.to_be_bytes())?;
        found.map(|(key, value)| Self::decode(&key, &value)).transpose()
    }

    /// The document with this number.
    pub(crate) fn load(store: &(impl Read + ?Sized), number: u64) -> Result<Option<Self>, Error> {
        let key = number.to_be_bytes();
        let found = store.get(Table::Documents, &key)?;
        found.map(|value| Self::decode(&key, &value)).transpose()
    }
}

/// What makes a paragraph the same as another.
pub(crate) fn identity(tokens: &[u64]) -> u64 {
    let bytes: Vec<u8> = tokens.iter().flat_map(|token| token.to_le_bytes()).collect();
    xxh3_64(&bytes)
}

fn read_record(key: &[u8], mut record: &[u8]) -> Option<Record> {
    let record = &mut record;
    let number = u64::from_be_bytes(key.try_into().ok()?);
    let name = read_text(record)?.to_owned();
    let metadata = read_text(record)?;
    let metadata = if metadata.is_empty() { Value::Null } else { serde_json::from_str(metadata).ok()? };
    let (bytes, tokens) = (read_number(record)?, read_number(record)?);
    let count = read_number(record)?;
    let mut paragraphs = Vec::new();
    let mut end = 0_usize;
    let described = if record.is_empty() { 0 } else { count };
    for _ in 0..described {
        let start = end.checked_add(usize::try_from(read_number(record)?).ok()?)?;
        end = start.checked_add(usize::try_from(read_number(record)?).ok()?)?;
        let (identity, rest) = record.split_first_chunk()?;
        *record = rest;
        paragraphs.push((Span::new(start, end), u64::from_le_bytes(*identity)));
    }
    let stored = Stored { number, name, metadata, bytes, tokens, paragraphs: count };
    record.is_empty().then_some(Record { stored, paragraphs })
}

fn read_text<'a>(record: &mut &'a [u8]) -> Option<&'a str> {
    let length = usize::try_from(read_number(record)?).ok()?;
    let (text, rest) = record.split_at_checked(length)?;
    *record = rest;
    std::str::from_utf8(text).ok()
}
