//! All that a check found.

use std::cmp::Reverse;

use super::finding::Finding;
use super::left_out::LeftOut;
use super::pairs::{Difference, Pairs};
use super::passage::Passage;
use super::summary::{DocumentSummary, ParagraphSummary};
use super::theme::Theme;
use crate::matching::{Cluster, Pair};
use crate::settings::Settings;
use crate::sketch::Banding;

/// All that a check found in one or more documents.
///
/// With the feature `serde` it can be stored and read again:
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
/// Counts are stored beside shares, and shares are computed again from them when a report is read; a
/// report that was stored without counts keeps its shares as they are read. A threshold or recall of more
/// than 15 digits is read exactly only with the feature `float_roundtrip` of `serde_json`.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Report {
    pub(crate) schema: Schema,
    pub(crate) settings: Settings,
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub(crate) banding: Option<Banding>,
    pub(crate) documents: Vec<DocumentSummary>,
    pub(crate) paragraphs: Vec<ParagraphSummary>,
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "LeftOut::is_nothing"))]
    pub(crate) left_out: LeftOut,
    pub(crate) pairs: Pairs,
    pub(crate) clusters: Vec<Cluster>,
    pub(crate) passages: Vec<Passage>,
    #[cfg_attr(feature = "serde", serde(default))]
    pub(crate) themes: Vec<Theme>,
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
    /// documents, but for three limits: of more than [`copies`](Settings::copies) identical paragraphs
    /// each is paired with the first only; of a paragraph that resembles more than 100 earlier ones
    /// ([`max_pairs`](Settings::max_pairs)), the pairs with the first of them and with the representative of its
    /// cluster are listed; and a banded search may miss some. [`left_out`](Self::left_out) counts the first two.
    #[must_use]
    pub fn pairs(&self) -> &[Pair] {
        &self.pairs.pairs
    }

    /// How many paragraphs have more pairs than are listed. Clusters and findings do not depend on the pairs
    /// that are left out.
    #[must_use]
    pub fn left_out(&self) -> LeftOut {
        self.left_out
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

    /// The passages that come back, those with the highest rank first: the score, times a factor that grows
    /// with the logarithm of the number of occurrences.
    #[must_use]
    pub fn passages(&self) -> &[Passage] {
        &self.passages
    }

    /// What each document says again, in whatever words, by document, those with the highest score first. A
    /// comparison has none.
    #[must_use]
    pub fn themes(&self) -> &[Theme] {
        &self.themes
    }

    /// All findings. First those that are worth [showing](Finding::shown): warnings, by how many tokens they
    /// concern; then notes on boilerplate, on themes, on passages and on paragraphs, each by what a reader
    /// gains. Then the others, in the same order.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Keeps only the findings for which `keep` returns `true`; it may change them, such as their level. After that
    /// those that are worth showing come first again, of them warnings before notes.
    ///
    /// Everything else in the report stays as it was found.
    ///
    /// ```
    /// use refrain::{Detector, Level, Rule};
    ///
    /// let text = "The ferry was late again. Nobody minded, for the sun was out. ".repeat(3);
    /// let mut report = Detector::new().check(&text);
    /// report.retain_findings(|finding| {
    ///     finding.level = Level::Note;
    ///     finding.rule == Rule::Repetitive
    /// });
    /// assert_eq!(report.findings().len(), 1);
    /// assert_eq!(report.findings()[0].level, Level::Note);
    /// ```
    pub fn retain_findings(&mut self, keep: impl FnMut(&mut Finding) -> bool) {
        self.findings.retain_mut(keep);
        self.findings.sort_by_key(|finding| Reverse((finding.shown, finding.level)));
    }

    /// The findings that are worth showing, in order.
    pub fn shown(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.shown)
    }
}

/// The version of the format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(crate) enum Schema {
    #[cfg_attr(feature = "serde", serde(rename = "refrain.report/1"))]
    Report1,
}
