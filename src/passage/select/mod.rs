//! Which candidates become passages: the only place where anything is covered, merged or dropped.
//!
//! Candidates are taken by weight, the heaviest first. One that an earlier passage covers says nothing
//! new and is dropped. Every other one makes a passage, with all stretches that match it as its
//! occurrences. In the end passages that another passage covers are dropped.
//!
//! | file | decides |
//! | --- | --- |
//! | `covered` | what covers what |
//! | `found` | – (a passage while it is made) |
//! | `occurrences` | where else a candidate stands |

mod covered;
mod found;
mod occurrences;

use std::cmp::Reverse;

use self::covered::Covering;
use self::found::{Found, Occurrence};
use self::occurrences::Occurrences;
use super::candidate::Candidate;
use super::kind::PassageKind;
use super::search::Search;
use super::sequence::Sequence;
use super::stretches::Stretches;

/// The passages that some candidates make, in the order of their making.
pub(super) fn select(search: &Search<'_>, mut candidates: Vec<Candidate>) -> Vec<Stretches> {
    candidates.retain(|candidate| search.size(&candidate.matched) >= search.min_size);
    // An ordered match knows its ends to the token, so it goes before one that is hardly heavier.
    let bonus = search.thresholds.ordered_bonus;
    let rank = |candidate: &Candidate| {
        let weight = candidate.weight as f64 * if candidate.ordered { bonus } else { 1.0 };
        (Reverse(weight as u64), Reverse(candidate.matched.len()), candidate.matched[0])
    };
    candidates.sort_by_key(|candidate| (rank(candidate), !candidate.ordered, candidate.sides[1].end));
    let occurrences = Occurrences::new(search, &candidates);
    let mut covering = Covering::new(search);
    let mut passages: Vec<Found> = Vec::new();
    for candidate in &candidates {
        if covering.is_crowded(candidate) || covering.drops(candidate, &passages) {
            continue;
        }
        let found = occurrences.of(candidate, &covering);
        // One that stands alone comes back nowhere.
        if found.occurrences.len() > 1 {
            covering.add(passages.len() as u32, &found);
            passages.push(found);
        }
    }
    let kept = (0..).zip(&passages).filter(|&(number, _)| !covering.is_redundant(number, &passages));
    kept.map(|(_, found)| stretches(search.sequence, found)).collect()
}

/// Leaves out those of some passages that one of `others` covers: every occurrence, by occurrences of its
/// own.
pub(super) fn retain_uncovered(search: &Search<'_>, passages: &mut Vec<Stretches>, others: &[Stretches]) {
    let found = |passage: &Stretches| Found {
        ordered: passage.kind != PassageKind::Reworded,
        weight: passage.weight,
        occurrences: passage
            .occurrences
            .iter()
            .map(|places| Occurrence { places: places.clone(), matched: passage.tokens })
            .collect(),
    };
    let mut all: Vec<Found> = others.iter().map(found).collect();
    let mut covering = Covering::new(search);
    for (number, found) in (0..).zip(&all) {
        covering.add(number, found);
    }
    let first = all.len() as u32;
    all.extend(passages.iter().map(found));
    let mut numbers = first..;
    passages.retain(|_| numbers.next().is_some_and(|number| !covering.is_redundant(number, &all)));
}

fn stretches(sequence: &Sequence, found: &Found) -> Stretches {
    let Found { ordered, weight, ref occurrences } = *found;
    let keys = |places: &std::ops::Range<u32>| &sequence.keys[places.start as usize..places.end as usize];
    let first = keys(&occurrences[0].places);
    let verbatim = occurrences.iter().all(|occurrence| keys(&occurrence.places) == first);
    Stretches {
        kind: match (verbatim, ordered) {
            (true, _) => PassageKind::Verbatim,
            (_, true) => PassageKind::Edited,
            (_, false) => PassageKind::Reworded,
        },
        weight,
        tokens: occurrences.iter().map(|occurrence| occurrence.matched).min().unwrap_or(0),
        occurrences: occurrences.iter().map(|occurrence| occurrence.places.clone()).collect(),
    }
}
