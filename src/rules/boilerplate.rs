//! `boilerplate`: a paragraph or a passage stands in many documents.

use super::facts::Facts;
use super::order::Weighed;
use super::wording::{how, passage_of};
use crate::passage::PassageKind;
use crate::report::{Occurrence, Place};
use crate::settings::Rule;
use crate::util::id::ParagraphId;
use crate::util::share::Share;

/// The findings on all boilerplate.
pub(super) fn boilerplate(facts: &Facts<'_>) -> Vec<Weighed> {
    let mut found = Vec::new();
    for cluster in &facts.boilerplate.clusters {
        let places = cluster.members.iter().map(|&id| facts.place(id)).collect();
        let tokens = facts.paragraphs[cluster.representative.index()].tokens;
        let group = |id: &ParagraphId| facts.groups.of(id.index());
        let verbatim = cluster.members.iter().all(|id| group(id) == group(&cluster.representative));
        let kind = if verbatim { PassageKind::Verbatim } else { PassageKind::Edited };
        found.push(finding(facts, places, tokens, "this paragraph", kind));
    }
    for (index, passage) in facts.passages.iter().enumerate() {
        let is_inside = |occurrence| is_inside_paragraphs(facts, occurrence);
        if facts.boilerplate.passage(index) && !passage.occurrences.iter().all(is_inside) {
            let places = passage.occurrences.iter().map(|occurrence| facts.place_of(occurrence)).collect();
            found.push(finding(facts, places, passage.tokens, &passage_of(passage.tokens), passage.kind));
        }
    }
    found
}

/// Whether an occurrence lies in paragraphs that are boilerplate themselves. Those too short to be compared
/// do not decide.
fn is_inside_paragraphs(facts: &Facts<'_>, occurrence: &Occurrence) -> bool {
    let [first, last] = occurrence.paragraphs.unwrap_or([occurrence.paragraph; 2]);
    let paragraphs = &facts.paragraphs[first.index()..=last.index()];
    let compared = paragraphs.iter().filter(|paragraph| facts.groups.of(paragraph.id.index()).is_some());
    let mut compared = compared.map(|paragraph| paragraph.boilerplate).peekable();
    compared.peek().is_some() && compared.all(|is| is)
}

/// A note at the first of the places, with the first place in each other document.
fn finding(
    facts: &Facts<'_>,
    mut places: Vec<Place>,
    tokens: usize,
    what: &str,
    kind: PassageKind,
) -> Weighed {
    places.dedup_by_key(|place| place.document);
    let share = Share::new(places.len(), facts.documents.len());
    let place = places.remove(0);
    let Share { part, whole } = share;
    let message = format!("{what} stands in {part} of {whole} documents{}", how(kind));
    let finding = facts.note(&place, Rule::Boilerplate, Some(share), message, places);
    Weighed { weight: (part * tokens) as f64, length: None, finding }
}
