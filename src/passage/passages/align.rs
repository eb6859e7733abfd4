//! From two places to two stretches that match, as long as they go.

use std::collections::HashSet;

use super::seeds::{Link, RUN};
use crate::passage::sequence::Sequence;
use crate::passage::weights::Weights;
use crate::set::hash;
use crate::util::hash_table::PrehashedBuildHasher;

/// At most so many unmatched tokens stand in a row.
pub(super) const GAP: u32 = 2;
/// Growing stops once the balance has fallen this far below its best.
const PATIENCE: i64 = 12;

/// So many matches for each token are enough: from then on nothing crosses paragraphs, and inside
/// them a link grows to either side by [`SHORT`] matches at most. Only rows of tables that all match
/// each other, and loops in which each round has a word of its own, come near this.
const MATCHES: usize = 8;
const SHORT: usize = 32;

/// A link may grow over so many matches more of earlier ones than it has brought itself.
const SLACK: usize = 128;

/// Two stretches that match, token by token; the left one ends before the right one begins.
#[derive(Clone, Debug)]
pub(super) struct Alignment {
    /// The places that match, ascending on both sides.
    pub(super) matched: Box<[(u32, u32)]>,
    pub(super) weight: u64,
}

/// Grows every link into an alignment, and keeps those of enough tokens that weigh enough, or that
/// hold a run too long to come back by chance, however common its words.
///
/// A link that an earlier one has grown over leads nowhere new and is passed over. One beside it, as
/// "and" in "again and again" makes them, falls onto the path of the earlier one within a few tokens
/// and stops there. So the cost is that of the different matches found, which are bounded.
pub(super) fn alignments(
    sequence: &Sequence,
    weights: &Weights,
    min_size: u32,
    links: &[Link],
) -> Vec<Alignment> {
    let mut seen = Seen::default();
    let mut alignments = Vec::new();
    let mut matched = Vec::new();
    let mut left_over = MATCHES * sequence.len();
    for link in links {
        if seen.contains((link.left, link.right)) {
            continue;
        }
        grow(sequence, weights, *link, &seen, left_over > 0, &mut matched);
        left_over = left_over.saturating_sub(matched.len());
        seen.extend(&matched);
        let size: u32 = matched.iter().map(|&(left, _)| sequence.size(left)).sum();
        if size < min_size {
            continue;
        }
        let weight = matched.iter().map(|&(left, _)| weights.of(sequence.key(left))).sum();
        let together = sequence.document_of(link.left) == sequence.document_of(link.right);
        let least = if together { weights.least } else { weights.least_across };
        if weight >= least || longest_run(&matched) >= RUN {
            alignments.push(Alignment { matched: matched.as_slice().into(), weight });
        }
    }
    alignments
}

/// All matches of the alignments so far, those that were not kept among them.
#[derive(Debug, Default)]
struct Seen(HashSet<u64, PrehashedBuildHasher>);

impl Seen {
    fn extend(&mut self, matched: &[(u32, u32)]) {
        self.0.extend(matched.iter().copied().map(Self::pair));
    }

    fn contains(&self, matched: (u32, u32)) -> bool {
        self.0.contains(&Self::pair(matched))
    }

    fn pair((left, right): (u32, u32)) -> u64 {
        hash::mix(u64::from(left) << 32 | u64::from(right))
    }
}

/// The most tokens in a row that match without a gap.
fn longest_run(matched: &[(u32, u32)]) -> usize {
    let runs = matched.chunk_by(|a, b| (a.0 + 1, a.1 + 1) == *b);
    runs.map(<[_]>::len).max().unwrap_or(0)
}

/// Grows a link to both sides, inside the documents of its places; `beyond` tells whether it may go
/// beyond the paragraphs of two of them, and as far as it finds matches.
fn grow(
    sequence: &Sequence,
    weights: &Weights,
    link: Link,
    seen: &Seen,
    beyond: bool,
    matched: &mut Vec<(u32, u32)>,
) {
    let [left, right] = [link.left, link.right].map(|place| sequence.document_of(place));
    let together = left == right;
    let [left, right] = [left, right].map(|document| sequence.document(document));
    let home = [link.left, link.right].map(|place| sequence.paragraph(place));
    // What was copied into another document may have been cut into paragraphs otherwise. In one
    // document a paragraph is a thing of its own, unless whole paragraphs come back in a row; else
    // all rows made from one template would run into each other.
    let belongs = |a: u32, b: u32| {
        let [a, b] = [a, b].map(|place| sequence.paragraph(place));
        let inside = [a, b] == home;
        inside || if together { b - a == home[1] - home[0] && sequence.are_same(a, b) } else { beyond }
    };
    let look = |a: u32, b: u32| Look {
        equal: sequence.key(a) == sequence.key(b) && belongs(a, b),
        telling: weights.of(sequence.key(a)) > 0,
        places: (a, b),
    };
    let most = if beyond { usize::MAX } else { SHORT };

    matched.clear();
    // To the right, the left stretch may not run into the right one.
    let room = [left.end.min(link.right) - link.left, right.end - link.right];
    extend(room, most, seen, matched, |[da, db]| look(link.left + da, link.right + db));
    let end = matched.last().map_or(link.left, |&(a, _)| a) + 1;
    matched.reverse();
    matched.push((link.left, link.right));
    let forward = std::mem::take(matched);
    // To the left, the right stretch may not run into the left one.
    let room = [link.left - left.start + 1, link.right - right.start.max(end) + 1];
    extend(room, most, seen, matched, |[da, db]| look(link.left - da, link.right - db));
    matched.reverse();
    matched.extend(forward.into_iter().rev());
    trim(matched);
}

