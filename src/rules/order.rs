//! The order in which findings are reported.

use std::cmp::Reverse;

use crate::report::Finding;
use crate::settings::Rule;

/// A finding, and how many tokens it concerns, weighed by its measure.
#[derive(Debug)]
pub(crate) struct Weighed {
    pub(super) weight: f64,
    /// The length of a passage in half-tokens: it must not be short for its document.
    pub(super) length: Option<usize>,
    pub(super) finding: Finding,
}

impl Weighed {
    pub(crate) fn finding_mut(&mut self) -> &mut Finding {
        &mut self.finding
    }

    /// Moves a finding on a document that stood alone to its document in a set, whose paragraphs count from
    /// `first`.
    pub(crate) fn move_to(&mut self, document: usize, first: u32) {
        let finding = &mut self.finding;
        finding.document = document;
        finding.paragraph.iter_mut().for_each(|paragraph| paragraph.0 += first);
        let sources = finding.stretches.iter_mut().map(|stretch| &mut stretch.source);
        for place in finding.related.iter_mut().chain(sources) {
            place.document = document;
            place.paragraph.0 += first;
        }
    }

    /// By the share of `tokens` that the finding measured.
    pub(super) fn by_measure(finding: Finding, tokens: usize) -> Self {
        Self { weight: finding.measure.unwrap_or(0.0) * tokens as f64, length: None, finding }
    }
}

/// Warnings first, then notes: on boilerplate, themes, passages, paragraphs. In each class the heaviest
/// first, then by place.
///
/// The sort is stable: a finding about a paragraph comes before one about its whole document.
pub(crate) fn sort(found: &mut [Weighed]) {
    let class = |finding: &Finding| match finding.rule {
        Rule::Boilerplate => 3,
        Rule::SaidAgain => 2,
        Rule::RepeatedPassage => 1,
        _ => 0,
    };
    found.sort_by(|a, b| {
        let (left, right) = (&a.finding, &b.finding);
        let class = |finding: &Finding| (finding.level, class(finding));
        let place = |finding: &Finding| (finding.document, finding.span.start, Reverse(finding.span.end));
        let class = class(right).cmp(&class(left));
        class.then_with(|| b.weight.total_cmp(&a.weight)).then_with(|| place(left).cmp(&place(right)))
    });
}

/// The findings as they are reported: what is shown first.
pub(crate) fn in_order(found: Vec<Weighed>) -> Vec<Finding> {
    let (mut shown, hidden): (Vec<_>, Vec<_>) =
        found.into_iter().map(|found| found.finding).partition(|finding| finding.shown);
    shown.extend(hidden);
    shown
}
