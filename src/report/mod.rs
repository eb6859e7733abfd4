//! What a check found, as data. It knows nothing of terminals and files.
//!
//! With the feature `serde` a [`Report`] is written as the format `refrain.report/1`. Within that
//! version fields may be added, but none changes its meaning.

mod finding;
mod pairs;
#[cfg(feature = "serde")]
mod ratio;

use crate::matching::{Cluster, Pair};
use crate::passage::PassageKind;
use crate::settings::Settings;
use crate::sketch::Banding;
use crate::util::id::ParagraphId;
use crate::util::span::Span;

pub use finding::{Finding, Level, Place, Rule};
pub use pairs::Difference;
pub(crate) use pairs::Pairs;

/// All that a check found in one or more documents.
///
/// With the feature `serde` it can be stored and read again, by `serde_json` as it comes too:
///
/// ```
/// # #[cfg(feature = "serde")] {
/// use refrain::{Detector, Report};
///
/// let text = "The bridge is open all year round.\n\nThe bridge is open all year round.";
/// let report = Detector::new().check(text);
/// let stored = serde_json::to_string(&report)?;
/// let read: Report = serde_json::from_str(&stored)?;
/// assert_eq!(read, report);
/// assert_eq!(read.findings()[0].to_string(), report.findings()[0].to_string());
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Shares are read as the quotients of counts that they were, up to 2^24 of them; beyond that, and for a
/// threshold or recall of more than 15 digits, `serde_json` has to be told to round as it should, by its
/// feature `float_roundtrip`.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Report {
    pub(crate) schema: Schema,
    pub(crate) settings: Settings,
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub(crate) banding: Option<Banding>,
    pub(crate) documents: Vec<DocumentSummary>,
    pub(crate) paragraphs: Vec<ParagraphSummary>,
    pub(crate) pairs: Pairs,
    pub(crate) clusters: Vec<Cluster>,
    pub(crate) passages: Vec<Passage>,
    pub(crate) findings: Vec<Finding>,
}

impl Report {
    /// The settings that shaped the result.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The bands through which pairs were searched, or `None` if the search was exact.
    #[must_use]
    pub fn banding(&self) -> Option<Banding> {
        self.banding
    }

    /// The documents, in the order of input.
    #[must_use]
    pub fn documents(&self) -> &[DocumentSummary] {
        &self.documents
    }

    /// All paragraphs of all documents, in order: the one with id `i` is at index `i`.
    #[must_use]
    pub fn paragraphs(&self) -> &[ParagraphSummary] {
        &self.paragraphs
    }

    /// The pairs of near-duplicate paragraphs, ascending by their ids.
    ///
    /// These are exactly the pairs whose resemblance is at least the threshold, within and across
    /// documents, but for two limits: of more than [`copies`](Settings::copies) identical paragraphs
    /// each is paired with the first only, and a banded search may miss some.
    #[must_use]
    pub fn pairs(&self) -> &[Pair] {
        &self.pairs.pairs
    }

    /// What differs between the paragraphs of the pair at this index of [`pairs`](Self::pairs), word by
    /// word, in order; nothing between copies.
    ///
    /// `None` for pairs that were not aligned, so that a report on very many pairs stays near-linear in
    /// the text: each later paragraph is aligned with the earlier one that it resembles most, then each
    /// with the second, and so on, while the aligned paragraphs hold no more than a million words, or
    /// twice as many as all documents. `None` for an index out of range, too.
    ///
    /// ```
    /// use refrain::Detector;
    ///
    /// let text = "\
    /// The keeper climbs the stairs every evening before dusk and trims the lamp.
    ///
    /// The keeper climbs the iron stairs every evening before sunset and trims the lamp.";
    /// let report = Detector::builder().threshold(0.3).build()?.check(text);
    /// let differences = report.differences(0).unwrap();
    /// let words = differences.iter().map(|found| (found.left.of(text), found.right.of(text)));
    /// assert_eq!(words.collect::<Vec<_>>(), [("", "iron"), ("dusk", "sunset")]);
    /// # Ok::<(), refrain::Error>(())
    /// ```
    #[must_use]
    pub fn differences(&self, pair: usize) -> Option<&[Difference]> {
        self.pairs.differences.get(pair)?.as_deref()
    }

