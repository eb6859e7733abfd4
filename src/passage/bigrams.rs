//! Pairs of neighbouring stems: what two stretches share of the order of their words.

use std::ops::Range;

use super::sequence::Sequence;
use super::weights::{ln, thousandths};
use crate::set::hash;
use crate::util::progress::{Cancelled, Watch};
use crate::util::sort::sort_keyed;

/// The bigram that begins at each place, weighed like stems by how few sentences it begins in.
#[derive(Debug)]
pub(super) struct Bigrams {
    /// For each place the number of its bigram; `NONE` at the end of a document.
    at: Vec<u32>,
    rarities: Vec<u32>,
}

const NONE: u32 = u32::MAX;

impl Bigrams {
    pub(super) fn new(sequence: &Sequence, watch: Watch<'_>) -> Result<Self, Cancelled> {
        // The upper half of a hash, and the place in the lower half. Bigrams that share the upper half
        // of a hash by chance count as one.
        let mut placed: Vec<u64> = Vec::with_capacity(sequence.len());
        for document in 0..sequence.documents() {
            let places = sequence.document(document);
            for (place, pair) in places.clone().zip(sequence.stems_of(&places).windows(2)) {
                watch.poll_at(place as usize)?;
                let hash = hash::mix(u64::from(pair[0]) << 32 | u64::from(pair[1]));
                placed.push(hash >> 32 << 32 | u64::from(place));
            }
        }
        sort_keyed(&mut placed, &mut Vec::new(), watch)?;
        let mut sentence_of = vec![0_u32; sequence.len()];
        let mut start = 0;
        for (number, &end) in (0..).zip(&sequence.sentence_ends) {
            sentence_of[start..end as usize].fill(number);
            start = end as usize;
        }
        let mut at = vec![NONE; sequence.len()];
        let mut frequencies: Vec<u32> = Vec::new();
        for same in placed.chunk_by(|a, b| a >> 32 == b >> 32) {
            let (mut count, mut last) = (0, NONE);
            for &entry in same {
                let place = entry as u32 as usize;
                at[place] = frequencies.len() as u32;
                // Equal bigrams ascend by place, hence by sentence.
                count += u32::from(std::mem::replace(&mut last, sentence_of[place]) != sentence_of[place]);
            }
            watch.poll_at(frequencies.len())?;
            frequencies.push(count);
        }
        let most = frequencies.iter().copied().max().unwrap_or(0);
        let sentences = (sequence.sentence_ends.len() + 1) as f64;
        let rarity = |frequency: u32| thousandths(ln(sentences / (f64::from(frequency) + 0.5))) as u32;
        let mut by_frequency: Vec<Option<u32>> = vec![None; most as usize + 1];
        let weigh =
            |&frequency: &u32| *by_frequency[frequency as usize].get_or_insert_with(|| rarity(frequency));
        let rarities = frequencies.iter().map(weigh).collect();
        Ok(Self { at, rarities })
    }

    /// How many different bigrams there are.
    pub(super) fn len(&self) -> usize {
        self.rarities.len()
    }

    /// The bigrams that lie whole in a stretch, in order; some more than once.
    pub(super) fn within(&self, stretch: &Range<u32>) -> impl Iterator<Item = u32> {
        let whole = stretch.start as usize..(stretch.end.max(stretch.start + 1) - 1) as usize;
        self.at[whole].iter().copied().filter(|&bigram| bigram != NONE)
    }

    pub(super) fn rarity(&self, bigram: u32) -> u64 {
        self.rarities[bigram as usize].into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::set::hash::mix;

    #[test]
    fn bigrams_cross_sentences_but_no_documents() {
        let mut sequence = Sequence::default();
        for document in [&[1, 2, 3, 1, 2, 3][..], &[2, 3, 1]] {
            for (at, &word) in document.iter().enumerate() {
                sequence.push(mix(word), mix(word), false, at == 2);
            }
            sequence.end_paragraph();
            sequence.end_document();
        }
        let bigrams = Bigrams::new(&sequence, Watch::none()).unwrap();
        assert_eq!(bigrams.len(), 3);
        let of = |stretch: Range<u32>| bigrams.within(&stretch).collect::<Vec<_>>();
        assert_eq!(of(0..2), of(3..5));
        assert_eq!(of(1..4), of(6..9));
        assert!(of(5..7).is_empty() && of(0..1).is_empty() && of(4..4).is_empty());
        // "2 3" begins in all three sentences, "3 1" in two.
        let [rarer, common] = [of(2..4)[0], of(1..3)[0]].map(|bigram| bigrams.rarity(bigram));
        assert!(rarer > common);
    }
}
