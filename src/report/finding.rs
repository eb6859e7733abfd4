//! Findings: what a reader should look at, and why.

use std::fmt;

#[cfg(feature = "serde")]
use super::ratio;
use crate::util::id::ParagraphId;
use crate::util::span::Span;

/// Something that repeats, with the evidence.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Finding {
    /// Which rule found it.
    pub rule: Rule,
    /// How much it matters.
    pub level: Level,
    /// The name of its document.
    pub name: String,
    /// The place of its document among all documents.
    pub document: usize,
    /// Its paragraph, or `None` if the finding is about the whole document.
    pub paragraph: Option<ParagraphId>,
    /// What repeats, in bytes of the document.
    pub span: Span,
    /// The line on which it begins, counted from 1.
    pub line: usize,
    /// The column at which it begins, in characters, counted from 1.
    pub column: usize,
    /// What the rule compared: a resemblance, containment, coverage or redundancy, for boilerplate the
    /// share of the documents, in `0.0..=1.0`. `None` for a passage that comes back. The redundancy of a
    /// document is here without what repeats in paragraphs that differ from earlier ones in numbers only.
    #[cfg_attr(feature = "serde", serde(default, deserialize_with = "ratio::read_if_any"))]
    pub measure: Option<f64>,
    /// What was found, in a sentence without a full stop.
    pub message: String,
    /// Where it stands besides, what was said first in front.
    pub related: Vec<Place>,
}

impl fmt::Display for Finding {
    /// One line: `article.txt:11:1: warning: … [repetitive]`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rule, level, name, line, column, message, .. } = self;
        if !name.is_empty() {
            write!(f, "{name}:")?;
        }
        write!(f, "{line}:{column}: {level}: {message} [{rule}]")
    }
}

/// A place in one of the documents.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Place {
    /// The place of the document among all documents.
    pub document: usize,
    /// The paragraph.
    pub paragraph: ParagraphId,
    /// Bytes of the document.
    pub span: Span,
    /// The line on which the span begins, counted from 1.
    pub line: usize,
    /// The column at which the span begins, in characters, counted from 1.
    pub column: usize,
}

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Rule {
    /// The paragraph has the same tokens as an earlier one.
    ExactDuplicate,
    /// The paragraph's resemblance to an earlier one is at least the threshold, and not only their
    /// numbers differ.
    NearDuplicate,
    /// One earlier paragraph holds at least 0.8 of the paragraph's shingles.
    Contained,
    /// At least half of the paragraph's shingles stand earlier in its document, here and there, or in
    /// earlier ones, if those are counted; or at least half of a document's tokens repeat, outside
    /// paragraphs that differ in numbers only.
    Repetitive,
    /// The paragraph is near-duplicate of earlier ones, all of which it differs from in numbers only;
    /// nothing else is said of it.
    DiffersInNumbers,
    /// A paragraph or a passage stands in many documents of the set. Related are the first places where
    /// it does in each of the other documents.
    Boilerplate,
    /// A passage comes back.
    RepeatedPassage,
}

impl fmt::Display for Rule {
    /// The name of the rule as in the serialised report.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ExactDuplicate => "exact-duplicate",
            Self::NearDuplicate => "near-duplicate",
            Self::Contained => "contained",
            Self::Repetitive => "repetitive",
            Self::Boilerplate => "boilerplate",
            Self::DiffersInNumbers => "differs-in-numbers",
            Self::RepeatedPassage => "repeated-passage",
        })
    }
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum Level {
    /// Worth knowing.
    Note,
    /// Worth mending.
    Warning,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Note => "note",
            Self::Warning => "warning",
        })
    }
}
