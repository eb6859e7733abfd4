//! From two places to two stretches that match, as long as they go.

use super::gap::GAP;
use super::seed::Link;
use crate::passage::candidate::Candidate;
use crate::passage::search::Search;
use crate::passage::sequence::Sequence;
use crate::passage::thresholds::limits::{KNOWN, MATCHES, PATIENCE, SHORT};
use crate::set::hash;
use crate::util::hash_table::Tables;
use crate::util::progress::{Cancelled, Watch};

/// Extends every link, and keeps what is long enough and weighs enough. Inside one document a long run of
/// equal tokens is enough, however common they are; different writers share many such runs.
///
/// A link that an earlier alignment has matched leads nowhere new and is passed over. One next to it, as
/// "and" in "again and again" makes them, meets the path of the earlier one within a few tokens and
/// stops there. So the cost is that of the different matches, which are limited.
pub(super) fn extend_all(search: &Search<'_>, links: &[Link]) -> Result<Vec<Candidate>, Cancelled> {
    let sequence = search.sequence;
    let mut known = Known(Tables::new(sequence.len()));
    let mut candidates = Vec::new();
    let mut matched = Vec::new();
    let mut left_over = MATCHES * sequence.len();
    for (number, link) in links.iter().enumerate() {
        search.watch.poll_at(number)?;
        if known.contains((link.left, link.right)) {
            continue;
        }
        Extension::new(search, *link, left_over > 0).run(&known, &mut matched)?;
        left_over = left_over.saturating_sub(matched.len());
        known.extend(&matched, search.watch)?;
        let inside = sequence.document_of(link.left) == sequence.document_of(link.right);
        let size = if inside {
            search.size(&matched)
        } else {
            search.size_of_words(matched.iter().map(|&(left, _)| left))
        };
        if size < search.min_size {
            continue;
        }
        search.watch.poll()?;
        let weight = search.weigh(&matched);
        let least = if inside { search.weights.least } else { search.weights.least_across };
        if weight >= least || inside && longest_run(sequence, &matched) >= search.thresholds.seed_run as usize
        {
            let (first, last) = (matched[0], matched[matched.len() - 1]);
            candidates.push(Candidate {
                sides: [first.0..last.0 + 1, first.1..last.1 + 1],
                matched: matched.as_slice().into(),
                ordered: true,
                weight,
            });
        }
    }
    Ok(candidates)
}

/// All matches found so far, also those of alignments that were not kept.
#[derive(Debug)]
struct Known(Tables<()>);

impl Known {
    fn extend(&mut self, matched: &[(u32, u32)], watch: Watch<'_>) -> Result<(), Cancelled> {
        for (number, &pair) in matched.iter().enumerate() {
            watch.poll_at(number)?;
            let pair = Self::pair(pair);
            self.0.table(pair).insert(pair, ());
        }
        Ok(())
    }

    fn contains(&self, matched: (u32, u32)) -> bool {
        self.0.contains(Self::pair(matched))
    }

    fn pair((left, right): (u32, u32)) -> u64 {
        hash::mix(u64::from(left) << 32 | u64::from(right))
    }
}

/// The most tokens in a row that match without a gap. Numbers do not count.
fn longest_run(sequence: &Sequence, matched: &[(u32, u32)]) -> usize {
    let runs = matched.chunk_by(|a, b| (a.0 + 1, a.1 + 1) == *b);
    let words =
        |run: &[(u32, u32)]| run.iter().filter(|pair| !sequence.is_number(sequence.stem(pair.0))).count();
    runs.map(words).max().unwrap_or(0)
}

/// A link that grows to both sides, inside the documents of its places.
struct Extension<'a> {
    search: &'a Search<'a>,
    link: Link,
    /// Whether both places are in one document.
    inside: bool,
    /// Whether it may leave the paragraphs of two documents, and grow as far as it finds matches.
    free: bool,
}

impl<'a> Extension<'a> {
    fn new(search: &'a Search<'a>, link: Link, free: bool) -> Self {
        let [left, right] = [link.left, link.right].map(|place| search.sequence.document_of(place));
        Self { search, link, inside: left == right, free }
    }

