//! How much of each paragraph was said before it.

use std::collections::{HashMap, HashSet};

use crate::set::ratio;
use crate::util::hash_table::PrehashedBuildHasher;

/// How many shingles of a paragraph stand earlier, and where they stood first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Coverage {
    /// How many of its distinct shingles stand in earlier paragraphs.
    pub(crate) covered: u32,
    /// How many distinct shingles it has.
    pub(crate) shingles: u32,
    /// The earlier paragraphs that said some of them first, those that said most in front.
    pub(crate) sources: Vec<u32>,
}

impl Coverage {
    /// The covered share, in `0.0..=1.0`; 0 for a paragraph without a shingle.
    pub(crate) fn share(&self) -> f64 {
        ratio(self.covered, self.shingles.into())
    }
}

/// The coverage of each of some paragraphs by those before it, given as their shingle sets in order.
/// Sources count from 0. Shingles `besides` count as said by nobody.
///
/// # Complexity
///
/// Linear in the number of shingles: each is looked up once and remembered with the paragraph that
/// held it first. That takes 16 bytes and one more for a slot of the table, which is at most 7/8 full.
pub(crate) fn coverage<'a>(
    paragraphs: impl Iterator<Item = &'a [u64]>,
    besides: &HashSet<u64, PrehashedBuildHasher>,
) -> Vec<Coverage> {
    let mut first: HashMap<u64, u32, PrehashedBuildHasher> = HashMap::default();
    let mut sources = Vec::new();
    (0..)
        .zip(paragraphs)
        .map(|(paragraph, set)| {
            sources.clear();
            sources.extend(
                set.iter()
                    .filter(|shingle| besides.is_empty() || !besides.contains(shingle))
                    .map(|&shingle| *first.entry(shingle).or_insert(paragraph))
                    .filter(|&source| source != paragraph),
            );
            Coverage {
                covered: sources.len() as u32,
                shingles: set.len() as u32,
                sources: by_frequency(&mut sources),
            }
        })
        .collect()
}

/// The distinct numbers, most frequent first, then ascending.
fn by_frequency(numbers: &mut [u32]) -> Vec<u32> {
    numbers.sort_unstable();
    let mut runs: Vec<&[u32]> = numbers.chunk_by(|a, b| a == b).collect();
    runs.sort_by_key(|run| std::cmp::Reverse(run.len()));
    runs.iter().map(|run| run[0]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coverage_counts_what_stood_before_wherever() {
        let sets: [&[u64]; 5] = [&[1, 2, 3, 4], &[], &[3, 5, 6], &[3, 4, 5, 7], &[1, 2, 3, 4]];
        let found = coverage(sets.into_iter(), &HashSet::default());
        let counts: Vec<(u32, u32)> = found.iter().map(|c| (c.covered, c.shingles)).collect();
        assert_eq!(counts, [(0, 4), (0, 0), (1, 3), (3, 4), (4, 4)]);
        assert_eq!(found[3].sources, [0, 2]);
        assert_eq!(found[3].share(), 0.75);
        assert_eq!(found[1].share(), 0.0);

        let found = coverage(sets.into_iter(), &[3, 9].into_iter().collect());
        let counts: Vec<(u32, u32)> = found.iter().map(|c| (c.covered, c.shingles)).collect();
        assert_eq!(counts, [(0, 4), (0, 0), (0, 3), (2, 4), (3, 4)]);
    }
}
