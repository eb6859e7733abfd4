//! `refrain compare`: what two documents share, side by side.

use std::ffi::OsString;

use clap::{Args, ColorChoice, ValueEnum};
use refrain::{Detector, ParagraphBreaks};
use refrain_report::html;

use super::status::Status;
use crate::error::Error;
use crate::input::text_file;
use crate::options::comparison::ComparisonOptions;
use crate::options::reading::ReadingOptions;
use crate::options::report::LengthOptions;
use crate::options::values::{breaks, file, limit};
use crate::output::{stderr, stdout};
use crate::render::side_by_side;

/// Show the passages that two documents share, side by side.
///
/// The last line says how much of each document is in the other: how many of its words are matched, and
/// how many lie in the matched passages. Two documents with the same words share all of them, however few.
#[derive(Args, Debug)]
#[command(after_long_help = AFTER_HELP)]
pub(crate) struct Compare {
    /// First document, a text file in UTF-8; `-` reads standard input.
    #[arg(value_name = "A", value_parser = file())]
    left: OsString,
    /// Second document; only one of the two may be `-`.
    #[arg(value_name = "B", value_parser = file())]
    right: OsString,
    #[command(flatten)]
    reading: ReadingOptions,
    /// What separates the paragraphs of plain text: blank (lines), line (ends) or auto.
    #[arg(long, value_name = "BREAKS", value_parser = breaks, default_value = "auto")]
    paragraphs: ParagraphBreaks,
    #[command(flatten)]
    comparison: ComparisonOptions,
    #[command(flatten)]
    lengths: LengthOptions,
    /// Output format.
    ///
    /// The JSON has the format of `check`, with only the passages and findings that concern both
    /// documents. The field `shared` of a document says how much of it is in the other.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Maximum number of passages in text output, the most informative first, or `all`.
    #[arg(long, value_name = "N", default_value = "10", value_parser = limit)]
    passages: usize,
}

/// Passages have this many words unless the user says otherwise. Different writers share more short phrases
/// than one writer repeats.
const LEAST_PASSAGE: usize = 8;

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For people, in the terminal
    Text,
    /// For programs: the whole report as one JSON document
    Json,
    /// A page for a browser, in one file: both texts side by side
    Html,
}

const AFTER_HELP: &str = "\
Examples:
  refrain compare draft.txt published.txt
  refrain compare --passages all --color always draft.txt published.txt | less -R
  refrain compare --min-passage-tokens 20 source.txt essay.txt
  refrain compare --format json source.txt essay.txt | jq '.documents[].shared'

Exit status:
  0  nothing is shared
  1  at least one passage is shared
  2  error";

impl Compare {
    pub(crate) fn run(&self, color: ColorChoice) -> Result<Status, Error> {
        let builder = self.lengths.apply(Detector::builder().paragraphs(self.paragraphs), LEAST_PASSAGE);
        let detector = self.comparison.apply(builder).build()?;

        let mut texts = Vec::new();
        for read in text_file::read_all(&[self.left.clone(), self.right.clone()])? {
            match read {
                Ok(text) => texts.push(text),
                // Go on, to report the errors of both files.
                Err(error) => stderr::print_error(&error),
            }
        }
        let [left, right] = &texts[..] else { return Ok(Status::Failed) };

        let documents = [left, right].map(|text| self.reading.document(text, (None, false)));
        let report = detector.compare(&documents[0], &documents[1]);
        match self.format {
            Format::Json => stdout::write_json(&report)?,
            Format::Html => stdout::write_bytes(|out| html::write_comparison(out, &report, &documents))?,
            Format::Text => {
                let most = self.passages;
                stdout::write(color, |out, layout| {
                    side_by_side::write(out, layout, &report, &documents, most)
                })?;
            }
        }
        Ok(if report.passages().is_empty() { Status::Done } else { Status::Found })
    }
}