    /// Replaces `matched` by the matches of the whole extension, in order.
    fn run(&self, known: &Known, matched: &mut Vec<(u32, u32)>) -> Result<(), Cancelled> {
        let Link { left, right } = self.link;
        let documents =
            [left, right].map(|place| self.search.sequence.document(self.search.sequence.document_of(place)));
        let most = if self.free { usize::MAX } else { SHORT };
        matched.clear();
        // To the right, the left stretch may not run into the right one.
        let room = [documents[0].end.min(right) - left, documents[1].end - right];
        self.walk(room, most, known, matched, |[a, b]| (left + a, right + b))?;
        let end = matched.last().map_or(left, |&(a, _)| a) + 1;
        let forward = matched.len();
        matched.push((left, right));
        // To the left, the right stretch may not run into the left one.
        let room = [left - documents[0].start + 1, right - documents[1].start.max(end) + 1];
        self.walk(room, most, known, matched, |[a, b]| (left - a, right - b))?;
        matched[forward..].reverse();
        matched.rotate_left(forward);
        self.search.watch.poll()?;
        trim(matched);
        if self.inside {
            self.keep_whole_paragraphs(matched);
        }
        self.drop_flanks(matched)
    }

    /// Leaves only whole paragraphs, or matches inside the paragraphs of the link.
    fn keep_whole_paragraphs(&self, matched: &mut Vec<(u32, u32)>) {
        let sequence = self.search.sequence;
        let home = sequence.paragraph_of(self.link.left);
        let (Some(first), Some(last)) = (matched.first(), matched.last()) else { return };
        let [first, last] = [first.0, last.0].map(|place| sequence.paragraph_of(place));
        if first == last {
            return;
        }
        let bounds = |paragraph: u32| {
            let start = matched.partition_point(|&(place, _)| sequence.paragraph_of(place) < paragraph);
            let end = matched.partition_point(|&(place, _)| sequence.paragraph_of(place) <= paragraph);
            start..end
        };
        let is_whole =
            |&paragraph: &u32| bounds(paragraph).len() == sequence.paragraph(paragraph as usize).len();
        let (mut from, mut to) = (home, home);
        if is_whole(&home) {
            from = (first..home).rev().take_while(is_whole).last().unwrap_or(home);
            to = (home + 1..=last).take_while(is_whole).last().unwrap_or(home);
        }
        let kept = bounds(from).start..bounds(to).end;
        matched.truncate(kept.end);
        matched.drain(..kept.start);
    }

    /// Cuts off what lies at either end beyond a gap at the end of a sentence, if it is short and weighs
    /// little: common words of the next sentence meet by chance, and would hide where the repetition ends.
    fn drop_flanks(&self, matched: &mut Vec<(u32, u32)>) -> Result<(), Cancelled> {
        let start = self.short_flank(&mut matched.iter())?;
        matched.drain(..start);
        let end = self.short_flank(&mut matched.iter().rev())?;
        matched.truncate(matched.len() - end);
        Ok(())
    }

    /// How many of some matches, from an end inwards, lie before the last such gap.
    fn short_flank(&self, matched: &mut dyn Iterator<Item = &(u32, u32)>) -> Result<usize, Cancelled> {
        let Search { sequence, weights, watch, min_size, .. } = self.search;
        let parts = |a: (u32, u32), b: (u32, u32)| {
            (a.0.abs_diff(b.0), a.1.abs_diff(b.1)) != (1, 1)
                && (sequence.sentence_of(a.0) != sequence.sentence_of(b.0)
                    || sequence.sentence_of(a.1) != sequence.sentence_of(b.1))
        };
        let (mut size, mut weight, mut flank, mut last) = (0, 0, 0, None);
        for (at, &pair) in matched.enumerate() {
            watch.poll_at(at)?;
            if last.is_some_and(|last| parts(last, pair)) {
                flank = at;
            }
            size += sequence.token_size(pair.0);
            weight += weights.informative(sequence.stem(pair.0));
            if 2 * u64::from(size) >= u64::from(*min_size) || weight >= weights.least {
                break;
            }
            last = Some(pair);
        }
        Ok(flank)
    }

    /// Whether the tokens at two places are equal, and their match may belong to this alignment.
    ///
    /// What was copied into another document may be cut into paragraphs otherwise. In one document a
    /// paragraph stands for itself, unless whole paragraphs come back in a row; otherwise all rows made
    /// from one template would run into each other, and the end of one paragraph into the start of the next.
    fn matches(&self, (a, b): (u32, u32)) -> bool {
        let sequence = self.search.sequence;
        if sequence.key(a) != sequence.key(b) {
            return false;
        }
        let home = [self.link.left, self.link.right].map(|place| sequence.paragraph_of(place));
        let [a, b] = [a, b].map(|place| sequence.paragraph_of(place));
        let same = |a: u32, b: u32| sequence.identity(a as usize) == sequence.identity(b as usize);
        [a, b] == home
            || if self.inside {
                same(home[0], home[1]) && b - a == home[1] - home[0] && same(a, b)
            } else {
                self.free
            }
    }

