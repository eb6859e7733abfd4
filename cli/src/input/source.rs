//! Where a corpus comes from: a file of any of the formats, or standard input; once, or twice.
//!
//! `dedup` reads its input a second time instead of keeping its texts, which would take more memory
//! than all else. What cannot be rewound, a pipe, is copied to a temporary file meanwhile: disks are
//! larger than memories.

use std::ffi::OsStr;
use std::fs::{File, Metadata};
use std::io::{self, Cursor, Read, Seek as _, Write as _};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use super::blocks::Blocks;
use super::diagnose::foreign;
use super::gzip::Gunzip;
use super::record::Fields;
use super::text_file::STDIN;
use crate::error::Failure;

/// How much is read at once.
const READ: usize = 1 << 18;

/// An input that is open.
#[derive(Debug)]
pub(crate) struct Source {
    /// What messages call it.
    pub(crate) name: String,
    format: Format,
    from: From,
    /// How many bytes of the input as it is stored were read in this pass.
    position: Arc<AtomicU64>,
}

#[derive(Debug)]
enum From {
    File {
        file: File,
        stamp: Stamp,
    },
    /// Something that can be read only once, and its copy, if it will be read again.
    Stream {
        stream: Option<Box<dyn Stream>>,
        copy: Option<File>,
    },
}

trait Stream: Read + Send + Sync + std::fmt::Debug {}

impl<T: Read + Send + Sync + std::fmt::Debug> Stream for T {}

/// By the ending of the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Lines,
    Gzip,
    Zstd,
    Parquet,
}

impl Format {
    fn of(path: &Path) -> Self {
        let ending = path.extension().and_then(OsStr::to_str).unwrap_or_default();
        match ending.to_ascii_lowercase().as_str() {
            "gz" => Self::Gzip,
            "zst" => Self::Zstd,
            "parquet" => Self::Parquet,
            _ => Self::Lines,
        }
    }
}

