//! How large the gaps of an ordered match may be.

/// At most this many unmatched tokens stand in a row, on either side. It is part of the definition of an
/// edited passage.
pub(in crate::passage) const GAP: u32 = 2;
