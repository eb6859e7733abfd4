//! What the corpus commands take: `pairs`, `clusters` and `dedup`.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use clap::Args;
use refrain::ParagraphBreaks;

use super::comparison::ComparisonOptions;
use super::values::{breaks, count, file};
use crate::error::Error;
use crate::output::paths::same_file;

/// The default of `--threshold` where one paragraph stands for others, in `clusters` and `dedup`.
///
/// It is higher than that of `pairs`, so that little of what is removed is new.
pub(crate) const CAREFUL_THRESHOLD: &str = "0.8";
/// The default of `--min-paragraph-tokens` there.
///
/// Shorter paragraphs, such as titles and the turns of a dialogue, are often the same without being copies.
pub(crate) const CAREFUL_MIN_PARAGRAPH_TOKENS: &str = "15";

#[derive(Args, Debug)]
pub(crate) struct CorpusOptions {
    /// Input: JSON Lines, one object with an id and a text per line; `-` reads standard input.
    ///
    /// Files whose names end in .gz or .zst are decompressed (those of `zstd --long=31` take 2 GiB of memory);
    /// files whose names end in .parquet are read as Parquet. Each paragraph of a text is compared on its own.
    #[arg(value_name = "IN", value_parser = file())]
    pub(crate) input: OsString,
    /// Field with the id, a string or a number; `line` takes the numbers of the lines (or rows) as ids.
    ///
    /// A dot leads into an object: `meta.url`.
    #[arg(long, value_name = "NAME", default_value = "id")]
    pub(crate) id_field: String,
    /// Field with the text; a dot leads into an object: `article.body`.
    #[arg(long, value_name = "NAME", default_value = "text")]
    pub(crate) text_field: String,
    #[command(flatten)]
    pub(crate) comparison: ComparisonOptions,
    /// Minimum length of a paragraph to compare, in words; shorter ones are only counted.
    ///
    /// No shorter paragraph is in a pair or a cluster, and none is removed.
    #[arg(long, value_name = "N", value_parser = count, default_value_t = 1)]
    pub(crate) min_paragraph_tokens: usize,
    /// What separates the paragraphs of a text: blank (lines), line (ends) or auto.
    ///
    /// With auto, each line is a paragraph if there are no blank lines and the lines are not hard-wrapped; and
    /// list items, lines with a time in front and the turns of a dialogue are paragraphs.
    #[arg(long, value_name = "BREAKS", value_parser = breaks, default_value = "auto")]
    pub(crate) paragraphs: ParagraphBreaks,
    /// Skip and count lines that are not valid records, instead of failing at the first one.
    #[arg(long)]
    pub(crate) skip_bad: bool,
    /// Output file, compressed if its name ends in .gz or .zst [default: standard output].
    ///
    /// It appears only when it is complete: it is written under a temporary name and then renamed.
    #[arg(short, long, value_name = "FILE", value_parser = file())]
    pub(crate) output: Option<OsString>,
    /// Show neither progress nor a summary.
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

impl CorpusOptions {
    /// Fails if an output of this option would replace the input.
    pub(crate) fn check_not_input(&self, option: &str, output: &OsStr) -> Result<(), Error> {
        if self.input != "-" && output != "-" && same_file(&self.input, output) {
            let name = Path::new(output).display();
            return Err(Error::new(format!("{option} is {name}, which is the input")));
        }
        Ok(())
    }
}
