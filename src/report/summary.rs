//! Documents and paragraphs in numbers.

use super::verdict::Verdict;
use crate::input::Role;
use crate::text::ParagraphBreaks;
use crate::util::id::ParagraphId;
use crate::util::share::Share;
use crate::util::span::Span;

/// A document in numbers.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(remote = "Self"))]
#[non_exhaustive]
pub struct DocumentSummary {
    /// What it was called.
    pub name: String,
    /// Its length in bytes.
    pub bytes: usize,
    /// How many tokens it has.
    pub tokens: usize,
    /// How many paragraphs it has.
    pub paragraphs: usize,
    /// What separates them, if it is plain text: [`Blank`](ParagraphBreaks::Blank) lines or the end of every
    /// [`Line`](ParagraphBreaks::Line). `None` for a document made from blocks, and in a stored report without it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub paragraph_breaks: Option<ParagraphBreaks>,
    /// How many blocks are not read since a comment in the source says so.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "is_zero"))]
    pub ignored_blocks: usize,
    /// How many paragraphs were too short to take part in pairs.
    pub short_paragraphs: usize,
    /// The share of its tokens that lie in any but the first occurrence, in this document, of a
    /// passage: how much could be cut, in `0.0..=1.0`; 0 without tokens. Boilerplate does not count.
    pub redundancy: f64,
    /// How many tokens that are; 0 in a stored report without this count.
    #[cfg_attr(feature = "serde", serde(default))]
    pub redundant_tokens: usize,
    /// The share of its tokens that another document has in the passages of this report, in `0.0..=1.0`:
    /// those that lie in an occurrence of a passage that stands in another document, too; of a reworded
    /// one only those whose stem (their first five characters) an occurrence there has, and as often as
    /// it has it. 0 if there is no other document.
    #[cfg_attr(feature = "serde", serde(default))]
    pub shared: f64,
    /// How many tokens that are; 0 in a stored report without this count.
    #[cfg_attr(feature = "serde", serde(default))]
    pub shared_tokens: usize,
    /// The share of its tokens that lie in these occurrences, also those that no other document has, in
    /// `0.0..=1.0`.
    #[cfg_attr(feature = "serde", serde(default))]
    pub shared_area: f64,
    /// How many tokens that are; 0 in a stored report without this count.
    #[cfg_attr(feature = "serde", serde(default))]
    pub shared_area_tokens: usize,
    /// The share of its sentences that say something again: they hold an occurrence of a theme that is not
    /// its first, in `0.0..=1.0`; 0 without sentences. Themes are those of the level
    /// [`Strict`](crate::Themes::Strict), whatever level is reported; without themes it is 0.
    #[cfg_attr(feature = "serde", serde(default))]
    pub said_again: f64,
    /// How many sentences that are; 0 in a stored report without this count.
    #[cfg_attr(feature = "serde", serde(default))]
    pub said_again_sentences: usize,
    /// How many sentences of at least four tokens it has, outside copies of earlier paragraphs; 0 if no
    /// themes were looked for, and in a stored report without this count.
    #[cfg_attr(feature = "serde", serde(default))]
    pub sentences: usize,
    /// How alike its beginning and its end are: the cosine of the counts of content stems (of words of five
    /// letters or more; of pairs of characters in scripts without spaces) in the first and the last fifth of
    /// its tokens, of 200 tokens at most, in `0.0..=1.0`, rounded to thousandths.
    #[cfg_attr(feature = "serde", serde(default))]
    pub opening_closing: f64,
    /// What it is, all in all.
    #[cfg_attr(feature = "serde", serde(default))]
    pub verdict: Verdict,
    /// How far it is from `ok`, rounded to thousandths; from 1 on it is not `ok`. It is its redundancy outside
    /// paragraphs that differ in numbers only, or the sum of `said_again` and `opening_closing`, each divided by
    /// its [limit](crate::VerdictLimits), whichever is greater. With fewer than 100 tokens the limit of
    /// redundancy is one half at least; with fewer than 150 the sum does not count.
    #[cfg_attr(feature = "serde", serde(default))]
    pub repetition: f64,
}

/// A paragraph in numbers.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(remote = "Self"))]
#[non_exhaustive]
pub struct ParagraphSummary {
    /// Its place among all paragraphs.
    pub id: ParagraphId,
    /// The place of its document among all documents.
    pub document: usize,
    /// Where it stands in its document, in bytes.
    pub span: Span,
    /// The line on which it begins, counted from 1.
    pub line: usize,
    /// What it is in the layout of the document, as a parser or the text says.
    #[cfg_attr(feature = "serde", serde(default))]
    pub role: Role,
    /// How many tokens it has.
    pub tokens: usize,
    /// The share of its distinct shingles that stand in earlier paragraphs of its document, or of all
    /// documents ([`Settings::coverage`](crate::Settings::coverage)), in `0.0..=1.0`; 0 without tokens.
    /// Boilerplate neither covers nor is covered.
    pub coverage: f64,
    /// How many of its distinct shingles stand in earlier paragraphs; 0 in a stored report without this
    /// count.
    #[cfg_attr(feature = "serde", serde(default))]
    pub covered: u32,
    /// How many distinct shingles it has; 0 in a stored report without this count.
    #[cfg_attr(feature = "serde", serde(default))]
    pub shingles: u32,
    /// Whether it is boilerplate of the set ([`Settings::boilerplate`](crate::Settings::boilerplate)).
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "std::ops::Not::not"))]
    pub boilerplate: bool,
}

#[cfg(feature = "serde")]
fn is_zero(count: &usize) -> bool {
    *count == 0
}

impl DocumentSummary {
    /// Sets the shares from the counts, as far as there are any.
    pub(crate) fn set_shares(&mut self) {
        let shares = [
            (self.redundant_tokens, &mut self.redundancy),
            (self.shared_tokens, &mut self.shared),
            (self.shared_area_tokens, &mut self.shared_area),
        ];
        for (count, share) in shares.into_iter().filter(|&(count, _)| count > 0) {
            *share = Share::new(count, self.tokens).value();
        }
        if self.sentences > 0 {
            self.said_again = Share::new(self.said_again_sentences, self.sentences).value();
        }
    }
}

impl ParagraphSummary {
    /// Sets the share from the counts, if there are any.
    pub(crate) fn set_shares(&mut self) {
        if self.shingles > 0 {
            self.coverage = Share::new(self.covered as usize, self.shingles as usize).value();
        }
    }
}
