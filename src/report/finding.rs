//! Findings: what a reader should look at, with the evidence.

use std::fmt;

use crate::settings::{Level, Rule};
use crate::util::id::ParagraphId;
#[cfg(feature = "serde")]
use crate::util::share::Share;
use crate::util::span::Span;

/// Something that repeats, with the evidence.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(remote = "Self"))]
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
    #[cfg_attr(feature = "serde", serde(default))]
    pub measure: Option<f64>,
    /// The two counts whose quotient the measure is: part and whole, of shingles, tokens (redundancy) or
    /// documents (boilerplate). `None` without a measure, for an exact duplicate, and in a stored report
    /// without counts.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub counts: Option<[usize; 2]>,
    /// What was found, in a sentence without a full stop.
    pub message: String,
    /// The text of the span, or its first 200 characters; empty in a stored report without excerpts.
    #[cfg_attr(feature = "serde", serde(default))]
    pub excerpt: String,
    /// Where else it stands, the earliest place first. For a repetitive paragraph, the paragraphs that said
    /// parts of it, the one that said most first.
    pub related: Vec<Place>,
    /// For a repetitive or contained paragraph, which words were said before and where, in the order of the
    /// paragraph: the longest stretches of words that have been said, one behind the other, with the place where
    /// each stood first. They may overlap. What lies in none of them is new.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub stretches: Vec<Stretch>,
    /// Whether it is worth showing to a reader. What is not is kept for programs; `true` in a stored report
    /// that does not say.
    #[cfg_attr(feature = "serde", serde(default = "yes"))]
    pub shown: bool,
    /// Why it is not shown; `None` if it is.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub hidden: Option<Hidden>,
}

#[cfg(feature = "serde")]
fn yes() -> bool {
    true
}

/// Why a finding is not shown. Written and read in kebab case, such as `too-short`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Hidden {
    /// A comment in the source says that the rule is not to be applied there. This may be a warning, too.
    Ignored,
    /// It is short for the length of its document, where so much comes back by chance.
    TooShort,
    /// It is a theme of little weight in a document that says little again.
    TooWeak,
    /// At least half of its words lie under findings that are shown.
    AlreadyReported,
    /// All that comes back lies in paragraphs that are reported as copies.
    InCopies,
    /// It stands in one place or none outside tables of contents; if it is a passage or a theme, outside headings
    /// and tables of contents.
    InHeadings,
}

impl fmt::Display for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ignored => "ignored",
            Self::TooShort => "too-short",
            Self::TooWeak => "too-weak",
            Self::AlreadyReported => "already-reported",
            Self::InCopies => "in-copies",
            Self::InHeadings => "in-headings",
        })
    }
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

#[cfg(feature = "serde")]
impl Finding {
    /// Sets the measure from the counts, if there are any.
    pub(super) fn set_shares(&mut self) {
        if let Some([part, whole]) = self.counts {
            self.measure = Some(Share::new(part, whole).value());
        }
    }
}

/// A stretch of words of a paragraph that was said before.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Stretch {
    /// From its first to its last word, in bytes of the document of the finding.
    pub span: Span,
    /// The line on which it begins, counted from 1.
    pub line: usize,
    /// The column at which it begins, in characters, counted from 1.
    pub column: usize,
    /// The same words where they stood first. If characters are compared, the words at the ends may differ.
    pub source: Place,
}

impl Stretch {
    /// A stretch at a place, and where it stood first.
    pub(crate) fn new(place: &Place, source: Place) -> Self {
        Self { span: place.span, line: place.line, column: place.column, source }
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
    /// The name of the document; empty in a stored report without it.
    #[cfg_attr(feature = "serde", serde(default))]
    pub name: String,
    /// The text of the span, or its first 200 characters: many findings may name one long paragraph. Empty in a
    /// stored report without excerpts.
    #[cfg_attr(feature = "serde", serde(default))]
    pub excerpt: String,
}

/// The most characters of an excerpt.
const EXCERPT: usize = 200;

/// The beginning of a text, byte for byte.
pub(crate) fn excerpt(text: &str) -> String {
    let end = text.char_indices().nth(EXCERPT).map_or(text.len(), |(end, _)| end);
    text[..end].to_owned()
}

impl fmt::Display for Place {
    /// Such as `document 0, line 3, column 1`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { document, line, column, .. } = self;
        write!(f, "document {document}, line {line}, column {column}")
    }
}
