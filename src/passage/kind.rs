//! How the occurrences of a passage are alike.

use std::fmt;

/// How the occurrences of a passage are alike.
///
/// Passages of all kinds are found with the same settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum PassageKind {
    /// All occurrences have the same tokens.
    Verbatim,
    /// The tokens that they share stand in the same order, with at most two others in a row.
    Edited,
    /// They share informative words, or inflected forms of them, in any order.
    Reworded,
}

impl fmt::Display for PassageKind {
    /// The name of the kind as in the serialised report.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Verbatim => "verbatim",
            Self::Edited => "edited",
            Self::Reworded => "reworded",
        })
    }
}
