//! Verbatim stretches with unlike text between them, which together look reworded.

use std::collections::HashMap;
use std::ops::Range;

use super::candidate::Candidate;
use super::matches::matches;
use super::reworded;
use super::search::Search;
use super::weights::share;
use crate::set::hash;
use crate::util::hash_table::PrehashedBuildHasher;
use crate::util::progress::Cancelled;

/// A frame has at least this many tokens.
const FRAME: usize = 5;

/// Two stretches with the same tokens.
type Frame = [Range<u32>; 2];

/// Cuts the reworded candidates of two documents where two verbatim stretches frame text that has nothing in
/// common: they follow each other on both sides, with as much as a passage between them on either side. Pages
/// made from one template would otherwise be rewordings of each other.
pub(super) fn cut(search: &Search<'_>, reworded: Vec<Candidate>) -> Result<Vec<Candidate>, Cancelled> {
    let mut pieces = Vec::new();
    for candidate in reworded {
        let [left, right] = &candidate.sides;
        let (mut start, mut last): ([u32; 2], Option<Frame>) = ([left.start, right.start], None);
        let mut parts = Vec::new();
        for frame in frames(search, &candidate.sides)? {
            search.watch.poll()?;
            let Some(before) = &last else {
                last = Some(frame);
                continue;
            };
            if (0..2).all(|side| before[side].end <= frame[side].start) {
                let gap = [0, 1].map(|side| before[side].end..frame[side].start);
                if is_unlike(search, &candidate, &gap)? {
                    parts.push([0, 1].map(|side| start[side]..before[side].end));
                    start = [frame[0].start, frame[1].start];
                }
                last = Some(frame);
            }
        }
        if parts.is_empty() {
            pieces.push(candidate);
            continue;
        }
        parts.push([start[0]..left.end, start[1]..right.end]);
        for part in parts {
            pieces.push(reworded::candidate(search, part)?);
        }
    }
    Ok(pieces)
}

/// The verbatim stretches of two sides, by their places on the left. What one side repeats is taken from its
/// first place on the left; no place on the right is in two of them.
fn frames(search: &Search<'_>, [left, right]: &[Range<u32>; 2]) -> Result<Vec<Frame>, Cancelled> {
    let keys = |places: &Range<u32>| &search.sequence.keys[places.start as usize..places.end as usize];
    let (on_left, on_right) = (keys(left), keys(right));
    let hash = |run: &[u32]| run.iter().fold(0, |h, &key| hash::mix(h ^ u64::from(key)));
    let mut places: HashMap<u64, usize, PrehashedBuildHasher> = HashMap::default();
    for (at, run) in on_left.windows(FRAME).enumerate() {
        search.watch.poll_at(at)?;
        places.entry(hash(run)).or_insert(at);
    }
    let mut frames = Vec::new();
    let mut at = 0;
    while let Some(run) = on_right.get(at..at + FRAME) {
        search.watch.poll_at(at)?;
        let from = places.get(&hash(run)).copied().unwrap_or(on_left.len());
        let length = on_left[from..].iter().zip(&on_right[at..]).take_while(|(a, b)| a == b).count();
        if length >= FRAME {
            let frame = |start: u32, at: usize| start + at as u32..start + (at + length) as u32;
            frames.push([frame(left.start, from), frame(right.start, at)]);
        }
        at += length.max(1);
    }
    frames.sort_unstable_by_key(|[left, right]| (left.start, right.start));
    Ok(frames)
}

/// Whether what lies between two frames is long enough on both sides, and hardly any of it matches the
/// other side of the candidate: sentences in another order have matches, though not between the same frames.
fn is_unlike(search: &Search<'_>, candidate: &Candidate, gap: &[Range<u32>; 2]) -> Result<bool, Cancelled> {
    let sequence = search.sequence;
    if gap.iter().any(|gap| sequence.size(gap.clone()) < search.min_size) {
        return Ok(false);
    }
    let rarity = |place: u32| search.weights.rarity(sequence.stem(place));
    for (own, other) in [(&gap[0], &candidate.sides[1]), (&gap[1], &candidate.sides[0])] {
        let matched = matches(sequence, own, other, search.watch)?;
        let matched: u64 = matched.iter().map(|&(place, _)| rarity(place)).sum();
        if share(matched, own.clone().map(rarity).sum()) >= search.thresholds.nearly_unlike {
            return Ok(false);
        }
    }
    Ok(true)
}
