//! Pairs of places that may begin to match.

use std::ops::Range;

use crate::evidence::sequence::Sequence;
use crate::evidence::weights::Weights;
use crate::parallel;
use crate::set::hash;

/// A telling token is paired with so many telling tokens after it,
const PARTNERS: usize = 3;
/// no farther away than this, so that up to two tokens may be put in or left out between them.
const REACH: u32 = 5;
/// Runs of so many tokens link the places that have most in common, however frequent their pairs.
const RUN: usize = 8;

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
/// everything repeats; what stands at three places or more is linked in a chain. Between the two
/// places of a link there is room for a passage of `min_size`.
pub(super) fn links(sequence: &Sequence, weights: &Weights, min_size: u32) -> Vec<Link> {
    let seeds = parallel::map_ranges(sequence.paragraph_ends.len(), 64, |range| {
        let mut seeds = Vec::new();
        for paragraph in range {
            plant(sequence, weights, sequence.places(paragraph), &mut seeds);
        }
        seeds
    });
    let mut seeds: Vec<Seed> = seeds.concat();
    parallel::sort_unstable(&mut seeds);
    let apart = |left: &Seed, right: &Seed| {
        let room = min_size.div_ceil(sequence.size(left.start));
        left.end.max(left.start.saturating_add(room)) <= right.start
    };
    let mut links = Vec::new();
    for same in seeds.chunk_by(|a, b| a.hash == b.hash) {
        let mut last = 0;
        for right in same {
            while same.get(last + 1).is_some_and(|later| apart(later, right)) {
                last += 1;
            }
            if apart(&same[last], right) {
                links.push(Link { right: right.start, left: same[last].start });
            }
        }
    }
    drop(seeds);
    parallel::sort_unstable(&mut links);
    links.dedup();
    links
}

/// The places `start..end` of a seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Seed {
    hash: u64,
    start: u32,
    end: u32,
}

/// Adds the seeds of one paragraph.
fn plant(sequence: &Sequence, weights: &Weights, places: Range<u32>, seeds: &mut Vec<Seed>) {
    let telling = |place: &u32| weights.of(sequence.key(*place)) > 0;
    for start in places.clone() {
        if telling(&start) {
            let near = start + 1..places.end.min(start + 1 + REACH);
            for partner in near.filter(telling).take(PARTNERS) {
                let pair = u64::from(sequence.key(start)) << 32 | u64::from(sequence.key(partner));
                seeds.push(Seed { hash: hash::mix(pair), start, end: partner + 1 });
            }
        }
        let run = &sequence.keys[start as usize..places.end as usize];
        if let Some(run) = run.get(..RUN) {
            let mixed = run.iter().fold(0, |h, &key| hash::mix(h ^ u64::from(key)));
            seeds.push(Seed { hash: mixed, start, end: start + RUN as u32 });
        }
    }
}
