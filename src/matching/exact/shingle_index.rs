//! An inverted index: for each shingle the sets that hold it, the rarest shingles first.

use crate::set::ShingleSets;
use crate::util::error::{Error, Limit};
use crate::util::parallel;
use crate::util::progress::Watch;

/// For each shared shingle the sets that hold it, and for each set its shared shingles. A shingle is shared
/// if at least two of the sets hold it; the others cannot lead from one set to another.
///
/// Sets are numbered by their position in the list from which the index was made. In every list these
/// numbers ascend. A shared shingle is known by the number of its list.
#[derive(Debug)]
pub(crate) struct ShingleIndex {
    /// The sizes of the sets.
    sizes: Vec<u32>,
    /// For each set its shared shingles as numbers of lists, the shortest list first.
    shared: Lists,
    /// For each shared shingle the sets that hold it.
    holders: Lists,
}

/// Many lists of numbers in one vector.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    items: Vec<u32>,
    ends: Vec<usize>,
}

impl Lists {
    pub(crate) fn get(&self, index: usize) -> &[u32] {
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.items[start..self.ends[index]]
    }

    /// For each item below `count` the numbers of the lists that hold it. There are fewer than 2^32 sets and
    /// shared shingles, so the numbers have 32 bits.
    fn inverted(&self, count: usize) -> Self {
        let mut ends = vec![0; count];
        for &item in &self.items {
            ends[item as usize] += 1;
        }
        let mut end = 0;
        for start in &mut ends {
            end += std::mem::replace(start, end);
        }
        let mut items = vec![0; self.items.len()];
        for index in 0..self.ends.len() {
            for &item in self.get(index) {
                let at = &mut ends[item as usize];
                items[*at] = index as u32;
                *at += 1;
            }
        }
        Self { items, ends }
    }
}

impl ShingleIndex {
    /// Indexes the sets `members` of `sets`.
    ///
    /// # Errors
    ///
    /// If they share more than `u32::MAX` shingles.
    pub(crate) fn new(sets: &ShingleSets, members: &[u32], watch: Watch<'_>) -> Result<Self, Error> {
        let members = || members.iter().map(|&member| sets.get(member as usize));
        let sizes: Vec<u32> = members().map(|set| set.len() as u32).collect();
        // A single set shares nothing and may be very large.
        let alone = sizes.len() < 2;
        let shingles = sizes.iter().map(|&size| size as usize).sum();
        let mut entries: Vec<(u64, u32)> = Vec::with_capacity(if alone { 0 } else { shingles });
        for (number, set) in (0..).zip(members()).filter(|_| !alone) {
            entries.extend(set.iter().map(|&shingle| (shingle, number)));
            watch.poll()?;
        }
        parallel::try_sort_unstable(&mut entries, watch)?;
        let mut runs: Vec<&[(u64, u32)]> =
            entries.chunk_by(|a, b| a.0 == b.0).filter(|run| run.len() > 1).collect();
        watch.poll()?;
        check_shared(runs.len())?;
        // Equally rare shingles stay in the order of their hashes.
        parallel::try_sort_unstable_by_key(&mut runs, |run| (run.len(), run[0].0), watch)?;
        let mut holders = Lists::default();
        for runs in runs.chunks(1 << 14) {
            for run in runs {
                holders.items.extend(run.iter().map(|&(_, number)| number));
                holders.ends.push(holders.items.len());
            }
            watch.poll()?;
        }
        let shared = holders.inverted(sizes.len());
        Ok(Self { sizes, shared, holders })
    }

    /// The number of sets.
    pub(crate) fn sets(&self) -> usize {
        self.sizes.len()
    }

    pub(crate) fn size(&self, set: usize) -> u32 {
        self.sizes[set]
    }

    /// The shared shingles of `set` as numbers of lists, the rarest first.
    pub(crate) fn shared(&self, set: usize) -> &[u32] {
        self.shared.get(set)
    }

    /// The sets that hold the shingle of a list, ascending.
    pub(crate) fn holders(&self, list: u32) -> &[u32] {
        self.holders.get(list as usize)
    }

