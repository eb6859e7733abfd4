//! `near-duplicate`: a paragraph's resemblance to an earlier one is at least the threshold.

use super::facts::Facts;
use super::wording::name;
use crate::matching::{Match, NumberFamilies};
use crate::report::{Finding, ParagraphSummary};
use crate::settings::Rule;
use crate::util::id::ParagraphId;
use crate::util::share::{Share, two_digits};

/// For each group the earlier one that it resembles most, the first of equals; one that differs in numbers
/// only if there is no other. Boilerplate is passed over.
pub(super) fn nearest(facts: &Facts<'_>) -> Vec<Option<Match>> {
    let mut nearest: Vec<Option<Match>> = vec![None; facts.groups.len()];
    for found in
        facts.matches.iter().filter(|found| !facts.boilerplate.group(facts.groups, found.left as usize))
    {
        let best = &mut nearest[found.right as usize];
        let better = best.is_none_or(|best| {
            let same = |found: Match| !NumberFamilies::keep_apart(facts.numbers, found.left, found.right);
            let like = same(*found).cmp(&same(best));
            like.then_with(|| found.overlap.cmp_resemblance(best.overlap)).is_gt()
        });
        if better {
            *best = Some(*found);
        }
    }
    nearest
}

/// The finding on a paragraph whose group matches an earlier one.
pub(super) fn near_duplicate(facts: &Facts<'_>, paragraph: &ParagraphSummary, found: &Match) -> Finding {
    let place = facts.place(ParagraphId(facts.groups.first(found.left as usize)));
    let share = resemblance(found);
    let name = name(facts, paragraph, &place);
    let family = |group: u32| facts.numbers.map(|numbers| numbers.family(group as usize));
    let message = if facts.numbers.is_some() && family(found.left) == family(found.right) {
        format!("says the same as the paragraph at {name}, except for a label or a counter")
    } else {
        format!("near-duplicate of the paragraph at {name}, resemblance {}", two_digits(share.value()))
    };
    facts.warning(paragraph, Rule::NearDuplicate, share, message, vec![place])
}

/// The resemblance of two groups as counts.
pub(super) fn resemblance(found: &Match) -> Share {
    Share::new(found.overlap.shared as usize, found.overlap.union() as usize)
}
