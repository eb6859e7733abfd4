//! What a document is, all in all.

use crate::report::{DocumentSummary, Verdict};
use crate::settings::VerdictLimits;
use crate::util::share::Share;

/// In a shorter document a single repetition makes the redundancy high; there it counts from one half on,
/// like the warning.
const LEAST_REPETITIVE: usize = 100;
const CERTAIN: f64 = 0.5;
/// A fifth of a shorter document is a sentence or two.
const LEAST_PADDED: usize = 150;

/// The verdict on a document, and how far it is from `ok`: its redundancy or its padding, each divided by
/// its limit, whichever is greater, rounded to thousandths. `redundancy` is that outside paragraphs that
/// differ in numbers only.
pub(crate) fn verdict(
    document: &DocumentSummary,
    redundancy: Share,
    limits: &VerdictLimits,
) -> (Verdict, f64) {
    let limit =
        if document.tokens < LEAST_REPETITIVE { limits.redundancy.max(CERTAIN) } else { limits.redundancy };
    let redundancy = redundancy.value() / limit;
    let padding = if document.tokens < LEAST_PADDED {
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
