//! Opens a corpus, from a file in any format or from standard input, to be read once or twice.
//!
//! `dedup` reads its input a second time, because keeping all texts would take more memory than
//! everything else. A pipe cannot be read again, so it is copied to a temporary file during the first
//! reading.

use std::ffi::OsStr;
use std::fs::{File, Metadata};
use std::io::{self, Cursor, Read, Seek as _, Write as _};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use super::blocks::Blocks;
use super::format::{Format, SIGNATURE, other_extension, other_format};
use super::gzip::GzipReader;
#[cfg(feature = "parquet")]
use super::parquet::Rows;
use super::record::FieldNames;
use super::text_file::STDIN;
use crate::error::Error;

/// The size of the read buffer in bytes.
const BUFFER: usize = 1 << 18;

/// The largest window of a Zstandard file, as a power of two: the most that the format of `zstd --long=31`
/// takes. The decoder takes this much memory only for a file that asks for it.
const LARGEST_WINDOW: u32 = if cfg!(target_pointer_width = "64") { 31 } else { 30 };

/// An open input.
#[derive(Debug)]
pub(crate) struct Source {
    /// Its name in messages.
    pub(crate) name: String,
    format: Format,
    origin: Origin,
    /// How many bytes of the input, as stored, this pass has read.
    position: Arc<AtomicU64>,
}

#[derive(Debug)]
enum Origin {
    File {
        file: File,
        stamp: Stamp,
    },
    /// An input that can be read only once, and the file it is copied to if it will be read again.
    Stream {
        stream: Option<Box<dyn Stream>>,
        copy: Option<File>,
    },
}

trait Stream: Read + Send + Sync + std::fmt::Debug {}

impl<T: Read + Send + Sync + std::fmt::Debug> Stream for T {}

/// Shows whether a file was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    len: u64,
    modified: Option<SystemTime>,
}

impl Stamp {
    fn of(metadata: &Metadata) -> Self {
        Self { len: metadata.len(), modified: metadata.modified().ok() }
    }
}

impl Source {
    /// Opens a file, or standard input for `-`. Only if `reread` is set can it be read a second time.
    pub(crate) fn open(input: &OsStr, reread: bool) -> Result<Self, Error> {
        let position = Arc::new(AtomicU64::new(0));
        let copy = || reread.then(tempfile::tempfile).transpose();
        if input == "-" {
            let copy = copy().map_err(copy_error)?;
            let origin = Origin::Stream { stream: Some(Box::new(io::stdin())), copy };
            return Ok(Self { name: STDIN.to_owned(), format: Format::Lines, origin, position });
        }
        let path = Path::new(input);
        let name = path.to_string_lossy().into_owned();
        let read_error =
            |problem: &dyn std::fmt::Display| Error::new(format!("cannot read {name}: {problem}"));
        if path.is_dir() {
            return Err(read_error(&"it is a directory; expected a file"));
        }
        if let Some(problem) = other_extension(path) {
            return Err(read_error(&problem));
        }
        let format = Format::of(path);
        let file = File::open(path).map_err(|error| read_error(&error))?;
        let metadata = file.metadata().map_err(|error| read_error(&error))?;
        let origin = if metadata.is_file() {
            Origin::File { file, stamp: Stamp::of(&metadata) }
        } else if format == Format::Parquet {
            return Err(read_error(&"Parquet can be read only from regular files"));
        } else {
            Origin::Stream { stream: Some(Box::new(file)), copy: copy().map_err(copy_error)? }
        };
        Ok(Self { name, format, origin, position })
    }

