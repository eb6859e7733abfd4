//! Which candidates become passages: what is covered, merged or dropped is decided here. (Finders may skip
//! work whose result would be dropped here.)
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
use self::found::Found;
use self::occurrences::Occurrences;
use super::candidate::Candidate;
use super::kind::PassageKind;
use super::search::Search;
use super::sequence::Sequence;
use super::stretches::Stretches;
use crate::util::parallel;
use crate::util::progress::Cancelled;

/// The passages that some candidates make, in the order of their making.
pub(super) fn select(search: &Search<'_>, candidates: &[Candidate]) -> Result<Vec<Stretches>, Cancelled> {
    let candidates = by_rank(search, candidates)?;
    let occurrences = Occurrences::new(search, &candidates)?;
    let mut covering = Covering::new(search);
    let mut passages: Vec<Found> = Vec::new();
    for &candidate in &candidates {
        search.watch.poll()?;
        if covering.is_crowded(candidate) || covering.drops(candidate, &passages) {
            continue;
        }
        let found = occurrences.of(candidate, &covering)?;
        // A passage has at least two occurrences.
        if found.occurrences.len() > 1 {
            covering.add(passages.len() as u32, &found)?;
            passages.push(found);
        }
    }
    let mut kept = Vec::new();
    for (number, found) in (0..).zip(&passages) {
        search.watch.poll()?;
        if !covering.is_redundant(number, &passages) {
            kept.push(stretches(search.sequence, found));
        }
    }
    Ok(kept)
}

/// The candidates that are long enough, the heaviest first.
fn by_rank<'c>(search: &Search<'_>, candidates: &'c [Candidate]) -> Result<Vec<&'c Candidate>, Cancelled> {
    let mut long: Vec<(usize, &Candidate)> = Vec::new();
    for (number, candidate) in candidates.iter().enumerate() {
        search.watch.poll()?;
        if is_long(search, candidate)? {
            long.push((number, candidate));
        }
    }
    // An ordered match knows its ends to the token, so it goes before one that is hardly heavier.
    let bonus = search.thresholds.ordered_bonus;
    let rank = |&(number, candidate): &(usize, &Candidate)| {
        let weight = candidate.weight as f64 * if candidate.ordered { bonus } else { 1.0 };
        let length = candidate.matched.len();
        let place = (candidate.matched[0], !candidate.ordered, candidate.sides[1].end, number);
        (Reverse(weight as u64), Reverse(length), place)
    };
    parallel::try_sort_unstable_by_key(&mut long, rank, search.watch)?;
    Ok(long.into_iter().map(|(_, candidate)| candidate).collect())
}

/// Whether as many tokens match as a passage has. In any order numbers have no length, the words have to
/// weigh enough, and two thirds of that many have to be different: a loop matches the same few over and over.
fn is_long(search: &Search<'_>, candidate: &Candidate) -> Result<bool, Cancelled> {
    let (sequence, matched) = (search.sequence, &candidate.matched);
    if candidate.ordered {
        return Ok(search.size(matched) >= search.min_size);
    }
    if candidate.weight < search.weights.least
        || search.size_of_words(matched.iter().map(|&(left, _)| left)) < search.min_size
    {
        return Ok(false);
    }
    let mut words: Vec<(u32, u32)> = matched.iter().map(|&(left, _)| (sequence.stem(left), left)).collect();
    parallel::try_sort_unstable(&mut words, search.watch)?;
    words.dedup_by_key(|&mut (stem, _)| stem);
    let mut places: Vec<u32> = words.into_iter().map(|(_, left)| left).collect();
    parallel::try_sort_unstable(&mut places, search.watch)?;
    Ok(3 * u64::from(search.size_of_words(places.into_iter())) >= 2 * u64::from(search.min_size))
}

