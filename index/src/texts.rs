//! The texts of documents: compressed with a dictionary made of the first of them, and cut into pieces.

use std::sync::OnceLock;

use refrain::Document;
use zstd::bulk::{Compressor, Decompressor};
use zstd::dict::{DecoderDictionary, EncoderDictionary};

use crate::bits::{read_number, seal, unseal, write_number};
use crate::error::{Error, ErrorKind};
use crate::store::{Read, Table, Write};

/// The most bytes of a document that is stored.
const MOST: usize = 1 << 30;
/// The level of compression, the usual one of zstd.
const LEVEL: i32 = 3;
/// The key of the dictionary in the table `meta`.
const KEY: &[u8] = b"dictionary";
/// The most bytes of the dictionary, the usual size of zstd.
const DICTIONARY: usize = 112_640;
/// The bytes of text of which the dictionary is made. Four times as much takes four times as long and saves 0.5 % of the
/// compressed texts.
const SAMPLES: usize = 1 << 20;
/// The most bytes of one text among these.
const SAMPLE: usize = 1 << 14;
/// The most bytes of a piece of a text. Seven of them fill a page of the store, and half a piece a page is lost; larger
/// ones lose more at the ends of pages, smaller ones have more keys.
const PIECE: usize = 560;

/// The bytes of a document.
pub(crate) fn to_bytes(document: &Document<'_>) -> Result<Vec<u8>, Error> {
    let bytes = document.to_bytes();
    if bytes.len() > MOST {
        let problem = format!("{}: a document of more than {MOST} bytes cannot be stored", document.name());
        return Err(Error::new(ErrorKind::Limit, problem));
    }
    Ok(bytes)
}

/// The dictionary of an index, once it was needed. It is made once, and never changes.
#[derive(Default)]
pub(crate) struct Dictionary {
    encoder: OnceLock<EncoderDictionary<'static>>,
    decoder: OnceLock<DecoderDictionary<'static>>,
}

impl Dictionary {
    fn decoder(&self, store: &(impl Read + ?Sized)) -> Result<&DecoderDictionary<'static>, Error> {
        if let Some(decoder) = self.decoder.get() {
            return Ok(decoder);
        }
        let bytes = stored(store)?.ok_or_else(|| Error::damaged("the dictionary of the texts is missing"))?;
        let made = DecoderDictionary::try_copy(&bytes);
        let made = made.map_err(|_| Error::damaged("the dictionary of the texts cannot be read"))?;
        Ok(self.decoder.get_or_init(|| made))
    }

    fn encoder(&self, store: &(impl Read + ?Sized)) -> Result<Option<&EncoderDictionary<'static>>, Error> {
        if self.encoder.get().is_none() {
            let Some(bytes) = stored(store)? else { return Ok(None) };
            let made = EncoderDictionary::try_copy(&bytes, LEVEL).map_err(|error| Error::io(&error))?;
            self.encoder.get_or_init(|| made);
        }
        Ok(self.encoder.get())
    }
}

fn stored(store: &(impl Read + ?Sized)) -> Result<Option<Vec<u8>>, Error> {
    let Some(sealed) = store.get(Table::Meta, KEY)? else { return Ok(None) };
    unseal("the dictionary of the texts", KEY, &sealed).map(|bytes| Some(bytes.to_vec()))
}

/// Stores the texts of the documents of a transaction.
pub(crate) struct TextWriter<'d> {
    compressor: Compressor<'d>,
    has_dictionary: bool,
}

