//! `repeated-passage`: a passage comes back.

use super::facts::{Facts, place_of};
use super::wording::{how, passage_of};
use crate::report::{Finding, Passage, Place, Rule};

/// The findings on all passages, in their order. One that comes back in boilerplate only is left out.
pub(crate) fn repeated_passages(facts: &Facts<'_>) -> impl Iterator<Item = Finding> {
    let passages = facts.passages.iter().zip(&facts.own_occurrences).filter(|&(_, &own)| own > 1);
    passages.map(|(passage, _)| repeated_passage(facts, passage))
}

/// A passage is shown where it first comes back; where it stands first leads the related places.
fn repeated_passage(facts: &Facts<'_>, passage: &Passage) -> Finding {
    let mut related: Vec<Place> = passage.occurrences.iter().map(place_of).collect();
    let place = related.remove(1);
    let Passage { kind, tokens, occurrences, .. } = passage;
    let message = format!("{} stands in {} places{}", passage_of(*tokens), occurrences.len(), how(*kind));
    facts.note(&place, Rule::RepeatedPassage, None, message, related)
}
