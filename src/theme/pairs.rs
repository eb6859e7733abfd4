//! Pairs of sentences that may say the same.

use super::levels::{Level, PARTNERS, RARE, SHARING};
use super::sentences::Sentences;
use super::weights::Weights;
use crate::passage::Stretches;
use crate::util::progress::{Cancelled, Watch};

/// Pairs of sentences that score at least what the level asks for, or half of that if they hold two
/// neighbouring occurrences of a passage; ascending, the earlier sentence first.
///
/// With `m` the weight of the stems that both have, `Ta` and `Tb` the weights of the two, and `Δ` paragraphs
/// of `P` between them, the score is `m √(2m / (Ta + Tb)) (½ + ½ Δ / (P - 1))`, divided by the growth.
///
/// Sentences are looked up by their rare stems. Two that share only stems of more than [`RARE`] sentences
/// do not meet, and of each sentence's partners only the [`PARTNERS`] most alike are kept.
pub(super) fn pairs(
    sentences: &Sentences,
    weights: &Weights,
    level: Level,
    passages: &[Stretches],
    watch: Watch<'_>,
) -> Result<Vec<(u32, u32)>, Cancelled> {
    let mut found = Vec::new();
    let least = level.least * weights.growth;
    // What each sentence shares with the current one, of its rare stems; zero again after each.
    let mut shared = vec![0.0_f64; sentences.len()];
    let (mut met, mut best): (Vec<u32>, Vec<(f64, u32)>) = (Vec::new(), Vec::new());
    for sentence in 0..sentences.len() as u32 {
        watch.poll()?;
        let mut common = 0.0;
        for &key in sentences.keys(sentence) {
            let (weight, postings) = (weights.of(key), sentences.with_key(key));
            if postings.len() > RARE {
                common += weight;
                continue;
            }
            for &other in postings {
                if shared[other as usize] == 0.0 && weight > 0.0 {
                    met.push(other);
                }
                shared[other as usize] += weight;
            }
        }
        best.clear();
        for &other in &met {
            let bound = std::mem::take(&mut shared[other as usize]) + common;
            let apart = sentences.block(sentence).abs_diff(sentences.block(other));
            // The other factors of the score are at most 1.
            if bound >= least && apart >= level.apart {
                let score = score(sentences, weights, sentence, other);
                if score >= level.least {
                    best.push((score, other));
                }
            }
        }
        met.clear();
        best.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        best.truncate(PARTNERS);
        found.extend(best.iter().map(|&(_, other)| (sentence.min(other), sentence.max(other))));
    }
    for passage in passages {
        watch.poll()?;
        for two in passage.occurrences.windows(2) {
            let middle = |places: &std::ops::Range<u32>| places.start + (places.end - places.start) / 2;
            if let (Some(a), Some(b)) = (sentences.at(middle(&two[0])), sentences.at(middle(&two[1])))
                && sentences.block(b) > sentences.block(a)
                && score(sentences, weights, a, b) >= level.least * SHARING
            {
                found.push((a, b));
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// The score of two sentences.
fn score(sentences: &Sentences, weights: &Weights, a: u32, b: u32) -> f64 {
    // The order of the sum does not depend on which of the two comes first.
    let (mut left, mut right) = (sentences.keys(a), sentences.keys(b));
    let mut shared = 0.0;
    while let ([x, ..], [y, ..]) = (left, right) {
        if x == y {
            shared += weights.of(*x);
        }
        (left, right) = (&left[usize::from(x <= y)..], &right[usize::from(y <= x)..]);
    }
    let totals = weights.totals[a as usize] + weights.totals[b as usize];
    let apart = f64::from(sentences.block(a).abs_diff(sentences.block(b)));
    let most = f64::from(sentences.block_count.saturating_sub(1).max(1));
    if totals == 0.0 {
        return 0.0;
    }
    shared * (2.0 * shared / totals).sqrt() * (0.5 + 0.5 * apart / most) / weights.growth
}
