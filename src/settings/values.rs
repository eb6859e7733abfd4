//! All settings, with their defaults.

use super::background::Background;
use super::boilerplate::Boilerplate;
use super::profile::VerdictLimits;
use super::scope::{CoverageScope, PairSearch};
use super::shingle::Shingle;
use super::themes::Themes;
use crate::text::ParagraphBreaks;

/// The settings of a detector: all that shape a result. Every [`Report`](crate::Report) carries those
/// that it was made with.
///
/// Values are checked when a detector is built of them, by
/// [`Detector::with_settings`](crate::Detector::with_settings), or through a
/// [`DetectorBuilder`](crate::DetectorBuilder), which can be made from them. So a detector can be rebuilt
/// from a report:
///
/// ```
/// use refrain::{Detector, Settings};
///
/// let report = Detector::builder().threshold(0.8).build()?.check("A text.");
/// let again = Detector::with_settings(report.settings().clone())?;
/// assert_eq!(again.settings().threshold, 0.8);
///
/// let mut settings = Settings::default();
/// settings.copies = 0;
/// let error = Detector::with_settings(settings).unwrap_err();
/// assert_eq!(error.to_string(), "copies must be at least 1, got 0");
/// # Ok::<(), refrain::Error>(())
/// ```
///
/// With the feature `serde` they can be stored. When they are read, fields that are missing have their
/// defaults, and unknown fields are ignored, so that a report of a later version can be read. Names may have
/// hyphens instead of underscores, as in the `refrain.toml` of the command:
///
/// ```
/// # #[cfg(feature = "serde")] {
/// use refrain::{Boilerplate, Settings};
///
/// let file = "threshold = 0.6\nmin-passage-tokens = 8\nboilerplate = 5\nverdict.redundancy = 0.2";
/// let settings: Settings = toml::from_str(file).unwrap();
/// assert_eq!((settings.threshold, settings.min_passage_tokens), (0.6, 8));
/// assert_eq!(settings.boilerplate, Some(Boilerplate::Documents(5)));
/// # }
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[non_exhaustive]
pub struct Settings {
    /// What separates the paragraphs of plain text. Default [`ParagraphBreaks::Auto`].
    pub paragraphs: ParagraphBreaks,
    /// The least resemblance of a pair, greater than 0 and at most 1. Default 0.5.
    pub threshold: f64,
    /// What paragraphs are compared by. Default word 3-grams.
    pub shingle: Shingle,
    /// Paragraphs of fewer tokens take no part in pairs; two characters of a script without spaces
    /// count as one token. Default 5.
    #[cfg_attr(feature = "serde", serde(alias = "min-paragraph-tokens"))]
    pub min_paragraph_tokens: usize,
    /// Copies of paragraphs of fewer tokens are notes, one for all copies, and no warnings; characters count as
    /// above. Default 15.
    #[cfg_attr(feature = "serde", serde(alias = "min-warning-tokens"))]
    pub min_warning_tokens: usize,
    /// The least tokens of a passage, 1 or more; characters count as above, and what is written as one
    /// word, as in `out-of-tree`, counts as one token. Default 6.
    #[cfg_attr(feature = "serde", serde(alias = "min-passage-tokens"))]
    pub min_passage_tokens: usize,
    /// How pairs are searched for. Default [`PairSearch::Auto`].
    pub search: PairSearch,
    /// The share of the pairs just at the threshold that a banded search should find, greater than 0 and
    /// less than 1. Default 0.99.
    pub recall: f64,
    /// The most lanes of a signature in a banded search, 1 to 65536; fewer are made if fewer suffice.
    /// Default 128.
    pub lanes: usize,
    /// The seed of the signatures' hash functions, for a banded search. Default 0.
    pub seed: u64,
    /// Of more identical paragraphs than this, each is paired with the first only, and only the
    /// first is paired with others. 1 or more; default 32.
    pub copies: usize,
    /// The most pairs of a paragraph with earlier, different ones, 1 or more: the earliest are kept.
    /// Default `None`: 100 in a report, no limit in a corpus.
    #[cfg_attr(feature = "serde", serde(alias = "max-pairs"))]
    pub max_pairs: Option<usize>,
    /// Whether paragraphs that differ in numbers only count as near-duplicates like any others. Default
    /// `false`.
    #[cfg_attr(feature = "serde", serde(alias = "merge-numbers"))]
    pub merge_numbers: bool,
    /// Which earlier paragraphs coverage counts. Default [`CoverageScope::Document`].
    pub coverage: CoverageScope,
    /// In how many documents something must be found to be boilerplate. Default `None`: nothing is.
    pub boilerplate: Option<Boilerplate>,
    /// From which figures on the verdict on a document is not `ok`. Default those of
    /// [`Profile::Prose`](crate::Profile::Prose).
    pub verdict: VerdictLimits,
    /// How much of what is said again, in whatever words, is looked for. Default [`Themes::Strict`].
    pub themes: Themes,
    /// The name of the table of common words that themes are weighed with: `en/1`, the built-in table of
    /// English, `none`, or the name of a table that was
    /// [given](crate::DetectorBuilder::background). Default `en/1`.
    pub background: String,
}

/// The most pairs of a paragraph in a report, by default. No article has a paragraph with a hundred
/// near-duplicates before it. Where a template makes thousands, the first hundred say enough.
const MAX_REPORTED_PAIRS: usize = 100;

impl Settings {
    /// The most pairs of a paragraph with earlier, different ones in a report.
    pub(crate) fn max_reported_pairs(&self) -> usize {
        self.max_pairs.unwrap_or(MAX_REPORTED_PAIRS)
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            paragraphs: ParagraphBreaks::Auto,
            threshold: 0.5,
            shingle: Shingle::default(),
            min_paragraph_tokens: 5,
            min_warning_tokens: 15,
            min_passage_tokens: 6,
            search: PairSearch::Auto,
            recall: 0.99,
            lanes: 128,
            seed: 0,
            copies: 32,
            max_pairs: None,
            merge_numbers: false,
            coverage: CoverageScope::Document,
            boilerplate: None,
            verdict: VerdictLimits::default(),
            themes: Themes::Strict,
            background: Background::ENGLISH.to_owned(),
        }
    }
}
