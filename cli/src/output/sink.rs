//! Where the result of a corpus command goes.
//!
//! A regular file is written under a temporary name and renamed when all of it is on the disk, so its
//! final name never shows half a result. Devices and pipes are written directly.

use std::ffi::OsStr;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::atomic_file::AtomicFile;
use super::interrupt;
use super::paths::parent_directory;
use crate::error::Error;

/// The size of the write buffer in bytes.
const BUFFER: usize = 1 << 18;

/// An open output.
pub(crate) struct Sink {
    name: String,
    encoder: Encoder,
    /// The file to publish; `None` for devices, pipes and standard streams.
    file: Option<AtomicFile>,
    /// Whether the reader has closed the pipe.
    closed: bool,
}

type Buffered = BufWriter<Box<dyn Write + Send>>;

enum Encoder {
    Plain(Buffered),
    Gzip(GzEncoder<Buffered>),
    Zstd(zstd::Encoder<'static, Buffered>),
}

impl fmt::Debug for Sink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sink").field("name", &self.name).field("file", &self.file).finish_non_exhaustive()
    }
}

impl Sink {
    /// Opens the output that an option names; `-` or `None` is standard output.
    pub(crate) fn open(output: Option<&OsStr>) -> Result<Self, Error> {
        let output = output.unwrap_or(OsStr::new("-"));
        let plain = |name: &str, stream| Self::new(name.to_owned(), stream, None, OsStr::new(""));
        match StandardStream::from_name(output) {
            Some(StandardStream::Output) => return plain("standard output", Box::new(io::stdout())),
            Some(StandardStream::Error) => return plain("standard error", Box::new(io::stderr())),
            None => {}
        }
        let path = Path::new(output);
        let name = path.to_string_lossy().into_owned();
        let ending = path.extension().unwrap_or_default();
        if ending.eq_ignore_ascii_case("parquet") {
            return Err(Error::new(format!("cannot write to {name}: results are JSON Lines, not Parquet")));
        }
        let (file, atomic) = open(path).map_err(|error| unwritable(&name, &error))?;
        Self::new(name, Box::new(file), atomic, ending)
    }

    fn new(
        name: String,
        writer: Box<dyn Write + Send>,
        file: Option<AtomicFile>,
        ending: &OsStr,
    ) -> Result<Self, Error> {
        let buffered = BufWriter::with_capacity(BUFFER, writer);
        let encoder = if ending.eq_ignore_ascii_case("gz") {
            Encoder::Gzip(GzEncoder::new(buffered, Compression::default()))
        } else if ending.eq_ignore_ascii_case("zst") {
            Encoder::Zstd(zstd::Encoder::new(buffered, 0).map_err(|error| unwritable(&name, &error))?)
        } else {
            Encoder::Plain(buffered)
        };
        Ok(Self { name, encoder, file, closed: false })
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        if self.closed {
            return Ok(());
        }
        let written = match &mut self.encoder {
            Encoder::Plain(stream) => stream.write_all(bytes),
            Encoder::Gzip(stream) => stream.write_all(bytes),
            Encoder::Zstd(stream) => stream.write_all(bytes),
        };
        self.closed = reader_closed(&self.name, written)?;
        Ok(())
    }

    /// Whether the reader has closed the pipe; what is written from now on is dropped.
    pub(crate) fn is_closed(&self) -> bool {
        self.closed
    }

    /// Writes everything that is left; a file is then complete on the disk.
    pub(crate) fn complete(self) -> Result<CompleteOutput, Error> {
        let Self { name, encoder, file, closed } = self;
        let flushed = match encoder {
            // There is no reader for what is left in the buffers.
            _ if closed => Ok(()),
            Encoder::Plain(mut stream) => stream.flush(),
            Encoder::Gzip(stream) => stream.finish().and_then(|mut stream| stream.flush()),
            Encoder::Zstd(stream) => stream.finish().and_then(|mut stream| stream.flush()),
        };
        reader_closed(&name, flushed)?;
        if let Some(file) = &file {
            file.sync().map_err(|error| unwritable(&name, &error))?;
        }
        Ok(CompleteOutput { name, file })
    }
}

/// A stream that was already open when the command started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StandardStream {
    Output,
    Error,
}

impl StandardStream {
    /// The stream that the name of an output stands for.
    ///
    /// These names must not be opened: if the stream leads to a file, the new handle would start at the
    /// beginning of that file and overwrite what is there.
    pub(crate) fn from_name(output: &OsStr) -> Option<Self> {
        match output.to_str()? {
            "-" | "/dev/stdout" | "/dev/fd/1" | "/proc/self/fd/1" => Some(Self::Output),
            "/dev/stderr" | "/dev/fd/2" | "/proc/self/fd/2" => Some(Self::Error),
            _ => None,
        }
    }
}

/// An output that is written completely, but not published yet.
#[derive(Debug)]
#[must_use]
pub(crate) struct CompleteOutput {
    name: String,
    file: Option<AtomicFile>,
}

impl CompleteOutput {
    /// Renames the file to its final name.
    pub(crate) fn publish(self) -> Result<(), Error> {
        publish([self])
    }
}

/// Publishes several outputs. An interruption leaves either none of them published, or all.
pub(crate) fn publish(outputs: impl IntoIterator<Item = CompleteOutput>) -> Result<(), Error> {
    let _unfinished = interrupt::lock();
    for CompleteOutput { name, file } in outputs {
        file.map_or(Ok(()), AtomicFile::publish).map_err(|error| unwritable(&name, &error))?;
    }
    Ok(())
}

/// Opens a device or a pipe, or creates an atomic file.
fn open(path: &Path) -> io::Result<(File, Option<AtomicFile>)> {
    // A symbolic link is kept, and its target is replaced.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let existing = match fs::metadata(&target) {
        Ok(metadata) if metadata.is_dir() => {
            return Err(io::Error::other("it is a directory; expected a file"));
        }
        // These lead to something that is already open.
        Ok(_) if path.starts_with("/dev/fd") || path.starts_with("/proc") => {
            return Ok((File::options().append(true).open(path)?, None));
        }
        Ok(metadata) if !metadata.is_file() => return Ok((File::options().write(true).open(path)?, None)),
        Ok(metadata) => Some(metadata),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if path.as_os_str().to_string_lossy().ends_with(std::path::is_separator) {
                return Err(io::Error::other("it is the name of a directory; expected a file"));
            }
            None
        }
        Err(error) => return Err(error),
    };
    // Renaming would replace even a read-only file, which its permissions are meant to prevent.
    if existing.is_some() {
        File::options().write(true).open(&target)?;
    }
    let file = AtomicFile::create(target, existing.as_ref()).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => {
            io::Error::other(format!("the directory `{}` does not exist", parent_directory(path).display()))
        }
        _ => error,
    })?;
    Ok((file.file()?, Some(file)))
}

/// Whether the reader has closed the pipe, as in `| head -1`, which is not an error.
fn reader_closed(name: &str, written: io::Result<()>) -> Result<bool, Error> {
    match written {
        Ok(()) => Ok(false),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(true),
        Err(error) => Err(unwritable(name, &error)),
    }
}

fn unwritable(name: &str, error: &io::Error) -> Error {
    Error::new(format!("cannot write to {name}: {error}"))
}
