//! Copies of short paragraphs, headings and tables of contents: one note on all copies of each.
//!
//! "Share", the same caption six times, a heading and its line in the table of contents: they come back
//! because of how a text is laid out, and there is nothing to mend. Of 41 warnings about paragraphs under
//! 15 words, an editor found one useful.

use std::collections::BTreeMap;

use super::facts::Facts;
use super::order::Weighed;
use crate::input::Role;
use crate::report::{Finding, Place};
use crate::settings::{Level, Rule};
use crate::util::id::ParagraphId;
use crate::util::share::Share;

/// Paragraphs that are too short even for pairs are noted if the same words stand in this many places.
const LEAST_PLACES: usize = 3;

/// What the copies of a note have in common: the paragraph that they are copies of, or that contains them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Source {
    Copied(ParagraphId),
    Container(ParagraphId),
}

/// The notes on copies that are no warnings, given the findings on each of them in the order of the text, and
/// on those that are too short to have one.
pub(super) fn short_copies(facts: &Facts<'_>, copies: Vec<Finding>) -> Vec<Weighed> {
    let mut sources: BTreeMap<ParagraphId, Source> = BTreeMap::new();
    let mut notes: BTreeMap<Source, Vec<Finding>> = BTreeMap::new();
    for finding in copies {
        let (Some(paragraph), Some(of)) = (finding.paragraph, finding.related.first()) else { continue };
        let source = match (finding.rule, sources.get(&of.paragraph)) {
            (Rule::Contained, _) => Source::Container(of.paragraph),
            // A copy of a copy; one that is contained in something is the first of its own copies.
            (_, Some(&Source::Copied(first))) => Source::Copied(first),
            _ => Source::Copied(of.paragraph),
        };
        sources.insert(paragraph, source);
        notes.entry(source).or_default().push(finding);
    }
    let notes = notes.into_iter().map(|(source, copies)| note(facts, source, copies));
    let tiny = facts.short_copies.iter().filter(|members| members.len() >= LEAST_PLACES);
    notes.chain(tiny.map(|members| tiny_note(facts, members))).collect()
}

/// One note on the findings with a common source: at the first of them, with the source and all others as
/// related places.
fn note(facts: &Facts<'_>, source: Source, copies: Vec<Finding>) -> Weighed {
    let first = &copies[0];
    let paragraphs: Vec<ParagraphId> = copies.iter().filter_map(|finding| finding.paragraph).collect();
    let (rule, message) = match source {
        Source::Container(_) => {
            let of = &first.related[0];
            let name = if of.document == first.document {
                format!("line {}", of.line)
            } else {
                format!("{}:{}", of.name, of.line)
            };
            let what = match paragraphs.len() {
                1 => format!("{} stands", what(facts, paragraphs[0])),
                several => format!("{several} short paragraphs stand"),
            };
            (Rule::Contained, format!("{what} in the paragraph at {name}"))
        }
        Source::Copied(_) => {
            let exact = copies.iter().all(|finding| finding.rule == Rule::ExactDuplicate);
            let rule = if exact { Rule::ExactDuplicate } else { Rule::NearDuplicate };
            (rule, places(&what(facts, paragraphs[0]), paragraphs.len() + 1, exact))
        }
    };
    let place = facts.place(paragraphs[0]);
    let share = first.counts.map(|[part, whole]| Share::new(part, whole));
    let measure = first.measure;
    let mut related = vec![first.related[0].clone()];
    related.extend(paragraphs[1..].iter().map(|&paragraph| facts.place(paragraph)));
    let note = Finding { measure, ..facts.note(&place, rule, share, message, related) };
    let note = if rule == Rule::ExactDuplicate {
        Finding { measure: Some(1.0), counts: None, ..note }
    } else {
        note
    };
    weighed(facts, note, paragraphs.len())
}

/// Whether equal short paragraphs are a loop, as speech recognisers make them: ten or more, at least half of all
/// paragraphs of their document.
fn is_loop(facts: &Facts<'_>, members: &[u32]) -> bool {
    /// The least paragraphs of a loop.
    const LEAST: usize = 10;
    let document = |id: u32| facts.paragraphs[id as usize].document;
    let of_first = members.iter().filter(|&&id| document(id) == document(members[0])).count();
    let all = facts.documents[document(members[0])].paragraphs;
    of_first >= LEAST && 2 * of_first >= all
}

/// A note on paragraphs with the same tokens that are too short for pairs.
fn tiny_note(facts: &Facts<'_>, members: &[u32]) -> Weighed {
    let mut related: Vec<Place> = members.iter().map(|&id| facts.place(ParagraphId(id))).collect();
    let place = related.remove(1);
    let message = places(&what(facts, place.paragraph), members.len(), true);
    let note = facts.note(&place, Rule::ExactDuplicate, Some(Share::new(1, 1)), message, related);
    let level = if is_loop(facts, members) { Level::Warning } else { note.level };
    weighed(facts, Finding { counts: None, level, ..note }, members.len() - 1)
}

fn weighed(facts: &Facts<'_>, note: Finding, copies: usize) -> Weighed {
    let tokens = note.paragraph.map_or(0, |paragraph| facts.paragraphs[paragraph.index()].tokens);
    Weighed::by_measure(note, tokens * copies)
}

/// What to call a paragraph.
fn what(facts: &Facts<'_>, paragraph: ParagraphId) -> String {
    // Two characters of a script without spaces count as one word.
    let tokens = facts.sizes[paragraph.index()].div_ceil(2);
    let words = format!("{tokens} word{}", if tokens == 1 { "" } else { "s" });
    match facts.roles[paragraph.index()] {
        Role::Contents => "a table of contents".to_owned(),
        Role::Heading => format!("a heading or label of {words}"),
        Role::Item => format!("a list item of {words}"),
        Role::Cell => format!("a table cell of {words}"),
        Role::Caption => format!("a caption of {words}"),
        Role::Boilerplate => format!("text around the page of {words}"),
        _ => format!("a short paragraph of {words}"),
    }
}

fn places(what: &str, places: usize, exact: bool) -> String {
    format!("{what} stands in {places} places{}", if exact { "" } else { ", with small differences" })
}