fn stretches(sequence: &Sequence, found: &Found) -> Stretches {
    let Found { ordered, weight, ref occurrences } = *found;
    let first = sequence.written(&occurrences[0].places);
    let verbatim = occurrences.iter().all(|occurrence| sequence.written(&occurrence.places) == first);
    let tokens = occurrences.iter().map(|occurrence| occurrence.matched).min().unwrap_or(0);
    let all = u64::from(sequence.size(occurrences[0].places.clone()));
    let size = (all * u64::from(tokens)).div_ceil(occurrences[0].places.len().max(1) as u64);
    Stretches {
        kind: match (verbatim, ordered) {
            (true, _) => PassageKind::Verbatim,
            (_, true) => PassageKind::Edited,
            (_, false) => PassageKind::Reworded,
        },
        weight,
        tokens,
        size: size as u32,
        occurrences: occurrences.iter().map(|occurrence| occurrence.places.clone()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::*;
    use crate::passage::thresholds::PassageThresholds;
    use crate::set::hash::mix;
    use crate::util::progress::Watch;

    /// A sequence of ten words over and over in one paragraph, 20 a sentence.
    fn sequence(words: u64) -> Sequence {
        let mut sequence = Sequence::default();
        (0..words).for_each(|place| sequence.push(mix(place), mix(place % 10), false, place % 20 == 19));
        sequence.end_paragraph();
        sequence.end_document();
        sequence
    }

    /// Two stretches of equal length that match word by word.
    fn ordered(left: Range<u32>, right: u32, weight: u64) -> Candidate {
        let matched: Vec<(u32, u32)> = left.clone().zip(right..).collect();
        let right = right..right + left.len() as u32;
        Candidate { sides: [left, right], matched: matched.into(), ordered: true, weight }
    }

    /// The same of stretches whose words match in any order.
    fn reworded(left: Range<u32>, right: u32, weight: u64) -> Candidate {
        Candidate { ordered: false, ..ordered(left, right, weight) }
    }

    /// The occurrences of the passages that some candidates make, where a passage has at least 4 tokens.
    fn selected(candidates: &[Candidate]) -> Vec<Vec<Range<u32>>> {
        let sequence = sequence(400);
        let search = Search::new(&sequence, PassageThresholds::default(), 8, Watch::none()).unwrap();
        let passages = select(&search, candidates).unwrap();
        passages.into_iter().map(|passage| passage.occurrences).collect()
    }

    #[test]
    fn every_candidate_that_nothing_covers_makes_a_passage() {
        assert!(selected(&[]).is_empty());
        let found = selected(&[ordered(0..10, 50, 1000), reworded(20..40, 80, 5000)]);
        assert_eq!(found, [[20..40, 80..100], [0..10, 50..60]]);
    }

    #[test]
    fn what_a_passage_covers_on_both_sides_is_dropped() {
        let whole = ordered(0..20, 100, 9000);
        for inner in [ordered(2..10, 102, 3000), reworded(5..15, 104, 3000), ordered(1..20, 101, 8000)] {
            assert_eq!(selected(&[inner, whole.clone()]), [[0..20, 100..120]]);
        }
    }

    #[test]
    fn what_a_passage_leaves_out_by_half_a_passage_is_not_covered() {
        // Of 12 tokens two lie outside; with 4 tokens a passage that is half of one.
        let found = selected(&[ordered(0..20, 100, 9000), ordered(10..22, 110, 5000)]);
        assert_eq!(found, [[0..20, 100..120], [10..22, 110..122]]);
        let found = selected(&[ordered(0..20, 100, 9000), ordered(10..21, 110, 5000)]);
        assert_eq!(found, [[0..20, 100..120]]);
    }

    #[test]
    fn a_part_that_also_stands_elsewhere_is_a_passage_of_its_own() {
        let found = selected(&[ordered(0..20, 100, 9000), ordered(5..12, 200, 3000)]);
        assert_eq!(found[0], [0..20, 100..120]);
        assert_eq!(found[1], [5..12, 105..112, 200..207], "with its place in the longer passage");
    }

    #[test]
    fn what_stands_in_many_places_is_one_passage() {
        let found =
            selected(&[ordered(0..10, 50, 4000), ordered(50..60, 90, 4000), ordered(90..100, 150, 4000)]);
        assert_eq!(found, [[0..10, 50..60, 90..100, 150..160]]);
        let found = selected(&[reworded(0..10, 50, 4000), reworded(50..60, 90, 4000)]);
        assert_eq!(found, [[0..10, 50..60, 90..100]]);
    }

    #[test]
    fn a_reworded_stretch_in_the_place_of_a_heavier_one_weighs_enough_or_goes() {
        let heavy = reworded(0..30, 100, 9000);
        assert_eq!(selected(&[heavy.clone(), reworded(0..10, 200, 5000)]), [[0..30, 100..130]]);
        assert_eq!(
            selected(&[heavy.clone(), reworded(0..10, 200, 6000)]),
            [[0..30, 100..130], [0..10, 200..210]]
        );
        // It has to have a place of its own on the other side.
        assert_eq!(selected(&[heavy, reworded(0..10, 125, 8000)]), [[0..30, 100..130]]);
    }

    #[test]
    fn an_ordered_match_goes_before_one_that_is_hardly_heavier() {
        let (exact, loose) = (ordered(5..20, 105, 8000), reworded(4..20, 104, 9000));
        assert_eq!(selected(&[loose, exact]), [[5..20, 105..120]]);
        let (exact, loose) = (ordered(5..12, 105, 4000), reworded(0..20, 100, 9000));
        assert_eq!(selected(&[loose, exact]), [[0..20, 100..120]]);
    }
}