    /// The prefix of `set`, as numbers of lists: every other set that holds at least the fraction `share` of
    /// its shingles holds one of these. The prefix consists of the rarest shingles.
    ///
    /// If another set holds at least `o` of the `n` shingles, it lacks at most `n - o` of them. So it holds
    /// at least one of any `n - o + 1` (Chaudhuri, Ganti, Kaushik 2006).
    pub(crate) fn prefix(&self, set: usize, share: f64) -> &[u32] {
        self.longer_prefix(set, share, 0)
    }

    /// The same with `extra` more shingles, as far as there are any: every other set that holds at least the
    /// fraction `share` holds at least `extra + 1` of these, if it needs that many.
    pub(crate) fn longer_prefix(&self, set: usize, share: f64, extra: usize) -> &[u32] {
        let size = self.sizes[set] as usize;
        let needed = least_part(size, share);
        let shared = self.shared.get(set);
        let unshared = size - shared.len();
        &shared[..(size + 1 - needed + extra).saturating_sub(unshared).min(shared.len())]
    }

    /// The number of lists; [`new`](Self::new) has made sure that it has 32 bits.
    pub(crate) fn lists(&self) -> u32 {
        self.holders.ends.len() as u32
    }

    /// The prefixes of all sets, and for each list the sets in whose prefixes it is.
    pub(crate) fn prefixes(&self, share: f64) -> (Lists, Lists) {
        let mut prefixes = Lists::default();
        for set in 0..self.sizes.len() {
            prefixes.items.extend_from_slice(self.prefix(set, share));
            prefixes.ends.push(prefixes.items.len());
        }
        let holders = prefixes.inverted(self.holders.ends.len());
        (prefixes, holders)
    }
}

/// The number of shared shingles, which must have at most 32 bits.
fn check_shared(shared: usize) -> Result<u32, Error> {
    shared.try_into().map_err(|_| Limit::SharedShingles.into())
}

/// The smallest integer `o ≥ 1` with `o / size ≥ share`, computed and compared as floats.
pub(crate) fn least_part(size: usize, share: f64) -> usize {
    let guess = (share * size as f64) as usize;
    (guess.saturating_sub(1).max(1)..)
        .find(|&o| o as f64 / size as f64 >= share)
        .expect("a share is at most 1")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn least_parts_agree_with_the_comparison() {
        for size in 1..200_usize {
            for share in [0.001, 0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 1.0] {
                let least = least_part(size, share);
                assert!(least as f64 / size as f64 >= share);
                assert!(least == 1 || (((least - 1) as f64) / (size as f64)) < share);
            }
        }
    }

    #[cfg(target_pointer_width = "64")]
    #[test]
    fn too_many_shared_shingles_are_an_error() {
        assert_eq!(check_shared(u32::MAX as usize), Ok(u32::MAX));
        let error = check_shared(u32::MAX as usize + 1).unwrap_err();
        assert_eq!(
            error.to_string(),
            "paragraphs share more than 4294967295 shingles, the most that can be numbered"
        );
    }

    #[test]
    fn prefixes_start_with_the_rarest() {
        let runs = [[1, 2, 3, 4], [1, 2, 3, 5], [1, 2, 6, 7], [1, 8, 9, 10]];
        let mut sets = ShingleSets::collect(4, 1, |index, units| *units = runs[index].to_vec());
        sets.sort(|_| true, Watch::none()).unwrap();
        let index = ShingleIndex::new(&sets, &[0, 1, 2, 3], Watch::none()).unwrap();
        // Of set 0, one shingle is its own and three are shared, by 2, 3 and 4 sets.
        let lengths = |share| {
            let prefix = index.prefix(0, share);
            prefix.iter().map(|&list| index.holders(list).len()).collect::<Vec<_>>()
        };
        assert_eq!(lengths(1.0), [0_usize; 0]);
        assert_eq!(lengths(0.75), [2]);
        assert_eq!(lengths(0.5), [2, 3]);
        assert_eq!(lengths(0.25), [2, 3, 4]);
    }
}
