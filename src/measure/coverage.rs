//! How much of each paragraph stands in earlier ones.

use std::collections::HashSet;

use crate::util::hash_table::{PrehashedBuildHasher, Tables};
use crate::util::progress::{Cancelled, Watch};
use crate::util::share::Share;

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
    /// The covered share, of the distinct shingles.
    pub(crate) fn share(&self) -> Share {
        Share::new(self.covered as usize, self.shingles as usize)
    }
}

/// The coverage of each of some paragraphs by those before it, given as their shingle sets in order.
/// Sources count from 0. `excluded` shingles neither cover nor are covered.
///
/// # Complexity
///
/// Linear in the number of shingles: each is looked up once and remembered with the paragraph that
/// held it first. That takes 16 bytes and one more for a slot of a table, which is at most 7/8 full. Many
/// shingles are spread over several tables, since a table that grows cannot be interrupted.
pub(crate) fn coverage<'a>(
    paragraphs: impl Iterator<Item = &'a [u64]> + Clone,
    excluded: &HashSet<u64, PrehashedBuildHasher>,
    watch: Watch<'_>,
) -> Result<Vec<Coverage>, Cancelled> {
    /// The number of shingles after which the watcher is asked.
    const PART: usize = 4096;
    let shingles: usize = paragraphs.clone().map(<[u64]>::len).sum();
    let mut first: Tables<u32> = Tables::new(shingles);
    let mut sources = Vec::new();
    let mut found = Vec::new();
    for (paragraph, set) in (0..).zip(paragraphs) {
        sources.clear();
        for part in set.chunks(PART) {
            sources.extend(
                part.iter()
                    .filter(|shingle| excluded.is_empty() || !excluded.contains(shingle))
                    .map(|&shingle| *first.table(shingle).entry(shingle).or_insert(paragraph))
                    .filter(|&source| source != paragraph),
            );
            watch.poll()?;
        }
        found.push(Coverage {
            covered: sources.len() as u32,
            shingles: set.len() as u32,
            sources: by_frequency(&mut sources),
        });
    }
    Ok(found)
}

/// The distinct numbers, most frequent first, then ascending.
fn by_frequency(numbers: &mut [u32]) -> Vec<u32> {
    numbers.sort_unstable();
    let mut runs: Vec<&[u32]> = numbers.chunk_by(|a, b| a == b).collect();
    runs.sort_unstable_by_key(|run| (std::cmp::Reverse(run.len()), run[0]));
    runs.iter().map(|run| run[0]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coverage_counts_all_earlier_paragraphs() {
        let sets: [&[u64]; 5] = [&[1, 2, 3, 4], &[], &[3, 5, 6], &[3, 4, 5, 7], &[1, 2, 3, 4]];
        let found = coverage(sets.into_iter(), &HashSet::default(), Watch::none()).unwrap();
        let counts: Vec<(u32, u32)> = found.iter().map(|c| (c.covered, c.shingles)).collect();
        assert_eq!(counts, [(0, 4), (0, 0), (1, 3), (3, 4), (4, 4)]);
        assert_eq!(found[3].sources, [0, 2]);
        assert_eq!(found[3].share().value(), 0.75);
        assert_eq!(found[1].share().value(), 0.0);

        let found = coverage(sets.into_iter(), &[3, 9].into_iter().collect(), Watch::none()).unwrap();
        let counts: Vec<(u32, u32)> = found.iter().map(|c| (c.covered, c.shingles)).collect();
        assert_eq!(counts, [(0, 4), (0, 0), (0, 3), (2, 4), (3, 4)]);
    }

    #[test]
    fn many_shingles_are_counted_like_few() {
        const MANY: usize = Tables::<u32>::MANY;
        let set = |from: u64| (from..from + MANY as u64).map(|n| n << 30 | n).collect::<Vec<u64>>();
        let sets = [set(0), set(1000), set(MANY as u64 / 2)];
        let found = coverage(sets.iter().map(|set| &set[..]), &HashSet::default(), Watch::none()).unwrap();
        let covered: Vec<u32> = found.iter().map(|coverage| coverage.covered).collect();
        assert_eq!(covered, [0, MANY as u32 - 1000, MANY as u32 / 2 + 1000]);
        assert_eq!(found[2].sources, [0, 1]);
    }
}
