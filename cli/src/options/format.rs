//! The formats of reports, and the files they are written to: what `check` and `render` take.

use std::ffi::OsString;

use clap::{Args, ValueEnum};

use super::values::limit;
use crate::render::groups::Limits;
use crate::render::text::Look;

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people, in the terminal
    Text,
    /// For programs: the whole report as one JSON document
    Json,
    /// A page for a browser, with the texts, in one file. Files with different settings need a page each
    Html,
    /// For code hosts and editors: SARIF 2.1.0
    Sarif,
    /// Annotations of GitHub: workflow commands
    Github,
    /// A line for each finding, as compilers write them: `path:line:column: level: message [rule]`
    Lines,
    /// A comment for a pull request
    Markdown,
    /// A table of the findings
    Csv,
    /// A table of the documents
    CsvDocuments,
    /// A test case for each document, for systems for continuous integration
    Junit,
}

/// A file to write, and its format.
#[derive(Clone, Debug)]
pub(crate) struct FormatFile {
    pub(crate) format: Format,
    pub(crate) file: OsString,
}

/// What is written, and where.
#[derive(Args, Debug)]
pub(crate) struct FormatOptions {
    /// Format of the output.
    ///
    /// The JSON is one line. Files with different settings are compared only with those of the same settings, and
    /// then there is a line for each group of them. All formats but JSON leave out what is not worth showing, unless
    /// --notes all is given.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Also write a file in a format, such as sarif:report.sarif. The option can be given more than once.
    ///
    /// All files appear together, when all are complete.
    #[arg(long, value_name = "FORMAT:FILE", value_parser = format_file)]
    pub(crate) output: Vec<FormatFile>,
    /// Maximum number of notes in text output, or `all`, also those that are not worth showing.
    #[arg(long, value_name = "N", default_value = "10", value_parser = limit)]
    notes: usize,
    /// Maximum number of warnings of each file in text output, or `all` [default: 20 for one file, else 5 of
    /// each and 100 in all]. Copies of one paragraph count as one.
    #[arg(long, value_name = "N", value_parser = limit)]
    limit: Option<usize>,
    /// In text output, show each place of a finding with the text around it, and copies one by one. With
    /// --index, show all places of what was published before, not five of each stored document.
    #[arg(long)]
    verbose: bool,
    /// Write text output in ASCII only, for terminals that show nothing else.
    #[arg(long)]
    ascii: bool,
}

impl FormatOptions {
    /// How text output looks.
    pub(crate) fn look(&self) -> Look {
        let limits = Limits { notes: self.notes, warnings: self.limit };
        Look { limits, verbose: self.verbose, ascii: self.ascii }
    }

    /// Whether all findings are wanted, also those that are not worth showing.
    pub(crate) fn all_notes(&self) -> bool {
        self.notes == usize::MAX
    }

    /// All formats that are written.
    pub(crate) fn formats(&self) -> impl Iterator<Item = Format> {
        std::iter::once(self.format).chain(self.output.iter().map(|output| output.format))
    }
}

fn format_file(text: &str) -> Result<FormatFile, String> {
    let names: Vec<String> = Format::value_variants()
        .iter()
        .filter_map(|format| Some(format.to_possible_value()?.get_name().to_owned()))
        .collect();
    let expected =
        || format!("expected FORMAT:FILE, such as sarif:report.sarif; the formats are {}", names.join(", "));
    let (format, file) = text.split_once(':').ok_or_else(expected)?;
    let format = Format::from_str(format, true).map_err(|_| expected())?;
    match file {
        "" => Err(expected()),
        "-" => Err("expected a file after the colon; --format writes to standard output".to_owned()),
        file => Ok(FormatFile { format, file: file.into() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_a_format() {
        let read = format_file("csv-documents:C:\\all.csv").unwrap();
        assert_eq!((read.format, read.file.to_str()), (Format::CsvDocuments, Some("C:\\all.csv")));
        for wrong in ["report.sarif", "sarif:", "xml:a", ":a", "sarif:-"] {
            assert!(format_file(wrong).unwrap_err().starts_with("expected "), "{wrong}");
        }
    }
}
