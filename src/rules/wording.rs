//! What messages have in common.

use super::facts::Facts;
use crate::passage::PassageKind;
use crate::report::{ParagraphSummary, Place};

/// "a passage of 4 words".
pub(super) fn passage_of(tokens: usize) -> String {
    format!("a passage of {tokens} word{}", if tokens == 1 { "" } else { "s" })
}

/// How the occurrences of a passage are alike, to append to a message.
pub(super) fn how(kind: PassageKind) -> &'static str {
    match kind {
        PassageKind::Verbatim => "",
        PassageKind::Edited => ", edited",
        PassageKind::Reworded => ", reworded",
    }
}

/// How `paragraph` refers to a place: "line 3", or "a.txt:3" in another document.
pub(super) fn name(facts: &Facts<'_>, paragraph: &ParagraphSummary, place: &Place) -> String {
    if place.document == paragraph.document {
        format!("line {}", place.line)
    } else {
        format!("{}:{}", facts.documents[place.document].name, place.line)
    }
}

/// "line 1", "lines 1 and 3", "lines 1, 3 and 5" of the paragraph's document; with places in others,
/// "line 3, a.txt:1 and b.txt:5".
pub(super) fn names(facts: &Facts<'_>, paragraph: &ParagraphSummary, places: &[Place]) -> String {
    let mut places: Vec<&Place> = places.iter().collect();
    // Places on one line keep their order.
    places.sort_by_key(|place| (place.document != paragraph.document, place.document, place.line));
    if places.len() > 1 && places.iter().all(|place| place.document == paragraph.document) {
        let lines: Vec<String> = places.iter().map(|place| place.line.to_string()).collect();
        return format!("lines {}", list(&lines));
    }
    list(&places.iter().map(|place| name(facts, paragraph, place)).collect::<Vec<_>>())
}

/// "a", "a and b", "a, b and c".
fn list(words: &[String]) -> String {
    match words {
        [front @ .., last] if !front.is_empty() => format!("{} and {last}", front.join(", ")),
        _ => words.concat(),
    }
}
