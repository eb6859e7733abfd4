//! A passage while it is made.

use std::ops::Range;

/// A passage as it was found.
#[derive(Debug)]
pub(super) struct Found {
    /// Whether all occurrences match in the same order.
    pub(super) ordered: bool,
    pub(super) weight: u64,
    /// In order of place; none overlaps another.
    pub(super) occurrences: Vec<Occurrence>,
}

/// An occurrence, and how many tokens it matches with its passage's pattern.
#[derive(Clone, Debug)]
pub(super) struct Occurrence {
    pub(super) places: Range<u32>,
    pub(super) matched: u32,
}
