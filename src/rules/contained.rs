//! `contained`: one earlier paragraph holds most of a paragraph, in one stretch.

use super::facts::Facts;
use super::wording::name;
use crate::matching::Container;
use crate::report::{Finding, ParagraphSummary};
use crate::settings::Rule;
use crate::util::id::ParagraphId;
use crate::util::share::{Share, percent};

/// A paragraph of which an earlier one holds at least this share adds too little.
pub(crate) const CONTAINED: f64 = 0.8;

/// The finding on a paragraph of a group that an earlier one contains.
pub(super) fn contained(facts: &Facts<'_>, paragraph: &ParagraphSummary, group: usize) -> Option<Finding> {
    let Container { group: container, overlap, .. } = *facts.containers[group].as_ref()?;
    let place = facts.place(ParagraphId(facts.groups.first(container as usize)));
    let share = Share::new(overlap.shared as usize, overlap.left as usize);
    let message = format!(
        "{} of this paragraph stands in the one at {}",
        percent(share.value()),
        name(facts, paragraph, &place)
    );
    Some(facts.warning(paragraph, Rule::Contained, share, message, vec![place]))
}