/// What there is to see at two places, one in each stretch.
struct Look {
    /// The tokens are equal, and a match of the two may belong to the alignment.
    equal: bool,
    /// The token at the first place has a weight.
    telling: bool,
    places: (u32, u32),
}

/// Cuts off at both ends what costs the balance more than it brings: the link itself may be two
/// common words that a gap parts from the rest.
fn trim(matched: &mut Vec<(u32, u32)>) {
    let gain = |at: usize| {
        let (before, here) = (matched[at - 1], matched[at]);
        1 - 2 * i64::from((here.0 - before.0 - 1).max(here.1 - before.1 - 1))
    };
    // The stretch of most balance, the longest of equals.
    let (mut start, mut balance) = (0, 1);
    let (mut best, mut kept) = (1, 0..1);
    for at in 1..matched.len() {
        balance += gain(at);
        if balance < 1 {
            (start, balance) = (at, 1);
        }
        if balance > best || balance == best && at + 1 - start > kept.len() {
            (best, kept) = (balance, start..at + 1);
        }
    }
    matched.truncate(kept.end);
    matched.drain(..kept.start);
}

/// Walks away from a match, step by step, as far as the balance pays: each matched token counts 1,
/// each unmatched one costs 2, so what is taken is matched to two thirds at least. No more matches than
/// `most` are taken, and the walk stops where it came upon a path that it then follows for long: the
/// rest has been told.
///
/// `look` tells of the tokens at two distances, each less than its `room`.
fn extend(
    room: [u32; 2],
    most: usize,
    seen: &Seen,
    matched: &mut Vec<(u32, u32)>,
    look: impl Fn([u32; 2]) -> Look,
) {
    let fits = |d: [u32; 2]| d[0] < room[0] && d[1] < room[1];
    let lands = |d: [u32; 2]| {
        let Look { equal, telling, .. } = look(d);
        // Common words meet by chance: across a gap they count only with a neighbour.
        let next = d.map(|distance| distance + 1);
        equal && (telling || fits(next) && look(next).equal)
    };
    let (mut at, mut balance) = ([0, 0], 0);
    let (mut best, mut kept) = (0, matched.len());
    let start = matched.len();
    // How many matches are new, how many are not, and what was best before the last of these in a row.
    let (mut new, mut told) = (0, 0);
    let (mut own, mut follows) = (kept, false);
    while matched.len() - start < most {
        let next = at.map(|distance| distance + 1);
        let (step, cost) = if fits(next) && look(next).equal {
            (next, 0)
        } else {
            let Some(gap) = GAPS.iter().find(|gap| {
                let d = [next[0] + gap[0], next[1] + gap[1]];
                fits(d) && lands(d)
            }) else {
                break;
            };
            ([next[0] + gap[0], next[1] + gap[1]], 2 * i64::from(gap[0].max(gap[1])))
        };
        at = step;
        let places = look(at).places;
        if seen.contains(places) {
            own = if follows { own } else { kept };
            (follows, told) = (true, told + 1);
            if told > new + SLACK {
                kept = own;
                break;
            }
        } else {
            (follows, new) = (false, new + 1);
        }
        matched.push(places);
        balance += 1 - cost;
        if balance >= best {
            (best, kept) = (balance, matched.len());
        } else if balance < best - PATIENCE {
            break;
        }
    }
    matched.truncate(kept);
}

/// The unmatched tokens on both sides of a gap, those that lose least first.
const GAPS: [[u32; 2]; 8] = [[1, 1], [0, 1], [1, 0], [1, 2], [2, 1], [2, 2], [0, GAP], [GAP, 0]];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::passage::passages::seeds;

    /// How many matches the alignments of some documents have together, for each of their tokens.
    fn matches(documents: &[&[u64]]) -> f64 {
        let mut sequence = Sequence::default();
        for document in documents {
            for (at, &word) in document.iter().enumerate() {
                sequence.push(hash::mix(word), hash::mix(word), false, at % 20 == 19);
            }
            sequence.end_paragraph();
            sequence.end_document();
        }
        let weights = Weights::new(&sequence);
        let links = seeds::links(&sequence, &weights, 8);
        let matches: usize =
            alignments(&sequence, &weights, 8, &links).iter().map(|found| found.matched.len()).sum();
        matches as f64 / sequence.len() as f64
    }

    /// "x and x" links places beside the diagonal, from which the way leads back onto it.
    #[test]
    fn links_beside_the_diagonal_do_not_go_along_it_again() {
        let text: Vec<u64> = (0..20_000)
            .map(|at| match at % 50 {
                0 | 2 => 1_000_000 + at / 50,
                1 => 0,
                _ => hash::mix(at) % 5000,
            })
            .collect();
        assert!(matches(&[&text, &text]) < 0.6);
    }

    /// A loop with a mark in each round, which comes back a different number of rounds later each time,
    /// so that each mark links another diagonal along which all of the text matches itself.
    #[test]
    fn a_loop_in_many_shifts_is_not_matched_with_itself_in_all_of_them() {
        const ROUND: usize = 20;
        let mut marks = vec![0; 1000];
        for shift in 1..marks.len() {
            let free = |at: &usize| marks[*at] == 0 && marks.get(at + shift) == Some(&0);
            let Some(at) = (0..marks.len()).find(free) else { break };
            (marks[at], marks[at + shift]) = (shift as u64, shift as u64);
        }
        let round = |&mark: &u64| {
            let pair = [1_000_000 + mark, 2_000_000 + mark];
            (0..ROUND as u64).chain(pair)
        };
        let text: Vec<u64> = marks.iter().flat_map(round).collect();
        assert!(matches(&[&text]) < 2.0 * MATCHES as f64);
    }
}
