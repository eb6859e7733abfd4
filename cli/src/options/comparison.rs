//! What every command takes: how to compare paragraphs, and on how many threads.

use clap::Args;
use rayon::{ThreadPool, ThreadPoolBuilder};
use refrain::{DetectorBuilder, Settings, Shingle};

use super::values::{count, number};
use crate::error::Error;

/// The most threads that a detector accepts.
const MAX_THREADS: usize = 1024;

#[derive(Args, Debug)]
pub(crate) struct ComparisonOptions {
    /// Minimum resemblance of near-duplicates, greater than 0 and at most 1.
    ///
    /// The resemblance of two paragraphs is the number of distinct shingles they share, divided by the
    /// number of distinct shingles in either (Jaccard similarity). See --shingle.
    #[arg(long, value_name = "T", default_value_t = Settings::default().threshold)]
    #[arg(value_parser = number, allow_negative_numbers = true)]
    pub(crate) threshold: f64,
    /// Unit of comparison: runs of N words (words:N) or of N characters (chars:N).
    ///
    /// Runs of words compare phrasing; runs of characters tolerate misspellings.
    #[arg(long, value_name = "UNIT:N", default_value_t = Settings::default().shingle)]
    shingle: Shingle,
    /// Number of threads [default: RAYON_NUM_THREADS if it is set, else all cores].
    ///
    /// The result does not depend on it.
    #[arg(long, value_name = "N", value_parser = count)]
    threads: Option<usize>,
}

impl ComparisonOptions {
    /// Applies all options.
    pub(crate) fn apply(&self, builder: DetectorBuilder) -> DetectorBuilder {
        let builder = self.apply_settings(builder);
        match self.threads {
            Some(threads) => builder.threads(threads),
            None => builder,
        }
    }

    /// Applies the options that affect the result. The detector then works on the threads of its caller.
    pub(crate) fn apply_settings(&self, builder: DetectorBuilder) -> DetectorBuilder {
        builder.threshold(self.threshold).shingle(self.shingle)
    }

    /// The threads for a command that has parallel work of its own.
    pub(crate) fn thread_pool(&self) -> Result<ThreadPool, Error> {
        if let Some(threads) = self.threads.filter(|threads| !(1..=MAX_THREADS).contains(threads)) {
            let accepts = format!("at least 1 and at most {MAX_THREADS}");
            return Err(Error::new(format!("--threads must be {accepts}, got {threads}")));
        }
        let pool = ThreadPoolBuilder::new().num_threads(self.threads.unwrap_or(0)).build();
        pool.map_err(|error| Error::new(format!("cannot start the threads: {error}")))
    }
}
