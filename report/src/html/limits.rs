//! How much one page shows.

/// The most bytes of one document that are shown.
pub(super) const DOCUMENT: usize = 2 << 20;

/// The most bytes of all documents.
pub(super) const TEXTS: usize = 12 << 20;

/// The most paragraphs of one document that are shown, and of all.
pub(super) const PARAGRAPHS: usize = 20_000;
pub(super) const ALL_PARAGRAPHS: usize = 60_000;

/// The most rows of the overview, and documents that have a section.
pub(super) const DOCUMENTS: usize = 5_000;

/// The most findings that are shown of one document.
pub(super) const FINDINGS: usize = 250;

/// The most of all documents, those that are kept for programs among them.
pub(super) const ALL_FINDINGS: usize = 10_000;

/// The most findings of one document that are kept for programs.
pub(super) const HIDDEN: usize = 100;

/// The most places of a finding that are marked and listed.
pub(super) const PLACES: usize = 60;

/// The most marked places of a page.
pub(super) const MARKS: usize = 60_000;

/// The most characters of a wording, and of all wordings of a finding as far as each has 80.
pub(super) const WORDING: usize = 1_200;
pub(super) const WORDINGS: usize = 6_000;
pub(super) const SHORT_WORDING: usize = 80;

/// The most characters of all wordings of a page; behind them each has 80.
pub(super) const ALL_WORDINGS: usize = 4_000_000;

/// The most findings that the `data-o` of a marked stretch names.
pub(super) const NAMED: usize = 8;

/// The most bars of a chart.
pub(super) const BARS: usize = 150;

/// The most rows of a map.
pub(super) const ROWS: usize = 400;

/// The most pairs of documents with common passages that are counted, and documents that one passage or
/// finding relates.
pub(super) const RELATED: usize = 16;

/// The most passages of a comparison.
pub(super) const PASSAGES: usize = 2_000;
