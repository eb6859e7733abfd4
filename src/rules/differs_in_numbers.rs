//! `differs-in-numbers`: a paragraph differs from earlier ones in numbers only.
//!
//! Notices with numbers of their own are as they should be, so this is a note.

use super::facts::Facts;
use super::near_duplicate::resemblance;
use super::order::Weighed;
use super::wording::name;
use crate::matching::{Match, NumberFamilies};
use crate::report::{Finding, ParagraphSummary};
use crate::settings::{Level, Rule};
use crate::util::id::ParagraphId;

/// The finding on a paragraph whose nearest earlier group differs in numbers only.
pub(super) fn differs_in_numbers(
    facts: &Facts<'_>,
    paragraph: &ParagraphSummary,
    found: &Match,
) -> Option<Finding> {
    if !NumberFamilies::keep_apart(facts.numbers, found.left, found.right) {
        return None;
    }
    let place = facts.place(ParagraphId(facts.groups.first(found.left as usize)));
    let name = name(facts, paragraph, &place);
    let message = format!("differs from the paragraph at {name} in numbers only");
    let finding = facts.warning(paragraph, Rule::DiffersInNumbers, resemblance(found), message, vec![place]);
    Some(Finding { level: Level::Note, ..finding })
}

/// The paragraphs that differ in numbers only from another one of their document. Nothing in them could
/// be cut, so they do not count for the redundancy that a document is warned of.
pub(crate) fn paragraphs_apart(found: &[Weighed]) -> Vec<ParagraphId> {
    let notes = found.iter().map(|found| &found.finding);
    let in_one = |note: &&Finding| note.related.iter().all(|place| place.document == note.document);
    let notes = notes.filter(|note| note.rule == Rule::DiffersInNumbers).filter(in_one);
    notes.filter_map(|note| note.paragraph).collect()
}
