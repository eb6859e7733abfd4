//! Standard output: its width, its colours, and readers that close it early.

use std::io::{self, BufWriter, StdoutLock, Write};

use anstream::AutoStream;
use clap::ColorChoice;
use serde::Serialize;
use terminal_size::{Width, terminal_size_of};

use crate::error::Error;
use crate::render::layout::Layout;

/// The width of an output that is not a terminal.
const DEFAULT_WIDTH: usize = 100;
/// Narrower lines have no room for text, and wider ones are hard to read.
const MIN_WIDTH: usize = 40;
const MAX_WIDTH: usize = 140;

/// Standard output, which removes colours if they are not wanted.
pub(crate) type Out = BufWriter<AutoStream<StdoutLock<'static>>>;

/// Writes all of `content` to standard output.
pub(crate) fn write(
    color: ColorChoice,
    content: impl FnOnce(&mut Out, Layout) -> io::Result<()>,
) -> Result<(), Error> {
    let choice = match color {
        ColorChoice::Auto => anstream::ColorChoice::Auto,
        ColorChoice::Always => anstream::ColorChoice::Always,
        ColorChoice::Never => anstream::ColorChoice::Never,
    };
    let width = match terminal_size_of(io::stdout()) {
        Some((Width(columns), _)) => usize::from(columns).clamp(MIN_WIDTH, MAX_WIDTH),
        None => DEFAULT_WIDTH,
    };
    let stream = AutoStream::new(io::stdout().lock(), choice);
    let colored = stream.current_choice() != anstream::ColorChoice::Never;
    let mut out = BufWriter::with_capacity(1 << 16, stream);
    result(content(&mut out, Layout { width, colored }).and_then(|()| out.flush()))
}

/// Writes JSON to standard output, byte for byte: a stream that removes colours would also remove control
/// characters of the text.
pub(crate) fn write_json(value: &impl Serialize) -> Result<(), Error> {
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let written = serde_json::to_writer(&mut out, value).map_err(io::Error::from);
    result(written.and_then(|()| writeln!(out)).and_then(|()| out.flush()))
}

/// Writes bytes to standard output as they are: a stream that removes colours would also remove control characters
/// of the text.
pub(crate) fn write_bytes(
    content: impl FnOnce(&mut BufWriter<StdoutLock<'static>>) -> io::Result<()>,
) -> Result<(), Error> {
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    result(content(&mut out).and_then(|()| out.flush()))
}

/// Converts the result of writing to standard output.
///
/// It is not an error if the reader has closed the pipe, as in `| head -1`.
pub(crate) fn result(written: io::Result<()>) -> Result<(), Error> {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Error::new(format!("cannot write to standard output: {error}")))
        }
        _ => Ok(()),
    }
}
