//! Every threshold and limit of the search. The formula of `pairs`, the growth, the names and the thresholds
//! of the levels were cross-validated on 136 documents. The others were set once, on fifteen documents, and
//! of these only `SHARING` is sharp; see DESIGN.md.

use crate::settings::Themes;

/// How alike and how far apart two sentences must be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Level {
    /// The least score of a pair of sentences, and the least weight of a phrase in a document of up to
    /// [`SHORT`] sentences.
    pub(super) least: f64,
    /// How many paragraphs a theme must reach over: 1 means neighbours.
    pub(super) apart: u32,
}

impl Level {
    /// The values of a level, or `None` if nothing is looked for.
    pub(super) fn of(level: Themes) -> Option<Self> {
        match level {
            Themes::Off => None,
            Themes::Strict => Some(Self { least: 3.6, apart: 2 }),
            Themes::Middle => Some(Self { least: 2.67, apart: 1 }),
            Themes::Thorough => Some(Self { least: 2.1, apart: 1 }),
        }
    }
}

/// A sentence has at least this many half-tokens,
pub(super) const LEAST_SENTENCE: u32 = 2 * 4;
/// and at most this many.
pub(super) const LONGEST_SENTENCE: u32 = 2 * 60;
/// Texts with more sentences repeat more by chance: scores and weights are divided by
/// `1 + GROWTH ln(sentences / SHORT)`.
pub(super) const SHORT: usize = 30;
pub(super) const GROWTH: f64 = 0.6;
/// Two sentences that hold a passage need this share of the score.
pub(super) const SHARING: f64 = 0.8;
/// A stem that begins with a capital letter in more than this share of its uses inside sentences is a name.
pub(super) const NAME: f64 = 0.6;
/// A table of common words serves a document if it lists this share of its tokens.
pub(super) const LISTED: f64 = 0.5;
/// Lighter words do not count as words of a phrase.
pub(super) const LEAST_WORD: f64 = 1.0;
/// Two words of a phrase have at most this many half-tokens between them.
pub(super) const GAP: u32 = 2 * 3;
/// A place of a theme carries at least this share of the weight of its phrase.
pub(super) const CARRIED: f64 = 0.5;
/// Sentences are looked up by stems that at most this many sentences have.
pub(super) const RARE: usize = 64;
/// Of the sentences that are like a sentence, at most this many are looked at: the most alike.
pub(super) const PARTNERS: usize = 8;
