//! Pairs of units that may say the same.

use super::pairing::{Pairing, Scratch};
use crate::passage::thresholds::limits::POSTINGS;
use crate::util::parallel;
use crate::util::progress::Cancelled;

/// The pairs of a unit of each side whose vectors of weighted counts have a cosine above the threshold,
/// ascending.
pub(super) fn alike(pairing: &Pairing<'_>, scratch: &mut Scratch) -> Result<Vec<(u32, u32)>, Cancelled> {
    let (units, weights) = (pairing.units, &pairing.search.weights);
    let least = pairing.search.thresholds.seed_cosine;
    let weigh = |&(stem, times): &(u32, u32)| u64::from(times) * weights.rarity(stem);
    let mut pairs = Vec::new();
    let counts = &mut scratch.counts;
    let mut current = None;
    for (left, right) in sharing_rare_stems(pairing)? {
        pairing.search.watch.poll()?;
        if current != Some(left) {
            if let Some(last) = current.replace(left) {
                units.stems(last as usize).for_each(|stem| counts[stem as usize] = 0);
            }
            units.bag(left as usize).iter().for_each(|entry| counts[entry.0 as usize] = weigh(entry));
        }
        let bag = units.bag(right as usize);
        let dot: u64 = bag.iter().map(|entry| counts[entry.0 as usize] * weigh(entry)).sum();
        if dot as f64 > least * units.norm(left as usize) * units.norm(right as usize) {
            pairs.push((left, right));
        }
    }
    if let Some(last) = current {
        units.stems(last as usize).for_each(|stem| counts[stem as usize] = 0);
    }
    Ok(pairs)
}

/// The pairs of a unit of each side, or of two of the only document, that share one of the rarest stems
/// of either that the other side has, ascending.
pub(super) fn sharing_rare_stems(pairing: &Pairing<'_>) -> Result<Vec<(u32, u32)>, Cancelled> {
    let (units, watch) = (pairing.units, pairing.search.watch);
    let one_document = pairing.is_one_document();
    let rarest = pairing.search.thresholds.rare_stems as usize;
    let mut pairs = Vec::new();
    for side in 0..if one_document { 1 } else { 2 } {
        for unit in pairing.sides[side].clone() {
            watch.poll()?;
            let mut known = 0;
            for (number, &stem) in units.rarest(unit).iter().enumerate() {
                watch.poll_at(number)?;
                let others = units.with_stem(stem, &pairing.sides[1 - side]);
                // The unit itself is among those of its own document.
                if others.len() <= usize::from(one_document) {
                    continue;
                }
                if others.len() <= POSTINGS {
                    let unit = unit as u32;
                    let ordered = others.iter().map(|&other| (unit.min(other), unit.max(other)));
                    pairs.extend(ordered.filter(|(left, right)| left < right));
                }
                known += 1;
                if known == rarest {
                    break;
                }
            }
        }
    }
    parallel::try_sort_unstable(&mut pairs, watch)?;
    pairs.dedup();
    Ok(pairs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::passage::search::Search;
    use crate::passage::sequence::Sequence;
    use crate::passage::thresholds::PassageThresholds;
    use crate::passage::units::Units;
    use crate::set::hash::mix;
    use crate::util::progress::Watch;

    /// Documents of sentences of words; each sentence is a paragraph, too.
    fn sequence(documents: &[&[&[u64]]]) -> Sequence {
        let mut sequence = Sequence::default();
        for document in documents {
            for sentence in *document {
                sentence.iter().for_each(|&word| sequence.push(mix(word), mix(word), false, false));
                sequence.end_paragraph();
            }
            sequence.end_document();
        }
        sequence
    }

    #[test]
    fn sentences_are_alike_if_most_of_their_weight_is_shared() {
        let left: &[&[u64]] = &[&[1, 2, 3, 4], &[5, 6, 7, 8]];
        let right: &[&[u64]] = &[&[20, 21, 22, 8], &[4, 3, 2, 30], &[40, 41, 42, 43]];
        let sequence = sequence(&[left, right]);
        let search = Search::new(&sequence, PassageThresholds::default(), 8, Watch::none()).unwrap();
        let pairing = Pairing::between(&search, [0, 1]).unwrap().unwrap();
        assert_eq!(sharing_rare_stems(&pairing).unwrap(), [(0, 3), (1, 2)]);
        let mut scratch = Scratch::new(&search);
        assert_eq!(alike(&pairing, &mut scratch).unwrap(), [(0, 3)]);
        assert!(scratch.counts.iter().all(|&count| count == 0));
    }

    #[test]
    fn inside_one_document_every_two_paragraphs_are_a_pair_once() {
        let sequence = sequence(&[&[&[1, 2, 3], &[1, 2, 9], &[5, 6, 7], &[1, 2, 3]]]);
        let search = Search::new(&sequence, PassageThresholds::default(), 8, Watch::none()).unwrap();
        let units = Units::new(&sequence, &search.weights, &sequence.paragraph_ends, Watch::none()).unwrap();
        let pairing = Pairing::within(&search, &units);
        assert_eq!(sharing_rare_stems(&pairing).unwrap(), [(0, 1), (0, 3), (1, 3)]);
    }
}
