//! Passages: stretches of tokens that come back, as long as they go, with all their occurrences.
//!
//! Two stretches match when they share at least so many tokens in the same order, with at most two
//! unmatched tokens in a row on either side, and the shared make up at least two thirds of both.
//! The scheme is that of Sanchez-Perez, Gelbukh and Sidorov (2014): seed, extend, filter. Seeds
//! that are linked to the last place where the same seed stood, and to no other, keep it
//! near-linear whatever the text.

mod align;
mod cover;
mod group;
mod reworded;
mod seeds;
mod whole;

use std::fmt;
use std::ops::Range;

use super::areas;
use super::sequence::Sequence;
use super::weights::{ONE, Weights, ln};

/// How the occurrences of a passage are alike.
///
/// Passages of all kinds are found with the same settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Kind {
    /// All occurrences have the same tokens.
    Verbatim,
    /// The tokens that they share stand in the same order, with at most two others in a row.
    Edited,
    /// They share words that tell, or their inflected forms, in whatever order.
    Reworded,
}

impl fmt::Display for Kind {
    /// The name of the kind as in the serialised report.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Verbatim => "verbatim",
            Self::Edited => "edited",
            Self::Reworded => "reworded",
        })
    }
}

/// The occurrences of one passage, as ranges of places in the sequence, ascending, none of which
/// overlap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stretches {
    pub(crate) kind: Kind,
    /// That of the matched tokens, in thousandths.
    pub(crate) weight: u64,
    /// The least number of tokens that an occurrence shares with the pattern, which is one of them.
    pub(crate) tokens: u32,
    pub(crate) occurrences: Vec<Range<u32>>,
}

impl Stretches {
    /// The weight as a number of natural-logarithm units.
    pub(crate) fn score(&self) -> f64 {
        self.weight as f64 / ONE as f64
    }

    fn rank(&self) -> u64 {
        rank(self.weight, self.occurrences.len())
    }
}

/// What passages are ranked by: twice as many occurrences count as much as twice the weight, then ever
/// less.
fn rank(weight: u64, occurrences: usize) -> u64 {
    weight * (1000.0 * ln(occurrences as f64)) as u64
}

/// Where passages are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Inside each document and across.
    All,
    /// In two documents: equal paragraphs however short they are, and no rewordings inside one document.
    Across,
}

/// The passages of at least `min_tokens` tokens, the most telling first.
pub(crate) fn passages(sequence: &Sequence, min_tokens: usize, reach: Reach) -> Vec<Stretches> {
    let weights = Weights::new(sequence);
    let min_size = u32::try_from(min_tokens.saturating_mul(2)).unwrap_or(u32::MAX);
    let links = seeds::links(sequence, &weights, min_size);
    let alignments = align::alignments(sequence, &weights, min_size, &links);
    let areas = areas::areas(sequence, reach);
    let phrases = if reach == Reach::All { areas::phrases(sequence, min_size) } else { Vec::new() };
    let mut passages = group::group(sequence, &weights, min_size, areas, &alignments, &phrases);
    if reach == Reach::Across {
        whole::add(sequence, &weights, &mut passages);
    }
    passages
}
