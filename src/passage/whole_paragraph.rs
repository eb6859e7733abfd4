//! Whole paragraphs that two documents share, although their words are common; and equal documents.

use std::ops::Range;

use super::kind::PassageKind;
use super::search::Search;
use super::stretches::Stretches;
use crate::util::parallel;
use crate::util::place_set::PlaceSet;
use crate::util::progress::Cancelled;

/// The paragraphs that stand in several documents word for word, without those all of whose copies lie
/// in `passages`, which stand in several documents. They are as long as a passage, and weigh what one inside
/// a document weighs: a run of words that fills a paragraph in both documents is hardly a turn of speech.
///
/// Two documents with the same tokens are one passage, if `passages` do not cover them. No length and no
/// weight is asked of it.
pub(super) fn across(search: &Search<'_>, passages: &[Stretches]) -> Result<Vec<Stretches>, Cancelled> {
    let sequence = search.sequence;
    let as_index = |places: &Range<u32>| places.start as usize..places.end as usize;
    let shared =
        PlaceSet::new(sequence.len(), passages.iter().flat_map(|passage| &passage.occurrences).map(as_index));
    if sequence.documents() == 2 {
        let [left, right] = [0, 1].map(|document| sequence.document(document));
        if !left.is_empty() && sequence.written(&left) == sequence.written(&right) {
            let whole = [left, right];
            let covered = whole.iter().all(|places| shared.contains_all(as_index(places)));
            return Ok(if covered { Vec::new() } else { vec![passage(search, whole.into())] });
        }
    }
    let mut paragraphs: Vec<usize> = (0..sequence.paragraph_ends.len()).collect();
    let identity = |&paragraph: &usize| (sequence.identity(paragraph), paragraph);
    parallel::try_sort_unstable_by_key(&mut paragraphs, identity, search.watch)?;
    let copies = paragraphs.chunk_by(|&a, &b| sequence.identity(a) == sequence.identity(b));
    let copies =
        copies.map(|copies| copies.iter().map(|&copy| sequence.paragraph(copy)).collect::<Vec<Range<u32>>>());
    let new = copies.filter(|occurrences| {
        sequence.are_in_several_documents(occurrences)
            && search.size_of_words(occurrences[0].clone()) >= search.min_size
            && !occurrences.iter().all(|places| shared.contains_all(as_index(places)))
    });
    let mut found = Vec::new();
    for occurrences in new {
        search.watch.poll()?;
        let passage = passage(search, occurrences);
        if passage.weight >= search.weights.least {
            found.push(passage);
        }
    }
    Ok(found)
}

fn passage(search: &Search<'_>, occurrences: Vec<Range<u32>>) -> Stretches {
    let weight = |place: u32| search.weights.informative(search.sequence.stem(place));
    Stretches {
        kind: PassageKind::Verbatim,
        weight: occurrences[0].clone().map(weight).sum(),
        tokens: occurrences[0].len() as u32,
        size: search.sequence.size(occurrences[0].clone()),
        occurrences,
    }
}
