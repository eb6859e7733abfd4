//! The order in which findings are reported.

use std::cmp::Reverse;

use crate::report::{Finding, Rule};

/// A finding, and how many tokens it concerns, weighed by its measure.
#[derive(Debug)]
pub(crate) struct Weighed {
    pub(super) weight: f64,
    pub(super) finding: Finding,
}

impl Weighed {
    /// By the share of `tokens` that the finding measured.
    pub(super) fn by_measure(finding: Finding, tokens: usize) -> Self {
        Self { weight: finding.measure.unwrap_or(0.0) * tokens as f64, finding }
    }
}

/// Warnings first, then notes on boilerplate, then others; in each class the heaviest first, then by place.
///
/// The sort is stable: a finding about a paragraph comes before one about its whole document.
pub(crate) fn in_order(mut found: Vec<Weighed>) -> Vec<Finding> {
    found.sort_by(|a, b| {
        let (left, right) = (&a.finding, &b.finding);
        let class = |finding: &Finding| (finding.level, finding.rule == Rule::Boilerplate);
        let place = |finding: &Finding| (finding.document, finding.span.start, Reverse(finding.span.end));
        let class = class(right).cmp(&class(left));
        class.then_with(|| b.weight.total_cmp(&a.weight)).then_with(|| place(left).cmp(&place(right)))
    });
    found.into_iter().map(|found| found.finding).collect()
}
