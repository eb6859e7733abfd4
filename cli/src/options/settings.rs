//! What `check` and `config` take: settings that can also stand in `refrain.toml`.

use std::ffi::OsString;

use clap::{Args, ValueEnum};
use refrain::{Boilerplate, ParagraphBreaks, Profile, Shingle, Themes};
use serde_json::{Value, json};

use crate::config::fail_on::FailOn;
use crate::error::Error;

use super::values::{boilerplate, breaks, count, fail_on, file, finite, share, themes};

/// Settings that win over those of `refrain.toml`. An option that is not given changes nothing.
#[derive(Args, Debug)]
pub(crate) struct SettingsOptions {
    /// What separates the paragraphs of plain text: blank (lines), line (ends) or auto [default: auto].
    ///
    /// With auto, each line is a paragraph if there are no blank lines and the lines are not hard-wrapped; and
    /// list items, lines with a time in front and the turns of a dialogue are paragraphs.
    #[arg(long, value_name = "BREAKS", value_parser = breaks)]
    paragraphs: Option<ParagraphBreaks>,
    /// Minimum resemblance of near-duplicates, greater than 0 and at most 1 [default: 0.5].
    ///
    /// The resemblance of two paragraphs is the number of distinct shingles they share, divided by the
    /// number of distinct shingles in either (Jaccard similarity). See --shingle.
    #[arg(long, value_name = "T", value_parser = finite, allow_negative_numbers = true)]
    threshold: Option<f64>,
    /// Unit of comparison: runs of N words (words:N) or of N characters (chars:N) [default: words:3].
    ///
    /// Runs of words compare phrasing; runs of characters tolerate misspellings.
    #[arg(long, value_name = "UNIT:N")]
    shingle: Option<Shingle>,
    /// Minimum length of a passage, in words [default: 6 in `check`, 8 in `compare`].
    ///
    /// In scripts without spaces, two characters count as one word. Compounds and addresses, such as
    /// `out-of-tree`, are one word.
    #[arg(long, value_name = "N", value_parser = count)]
    min_passage_tokens: Option<usize>,
    /// Minimum length of a paragraph to compare, in words; shorter ones are only counted [default: 5].
    #[arg(long, value_name = "N", value_parser = count)]
    min_paragraph_tokens: Option<usize>,
    /// Minimum length of a paragraph to warn that it is a copy, in words; shorter copies are notes [default: 15].
    #[arg(long, value_name = "N", value_parser = count)]
    min_warning_tokens: Option<usize>,
    /// Also warn about paragraphs that differ only in numbers or dates; otherwise they are notes.
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    merge_numbers: Option<bool>,
    /// Where to look for earlier text that a paragraph repeats [default: document].
    #[arg(long, value_enum, value_name = "SCOPE")]
    coverage: Option<Coverage>,
    /// A paragraph or passage found in at least N documents (or P% of them) is boilerplate.
    ///
    /// Boilerplate is reported once, with the documents that contain it, and not as a repetition in each
    /// of them.
    #[arg(long, value_name = "N|P%", value_parser = boilerplate, allow_negative_numbers = true)]
    boilerplate: Option<Boilerplate>,
    /// What is said again, in whatever words: off, strict, middle or thorough [default: strict].
    ///
    /// On texts by people, `strict` reports about two such notes in three thousand words, `middle` four
    /// times as many, `thorough` six times as many.
    #[arg(long, value_name = "LEVEL", value_parser = themes)]
    themes: Option<Themes>,
    /// Table of common words for --themes: a file made by `refrain background`, `en/1` or `none`
    /// [default: en/1].
    ///
    /// It is used for documents in its language: if it lists at least half of their words.
    #[arg(long, value_name = "FILE", value_parser = file())]
    background: Option<OsString>,
    /// What kind of texts these are: how much repetition is usual in them [default: prose].
    ///
    /// The verdict on each document depends on it: `reference` is for documentation and policies.
    #[arg(long, value_enum, value_name = "KIND")]
    profile: Option<Kind>,
    /// What makes the exit status 1: findings of a level (`warning`, `note`), of a rule, or `never`
    /// [default: warning].
    ///
    /// Several are separated by commas, or given one by one. Notes that are not worth showing never count.
    #[arg(long, value_name = "RULE|LEVEL", value_delimiter = ',', value_parser = fail_on)]
    fail_on: Vec<String>,
    /// Exit with status 1 if the redundancy of a document is greater than X, such as 0.3 or 30%.
    #[arg(long, value_name = "X", value_parser = share, allow_negative_numbers = true)]
    max_redundancy: Option<f64>,
    /// Take the settings from this file, instead of the nearest `refrain.toml` upward from each file.
    #[arg(long, value_name = "FILE", value_parser = file())]
    pub(crate) config: Option<OsString>,
    /// Read no `refrain.toml`.
    #[arg(long, conflicts_with = "config")]
    pub(crate) no_config: bool,
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

impl SettingsOptions {
    /// The options that were given, as keys of `refrain.toml` with their values.
    ///
    /// # Errors
    ///
    /// If `never` and others are given for --fail-on.
    pub(crate) fn given(&self) -> Result<Vec<(&'static str, Value)>, Error> {
        let limits = self.profile.map(|kind| match kind {
            Kind::Prose => Profile::Prose.limits(),
            Kind::Reference => Profile::Reference.limits(),
        });
        let coverage = self.coverage.map(|coverage| match coverage {
            Coverage::Document => "document",
            Coverage::Documents => "documents",
        });
        let fail_on = Some(&self.fail_on).filter(|names| !names.is_empty());
        if let Some(names) = fail_on {
            FailOn::new(names.iter().map(String::as_str))
                .map_err(|problem| Error::new(format!("--fail-on: {problem}")))?;
        }
        let all = [
            ("paragraphs", self.paragraphs.map(|breaks| json!(breaks.to_string()))),
            ("threshold", self.threshold.map(Value::from)),
            ("shingle", self.shingle.map(|shingle| json!(shingle.to_string()))),
            ("min-passage-tokens", self.min_passage_tokens.map(Value::from)),
            ("min-paragraph-tokens", self.min_paragraph_tokens.map(Value::from)),
            ("min-warning-tokens", self.min_warning_tokens.map(Value::from)),
            ("merge-numbers", self.merge_numbers.map(Value::from)),
            ("coverage", coverage.map(Value::from)),
            ("boilerplate", self.boilerplate.map(|boilerplate| json!(boilerplate.to_string()))),
            ("themes", self.themes.map(|themes| json!(themes.to_string()))),
            ("background", self.background.as_ref().map(|name| json!(name.to_string_lossy()))),
            ("verdict.redundancy", limits.map(|limits| json!(limits.redundancy))),
            ("verdict.padding", limits.map(|limits| json!(limits.padding))),
            ("fail-on", fail_on.map(|names| json!(names))),
            ("max-redundancy", self.max_redundancy.map(Value::from)),
        ];
        Ok(all.into_iter().filter_map(|(key, value)| Some((key, value?))).collect())
    }
}
