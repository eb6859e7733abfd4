//! Pairs of places that may begin to match.

use std::ops::Range;

use super::gap::GAP;
use crate::passage::search::Search;
use crate::passage::thresholds::limits::SEED_PARTNERS;
use crate::set::hash;
use crate::util::parallel;
use crate::util::progress::{Cancelled, Watch};
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

/// What may begin to match: ordered pairs of informative tokens close together, and runs of tokens. There
/// are at most four for each token.
///
/// Each is the upper half of a hash, and the place where it begins in the lower half; ascending. Most of
/// those that come only once are left out.
#[derive(Debug, Default)]
pub(in crate::passage) struct Seeds {
    pairs: Vec<u64>,
    runs: Vec<u64>,
}

/// Links each seed to the last place where the same seed stood, in order of place.
///
/// Each is linked once, so the links are linear in the text even where everything repeats. What stands at
/// three places or more is linked in a chain.
pub(super) fn links(search: &Search<'_>, seeds: &Seeds) -> Result<Vec<Link>, Cancelled> {
    let mut links = Vec::new();
    chain(search, &seeds.pairs, &mut links)?;
    chain(search, &seeds.runs, &mut links)?;
    parallel::try_sort_unstable(&mut links, search.watch)?;
    links.dedup();
    Ok(links)
}

/// Adds a link from each seed to the last one like it that leaves room for a passage between them.
fn chain(search: &Search<'_>, seeds: &[u64], links: &mut Vec<Link>) -> Result<(), Cancelled> {
    let sequence = search.sequence;
    let apart = |left: u32, right: u32| {
        let room = search.min_size.div_ceil(sequence.token_size(left));
        u64::from(left) + u64::from(room) <= u64::from(right)
    };
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

/// The place of a seed.
fn place(seed: &u64) -> u32 {
    *seed as u32
}

impl Seeds {
    pub(super) fn new(search: &Search<'_>) -> Result<Self, Cancelled> {
        let sequence = search.sequence;
        let seeds = parallel::try_map_ranges(sequence.paragraph_ends.len(), 64, |range| {
            let mut seeds = Self::default();
            for paragraph in range {
                seeds.add_paragraph(search, sequence.paragraph(paragraph))?;
            }
            Ok(seeds)
        })?;
        let (pairs, runs): (Vec<_>, Vec<_>) =
            seeds.into_iter().map(|seeds| (seeds.pairs, seeds.runs)).unzip();
        let sorted = |seeds: Vec<Vec<u64>>| {
            let mut seeds = parallel::try_concat(seeds, search.watch)?;
            drop_single(&mut seeds, search.watch)?;
            sort_keyed(&mut seeds, &mut Vec::new(), search.watch)?;
            Ok(seeds)
        };
        Ok(Self { pairs: sorted(pairs)?, runs: sorted(runs)? })
    }

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

/// Drops most of the seeds that come only once, so that they need not be sorted.
fn drop_single(seeds: &mut Vec<u64>, watch: Watch<'_>) -> Result<(), Cancelled> {
    let bits = (2 * seeds.len()).next_power_of_two().ilog2().max(1);
    let slot = |seed: u64| (seed >> (u64::BITS - bits)) as usize;
    // How many seeds share each slot, where more than two are two.
    let mut counts = vec![0_u8; 1 << bits];
    for (at, &seed) in seeds.iter().enumerate() {
        watch.poll_at(at)?;
        let count = &mut counts[slot(seed)];
        *count = 2.min(*count + 1);
    }
    let mut kept = 0;
    for at in 0..seeds.len() {
        watch.poll_at(at)?;
        seeds[kept] = seeds[at];
        kept += usize::from(counts[slot(seeds[at])] > 1);
    }
    seeds.truncate(kept);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::passage::sequence::Sequence;
    use crate::passage::thresholds::PassageThresholds;
    use crate::set::hash::mix;

    fn links_of(words: &[u64], min_size: u32) -> Vec<(u32, u32)> {
        let mut sequence = Sequence::default();
        words.iter().for_each(|&word| sequence.push(mix(word), mix(word), false, false));
        sequence.end_paragraph();
        sequence.end_document();
        let search = Search::new(&sequence, PassageThresholds::default(), min_size, Watch::none()).unwrap();
        links(&search, &Seeds::new(&search).unwrap())
            .unwrap()
            .iter()
            .map(|link| (link.left, link.right))
            .collect()
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

    #[test]
    fn what_comes_twice_is_not_dropped() {
        for count in [0, 1, 2, 100, 5000] {
            let once = (0..count).map(mix);
            let twice = (count..count + count / 3).map(mix);
            let mut seeds: Vec<u64> = once.chain(twice.clone()).chain(twice.clone()).collect();
            let all = seeds.len();
            drop_single(&mut seeds, Watch::none()).unwrap();
            for seed in twice {
                assert_eq!(seeds.iter().filter(|&&other| other == seed).count(), 2);
            }
            assert!(seeds.len() <= all - count as usize / 3, "{} of {all}", seeds.len());
        }
    }
}
