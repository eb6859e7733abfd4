//! Which pairs of a report are aligned, and what differs in them.

use std::cmp::Reverse;
use std::ops::Range;

use crate::input::TokenizedDocuments;
use crate::matching::{Groups, Pair};
use crate::measure::differences;
use crate::report::{Difference, Pairs};
use crate::text::Token;
use crate::util::parallel;
use crate::util::progress::{Cancelled, Watch};
use crate::util::span::Span;

/// This many tokens may be aligned in any case, counted on both sides.
const ENOUGH: usize = 1 << 20;
/// In a larger text, this many times its tokens.
const TIMES: usize = 2;

/// Says of each pair what differs, until the tokens that may be aligned are used up: first of the most
/// similar pair of each later paragraph, then of the second, and so on. Pairs that differ in numbers only
/// come last.
pub(super) fn align_pairs(
    texts: &TokenizedDocuments<'_>,
    groups: &Groups,
    pairs: Vec<Pair>,
    watch: Watch<'_>,
) -> Result<Pairs, Cancelled> {
    let mut differences: Vec<Option<Box<[Difference]>>> = vec![None; pairs.len()];
    let group = |pair: &Pair| [pair.left, pair.right].map(|paragraph| groups.of(paragraph.index()));
    let is_copy = |pair: &Pair| group(pair)[0] == group(pair)[1];
    for (pair, found) in pairs.iter().zip(&mut differences).filter(|(pair, _)| is_copy(pair)) {
        debug_assert!(pair.overlap.left == pair.overlap.right);
        *found = Some(Box::default());
    }
    let ranked = rank(&pairs, is_copy, watch)?;
    let mut left = ENOUGH.max(texts.tokens.len().saturating_mul(TIMES));
    let mut chosen = Vec::new();
    for (_, at) in ranked {
        watch.poll()?;
        let Pair { left: a, right: b, .. } = pairs[at as usize];
        let cost = texts.tokens_of(a.index()).len() + texts.tokens_of(b.index()).len();
        if cost <= left {
            left -= cost;
            chosen.push(at);
        }
    }
    let found = parallel::try_map_ranges(chosen.len(), 16, |range| {
        let align = |&at: &u32| {
            let Pair { left, right, .. } = pairs[at as usize];
            Ok((at, align_pair(texts.tokens_of(left.index()), texts.tokens_of(right.index()), watch)?))
        };
        chosen[range].iter().map(align).collect::<Result<Vec<_>, Cancelled>>()
    })?;
    for (at, found) in found.into_iter().flatten() {
        differences[at as usize] = Some(found);
    }
    Ok(Pairs { pairs, differences })
}

/// The pairs that are not copies, each with its rank among those of its later paragraph, lowest rank first.
fn rank(
    pairs: &[Pair],
    is_copy: impl Fn(&Pair) -> bool,
    watch: Watch<'_>,
) -> Result<Vec<(u32, u32)>, Cancelled> {
    let mut order: Vec<u32> = (0..pairs.len() as u32).filter(|&at| !is_copy(&pairs[at as usize])).collect();
    let key = |&at: &u32| {
        let pair = &pairs[at as usize];
        (pair.right, pair.differs, Reverse(pair.resemblance().to_bits()), pair.left)
    };
    parallel::try_sort_unstable_by_key(&mut order, key, watch)?;
    let mut ranked: Vec<(u32, u32)> = order
        .chunk_by(|&a, &b| pairs[a as usize].right == pairs[b as usize].right)
        .flat_map(|of_one| (0..).zip(of_one.iter().copied()))
        .collect();
    parallel::try_sort_unstable(&mut ranked, watch)?;
    Ok(ranked)
}

/// What differs between two paragraphs that have tokens.
fn align_pair(left: &[Token], right: &[Token], watch: Watch<'_>) -> Result<Box<[Difference]>, Cancelled> {
    let [a, b] = [left, right].map(|side| side.iter().map(|token| token.hash).collect::<Vec<u64>>());
    let found = differences(&a, &b, watch)?;
    Ok(found.into_iter().map(|(a, b)| Difference::new(span(left, a), span(right, b))).collect())
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