    /// Walks away from the link as far as the balance pays: each matched token counts 1, each unmatched
    /// one costs 2, so at least two thirds of what is taken are matched. It takes no more than `most`
    /// matches, and stops where it follows the path of an earlier alignment for long.
    ///
    /// `at` gives the places at two distances from the link, each less than its `room`.
    fn walk(
        &self,
        room: [u32; 2],
        most: usize,
        known: &Known,
        matched: &mut Vec<(u32, u32)>,
        at: impl Fn([u32; 2]) -> (u32, u32),
    ) -> Result<(), Cancelled> {
        let fits = |distances: [u32; 2]| distances[0] < room[0] && distances[1] < room[1];
        let lands = |distances: [u32; 2]| {
            let places = at(distances);
            // Common words meet by chance: across a gap they count only with a neighbour.
            let next = distances.map(|distance| distance + 1);
            self.matches(places)
                && (self.search.is_informative(places.0) || fits(next) && self.matches(at(next)))
        };
        let (mut here, mut balance) = ([0, 0], 0);
        let (mut best, mut kept) = (0, matched.len());
        let start = matched.len();
        // How many matches are new and how many are known, and the best place before the last known ones.
        let (mut new, mut old) = (0, 0);
        let (mut own, mut follows) = (kept, false);
        while matched.len() - start < most {
            self.search.watch.poll_at(matched.len() + 1)?;
            let next = here.map(|distance| distance + 1);
            let (step, cost) = if fits(next) && self.matches(at(next)) {
                (next, 0)
            } else {
                let Some(gap) = GAPS.iter().find(|gap| {
                    let distances = [next[0] + gap[0], next[1] + gap[1]];
                    fits(distances) && lands(distances)
                }) else {
                    break;
                };
                ([next[0] + gap[0], next[1] + gap[1]], 2 * i64::from(gap[0].max(gap[1])))
            };
            here = step;
            let places = at(here);
            if known.contains(places) {
                own = if follows { own } else { kept };
                (follows, old) = (true, old + 1);
                if old > new + KNOWN {
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
        Ok(())
    }
}

/// The unmatched tokens on both sides of a gap, those that lose least first.
const GAPS: [[u32; 2]; 8] = [[1, 1], [0, 1], [1, 0], [1, 2], [2, 1], [2, 2], [0, GAP], [GAP, 0]];

/// Cuts off at both ends what costs the balance more than it brings: the link itself may be two common
/// words that a gap parts from the rest.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::passage::aligned;
    use crate::passage::sequence::Sequence;
    use crate::passage::thresholds::PassageThresholds;

    /// The sequence of some documents of one paragraph each, with a sentence end after every 20 words.
    fn sequence(documents: &[&[u64]]) -> Sequence {
        let mut sequence = Sequence::default();
        for document in documents {
            for (at, &word) in document.iter().enumerate() {
                sequence.push(hash::mix(word), hash::mix(word), false, at % 20 == 19);
            }
            sequence.end_paragraph();
            sequence.end_document();
        }
        sequence
    }

    fn candidates(documents: &[&[u64]], min_size: u32) -> Vec<Candidate> {
        let sequence = sequence(documents);
        let search = Search::new(&sequence, PassageThresholds::default(), min_size, Watch::none()).unwrap();
        aligned::find(&search, &aligned::seeds(&search).unwrap()).unwrap()
    }

    /// How many matches the candidates have together, for each token.
    fn matches(documents: &[&[u64]]) -> f64 {
        let found = candidates(documents, 8);
        let matches: usize = found.iter().map(|candidate| candidate.matched.len()).sum();
        matches as f64 / documents.iter().map(|document| document.len()).sum::<usize>() as f64
    }

    #[test]
    fn gaps_of_two_are_crossed_and_gaps_of_three_are_not() {
        let left: Vec<u64> = (0..40).collect();
        let with_gap = |gap: u64| (0..20).chain(100..100 + gap).chain(20..40).collect::<Vec<u64>>();
        for (gap, stretches) in [(1, vec![40]), (2, vec![40]), (3, vec![20, 20])] {
            let right = with_gap(gap);
            let found = candidates(&[&left, &right], 16);
            let lengths: Vec<usize> = found.iter().map(|candidate| candidate.matched.len()).collect();
            assert_eq!(lengths, stretches, "a gap of {gap}");
            assert!(found.iter().all(|candidate| candidate.ordered));
        }
    }

    #[test]
    fn unmatched_ends_do_not_belong_to_a_stretch() {
        let left: Vec<u64> = (50..60).chain(0..20).chain(60..70).collect();
        let right: Vec<u64> = (70..75).chain(0..20).chain(80..90).collect();
        let [candidate] = &candidates(&[&left, &right], 16)[..] else { panic!("more than one") };
        assert_eq!(candidate.sides, [10..30, 45..65]);
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
