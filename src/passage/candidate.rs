//! What every finder returns: two stretches of tokens that match.

use std::ops::Range;

/// Two stretches of tokens that match, the left one first. They do not overlap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) sides: [Range<u32>; 2],
    /// The places that match, left and right, ascending on the left; no place stands in two pairs.
    pub(super) matched: Box<[(u32, u32)]>,
    /// Whether the matches ascend on the right, too, with small gaps only.
    pub(super) ordered: bool,
    /// The informative weight of the matched tokens, in thousandths.
    pub(super) weight: u64,
}

/// How many places two stretches share.
pub(super) fn overlap(a: &Range<u32>, b: &Range<u32>) -> u32 {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

/// How many places a stretch has.
pub(super) fn length(stretch: &Range<u32>) -> u32 {
    stretch.end - stretch.start
}

/// The place in the middle of a stretch. What holds more than half of a stretch holds its middle.
pub(super) fn middle(stretch: &Range<u32>) -> u32 {
    stretch.start + length(stretch) / 2
}