impl<'d> TextWriter<'d> {
    /// A writer of these texts. There are `before` bytes of others.
    pub(crate) fn new<'t>(
        tables: &mut dyn Write,
        dictionary: &'d Dictionary,
        texts: impl Iterator<Item = &'t [u8]> + Clone,
        before: u64,
    ) -> Result<Self, Error> {
        let (compressor, has_dictionary) = match dictionary.encoder(tables)? {
            Some(encoder) => (Compressor::with_prepared_dictionary(encoder), true),
            // One that is made now is for this transaction only, which may fail.
            None => match train(tables, dictionary, texts, before)? {
                Some(trained) => (Compressor::with_dictionary(LEVEL, &trained), true),
                None => (Compressor::new(LEVEL), false),
            },
        };
        Ok(Self { compressor: compressor.map_err(|error| Error::io(&error))?, has_dictionary })
    }

    /// Stores the text of a document.
    pub(crate) fn put(&mut self, tables: &mut dyn Write, number: u64, text: &[u8]) -> Result<(), Error> {
        let mut value = Vec::new();
        write_number(&mut value, (text.len() as u64) << 1 | u64::from(self.has_dictionary));
        value.extend(self.compressor.compress(text).map_err(|error| Error::io(&error))?);
        for (piece, bytes) in (0..).zip(value.chunks(PIECE)) {
            let key = piece_key(number, piece);
            tables.put(Table::Texts, &key, &seal(&key, bytes.to_vec()))?;
        }
        Ok(())
    }
}

/// Makes and stores the dictionary, if there is enough text for it with these texts, and was not before. Where zstd makes
/// none, it is tried again when there is twice as much.
fn train<'t>(
    tables: &mut dyn Write,
    dictionary: &Dictionary,
    texts: impl Iterator<Item = &'t [u8]> + Clone,
    before: u64,
) -> Result<Option<Vec<u8>>, Error> {
    let new: u64 = texts.clone().map(|text| text.len() as u64).sum();
    let doublings = |bytes: u64| (bytes / SAMPLES as u64).checked_ilog2();
    if doublings(before + new) == doublings(before) {
        return Ok(None);
    }
    let (mut samples, mut bytes) = (Vec::new(), 0);
    let mut take = |text: &[u8]| {
        let sample = text[..text.len().min(SAMPLE)].to_vec();
        bytes += sample.len();
        samples.push(sample);
        bytes < SAMPLES
    };
    // From all over the new texts; if they are too few, stored ones, too.
    let step = new.div_ceil(SAMPLES as u64) as usize;
    if texts.step_by(step).all(&mut take) {
        let mut numbers = Vec::new();
        tables.scan(Table::Documents, &[], &mut |key, _| {
            numbers.extend(key.try_into().map(u64::from_be_bytes));
            Ok(numbers.len() < SAMPLES / 64)
        })?;
        for number in numbers {
            if !take(&load_bytes(tables, dictionary, number)?) {
                break;
            }
        }
    }
    // It fails if there are too few texts, or if they have nothing in common.
    let Ok(made) = zstd::dict::from_samples(&samples, DICTIONARY) else { return Ok(None) };
    tables.put(Table::Meta, KEY, &seal(KEY, made.clone()))?;
    Ok(Some(made))
}

fn piece_key(number: u64, piece: u32) -> [u8; 12] {
    let mut key = [0; 12];
    key[..8].copy_from_slice(&number.to_be_bytes());
    key[8..].copy_from_slice(&piece.to_be_bytes());
    key
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
pub(crate) fn load_text(
    store: &(impl Read + ?Sized),
    dictionary: &Dictionary,
    number: u64,
) -> Result<Document<'static>, Error> {
    Document::from_bytes(&load_bytes(store, dictionary, number)?).map_err(|_| damaged())
}

fn load_bytes(store: &(impl Read + ?Sized), dictionary: &Dictionary, number: u64) -> Result<Vec<u8>, Error> {
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
    let head = read_number(&mut value).ok_or_else(damaged)?;
    let length = usize::try_from(head >> 1).ok().filter(|&length| length <= MOST).ok_or_else(damaged)?;
    let decompressor = match head & 1 {
        0 => Decompressor::new(),
        _ => Decompressor::with_prepared_dictionary(dictionary.decoder(store)?),
    };
    let bytes = decompressor.and_then(|mut decompressor| decompressor.decompress(value, length));
    bytes.ok().filter(|bytes| bytes.len() == length).ok_or_else(damaged)
}

fn damaged() -> Error {
    Error::damaged("a text cannot be read")
}
