//! What a check finds.

use refrain::{Finding, Level, Span};
use serde::{Deserialize, Serialize};

use crate::documents::Stored;

/// What of a document was stored before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Report {
    /// The name of the document.
    pub name: String,
    /// How many tokens it has.
    pub tokens: usize,
    /// How many of them lie in a run, a passage or a paragraph that a stored document has, too.
    pub shared_tokens: usize,
    /// The share of its tokens that these are, in `0.0..=1.0`; 0 without tokens.
    pub shared: f64,
    /// The stored documents that have something of it, those that share most fingerprints first, of equal ones the
    /// older first.
    pub matches: Vec<Match>,
    /// Its words that very many stored paragraphs have, so that they are not looked up one by one.
    pub boilerplate: Vec<Boilerplate>,
    /// How many more stored documents share keys with it and are no matches, since all runs and near-duplicate
    /// paragraphs that they may share are in the matches already.
    pub more: usize,
    /// How many stored documents share fingerprints with it, and were left out because their metadata has no value that
    /// [`Query::before_field`](crate::Query::before_field) can compare.
    #[serde(default)]
    pub undated: usize,
}

/// A stored document that has something of the document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Match {
    /// The stored document.
    pub stored: Stored,
    /// How many fingerprints and shingles of sketches it shares.
    pub keys: usize,
    /// The runs of words that both have word for word, of the guaranteed length or longer, in the order of the
    /// document. Empty in an index without texts.
    pub runs: Vec<Run>,
    /// The paragraphs that are near-duplicates, or copies, in the order of the document.
    pub paragraphs: Vec<Alike>,
    /// The [comparison](refrain::Detector::compare) of the stored document, which is the first, with the new one, which
    /// is the second, with the findings on the new one only; `None` in an index without texts. It says nothing of each
    /// document by itself: redundancy, repetition and what is said again are 0 there, and verdicts are `ok`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comparison: Option<refrain::Report>,
}

/// A run of words that two documents have word for word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Run {
    /// How many.
    pub words: usize,
    /// Where they stand in the document, in bytes of its source.
    pub span: Span,
    /// Where they stand first in the stored document.
    pub stored: Span,
}

/// A paragraph and a stored one that are alike.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Alike {
    /// The paragraph, in bytes of the source of the document.
    pub span: Span,
    /// The stored paragraph, in bytes of the source of its document.
    pub stored: Span,
    /// Whether they have the same tokens.
    pub identical: bool,
    /// Their resemblance, which is at least the threshold; in an index without texts an estimate from the sketches,
    /// which may be less. Then the paragraph does not count as shared.
    pub resemblance: f64,
}

/// Words that very many stored paragraphs have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Boilerplate {
    /// Where they stand in the document, in bytes of its source.
    pub span: Span,
    /// More paragraphs than this have them.
    pub paragraphs: usize,
}

impl Report {
    /// Whether nothing of the document was stored before. Boilerplate does not count.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.matches.is_empty()
    }

    /// Whether something of it is worth a warning: a run of the guaranteed length, or a finding of that level. So a
    /// heading that a stored document has, too, is none. Without texts, any match is.
    #[must_use]
    pub fn has_warnings(&self) -> bool {
        let warns = |found: &Match| match &found.comparison {
            None => true,
            Some(comparison) => {
                let warns = |finding: &Finding| finding.level == Level::Warning;
                !found.runs.is_empty() || comparison.findings().iter().any(warns)
            }
        };
        self.matches.iter().any(warns)
    }

    /// What repeats stored documents, with the stored document: findings of the comparisons whose document is the new
    /// one (number 1) and whose related places lie in the stored one (number 0).
    pub fn findings(&self) -> impl Iterator<Item = (&Stored, &Finding)> {
        self.matches.iter().flat_map(|found| {
            let findings = found.comparison.iter().flat_map(refrain::Report::findings);
            findings.map(|finding| (&found.stored, finding))
        })
    }
}
