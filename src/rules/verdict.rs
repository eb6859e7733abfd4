//! What a document is, all in all.

use crate::report::{DocumentSummary, Verdict};
use crate::settings::VerdictLimits;

/// The fewest tokens of a document that can be padded: a fifth of less is a sentence or two.
const LEAST_TOKENS: usize = 150;

/// The verdict on a document, and how far it is from `ok`: its redundancy or its padding, each divided by its
/// limit, whichever is greater, rounded to thousandths.
pub(crate) fn verdict(document: &DocumentSummary, limits: &VerdictLimits) -> (Verdict, f64) {
    let redundancy = document.redundancy / limits.redundancy;
    let padding = if document.tokens < LEAST_TOKENS {
        0.0
    } else {
        (document.said_again + document.opening_closing) / limits.padding
    };
    let verdict = if redundancy >= 1.0 {
        Verdict::Repetitive
    } else if padding >= 1.0 {
        Verdict::Padded
    } else {
        Verdict::Ok
    };
    (verdict, (1000.0 * redundancy.max(padding)).round() / 1000.0)
}
