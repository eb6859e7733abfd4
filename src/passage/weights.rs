//! How informative the repetition of a stem is.

use std::collections::HashSet;

use super::sequence::Sequence;
use super::thresholds::PassageThresholds;
use crate::set::hash;
use crate::util::hash_table::PrehashedBuildHasher;
pub(super) use crate::util::logarithm::ln;
use crate::util::progress::{Cancelled, Watch};

/// Weights are whole thousandths, so that sums of them do not depend on their order.
pub(super) const ONE: u64 = 1000;

/// A run of this many tokens that was met before is no news.
const RUN: usize = 5;

/// The weight of each stem by how few sentences have it.
///
/// With `f` of `n` sentences having a stem its *rarity* is `ln((n + 1) / (f + 0.5))`.
///
/// Its *informative weight* is `max(0, rarity - 1)`: nothing if more than about a third of all sentences
/// have it. There a token counts only where no run of five tokens that holds it was met before, and a
/// sentence only if it has such a token: otherwise the words of a phrase that stands there a hundred times
/// would look as common as "the", and their repetition as if by chance. In a text of a few sentences the
/// counts say little; there, in proportion to what is missing of 20 sentences, every informative weight
/// is 1.
///
/// The informative weight of a number is 0: dates, times and numbering come back in any text.
#[derive(Debug)]
pub(super) struct Weights {
    rarities: Vec<u32>,
    informative: Vec<u32>,
    frequencies: Vec<u32>,
    /// What the tokens of a passage must weigh together inside one document,
    pub(super) least: u64,
    /// and across documents.
    pub(super) least_across: u64,
}

impl Weights {
    pub(super) fn new(
        sequence: &Sequence,
        thresholds: &PassageThresholds,
        watch: Watch<'_>,
    ) -> Result<Self, Cancelled> {
        let [all, new] = count_sentences(sequence, watch)?;
        let enough = thresholds.trusted_sentences as u64;
        let trust = new.sentences.min(enough);
        let informed = |rarity: u32| {
            let informed = u64::from(rarity).saturating_sub(ONE);
            ((informed * trust + ONE * (enough - trust)) / enough) as u32
        };
        let least = thousandths(thresholds.least_weight + ln(new.sentences.max(30) as f64 / 30.0));
        let more = thousandths(thresholds.across_factor).saturating_sub(ONE);
        let mut informative = new.rarities(informed);
        for stem in (0..informative.len()).filter(|&stem| sequence.is_number(stem as u32)) {
            informative[stem] = 0;
        }
        Ok(Self {
            rarities: all.rarities(|rarity| rarity),
            informative,
            frequencies: all.by_stem,
            // Longer texts repeat more by chance.
            least,
            least_across: least + more * least * trust / enough / ONE,
        })
    }

    /// The rarity of a stem.
    pub(super) fn rarity(&self, stem: u32) -> u64 {
        self.rarities[stem as usize].into()
    }

    /// The informative weight of a stem.
    pub(super) fn informative(&self, stem: u32) -> u64 {
        self.informative[stem as usize].into()
    }

    /// How many sentences have a stem.
    pub(super) fn frequency(&self, stem: u32) -> u32 {
        self.frequencies[stem as usize]
    }
}

/// In how many of some sentences each stem stands.
#[derive(Debug)]
struct Counts {
    sentences: u64,
    by_stem: Vec<u32>,
}

impl Counts {
    /// What `weigh` makes of the rarity of each stem.
    fn rarities(&self, weigh: impl Fn(u32) -> u32) -> Vec<u32> {
        let most = self.by_stem.iter().copied().max().unwrap_or(0) as usize;
        // Many stems have one frequency, and logarithms are slow.
        let mut by_frequency: Vec<Option<u32>> = vec![None; most + 1];
        let rarity = |frequency: u32| {
            thousandths(ln((self.sentences + 1) as f64 / (f64::from(frequency) + 0.5))) as u32
        };
        let weigh = |&frequency: &u32| {
            *by_frequency[frequency as usize].get_or_insert_with(|| weigh(rarity(frequency)))
        };
        self.by_stem.iter().map(weigh).collect()
    }
}

/// Counts all sentences and all tokens, and those that are new.
fn count_sentences(sequence: &Sequence, watch: Watch<'_>) -> Result<[Counts; 2], Cancelled> {
    let stems = &sequence.stems;
    let mut runs: HashSet<u64, PrehashedBuildHasher> =
        HashSet::with_capacity_and_hasher(stems.len(), PrehashedBuildHasher::default());
    let vocabulary = sequence.vocabulary();
    let mut counts = [0, 1].map(|_| Counts { sentences: 0, by_stem: vec![0; vocabulary] });
    // The last sentence in which each stem was counted, from 1.
    let mut counted = [0, 1].map(|_| vec![0_u32; vocabulary]);
    let mut count = |which: usize, stem: usize, sentence: u32, counts: &mut [Counts; 2]| {
        if std::mem::replace(&mut counted[which][stem], sentence) != sentence {
            counts[which].by_stem[stem] += 1;
        }
    };
    let mut start = 0;
    // Up to where the runs that were met before reach, and where the next run begins that was not looked up.
    let (mut known, mut next) = (0, 0);
    for (number, &end) in (1..).zip(&sequence.sentence_ends) {
        let paragraph = sequence.paragraph(sequence.paragraph_of(start as u32) as usize);
        let paragraph_end = paragraph.end as usize;
        // Of a paragraph that is shorter than a run, the run is all of it.
        let last_run = paragraph_end.saturating_sub(RUN).max(paragraph.start as usize);
        let mut new = false;
        for at in start..end as usize {
            watch.poll_at(at)?;
            next = next.max(paragraph.start as usize);
            // A token is known as soon as one of the runs that hold it is.
            while next <= at.min(last_run) {
                let run = &stems[next..paragraph_end.min(next + RUN)];
                let run_hash = run
                    .iter()
                    .fold(run.len() as u64, |hash, &stem| hash::mix(hash << 32 ^ hash ^ u64::from(stem)));
                if !runs.insert(run_hash) {
                    known = next + run.len();
                }
                next += 1;
            }
            count(0, stems[at] as usize, number, &mut counts);
            if at >= known {
                new = true;
                count(1, stems[at] as usize, number, &mut counts);
            }
        }
        counts[0].sentences += 1;
        counts[1].sentences += u64::from(new);
        start = end as usize;
    }
    Ok(counts)
}

/// `part / whole`, and 0 of nothing.
pub(super) fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// A number in whole thousandths.
pub(super) fn thousandths(x: f64) -> u64 {
    (x * ONE as f64 + 0.5) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_repeated_sentence_stay_rare() {
        let mut sequence = Sequence::default();
        for sentence in [[1, 2, 3, 4], [1, 5, 6, 7], [1, 2, 3, 4], [1, 2, 3, 4]] {
            for (at, word) in sentence.into_iter().enumerate() {
                sequence.push(hash::mix(word), hash::mix(word), false, at == 3);
            }
            sequence.end_paragraph();
        }
        sequence.end_document();
        let [all, new] = count_sentences(&sequence, Watch::none()).unwrap();
        // The stems are numbered as they appear; 1 stands everywhere, 2 in the sentence that is repeated.
        assert_eq!((all.sentences, &all.by_stem[..2]), (4, &[4, 3][..]));
        assert_eq!((new.sentences, &new.by_stem[..2]), (2, &[2, 1][..]));
        let weights = Weights::new(&sequence, &PassageThresholds::default(), Watch::none()).unwrap();
        assert!(weights.rarity(1) > weights.rarity(0) && weights.frequency(1) == 3);
    }
}
