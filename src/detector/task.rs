//! What a detector is asked for.

/// What to find.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Task {
    /// What repeats in each document and across documents.
    Check,
    /// What two documents share.
    Compare,
    /// The same, and nothing of each document by itself.
    Shared,
}
