//! What is stored of a document.

use refrain::{Document, Span};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use xxhash_rust::xxh3::xxh3_64;

use crate::bits::{read_number, seal, unseal, write_number};
use crate::error::{Error, ErrorKind};
use crate::keys::Hashed;
use crate::store::{Read, Table, Write};

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
    /// The bytes of the source of each paragraph, and a hash of its tokens.
    pub(crate) paragraphs: Vec<(Span, u64)>,
}

/// The level of compression, the usual one of zstd.
const LEVEL: i32 = 3;

impl Record {
    pub(crate) fn new(number: u64, document: &Document<'_>, metadata: Value, hashed: &Hashed) -> Self {
        let paragraphs = hashed.paragraphs.iter().map(|paragraph| {
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
        write_number(&mut record, self.paragraphs.len() as u64);
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
    for _ in 0..count {
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

/// The text of a document as it is stored, before it is cut into pieces.
pub(crate) fn compress(document: &Document<'_>) -> Result<Vec<u8>, Error> {
    let bytes = document.to_bytes();
    if bytes.len() > MOST {
        let problem = format!("{}: a document of more than {MOST} bytes cannot be stored", document.name());
        return Err(Error::new(ErrorKind::Limit, problem));
    }
    let mut value = Vec::new();
    write_number(&mut value, bytes.len() as u64);
    value.extend(zstd::bulk::compress(&bytes, LEVEL).map_err(|error| Error::io(&error))?);
    Ok(value)
}

/// The most bytes of a piece of a text. Three of them fill a page of the store; larger values would take pages of their
/// own, in powers of two.
const PIECE: usize = 1320;

fn piece_key(number: u64, piece: u32) -> [u8; 12] {
    let mut key = [0; 12];
    key[..8].copy_from_slice(&number.to_be_bytes());
    key[8..].copy_from_slice(&piece.to_be_bytes());
    key
}

/// Stores the text of a document.
pub(crate) fn put_text(tables: &mut dyn Write, number: u64, text: &[u8]) -> Result<(), Error> {
    for (piece, bytes) in (0..).zip(text.chunks(PIECE)) {
        let key = piece_key(number, piece);
        tables.put(Table::Texts, &key, &seal(&key, bytes.to_vec()))?;
    }
    Ok(())
}

/// Removes the text of a document.
pub(crate) fn delete_text(tables: &mut dyn Write, number: u64) -> Result<(), Error> {
    let mut keys = Vec::new();
    each_piece(tables, number, |key, _| {
        keys.push(key.to_vec());
        Ok(())
    })?;
    keys.iter().try_for_each(|key| tables.delete(Table::Texts, key))
}

fn each_piece(
    store: &(impl Read + ?Sized),
    number: u64,
    mut sink: impl FnMut(&[u8], &[u8]) -> Result<(), Error>,
) -> Result<(), Error> {
    store.scan(Table::Texts, &piece_key(number, 0), &mut |key, value| {
        let is_own = key.starts_with(&number.to_be_bytes());
        if is_own {
            sink(key, value)?;
        }
        Ok(is_own)
    })
}

/// The document with this number and its text.
pub(crate) fn load_text(store: &(impl Read + ?Sized), number: u64) -> Result<Document<'static>, Error> {
    let damaged = || Error::damaged("a text cannot be read");
    let (mut text, mut pieces) = (Vec::new(), 0);
    each_piece(store, number, |key, value| {
        if key != piece_key(number, pieces) {
            return Err(damaged());
        }
        pieces += 1;
        text.extend_from_slice(unseal("a text", key, value)?);
        Ok(())
    })?;
    let mut value = &text[..];
    let length = read_number(&mut value).and_then(|length| usize::try_from(length).ok());
    let length = length.filter(|&length| length <= MOST).ok_or_else(damaged)?;
    let bytes = zstd::bulk::decompress(value, length).map_err(|_| damaged())?;
    if bytes.len() != length {
        return Err(damaged());
    }
    Document::from_bytes(&bytes).map_err(|_| damaged())
}

/// The most bytes of a document that is stored.
const MOST: usize = 1 << 30;