    /// What the records are called in messages.
    pub(crate) fn unit(&self) -> &'static str {
        if self.format == Format::Parquet { "row" } else { "line" }
    }

    /// The size of the input in bytes, as stored, if it is known.
    pub(crate) fn len(&self) -> Option<u64> {
        match &self.origin {
            Origin::File { stamp, .. } => Some(stamp.len),
            Origin::Stream { .. } => None,
        }
    }

    /// How many of these bytes this pass has read.
    pub(crate) fn position(&self) -> u64 {
        self.position.load(Ordering::Relaxed)
    }

    /// Starts to read from the beginning.
    ///
    /// From a format with columns only these fields are read, or all if `fields` is `None`.
    pub(crate) fn blocks(&mut self, fields: Option<&FieldNames>) -> Result<Blocks, Error> {
        self.position.store(0, Ordering::Relaxed);
        let raw = self.raw().map_err(|error| self.read_error(&error))?;
        if self.format == Format::Parquet {
            return self.rows(fields);
        }
        let raw = CountingReader { raw, position: Arc::clone(&self.position) };
        let buffered = |raw| io::BufReader::with_capacity(BUFFER, raw);
        let decoded: Box<dyn Read + Send> = match self.format {
            Format::Lines | Format::Parquet => {
                Box::new(plain_lines(raw).map_err(|problem| self.read_error(&problem))?)
            }
            Format::Gzip => Box::new(GzipReader::new(buffered(raw))),
            Format::Zstd => {
                let decoder = zstd::Decoder::with_buffer(buffered(raw)).and_then(|mut decoder| {
                    decoder.window_log_max(LARGEST_WINDOW)?;
                    Ok(decoder)
                });
                Box::new(decoder.map_err(|error| self.read_error(&error))?)
            }
        };
        Ok(Blocks::of_lines(decoded))
    }

    fn raw(&mut self) -> io::Result<Box<dyn Read + Send>> {
        match &mut self.origin {
            Origin::File { file, .. } => {
                file.rewind()?;
                Ok(Box::new(file.try_clone()?))
            }
            Origin::Stream { stream, copy } => match (stream.take(), copy) {
                (Some(stream), Some(copy)) => Ok(Box::new(CopyingReader { stream, copy: copy.try_clone()? })),
                (Some(stream), None) => Ok(Box::new(stream)),
                (None, Some(copy)) => {
                    copy.rewind()?;
                    Ok(Box::new(copy.try_clone()?))
                }
                (None, None) => unreachable!("only a source opened for rereading is read twice"),
            },
        }
    }

    #[cfg(feature = "parquet")]
    fn rows(&self, fields: Option<&FieldNames>) -> Result<Blocks, Error> {
        let Origin::File { file, stamp } = &self.origin else {
            unreachable!("Parquet is opened only from regular files")
        };
        let file = file.try_clone().map_err(|error| self.read_error(&error))?;
        let rows = Rows::new(file, stamp.len, fields, Arc::clone(&self.position));
        rows.map(Blocks::of_rows).map_err(|problem| self.read_error(&problem))
    }

    #[cfg(not(feature = "parquet"))]
    fn rows(&self, _: Option<&FieldNames>) -> Result<Blocks, Error> {
        Err(self.read_error(&"this build cannot read Parquet; build it with the feature `parquet`"))
    }

    /// Fails if the file was changed since it was opened.
    pub(crate) fn unchanged(&self) -> Result<(), Error> {
        match &self.origin {
            Origin::File { file, stamp } => match file.metadata() {
                Ok(metadata) if Stamp::of(&metadata) == *stamp => Ok(()),
                Ok(_) => Err(self.changed()),
                Err(error) => Err(self.read_error(&error)),
            },
            Origin::Stream { .. } => Ok(()),
        }
    }

    pub(crate) fn changed(&self) -> Error {
        self.read_error(&"it changed while it was being read")
    }

    pub(crate) fn read_error(&self, problem: &dyn std::fmt::Display) -> Error {
        Error::new(format!("cannot read {}: {problem}", self.name))
    }
}

/// Fails if the input is not JSON Lines, but in another format that its name does not show.
fn plain_lines(mut raw: impl Read) -> io::Result<impl Read> {
    let mut first = Vec::new();
    raw.by_ref().take(SIGNATURE as u64).read_to_end(&mut first)?;
    match other_format(&first) {
        Some(problem) => Err(io::Error::other(problem)),
        None => Ok(Cursor::new(first).chain(raw)),
    }
}

fn copy_error(error: io::Error) -> Error {
    Error::new(format!("cannot create a temporary copy of the piped input: {error}"))
}

/// Counts the bytes that are read.
#[derive(Debug)]
struct CountingReader<R> {
    raw: R,
    position: Arc<AtomicU64>,
}

impl<R: Read> Read for CountingReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.raw.read(buffer)?;
        self.position.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// Copies the bytes that are read.
#[derive(Debug)]
struct CopyingReader {
    stream: Box<dyn Stream>,
    copy: File,
}

impl Read for CopyingReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.stream.read(buffer)?;
        let copied = self.copy.write_all(&buffer[..read]);
        copied.map_err(|error| {
            io::Error::new(error.kind(), format!("cannot write its temporary copy: {error}"))
        })?;
        Ok(read)
    }
}
