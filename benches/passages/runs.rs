//! The baseline: chains of runs of five equal tokens.
//!
//! A fair baseline must be as good as possible, so [`GAP`] is the best value over generated and real texts.
//! Of 10, 20, 30, 50, 100 and 200, plagdet was highest with 100 between documents, with 50 within one
//! document, and with 100 over all.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use refrain::text::{self, Token};

use super::cut;
use super::score::{Alignment, outermost};

/// The length of a run in tokens.
const RUN: usize = 5;
/// The largest number of tokens between two runs of a chain, on both sides.
const GAP: usize = 100;
/// The smallest number of tokens of a chain, on both sides.
pub(crate) const LEAST: usize = 20;
/// Runs that occur more often than this in a text are ignored.
const PLACES: usize = 32;

/// Whether a run of this many tokens occurs in both texts, or twice in a single text.
pub(crate) fn recur(texts: &[String], length: usize) -> bool {
    let [left, right] = [&texts[0], &texts[texts.len() - 1]].map(|text| hashes(&text::tokens(text)));
    let mut runs: HashSet<&[u64]> = HashSet::new();
    if texts.len() == 1 {
        return !left.windows(length).all(|run| runs.insert(run));
    }
    runs.extend(left.windows(length));
    right.windows(length).any(|run| runs.contains(run))
}

fn hashes(tokens: &[Token]) -> Vec<u64> {
    tokens.iter().map(|token| token.hash).collect()
}

/// The chains of runs that occur in both texts, or twice in a single text; in characters.
pub(crate) fn found(texts: &[String]) -> Vec<Alignment> {
    let tokens: Vec<_> = texts.iter().map(|text| text::tokens(text)).collect();
    let (left, right) = (&tokens[0], &tokens[tokens.len() - 1]);
    let (a, b) = (hashes(left), hashes(right));
    let mut places: HashMap<&[u64], Vec<usize>> = HashMap::new();
    for (at, run) in b.windows(RUN).enumerate() {
        places.entry(run).or_default().push(at);
    }
    let single = texts.len() == 1;
    let mut points = Vec::new();
    for (at, run) in a.windows(RUN).enumerate() {
        let Some(others) = places.get(run).filter(|others| others.len() <= PLACES) else { continue };
        points.extend(others.iter().filter(|&&other| !single || at + RUN <= other).map(|&other| [at, other]));
    }
    let mut chains = Vec::new();
    split(points, 0, 0, GAP + RUN, &mut chains);
    let characters = |text: &str, tokens: &[Token], places: &Range<usize>| {
        cut::in_characters(text, tokens[places.start].span.start..tokens[places.end - 1].span.end)
    };
    let chains =
        chains.iter().filter(|[l, r]| l.len().min(r.len()) >= LEAST && (!single || l.end <= r.start));
    let found: Vec<Alignment> = chains
        .map(|[l, r]| Alignment {
            left: characters(&texts[0], left, l),
            right: characters(&texts[texts.len() - 1], right, r),
        })
        .collect();
    outermost(&found)
}

/// Splits the points where one of their coordinates jumps, alternately by each coordinate, until none does.
fn split(
    mut points: Vec<[usize; 2]>,
    axis: usize,
    stable: usize,
    jump: usize,
    chains: &mut Vec<[Range<usize>; 2]>,
) {
    if points.is_empty() {
        return;
    }
    if stable == 2 {
        let side = |axis: usize| {
            let places = points.iter().map(|point| point[axis]);
            places.clone().min().unwrap_or(0)..places.max().unwrap_or(0) + RUN
        };
        return chains.push([side(0), side(1)]);
    }
    points.sort_unstable_by_key(|point| (point[axis], point[1 - axis]));
    let parts: Vec<Vec<[usize; 2]>> =
        points.chunk_by(|one, next| next[axis] - one[axis] <= jump).map(<[_]>::to_vec).collect();
    let stable = if parts.len() == 1 { stable + 1 } else { 1 };
    for part in parts {
        split(part, 1 - axis, stable, jump, chains);
    }
}
