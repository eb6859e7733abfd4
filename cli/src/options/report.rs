//! What the commands that report on whole texts take: `check` and `compare`.

use clap::{Args, ValueEnum};
use refrain::{DetectorBuilder, Settings};

use super::values::count;

/// The minimum lengths of what is compared.
#[derive(Args, Debug)]
pub(crate) struct LengthOptions {
    /// Minimum length of a passage, in words.
    ///
    /// In scripts without spaces, two characters count as one word.
    #[arg(long, value_name = "N", value_parser = count)]
    #[arg(default_value_t = Settings::default().min_passage_tokens)]
    min_passage_tokens: usize,
    /// Minimum length of a paragraph to compare, in words; shorter ones are only counted.
    #[arg(long, value_name = "N", value_parser = count)]
    #[arg(default_value_t = Settings::default().min_paragraph_tokens)]
    min_paragraph_tokens: usize,
}

impl LengthOptions {
    pub(crate) fn apply(&self, builder: DetectorBuilder) -> DetectorBuilder {
        builder.min_passage_tokens(self.min_passage_tokens).min_paragraph_tokens(self.min_paragraph_tokens)
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum OutputFormat {
    /// For people
    Text,
    /// For programs: the whole report as one JSON document
    Json,
}
