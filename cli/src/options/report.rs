//! What the commands that report on whole texts take: `check` and `compare`.

use clap::{Args, ValueEnum};
use refrain::{DetectorBuilder, Settings};

use super::values::count;

/// The minimum lengths of what is compared.
#[derive(Args, Debug)]
pub(crate) struct LengthOptions {
    /// Minimum length of a passage, in words [default: 6 in `check`, 8 in `compare`].
    ///
    /// In scripts without spaces, two characters count as one word. Compounds and addresses, such as
    /// `out-of-tree`, are one word.
    #[arg(long, value_name = "N", value_parser = count)]
    min_passage_tokens: Option<usize>,
    /// Minimum length of a paragraph to compare, in words; shorter ones are only counted.
    #[arg(long, value_name = "N", value_parser = count)]
    #[arg(default_value_t = Settings::default().min_paragraph_tokens)]
    min_paragraph_tokens: usize,
}

impl LengthOptions {
    /// Applies the lengths; passages have `least` words or more unless the user says otherwise.
    pub(crate) fn apply(&self, builder: DetectorBuilder, least: usize) -> DetectorBuilder {
        builder
            .min_passage_tokens(self.min_passage_tokens.unwrap_or(least))
            .min_paragraph_tokens(self.min_paragraph_tokens)
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum OutputFormat {
    /// For people
    Text,
    /// For programs: the whole report as one JSON document
    Json,
}
