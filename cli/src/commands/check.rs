//! `refrain check`: what repeats in documents, with the evidence.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::Path;

use clap::{Args, ColorChoice, ValueEnum};
use refrain::{
    Background, Boilerplate, CoverageScope, Detector, Document, Level, Profile, Report, Settings, Themes,
};

use super::status::Status;
use crate::error::Error;
use crate::input::text_file::{self, TextFile};
use crate::options::comparison::ComparisonOptions;
use crate::options::reading::ReadingOptions;
use crate::options::report::{LengthOptions, OutputFormat};
use crate::options::values::{boilerplate, count, file, limit, themes};
use crate::output::{stderr, stdout};
use crate::render::text;

/// Report what repeats in each file and across files.
#[derive(Args, Debug)]
#[command(after_long_help = AFTER_HELP)]
pub(crate) struct Check {
    /// Text files in UTF-8, one document each; `-` or no file at all reads standard input.
    #[arg(value_name = "FILE", value_parser = file())]
    files: Vec<OsString>,
    #[command(flatten)]
    reading: ReadingOptions,
    #[command(flatten)]
    comparison: ComparisonOptions,
    #[command(flatten)]
    lengths: LengthOptions,
    /// Minimum length of a paragraph to warn that it is a copy, in words; shorter copies are notes.
    #[arg(long, value_name = "N", value_parser = count)]
    #[arg(default_value_t = Settings::default().min_warning_tokens)]
    min_warning_tokens: usize,
    /// Also warn about paragraphs that differ only in numbers or dates; otherwise they are notes.
    #[arg(long)]
    merge_numbers: bool,
    /// Where to look for earlier text that a paragraph repeats.
    #[arg(long, value_enum, value_name = "SCOPE", default_value_t = Coverage::Document)]
    coverage: Coverage,
    /// A paragraph or passage found in at least N documents (or P% of them) is boilerplate.
    ///
    /// Boilerplate is reported once, with the documents that contain it, and not as a repetition in each
    /// of them.
    #[arg(long, value_name = "N|P%", value_parser = boilerplate, allow_negative_numbers = true)]
    boilerplate: Option<Boilerplate>,
    /// What is said again, in whatever words: off, strict, middle or thorough.
    ///
    /// On texts by people, `strict` reports about two such notes in three thousand words, `middle` four
    /// times as many, `thorough` six times as many.
    #[arg(long, value_name = "LEVEL", default_value_t, value_parser = themes)]
    themes: Themes,
    /// Table of common words for --themes: a file made by `refrain background`, `en/1` or `none`
    /// [default: en/1].
    ///
    /// It is used for documents in its language: if it lists at least half of their words.
    #[arg(long, value_name = "FILE", value_parser = file())]
    background: Option<OsString>,
    /// What kind of texts these are: how much repetition is usual in them.
    ///
    /// The verdict on each document depends on it: `reference` is for documentation and policies.
    #[arg(long, value_enum, value_name = "KIND", default_value_t = Kind::Prose)]
    profile: Kind,
    /// Output format.
    #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
    format: OutputFormat,
    /// Maximum number of notes in text output, or `all`, also those that are not worth showing.
    #[arg(long, value_name = "N", default_value = "10", value_parser = limit)]
    notes: usize,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Coverage {
    /// In the same document only
    Document,
    /// Also in the documents given before it; takes up to 60 bytes of memory for each distinct shingle
    Documents,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    /// Articles, essays, news
    Prose,
    /// Documentation, policies, manuals
    Reference,
}

const AFTER_HELP: &str = "\
Examples:
  refrain check article.txt
  refrain check --notes all chapter-*.txt | less
  refrain check --boilerplate 20% --coverage documents articles/*.txt
  refrain check --threshold 0.8 --format json < article.txt | jq '.findings[] | select(.shown) | .message'

Exit status:
  0  no warnings
  1  at least one warning
  2  error; if only some files could not be read, the others are reported";

impl Check {
    pub(crate) fn run(&self, color: ColorChoice) -> Result<Status, Error> {
        let builder = Detector::builder()
            .min_warning_tokens(self.min_warning_tokens)
            .merge_numbers(self.merge_numbers)
            .boilerplate(self.boilerplate)
            .profile(match self.profile {
                Kind::Prose => Profile::Prose,
                Kind::Reference => Profile::Reference,
            })
            .themes(self.themes)
            .coverage(match self.coverage {
                Coverage::Document => CoverageScope::Document,
                Coverage::Documents => CoverageScope::Documents,
            });
        let builder = match &self.background {
            None => builder,
            Some(name) if name == "none" => builder.background(None),
            Some(name) if name == "en/1" => builder,
            Some(file) => builder.background(Some(read_table(file)?)),
        };
        let builder = self.lengths.apply(self.reading.apply(builder), Settings::default().min_passage_tokens);
        let detector = self.comparison.apply(builder).build()?;

        let (texts, errors): (Vec<_>, Vec<_>) =
            text_file::read_all(&self.files)?.into_iter().partition(Result::is_ok);
        let texts: Vec<TextFile> = texts.into_iter().flatten().collect();
        for error in errors.iter().filter_map(|read| read.as_ref().err()) {
            stderr::print_error(error);
        }
        if texts.is_empty() {
            return Ok(Status::Failed);
        }

        let documents: Vec<Document<'_>> = texts.iter().map(|text| self.reading.document(text)).collect();
        let report = detector.check_all(&documents);
        match self.format {
            OutputFormat::Json => stdout::write_json(&report)?,
            OutputFormat::Text => {
                let notes = self.notes;
                stdout::write(color, |out, layout| text::write(out, layout, &report, &documents, notes))?;
            }
        }
        Ok(if !errors.is_empty() {
            Status::Failed
        } else if has_warnings(&report) {
            Status::Found
        } else {
            Status::Done
        })
    }
}

/// Reads a table of common words.
fn read_table(file: &OsStr) -> Result<Background, Error> {
    let name = Path::new(file).display();
    let table = fs::read(file).map_err(|error| Error::new(format!("{name}: {error}")))?;
    let table = String::from_utf8(table).map_err(|_| Error::new(format!("{name}: not UTF-8")))?;
    table.parse().map_err(|error| Error::new(format!("{name}: {error}")))
}

fn has_warnings(report: &Report) -> bool {
    report.findings().iter().any(|finding| finding.level == Level::Warning && finding.shown)
}
