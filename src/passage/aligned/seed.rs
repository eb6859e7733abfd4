//! Pairs of places that may begin to match.

use std::ops::Range;

use super::gap::GAP;
use crate::passage::search::Search;
use crate::passage::thresholds::limits::SEED_PARTNERS;
use crate::set::hash;
use crate::util::parallel;
use crate::util::progress::Cancelled;
use crate::util::sort::sort_keyed;

/// An informative token is paired with informative tokens at most this far behind it, so that a gap may
/// lie on either side of a token between them.
const REACH: u32 = 2 * GAP + 1;

/// Two places that have the same token, the first one of a seed that stands at both. `left` is less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Link {
    pub(super) right: u32,
    pub(super) left: u32,
}

/// Links each seed to the last place where the same seed stood, in order of place.
///
/// A seed is an ordered pair of informative tokens close together, or a run of tokens. There are at
/// most four for each token and each is linked once, so the links are linear in the text even where
/// everything repeats. What stands at three places or more is linked in a chain.
pub(super) fn links(search: &Search<'_>) -> Result<Vec<Link>, Cancelled> {
    let sequence = search.sequence;
    let seeds = parallel::try_map_ranges(sequence.paragraph_ends.len(), 64, |range| {
        let mut seeds = Seeds::default();
        for paragraph in range {
            seeds.add_paragraph(search, sequence.paragraph(paragraph))?;
        }
        Ok(seeds)
    })?;
    let (pairs, runs): (Vec<_>, Vec<_>) = seeds.into_iter().map(|seeds| (seeds.pairs, seeds.runs)).unzip();
    let mut links = Vec::new();
    chain(search, parallel::try_concat(pairs, search.watch)?, &mut links)?;
    chain(search, parallel::try_concat(runs, search.watch)?, &mut links)?;
    parallel::try_sort_unstable(&mut links, search.watch)?;
    links.dedup();
    Ok(links)
}

/// Adds a link from each seed to the last one like it that leaves room for a passage between them.
fn chain(search: &Search<'_>, mut seeds: Vec<u64>, links: &mut Vec<Link>) -> Result<(), Cancelled> {
    let sequence = search.sequence;
    let apart = |left: u32, right: u32| {
        let room = search.min_size.div_ceil(sequence.token_size(left));
        u64::from(left) + u64::from(room) <= u64::from(right)
    };
    sort_keyed(&mut seeds, &mut Vec::new(), search.watch)?;
    let mut step = 0;
    for same in seeds.chunk_by(|a, b| a >> 32 == b >> 32) {
        let mut last = 0;
        for right in same.iter().map(place) {
            search.watch.poll_at(step)?;
            step += 1;
            while same.get(last + 1).is_some_and(|later| apart(place(later), right)) {
                last += 1;
            }
            let left = place(&same[last]);
            // Only half of a hash is compared, so some seeds are the same by chance.
            if apart(left, right) && sequence.key(left) == sequence.key(right) {
                links.push(Link { right, left });
            }
        }
    }
    Ok(())
}

/// Each seed as the upper half of a hash, and the place where it begins in the lower half.
#[derive(Default)]
struct Seeds {
    pairs: Vec<u64>,
    runs: Vec<u64>,
}

/// The place of a seed.
fn place(seed: &u64) -> u32 {
    *seed as u32
}

impl Seeds {
    fn add_paragraph(&mut self, search: &Search<'_>, places: Range<u32>) -> Result<(), Cancelled> {
        let sequence = search.sequence;
        let run = search.thresholds.seed_run as usize;
        let seed = |hash: u64, place: u32| hash >> 32 << 32 | u64::from(place);
        for start in places.clone() {
            search.watch.poll_at(start as usize)?;
            if search.is_informative(start) {
                let near = start + 1..places.end.min(start + 1 + REACH);
                for partner in near.filter(|&near| search.is_informative(near)).take(SEED_PARTNERS) {
                    let pair = u64::from(sequence.key(start)) << 32 | u64::from(sequence.key(partner));
                    self.pairs.push(seed(hash::mix(pair), start));
                }
            }
            let rest = &sequence.keys[start as usize..places.end as usize];
            if let Some(run) = rest.get(..run) {
                let mixed = run.iter().fold(0, |h, &key| hash::mix(h ^ u64::from(key)));
                self.runs.push(seed(mixed, start));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::passage::sequence::Sequence;
    use crate::passage::thresholds::PassageThresholds;
    use crate::set::hash::mix;
    use crate::util::progress::Watch;

    fn links_of(words: &[u64], min_size: u32) -> Vec<(u32, u32)> {
        let mut sequence = Sequence::default();
        words.iter().for_each(|&word| sequence.push(mix(word), mix(word), false, false));
        sequence.end_paragraph();
        sequence.end_document();
        let search = Search::new(&sequence, PassageThresholds::default(), min_size, Watch::none()).unwrap();
        links(&search).unwrap().iter().map(|link| (link.left, link.right)).collect()
    }

    #[test]
    fn a_seed_is_linked_to_the_last_one_like_it() {
        // "1 2" stands at 0, 4 and 8, "2 1" at 1 and 5.
        let words = [1, 2, 90, 91, 1, 2, 92, 93, 1, 2];
        assert_eq!(links_of(&words, 4), [(0, 4), (1, 5), (4, 8)]);
        // A passage of six tokens leaves no room between neighbours.
        assert_eq!(links_of(&words, 12), [(0, 8)]);
    }

    #[test]
    fn what_stands_once_is_linked_to_nothing() {
        assert!(links_of(&(0..50).collect::<Vec<_>>(), 4).is_empty());
    }
}
