//! `refrain check`: what repeats in articles, with the evidence.

use std::ffi::OsString;
use std::io::{self, Write as _};

use clap::{Args, ColorChoice, ValueEnum};
use refrain::{Boilerplate, Detector, Document, Level, Report, Scope};

use crate::error::{Failure, Status, tell};
use crate::input::text_file as input;
use crate::options::{Comparison, Lengths, file, limit};
use crate::output::stdout as output;
use crate::render::text;

/// Shows what repeats in each file and across them.
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Check {
    /// Texts in UTF-8, a document each; `-`, or no file at all, is standard input.
    #[arg(value_name = "FILE", value_parser = file())]
    files: Vec<OsString>,
    #[command(flatten)]
    comparison: Comparison,
    #[command(flatten)]
    lengths: Lengths,
    /// Warns of paragraphs too that differ in numbers or dates only, which are notes otherwise.
    #[arg(long)]
    merge_numbers: bool,
    /// What a paragraph is covered by: what its own document said before it, or earlier documents, too.
    ///
    /// The latter takes up to 60 bytes of memory for each different run of words of all documents.
    #[arg(long, value_enum, value_name = "SCOPE", default_value_t = Coverage::Document)]
    coverage: Coverage,
    /// From how many documents on a paragraph or passage that stands in them is boilerplate: 5, or 20%
    /// of them.
    ///
    /// Boilerplate is reported once, with its documents, and not as a repetition in each of them.
    #[arg(long, value_name = "N|P%", value_parser = boilerplate, allow_negative_numbers = true)]
    boilerplate: Option<Boilerplate>,
    /// For people, or for programs: the whole report as one JSON document.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// How many notes to show as text, or `all`.
    #[arg(long, value_name = "N", default_value = "10", value_parser = limit)]
    notes: usize,
}

/// What reports are for.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Format {
    Text,
    Json,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Coverage {
    Document,
    Documents,
}

const EXAMPLES: &str = "\
Examples:
  refrain check article.txt
  refrain check --notes all chapter-*.txt | less
  refrain check --boilerplate 20% --coverage documents articles/*.txt
  refrain check --threshold 0.8 --format json < article.txt | jq '.findings[].message'

Exit status:
  0  nothing to warn of
  1  at least one warning
  2  something could not be done; what could is reported";

impl Check {
    pub(crate) fn run(&self, color: ColorChoice) -> Result<Status, Failure> {
        let builder = Detector::builder()
            .merge_numbers(self.merge_numbers)
            .boilerplate(self.boilerplate)
            .coverage(match self.coverage {
                Coverage::Document => Scope::Document,
                Coverage::Documents => Scope::Documents,
            });
        let detector = self.comparison.apply(self.lengths.apply(builder)).build()?;

        let (texts, failures): (Vec<_>, Vec<_>) =
            input::read_all(&self.files)?.into_iter().partition(Result::is_ok);
        let texts: Vec<input::Text> = texts.into_iter().flatten().collect();
        for failure in failures.iter().filter_map(|read| read.as_ref().err()) {
            tell(failure);
        }
        if texts.is_empty() {
            return Ok(Status::Failed);
        }

        let documents: Vec<Document<'_>> =
            texts.iter().map(|text| Document::new(text.name.as_str(), &text.content)).collect();
        let report = detector.check_all(&documents);
        output::write(color, |out| match self.format {
            Format::Json => {
                serde_json::to_writer(&mut *out, &report).map_err(io::Error::from)?;
                writeln!(out)
            }
            Format::Text => text::write(out, &report, &documents, self.notes),
        })?;
        Ok(if failures.is_empty() { verdict(&report) } else { Status::Failed })
    }
}

fn verdict(report: &Report) -> Status {
    let warned = report.findings().iter().any(|finding| finding.level == Level::Warning);
    if warned { Status::Warned } else { Status::Clean }
}

/// Reads from how many documents on something is boilerplate; what is in range is the library's to say.
fn boilerplate(text: &str) -> Result<Boilerplate, &'static str> {
    text.parse().map_err(|_| "a whole number is needed, such as 5, or a share, such as 20%")
}