    /// The clusters of near-duplicate paragraphs, in the order of their representatives.
    #[must_use]
    pub fn clusters(&self) -> &[Cluster] {
        &self.clusters
    }

    /// The passages that come back, the most telling first.
    #[must_use]
    pub fn passages(&self) -> &[Passage] {
        &self.passages
    }

    /// What is worth a look, the worst first: warnings by how many tokens they concern, then notes: on
    /// boilerplate and on paragraphs in the same order, on passages the most telling first.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }
}

/// The version of the format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(crate) enum Schema {
    #[cfg_attr(feature = "serde", serde(rename = "refrain.report/1"))]
    Report1,
}

/// A document in numbers.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
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
    /// How many of them were too short to take part in pairs.
    pub short_paragraphs: usize,
    /// The share of its tokens that lie in any but the first occurrence, in this document, of a
    /// passage: how much could be cut, in `0.0..=1.0`. Boilerplate of the set does not count.
    #[cfg_attr(feature = "serde", serde(deserialize_with = "ratio::read"))]
    pub redundancy: f64,
    /// The share of its tokens that another document has in the passages of this report, in `0.0..=1.0`:
    /// those that lie in an occurrence of a passage that stands in another document, too; of a reworded
    /// one only those whose stem (their first five characters) an occurrence there has, and as often as
    /// it has it. 0 where there is no other document.
    #[cfg_attr(feature = "serde", serde(default, deserialize_with = "ratio::read"))]
    pub shared: f64,
}

/// A paragraph in numbers.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
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
    /// How many tokens it has.
    pub tokens: usize,
    /// The share of its distinct shingles that stand in earlier paragraphs of its document, or of all
    /// documents ([`Settings::coverage`]), in `0.0..=1.0`. Boilerplate counts as said by nobody.
    #[cfg_attr(feature = "serde", serde(deserialize_with = "ratio::read"))]
    pub coverage: f64,
    /// Whether it is boilerplate of the set ([`Settings::boilerplate`]).
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "std::ops::Not::not"))]
    pub boilerplate: bool,
}

/// A stretch of tokens that comes back, with all its occurrences.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Passage {
    /// How the occurrences are alike.
    pub kind: PassageKind,
    /// How much its coming back tells: the weights of the tokens that two occurrences match, added up;
    /// of two forms of a word the lesser weight. Each token is matched once, so what one of the two
    /// repeats counts as often as the other has it. The two are the pair of stretches that the passage
    /// was found by, one of them its pattern.
    ///
    /// A token weighs `max(0, ln((n + 1) / (f + 0.5)) - 1)` if `f` of `n` sentences hold it, and nearer
    /// to 1 the fewer of 20 sentences there are. `n` counts the sentences of all documents that say
    /// something new, `f` those in which the two tokens before and after it are new: else what comes
    /// back often would look common. 0 or more, in steps of 0.001.
    pub score: f64,
    /// The least number of tokens that an occurrence matches with the pattern of the passage, which is
    /// one of them; all of their tokens if the kind is verbatim.
    pub tokens: usize,
    /// Two or more, in the order of documents and places; none overlaps another.
    pub occurrences: Vec<Occurrence>,
}

/// One place where a passage stands.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Occurrence {
    /// The place of its document among all documents.
    pub document: usize,
    /// The paragraph that it begins in.
    pub paragraph: ParagraphId,
    /// The first and the last paragraph, where it stands in more than one.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub paragraphs: Option<[ParagraphId; 2]>,
    /// From its first to its last matching token, in bytes of the document.
    pub span: Span,
    /// The line on which it begins, counted from 1; 0 in a stored report that did not tell.
    #[cfg_attr(feature = "serde", serde(default))]
    pub line: usize,
    /// The column at which it begins, in characters, counted from 1; 0 as above.
    #[cfg_attr(feature = "serde", serde(default))]
    pub column: usize,
    /// The words of the document there.
    pub text: String,
}