/// What tells that a file was changed.
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
    /// Opens what the command line names. Only a source that is opened for it can be read twice.
    pub(crate) fn open(input: &OsStr, twice: bool) -> Result<Self, Failure> {
        let position = Arc::new(AtomicU64::new(0));
        let copy = || twice.then(tempfile::tempfile).transpose();
        if input == "-" {
            let copy = copy().map_err(no_copy)?;
            let from = From::Stream { stream: Some(Box::new(io::stdin())), copy };
            return Ok(Self { name: STDIN.to_owned(), format: Format::Lines, from, position });
        }
        let path = Path::new(input);
        let name = path.to_string_lossy().into_owned();
        let fail = |problem: &dyn std::fmt::Display| Failure::new(format!("cannot read {name}: {problem}"));
        if path.is_dir() {
            return Err(fail(&"it is a directory, and a file is needed"));
        }
        let format = Format::of(path);
        let file = File::open(path).map_err(|error| fail(&error))?;
        let metadata = file.metadata().map_err(|error| fail(&error))?;
        let from = if metadata.is_file() {
            From::File { file, stamp: Stamp::of(&metadata) }
        } else if format == Format::Parquet {
            return Err(fail(&"Parquet can be read from regular files only"));
        } else {
            From::Stream { stream: Some(Box::new(file)), copy: copy().map_err(no_copy)? }
        };
        Ok(Self { name, format, from, position })
    }

    /// What messages count in this source.
    pub(crate) fn unit(&self) -> &'static str {
        if self.format == Format::Parquet { "row" } else { "line" }
    }

    /// How many bytes are stored, if that is known beforehand.
    pub(crate) fn len(&self) -> Option<u64> {
        match &self.from {
            From::File { stamp, .. } => Some(stamp.len),
            From::Stream { .. } => None,
        }
    }

    /// How many of them this pass has read.
    pub(crate) fn position(&self) -> u64 {
        self.position.load(Ordering::Relaxed)
    }

    /// Reads from the start.
    ///
    /// Formats that have columns are asked for these fields only, or for all.
    pub(crate) fn blocks(&mut self, fields: Option<&Fields>) -> Result<Blocks, Failure> {
        self.position.store(0, Ordering::Relaxed);
        let raw = self.raw().map_err(|error| self.unreadable(&error))?;
        if self.format == Format::Parquet {
            return self.rows(fields);
        }
        let raw = Counted { raw, position: Arc::clone(&self.position) };
        let buffered = |raw| io::BufReader::with_capacity(READ, raw);
        let decoded: Box<dyn Read + Send> = match self.format {
            Format::Lines | Format::Parquet => {
                Box::new(plain(raw).map_err(|problem| self.unreadable(&problem))?)
            }
            Format::Gzip => Box::new(Gunzip::new(buffered(raw))),
            Format::Zstd => {
                let decoder = zstd::Decoder::with_buffer(buffered(raw));
                Box::new(decoder.map_err(|error| self.unreadable(&error))?)
            }
        };
        Ok(Blocks::of_lines(decoded))
    }

    fn raw(&mut self) -> io::Result<Box<dyn Read + Send>> {
        match &mut self.from {
            From::File { file, .. } => {
                file.rewind()?;
                Ok(Box::new(file.try_clone()?))
            }
            From::Stream { stream, copy } => match (stream.take(), copy) {
                (Some(stream), Some(copy)) => Ok(Box::new(Copied { stream, copy: copy.try_clone()? })),
                (Some(stream), None) => Ok(Box::new(stream)),
                (None, Some(copy)) => {
                    copy.rewind()?;
                    Ok(Box::new(copy.try_clone()?))
                }
                (None, None) => unreachable!("what is read twice is opened for it"),
            },
        }
    }

    #[cfg(feature = "parquet")]
    fn rows(&self, fields: Option<&Fields>) -> Result<Blocks, Failure> {
        let From::File { file, stamp } = &self.from else { unreachable!("Parquet is in regular files") };
        let file = file.try_clone().map_err(|error| self.unreadable(&error))?;
        let rows = super::parquet::Rows::new(file, stamp.len, fields, Arc::clone(&self.position));
        rows.map(Blocks::of_rows).map_err(|problem| self.unreadable(&problem))
    }

    #[cfg(not(feature = "parquet"))]
    fn rows(&self, _: Option<&Fields>) -> Result<Blocks, Failure> {
        Err(self.unreadable(&"this build has no Parquet; build it with the feature `parquet`"))
    }

    /// Fails if what was read a second time is not what was read first.
    pub(crate) fn unchanged(&self) -> Result<(), Failure> {
        match &self.from {
            From::File { file, stamp } => match file.metadata() {
                Ok(metadata) if Stamp::of(&metadata) == *stamp => Ok(()),
                Ok(_) => Err(self.changed()),
                Err(error) => Err(self.unreadable(&error)),
            },
            From::Stream { .. } => Ok(()),
        }
    }

    pub(crate) fn changed(&self) -> Failure {
        self.unreadable(&"it was changed while it was being read")
    }

    pub(crate) fn unreadable(&self, problem: &dyn std::fmt::Display) -> Failure {
        Failure::new(format!("cannot read {}: {problem}", self.name))
    }
}

/// Fails if what comes is of a format that is known by its ending, and has not got that.
///
/// Else every line of it would be bad, and `--skip-bad` would make nothing of it all.
fn plain(mut raw: impl Read) -> io::Result<impl Read> {
    let mut first = Vec::new();
    raw.by_ref().take(4).read_to_end(&mut first)?;
    match foreign(&first) {
        Some(problem) => Err(io::Error::other(problem)),
        None => Ok(Cursor::new(first).chain(raw)),
    }
}

fn no_copy(error: io::Error) -> Failure {
    Failure::new(format!("cannot make a temporary file for what comes through a pipe: {error}"))
}

/// Counts what passes.
#[derive(Debug)]
struct Counted<R> {
    raw: R,
    position: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.raw.read(buffer)?;
        self.position.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// Copies what passes.
#[derive(Debug)]
struct Copied {
    stream: Box<dyn Stream>,
    copy: File,
}

impl Read for Copied {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.stream.read(buffer)?;
        let copied = self.copy.write_all(&buffer[..read]);
        copied.map_err(|error| {
            io::Error::new(error.kind(), format!("its temporary copy cannot be written: {error}"))
        })?;
        Ok(read)
    }
}
