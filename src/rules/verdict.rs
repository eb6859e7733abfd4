//! What a document is, all in all.

use crate::report::{DocumentSummary, Verdict};
use crate::settings::VerdictLimits;

/// The verdict on a document, and how far it is from `ok`: the greatest quotient of one of its figures and
/// the limit for it, rounded to thousandths.
pub(crate) fn verdict(document: &DocumentSummary, limits: &VerdictLimits) -> (Verdict, f64) {
    let redundancy = document.redundancy / limits.redundancy;
    let padding =
        (document.said_again / limits.said_again).max(document.opening_closing / limits.opening_closing);
    let verdict = if redundancy >= 1.0 {
        Verdict::Repetitive
    } else if padding >= 1.0 {
        Verdict::Padded
    } else {
        Verdict::Ok
    };
    (verdict, (1000.0 * redundancy.max(padding)).round() / 1000.0)
}
