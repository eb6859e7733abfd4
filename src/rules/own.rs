//! Findings on the documents of a set: first those that each has alone, then those across documents.

use std::collections::HashMap;

use super::order::Weighed;
use crate::report::Finding;
use crate::settings::Rule;
use crate::util::id::ParagraphId;

/// The findings of each document alone, and those of `found`, on all documents, that say more: on
/// boilerplate, and that a paragraph stands in another document, unless a finding says as much of its
/// own.
pub(crate) fn with_own(found: Vec<Weighed>, mut own: Vec<Weighed>) -> Vec<Weighed> {
    let mut strongest: HashMap<ParagraphId, u8> = HashMap::new();
    for Weighed { finding, .. } in &own {
        if let Some(paragraph) = finding.paragraph {
            let before = strongest.entry(paragraph).or_default();
            *before = strength(finding.rule).max(*before);
        }
    }
    let says_more = |found: &Weighed| {
        let Finding { rule, document, paragraph, related, .. } = &found.finding;
        let stands_in_other = related.iter().any(|place| place.document != *document);
        let own = paragraph.and_then(|paragraph| strongest.get(&paragraph));
        match rule {
            Rule::Boilerplate => true,
            // By what all documents said before; what its own said is in `own`.
            Rule::Repetitive => own.is_none(),
            _ => stands_in_other && own.is_none_or(|&own| strength(*rule) > own),
        }
    };
    own.extend(found.into_iter().filter(says_more));
    own
}

/// How much of a paragraph stands elsewhere by a rule.
fn strength(rule: Rule) -> u8 {
    match rule {
        Rule::ExactDuplicate => 4,
        Rule::NearDuplicate => 3,
        Rule::Contained => 2,
        Rule::DiffersInNumbers => 1,
        _ => 0,
    }
}
