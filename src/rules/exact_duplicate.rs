//! `exact-duplicate`: a paragraph has the same tokens as an earlier one.

use super::facts::Facts;
use super::wording::name;
use crate::report::{Finding, ParagraphSummary};
use crate::settings::Rule;
use crate::util::id::ParagraphId;
use crate::util::share::Share;

/// The finding on a paragraph of a group, if it is not the first of the group.
pub(super) fn exact_duplicate(
    facts: &Facts<'_>,
    paragraph: &ParagraphSummary,
    group: usize,
) -> Option<Finding> {
    let first = ParagraphId(facts.groups.first(group));
    if first == paragraph.id {
        return None;
    }
    let place = facts.place(first);
    let message = format!("the same words as the paragraph at {}", name(facts, paragraph, &place));
    let finding = facts.warning(paragraph, Rule::ExactDuplicate, Share::new(1, 1), message, vec![place]);
    // Equal paragraphs were not counted.
    Some(Finding { counts: None, ..finding })
}
