//! Which pairs of a report are aligned, and what differs in them.

use std::cmp::Reverse;
use std::ops::Range;

use crate::input::Texts;
use crate::matching::{Groups, Pair};
use crate::measure::differences;
use crate::report::{Difference, Pairs};
use crate::text::Token;
use crate::util::parallel;
use crate::util::span::Span;

/// So many tokens may be aligned in any case, both sides counted,
const ENOUGH: usize = 1 << 20;
/// and so many times the tokens that there are.
const TIMES: usize = 2;

/// Says of each pair what differs, as far as the tokens may be aligned: first of the most similar pair
/// of each later paragraph, then of the second, and so on. Pairs that differ in numbers only come last.
pub(crate) fn align(texts: &Texts<'_>, groups: &Groups, pairs: Vec<Pair>) -> Pairs {
    let mut differences: Vec<Option<Box<[Difference]>>> = vec![None; pairs.len()];
    let group = |pair: &Pair| [pair.left, pair.right].map(|paragraph| groups.of(paragraph.index()));
    let is_copy = |pair: &Pair| group(pair)[0] == group(pair)[1];
    for (pair, found) in pairs.iter().zip(&mut differences).filter(|(pair, _)| is_copy(pair)) {
        debug_assert!(pair.overlap.left == pair.overlap.right);
        *found = Some(Box::default());
    }
    let mut order: Vec<u32> = (0..pairs.len() as u32).filter(|&at| !is_copy(&pairs[at as usize])).collect();
    parallel::sort_unstable_by_key(&mut order, |&at| {
        let pair = &pairs[at as usize];
        (pair.right, pair.differs, Reverse(pair.resemblance().to_bits()), pair.left)
    });
    // The most similar of each paragraph, then the second, and so on.
    let mut ranked: Vec<(u32, u32)> = order
        .chunk_by(|&a, &b| pairs[a as usize].right == pairs[b as usize].right)
        .flat_map(|of_one| (0..).zip(of_one.iter().copied()))
        .collect();
    parallel::sort_unstable(&mut ranked);
    let mut left = ENOUGH.max(texts.tokens.len().saturating_mul(TIMES));
    ranked.retain(|&(_, at)| {
        let Pair { left: a, right: b, .. } = pairs[at as usize];
        let cost = texts.tokens_of(a.index()).len() + texts.tokens_of(b.index()).len();
        let fits = cost <= left;
        left -= if fits { cost } else { 0 };
        fits
    });
    let found = parallel::map_ranges(ranked.len(), 16, |range| {
        let of = |&(_, at): &(u32, u32)| {
            let Pair { left, right, .. } = pairs[at as usize];
            (at, of_pair(texts.tokens_of(left.index()), texts.tokens_of(right.index())))
        };
        ranked[range].iter().map(of).collect::<Vec<_>>()
    });
    for (at, found) in found.into_iter().flatten() {
        differences[at as usize] = Some(found);
    }
    Pairs { pairs, differences }
}

/// What differs between two paragraphs that have tokens.
fn of_pair(left: &[Token], right: &[Token]) -> Box<[Difference]> {
    let [a, b] = [left, right].map(|side| side.iter().map(|token| token.hash).collect::<Vec<u64>>());
    let found = differences(&a, &b);
    found.into_iter().map(|(a, b)| Difference::new(span(left, a), span(right, b))).collect()
}

/// From the first to the last of some tokens in a row; if there are none, an empty span before the next
/// token, or behind the last.
fn span(tokens: &[Token], places: Range<usize>) -> Span {
    match &tokens[places.clone()] {
        [] => {
            let next = tokens.get(places.start).map(|next| next.span.start);
            let place = next.or_else(|| tokens.last().map(|last| last.span.end)).unwrap_or_default();
            Span::new(place, place)
        }
        [first, .., last] => Span::new(first.span.start, last.span.end),
        [only] => only.span,
    }
}
