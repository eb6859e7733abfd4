//! Which rule a paragraph falls under: at most one, the first that applies.

use super::boilerplate::boilerplate;
use super::contained::contained;
use super::differs_in_numbers::differs_in_numbers;
use super::exact_duplicate::exact_duplicate;
use super::facts::Facts;
use super::near_duplicate::{near_duplicate, nearest};
use super::order::Weighed;
use super::repetitive::repetitive_paragraph;
use super::short_copies::short_copies;
use crate::matching::Match;
use crate::report::{Finding, ParagraphSummary};
use crate::settings::Rule;
use crate::util::progress::{Cancelled, Watch};

/// The findings on paragraphs and on boilerplate.
pub(crate) fn on_paragraphs(facts: &Facts<'_>, watch: Watch<'_>) -> Result<Vec<Weighed>, Cancelled> {
    let nearest = nearest(facts);
    watch.poll()?;
    let mut found = boilerplate(facts);
    let mut copies = Vec::new();
    for paragraph in facts.paragraphs {
        watch.poll()?;
        match on_paragraph(facts, paragraph, &nearest) {
            Some(finding) if is_copy(finding.rule) && !facts.warns_of(paragraph.id) => copies.push(finding),
            finding => found.extend(finding.map(|finding| Weighed::by_measure(finding, paragraph.tokens))),
        }
    }
    found.extend(short_copies(facts, copies));
    Ok(found)
}

/// Whether a rule says that all of a paragraph stands elsewhere.
fn is_copy(rule: Rule) -> bool {
    matches!(rule, Rule::ExactDuplicate | Rule::NearDuplicate | Rule::Contained)
}

fn on_paragraph(
    facts: &Facts<'_>,
    paragraph: &ParagraphSummary,
    nearest: &[Option<Match>],
) -> Option<Finding> {
    if paragraph.boilerplate {
        return None;
    }
    // Paragraphs without a group are too short for all rules on pairs.
    let Some(group) = facts.groups.of(paragraph.id.index()) else {
        return repetitive_paragraph(facts, paragraph);
    };
    let of_pair = |found: &Match| {
        differs_in_numbers(facts, paragraph, found).unwrap_or_else(|| near_duplicate(facts, paragraph, found))
    };
    exact_duplicate(facts, paragraph, group)
        .or_else(|| nearest[group].as_ref().map(of_pair))
        .or_else(|| contained(facts, paragraph, group))
        .or_else(|| repetitive_paragraph(facts, paragraph))
}
