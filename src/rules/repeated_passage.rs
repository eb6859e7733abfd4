//! `repeated-passage`: a passage comes back.

use super::facts::Facts;
use super::order::Weighed;
use super::wording::{how, passage_of};
use crate::report::{Finding, Passage, Place};
use crate::settings::Rule;

/// The findings on all passages. One that comes back in boilerplate only is left out.
pub(crate) fn repeated_passages(facts: &Facts<'_>) -> impl Iterator<Item = Weighed> {
    let passages = facts.passages.iter().zip(&facts.own_occurrences).zip(&facts.passage_lengths);
    let own = passages.filter(|((_, own), _)| **own > 1);
    own.map(|((passage, _), &length)| Weighed {
        weight: gain(passage, length),
        length: Some(length),
        finding: repeated_passage(facts, passage),
    })
}

/// What a reader gains by knowing of a passage: much from a long one, more if it comes back often, and less
/// than from any other if it is a name or a title.
fn gain(passage: &Passage, length: usize) -> f64 {
    let again = passage.occurrences.len() - 1;
    let gain = length as f64 * length as f64 * again as f64;
    if is_name(&passage.occurrences[0].text) { -1.0 / gain } else { gain }
}

/// Whether more than 60 % of the words begin with a capital letter.
fn is_name(text: &str) -> bool {
    let words = || text.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphabetic()));
    10 * words().filter(|c| c.is_uppercase()).count() > 6 * words().count()
}

/// A passage is shown where it first comes back; where it stands first leads the related places.
fn repeated_passage(facts: &Facts<'_>, passage: &Passage) -> Finding {
    let mut related: Vec<Place> =
        passage.occurrences.iter().map(|occurrence| facts.place_of(occurrence)).collect();
    let place = related.remove(1);
    let Passage { kind, tokens, occurrences, .. } = passage;
    let message = format!("{} stands in {} places{}", passage_of(*tokens), occurrences.len(), how(*kind));
    facts.note(&place, Rule::RepeatedPassage, None, message, related)
}
