//! Standard output, whoever listens.

use std::io::{self, BufWriter, StdoutLock, Write};

use anstream::AutoStream;
use clap::ColorChoice;
use terminal_size::{Width, terminal_size_of};

use crate::error::Failure;

/// The columns of an output that is no terminal, which has no width of its own.
const PIPED: usize = 100;
/// Lines shorter than the first show nothing, and longer than the last are hard to follow.
const WIDTHS: (usize, usize) = (40, 140);

/// Where reports go.
#[derive(Debug)]
pub(crate) struct Out {
    stream: BufWriter<AutoStream<StdoutLock<'static>>>,
    /// Whether colours are wanted.
    pub(crate) colored: bool,
    /// How many columns there are.
    pub(crate) width: usize,
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

/// Writes to standard output to the last byte.
pub(crate) fn write(
    color: ColorChoice,
    content: impl FnOnce(&mut Out) -> io::Result<()>,
) -> Result<(), Failure> {
    let choice = match color {
        ColorChoice::Auto => anstream::ColorChoice::Auto,
        ColorChoice::Always => anstream::ColorChoice::Always,
        ColorChoice::Never => anstream::ColorChoice::Never,
    };
    let width = match terminal_size_of(io::stdout()) {
        Some((Width(columns), _)) => usize::from(columns).clamp(WIDTHS.0, WIDTHS.1),
        None => PIPED,
    };
    let stream = AutoStream::new(io::stdout().lock(), choice);
    let colored = stream.current_choice() != anstream::ColorChoice::Never;
    let mut out = Out { stream: BufWriter::with_capacity(1 << 16, stream), colored, width };
    finished(content(&mut out).and_then(|()| out.flush()))
}

/// What writing came to. That the reader has had enough, as in `| head -1`, is no failure.
pub(crate) fn finished(written: io::Result<()>) -> Result<(), Failure> {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::new(format!("cannot write to standard output: {error}")))
        }
        _ => Ok(()),
    }
}
