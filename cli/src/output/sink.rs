//! Where results go, so that there is never half of one under its own name.
//!
//! A regular file is written aside, under a name that says so, and takes its place when all of it is
//! on the disk. Devices and pipes are written straight.

use std::ffi::OsStr;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::atomic_file::{Aside, folder};
use super::interrupt;
use crate::error::Failure;
use flate2::Compression;
use flate2::write::GzEncoder;

/// How much is written at once.
const WRITE: usize = 1 << 18;

/// An output that is open.
pub(crate) struct Sink {
    name: String,
    stream: Stream,
    aside: Option<Aside>,
    /// Whoever reads at the other end has had enough.
    closed: bool,
}

type Base = BufWriter<Box<dyn Write + Send>>;

enum Stream {
    Plain(Base),
    Gzip(GzEncoder<Base>),
    Zstd(zstd::Encoder<'static, Base>),
}

impl fmt::Debug for Sink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sink").field("name", &self.name).field("aside", &self.aside).finish_non_exhaustive()
    }
}

impl Sink {
    /// Opens what `-o` names; `-`, or nothing, is standard output.
    pub(crate) fn open(output: Option<&OsStr>) -> Result<Self, Failure> {
        let output = output.unwrap_or(OsStr::new("-"));
        let plain = |name: &str, stream| Self::new(name.to_owned(), stream, None, OsStr::new(""));
        match Standard::named(output) {
            Some(Standard::Output) => return plain("standard output", Box::new(io::stdout())),
            Some(Standard::Error) => return plain("standard error", Box::new(io::stderr())),
            None => {}
        }
        let path = Path::new(output);
        let name = path.to_string_lossy().into_owned();
        let ending = path.extension().unwrap_or_default();
        if ending.eq_ignore_ascii_case("parquet") {
            return Err(Failure::new(format!("cannot write {name}: results are JSON Lines, not Parquet")));
        }
        let (file, aside) = open(path).map_err(|error| unwritable(&name, &error))?;
        Self::new(name, Box::new(file), aside, ending)
    }

    fn new(
        name: String,
        writer: Box<dyn Write + Send>,
        aside: Option<Aside>,
        ending: &OsStr,
    ) -> Result<Self, Failure> {
        let base = BufWriter::with_capacity(WRITE, writer);
        let stream = if ending.eq_ignore_ascii_case("gz") {
            Stream::Gzip(GzEncoder::new(base, Compression::default()))
        } else if ending.eq_ignore_ascii_case("zst") {
            Stream::Zstd(zstd::Encoder::new(base, 0).map_err(|error| unwritable(&name, &error))?)
        } else {
            Stream::Plain(base)
        };
        Ok(Self { name, stream, aside, closed: false })
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        if self.closed {
            return Ok(());
        }
        let written = match &mut self.stream {
            Stream::Plain(stream) => stream.write_all(bytes),
            Stream::Gzip(stream) => stream.write_all(bytes),
            Stream::Zstd(stream) => stream.write_all(bytes),
        };
        self.closed = is_closed(&self.name, written)?;
        Ok(())
    }

    /// Whether nobody reads any more.
    pub(crate) fn is_closed(&self) -> bool {
        self.closed
    }

    /// Writes the last byte, to the disk where there is one.
    pub(crate) fn complete(self) -> Result<Complete, Failure> {
        let Self { name, stream, aside, closed } = self;
        let flushed = match stream {
            // What is left in the buffers has nowhere to go.
            _ if closed => Ok(()),
            Stream::Plain(mut stream) => stream.flush(),
            Stream::Gzip(stream) => stream.finish().and_then(|mut stream| stream.flush()),
            Stream::Zstd(stream) => stream.finish().and_then(|mut stream| stream.flush()),
        };
        is_closed(&name, flushed)?;
        if let Some(aside) = &aside {
            aside.complete().map_err(|error| unwritable(&name, &error))?;
        }
        Ok(Complete { name, aside })
    }
}

/// A stream that was open before the command began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standard {
    Output,
    Error,
}

impl Standard {
    /// The one that a name stands for.
    ///
    /// To open it anew would begin at the front of the file that it may lead to, over what else is
    /// written there.
    pub(crate) fn named(output: &OsStr) -> Option<Self> {
        match output.to_str()? {
            "-" | "/dev/stdout" | "/dev/fd/1" | "/proc/self/fd/1" => Some(Self::Output),
            "/dev/stderr" | "/dev/fd/2" | "/proc/self/fd/2" => Some(Self::Error),
            _ => None,
        }
    }
}

/// An output of which all is written.
#[derive(Debug)]
#[must_use]
pub(crate) struct Complete {
    name: String,
    aside: Option<Aside>,
}

impl Complete {
    /// Puts it in its place.
    pub(crate) fn publish(self) -> Result<(), Failure> {
        publish([self])
    }
}

/// Puts outputs in their places. An interruption finds none of them there, or all.
pub(crate) fn publish(outputs: impl IntoIterator<Item = Complete>) -> Result<(), Failure> {
    let _held = interrupt::hold();
    for Complete { name, aside } in outputs {
        aside.map_or(Ok(()), Aside::publish).map_err(|error| unwritable(&name, &error))?;
    }
    Ok(())
}

/// Opens a device or a pipe, or a file aside.
fn open(path: &Path) -> io::Result<(File, Option<Aside>)> {
    // A link stays, and what it leads to is replaced.
    let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let old = match fs::metadata(&place) {
        Ok(old) if old.is_dir() => {
            return Err(io::Error::other("it is a directory, and a file is needed"));
        }
        // What these lead to is already open, and may be anything.
        Ok(_) if path.starts_with("/dev/fd") || path.starts_with("/proc") => {
            return Ok((File::options().append(true).open(path)?, None));
        }
        Ok(old) if !old.is_file() => return Ok((File::options().write(true).open(path)?, None)),
        Ok(old) => Some(old),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if path.as_os_str().to_string_lossy().ends_with(std::path::is_separator) {
                return Err(io::Error::other("it is the name of a directory, and a file is needed"));
            }
            None
        }
        Err(error) => return Err(error),
    };
    // One may replace a file that one may not write; but that is not what is meant by such rights.
    if old.is_some() {
        File::options().write(true).open(&place)?;
    }
    let aside = Aside::new(place, old.as_ref()).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => {
            io::Error::other(format!("there is no directory {}", folder(path).display()))
        }
        _ => error,
    })?;
    Ok((aside.file()?, Some(aside)))
}

/// That the reader has had enough, as in `| head -1`, is no failure.
fn is_closed(name: &str, written: io::Result<()>) -> Result<bool, Failure> {
    match written {
        Ok(()) => Ok(false),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(true),
        Err(error) => Err(unwritable(name, &error)),
    }
}

fn unwritable(name: &str, error: &io::Error) -> Failure {
    Failure::new(format!("cannot write to {name}: {error}"))
}
