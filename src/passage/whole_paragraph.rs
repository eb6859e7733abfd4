//! Whole paragraphs that two documents share, however short they are.

use std::ops::Range;

use super::kind::PassageKind;
use super::search::Search;
use super::stretches::Stretches;
use crate::util::parallel;
use crate::util::place_set::PlaceSet;
use crate::util::progress::Cancelled;

/// The paragraphs that stand in several documents word for word, without those all of whose copies lie
/// in `passages`, which stand in several documents. No length and no weight is asked of them.
pub(super) fn across(search: &Search<'_>, passages: &[Stretches]) -> Result<Vec<Stretches>, Cancelled> {
    let sequence = search.sequence;
    let as_index = |places: &Range<u32>| places.start as usize..places.end as usize;
    let shared =
        PlaceSet::new(sequence.len(), passages.iter().flat_map(|passage| &passage.occurrences).map(as_index));
    let mut paragraphs: Vec<usize> = (0..sequence.paragraph_ends.len()).collect();
    let identity = |&paragraph: &usize| (sequence.identity(paragraph), paragraph);
    parallel::try_sort_unstable_by_key(&mut paragraphs, identity, search.watch)?;
    let copies = paragraphs.chunk_by(|&a, &b| sequence.identity(a) == sequence.identity(b));
    let copies =
        copies.map(|copies| copies.iter().map(|&copy| sequence.paragraph(copy)).collect::<Vec<Range<u32>>>());
    let new = copies.filter(|occurrences| {
        sequence.are_in_several_documents(occurrences)
            && !occurrences.iter().all(|places| shared.contains_all(as_index(places)))
    });
    let passage = |occurrences: Vec<Range<u32>>| Stretches {
        kind: PassageKind::Verbatim,
        weight: occurrences[0].clone().map(|place| search.weights.informative(sequence.stem(place))).sum(),
        tokens: occurrences[0].len() as u32,
        occurrences,
    };
    new.map(|occurrences| {
        search.watch.poll()?;
        Ok(passage(occurrences))
    })
    .collect()
}
