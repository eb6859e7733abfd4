//! `refrain compare`: what two documents share, side by side.

use std::ffi::OsString;
use std::io::{self, Write as _};

use clap::{Args, ColorChoice};
use refrain::{Detector, Document};

use super::check::Format;
use crate::error::{Failure, Status, tell};
use crate::input::text_file as input;
use crate::options::{Comparison, Lengths, file, limit};
use crate::output::stdout as output;
use crate::render::side_by_side as beside;

/// Shows the passages that two documents share, side by side, and how much of each stands in the other.
///
/// A paragraph that both have word for word is shared however short it is.
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Compare {
    /// A text in UTF-8; `-` is standard input.
    #[arg(value_name = "A", value_parser = file())]
    left: OsString,
    /// The text to compare it with; one of the two may be `-`.
    #[arg(value_name = "B", value_parser = file())]
    right: OsString,
    #[command(flatten)]
    comparison: Comparison,
    #[command(flatten)]
    lengths: Lengths,
    /// For people, or for programs: the report as one JSON document.
    ///
    /// It is that of `check`, but that all passages and findings concern both documents. How much of a
    /// document stands in the other is the field `shared` of each. `redundancy` counts only what a
    /// document says again in the same order.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// How many passages to show as text, the most telling first, or `all`.
    #[arg(long, value_name = "N", default_value = "10", value_parser = limit)]
    passages: usize,
}

const EXAMPLES: &str = "\
Examples:
  refrain compare draft.txt published.txt
  refrain compare --passages all --color always draft.txt published.txt | less -R
  refrain compare --min-passage-tokens 20 source.txt essay.txt
  curl -s https://example.org/story.txt | refrain compare --format json - ours.txt | jq '.documents[].shared'

Exit status:
  0  nothing is shared
  1  at least one passage is shared
  2  it could not be done";

impl Compare {
    pub(crate) fn run(&self, color: ColorChoice) -> Result<Status, Failure> {
        let detector = self.comparison.apply(self.lengths.apply(Detector::builder())).build()?;

        let mut texts = Vec::new();
        for read in input::read_all(&[self.left.clone(), self.right.clone()])? {
            match read {
                Ok(text) => texts.push(text),
                // The other one may be bad, too.
                Err(failure) => {
                    tell(&failure);
                }
            }
        }
        let [left, right] = &texts[..] else { return Ok(Status::Failed) };

        let documents = [left, right].map(|text| Document::new(text.name.as_str(), &text.content));
        let report = detector.compare(&documents[0], &documents[1]);
        output::write(color, |out| match self.format {
            Format::Json => {
                serde_json::to_writer(&mut *out, &report).map_err(io::Error::from)?;
                writeln!(out)
            }
            Format::Text => beside::write(out, &report, &documents, self.passages),
        })?;
        Ok(if report.passages().is_empty() { Status::Clean } else { Status::Warned })
    }
}
