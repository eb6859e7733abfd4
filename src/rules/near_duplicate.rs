//! `near-duplicate`: a paragraph's resemblance to an earlier one is at least the threshold.

use super::facts::Facts;
use super::wording::name;
use crate::matching::{Match, NumberFamilies};
use crate::report::{Finding, ParagraphSummary, Rule};
use crate::util::id::ParagraphId;
use crate::util::share::{Share, two_digits};

/// For each group the earlier one that it resembles most, the first of equals; one that differs in numbers
/// only if there is no other. Boilerplate is passed over.
pub(super) fn nearest(facts: &Facts<'_>) -> Vec<Option<Match>> {
    let mut nearest: Vec<Option<Match>> = vec![None; facts.groups.len()];
    for found in facts.matches.iter().filter(|found| !facts.boilerplate.group(found.left as usize)) {
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
    let message = format!(
        "near-duplicate of the paragraph at {}, resemblance {}",
        name(facts, paragraph, &place),
        two_digits(share.value())
    );
    facts.warning(paragraph, Rule::NearDuplicate, share, message, vec![place])
}

/// The resemblance of two groups as counts.
pub(super) fn resemblance(found: &Match) -> Share {
    Share::new(found.overlap.shared as usize, found.overlap.union() as usize)
}
