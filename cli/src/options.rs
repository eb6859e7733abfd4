//! The command line.

use std::ffi::OsString;

use clap::builder::{OsStringValueParser, TypedValueParser};
use clap::{Args, ColorChoice, Parser, Subcommand};
use rayon::{ThreadPool, ThreadPoolBuilder};
use refrain::{DetectorBuilder, Settings, Shingle};

use crate::commands::{Check, Clusters, Compare, Dedup, Pairs};
use crate::error::Failure;

/// As many as a detector takes.
const MAX_THREADS: usize = 1024;

/// Finds what repeats in texts: near-duplicate paragraphs, paragraphs that say little new,
/// passages that come back.
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true, max_term_width = 100)]
pub(crate) struct Cli {
    /// When to use colours: by default on a terminal, unless NO_COLOR is set.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: ColorChoice,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Check(Check),
    Compare(Compare),
    Pairs(Pairs),
    Clusters(Clusters),
    Dedup(Dedup),
}

/// What every command that compares paragraphs takes.
#[derive(Args, Debug)]
pub(crate) struct Comparison {
    /// The resemblance from which on two paragraphs are near-duplicates, greater than 0 and at
    /// most 1.
    ///
    /// Resemblance is the share of their shingles that two paragraphs have in common.
    #[arg(long, value_name = "T", default_value_t = Settings::default().threshold)]
    #[arg(value_parser = number, allow_negative_numbers = true)]
    threshold: f64,
    /// What paragraphs are compared by: words:N or chars:N.
    ///
    /// Runs of words tell texts apart by their phrases; runs of characters bear misspellings.
    #[arg(long, value_name = "UNIT:N", default_value_t = Settings::default().shingle)]
    shingle: Shingle,
    /// How many threads to work with [default: RAYON_NUM_THREADS, else all cores].
    ///
    /// The result does not depend on it.
    #[arg(long, value_name = "N", value_parser = count)]
    threads: Option<usize>,
}

impl Comparison {
    /// All there is to set.
    pub(crate) fn apply(&self, builder: DetectorBuilder) -> DetectorBuilder {
        let builder = self.settings(builder);
        match self.threads {
            Some(threads) => builder.threads(threads),
            None => builder,
        }
    }

    /// What shapes the result; the detector then works on the threads of whoever calls it.
    pub(crate) fn settings(&self, builder: DetectorBuilder) -> DetectorBuilder {
        builder.threshold(self.threshold).shingle(self.shingle)
    }

    /// Threads for a command that has work of its own for them, besides the detector's.
    pub(crate) fn pool(&self) -> Result<ThreadPool, Failure> {
        if let Some(threads) = self.threads.filter(|threads| !(1..=MAX_THREADS).contains(threads)) {
            let accepts = format!("at least 1 and at most {MAX_THREADS}");
            return Err(Failure::new(format!("--threads must be {accepts}, got {threads}")));
        }
        let pool = ThreadPoolBuilder::new().num_threads(self.threads.unwrap_or(0)).build();
        pool.map_err(|error| Failure::new(format!("could not start the threads: {error}")))
    }
}

/// How long the parts of a text have to be that a report compares.
#[derive(Args, Debug)]
pub(crate) struct Lengths {
    /// The least number of words in a passage.
    #[arg(long, value_name = "N", value_parser = count)]
    #[arg(default_value_t = Settings::default().min_passage_tokens)]
    min_passage_tokens: usize,
    /// Paragraphs of fewer words are in no pair, only counted.
    #[arg(long, value_name = "N", value_parser = count)]
    #[arg(default_value_t = Settings::default().min_paragraph_tokens)]
    min_paragraph_tokens: usize,
}

impl Lengths {
    pub(crate) fn apply(&self, builder: DetectorBuilder) -> DetectorBuilder {
        builder.min_passage_tokens(self.min_passage_tokens).min_paragraph_tokens(self.min_paragraph_tokens)
    }
}

/// Reads a number; whether it fits is the library's to say.
fn number(text: &str) -> Result<f64, &'static str> {
    text.parse().map_err(|_| "a number is needed, such as 0.5")
}

/// Reads a count.
pub(crate) fn count(text: &str) -> Result<usize, &'static str> {
    text.parse().map_err(|_| "a whole number is needed, such as 4")
}

/// Reads the name of a file. An empty one is no name, but what a variable that is not set leaves.
pub(crate) fn file() -> impl TypedValueParser<Value = OsString> {
    OsStringValueParser::new().try_map(|name| match name.is_empty() {
        true => Err("the name of a file is needed, or `-`"),
        false => Ok(name),
    })
}

/// Reads how many of something to show.
pub(crate) fn limit(text: &str) -> Result<usize, &'static str> {
    match text {
        "all" => Ok(usize::MAX),
        _ => text.parse().map_err(|_| "a whole number is needed, or `all`"),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_sound() {
        super::Cli::command().debug_assert();
    }
}
