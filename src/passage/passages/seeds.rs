//! Pairs of places that may begin to match.

use std::ops::Range;

use crate::passage::sequence::Sequence;
use crate::passage::weights::Weights;
use crate::set::hash;
use crate::util::parallel;
use crate::util::sort::sort_keyed;

/// A telling token is paired with so many telling tokens after it,
const PARTNERS: usize = 3;
/// no farther away than this, so that up to two tokens may be put in or left out between them.
const REACH: u32 = 5;
/// Runs of so many tokens link the places that have most in common, however common their words.
pub(super) const RUN: usize = 8;

/// Two places that hold the same token, the first of a seed that stands at both. `left` is less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Link {
    pub(super) right: u32,
    pub(super) left: u32,
}

/// Links each seed to the last place where the same seed stood, in order of place.
///
/// A seed is an ordered pair of telling tokens close together, or a run of tokens. There are at
/// most four a token, and each is linked once, so the links are linear in the text even where
/// everything repeats; what stands at three places or more is linked in a chain.
pub(super) fn links(sequence: &Sequence, weights: &Weights, min_size: u32) -> Vec<Link> {
    let seeds = parallel::map_ranges(sequence.paragraph_ends.len(), 64, |range| {
        let mut seeds = Seeds::default();
        for paragraph in range {
            seeds.plant(sequence, weights, sequence.places(paragraph));
        }
        seeds
    });
    let (pairs, runs): (Vec<_>, Vec<_>) = seeds.into_iter().map(|seeds| (seeds.pairs, seeds.runs)).unzip();
    let mut links = Vec::new();
    chain(sequence, min_size, pairs.concat(), &mut links);
    chain(sequence, min_size, runs.concat(), &mut links);
    // Keys are shorter than seeds, so some meet by chance.
    links.retain(|link| sequence.key(link.left) == sequence.key(link.right));
    parallel::sort_unstable(&mut links);
    links.dedup();
    links
}

/// Adds a link from each seed to the last one like it that leaves room for a passage between.
fn chain(sequence: &Sequence, min_size: u32, mut seeds: Vec<u64>, links: &mut Vec<Link>) {
    let apart = |left: u32, right: u32| {
        u64::from(left) + u64::from(min_size.div_ceil(sequence.size(left))) <= u64::from(right)
    };
    sort_keyed(&mut seeds, &mut Vec::new());
    for same in seeds.chunk_by(same_seed) {
        let mut last = 0;
        for right in same.iter().map(place) {
            while same.get(last + 1).is_some_and(|later| apart(place(later), right)) {
                last += 1;
            }
            let left = place(&same[last]);
            if apart(left, right) {
                links.push(Link { right, left });
            }
        }
    }
}

/// Seeds as the upper half of a hash of theirs, and the place where they begin in the lower half.
#[derive(Default)]
struct Seeds {
    pairs: Vec<u64>,
    runs: Vec<u64>,
}

/// The place of a seed.
fn place(seed: &u64) -> u32 {
    *seed as u32
}

fn same_seed(a: &u64, b: &u64) -> bool {
    a >> 32 == b >> 32
}

impl Seeds {
    /// Adds the seeds of one paragraph.
    fn plant(&mut self, sequence: &Sequence, weights: &Weights, places: Range<u32>) {
        let telling = |place: &u32| weights.of(sequence.key(*place)) > 0;
        let seed = |hash: u64, place: u32| hash >> 32 << 32 | u64::from(place);
        for start in places.clone() {
            if telling(&start) {
                let near = start + 1..places.end.min(start + 1 + REACH);
                for partner in near.filter(telling).take(PARTNERS) {
                    let pair = u64::from(sequence.key(start)) << 32 | u64::from(sequence.key(partner));
                    self.pairs.push(seed(hash::mix(pair), start));
                }
            }
            let run = &sequence.keys[start as usize..places.end as usize];
            if let Some(run) = run.get(..RUN) {
                let mixed = run.iter().fold(0, |h, &key| hash::mix(h ^ u64::from(key)));
                self.runs.push(seed(mixed, start));
            }
        }
    }
}
