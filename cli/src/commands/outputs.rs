//! Standard output and the files of a run: each in its format.

use std::io::{self, Write};

use clap::ColorChoice;
use refrain_report::{Checked, Select};

use crate::error::Error;
use crate::options::format::{Format, FormatFile, FormatOptions};
use crate::output::sink::{Sink, publish};
use crate::output::stdout;
use crate::render::formats::{self, FileFormat};
use crate::render::layout::Layout;

/// The width of text in a file.
const FILE_WIDTH: usize = 100;

/// Reports that can be written in each format. What the formats of `refrain-report` do not have is up to the command.
pub(super) trait Reports {
    /// Writes text for people.
    fn write_text(&self, out: &mut dyn Write, layout: Layout) -> io::Result<()>;
    /// Writes JSON, a line for each report.
    fn write_json(&self, out: &mut dyn Write) -> io::Result<()>;
    fn checked(&self) -> Vec<Checked<'_>>;
    /// A message for each file that could not be read.
    fn unread(&self) -> &[String];
}

/// Files that are open, and appear when all are complete.
pub(super) struct Outputs<'a> {
    options: &'a FormatOptions,
    files: Vec<(Format, Sink)>,
}

impl<'a> Outputs<'a> {
    /// Opens all files, so that a wrong name is an error before the work begins.
    pub(super) fn open(options: &'a FormatOptions) -> Result<Self, Error> {
        let open = |output: &FormatFile| Ok((output.format, Sink::open(Some(&output.file))?));
        let files = options.output.iter().map(open).collect::<Result<_, Error>>()?;
        Ok(Self { options, files })
    }

    /// Writes standard output and all files.
    pub(super) fn write(self, color: ColorChoice, reports: &impl Reports) -> Result<(), Error> {
        let select = if self.options.all_notes() { Select::All } else { Select::Shown };
        let mut complete = Vec::new();
        for (format, mut sink) in self.files {
            let mut bytes = ToSink { sink: &mut sink, error: None };
            let written = match file_format(format) {
                Ok(format) => {
                    formats::write(&mut bytes, format, &reports.checked(), reports.unread(), select)
                }
                Err(Other::Json) => reports.write_json(&mut bytes),
                Err(Other::Text) => {
                    reports.write_text(&mut bytes, Layout { width: FILE_WIDTH, colored: false })
                }
            };
            if let Some(error) = bytes.error {
                return Err(error);
            }
            written.map_err(|error| Error::new(error.to_string()))?;
            complete.push(sink.complete()?);
        }
        publish(complete)?;
        match file_format(self.options.format) {
            Ok(format) => stdout::write_bytes(|out| {
                formats::write(out, format, &reports.checked(), reports.unread(), select)
            }),
            Err(Other::Json) => stdout::write_bytes(|out| reports.write_json(out)),
            Err(Other::Text) => stdout::write(color, |out, layout| reports.write_text(out, layout)),
        }
    }
}

/// The formats that the command writes itself.
enum Other {
    Text,
    Json,
}

fn file_format(format: Format) -> Result<FileFormat, Other> {
    match format {
        Format::Text => Err(Other::Text),
        Format::Json => Err(Other::Json),
        Format::Html => Ok(FileFormat::Html),
        Format::Sarif => Ok(FileFormat::Sarif),
        Format::Github => Ok(FileFormat::Github),
        Format::Lines => Ok(FileFormat::Lines),
        Format::Markdown => Ok(FileFormat::Markdown),
        Format::Csv => Ok(FileFormat::Csv),
        Format::CsvDocuments => Ok(FileFormat::CsvDocuments),
        Format::Junit => Ok(FileFormat::Junit),
    }
}

/// Writes to a sink, whose errors name the file.
struct ToSink<'a> {
    sink: &'a mut Sink,
    error: Option<Error>,
}

impl Write for ToSink<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.sink.write(bytes).map_err(|error| {
            self.error = Some(error);
            io::Error::other("the file cannot be written")
        })?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
