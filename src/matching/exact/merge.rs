//! Merges ascending lists of numbers, and counts in how many lists each number is.

/// The largest range of numbers that is counted at a time; its counts fit into the fastest cache.
const WINDOW: usize = 1 << 10;
/// The words that hold one bit for each number of a window.
const WORDS: usize = WINDOW / 64;

/// Memory to merge lists, used for one merge after the other. It holds a window of the numbers.
#[derive(Debug)]
pub(crate) struct ListMerger {
    /// The first number of the window.
    base: u32,
    /// The first word of `present` that may hold a bit.
    word: usize,
    /// The numbers in the lists, as bits.
    present: [u64; WORDS],
    /// In how many lists each of them is.
    counts: Box<[u32; WINDOW]>,
}

impl ListMerger {
    pub(crate) fn new() -> Self {
        Self { base: 0, word: WORDS, present: [0; WORDS], counts: Box::new([0; WINDOW]) }
    }

    /// The numbers in these lists, ascending, and in how many lists each of them is.
    ///
    /// The iterator reads the lists only as far as needed, so a few numbers do not cost the whole merge.
    pub(crate) fn merge<'a>(&mut self, lists: impl Iterator<Item = &'a [u32]>) -> Merged<'_, 'a> {
        let lists = lists.filter(|list| !list.is_empty()).collect();
        Merged { merger: self, lists, width: 64 }
    }

    /// Counts the numbers of the next window of this width. Returns whether there are any.
    fn fill(&mut self, lists: &mut Vec<&[u32]>, width: u32) -> bool {
        lists.retain(|list| !list.is_empty());
        let Some(base) = lists.iter().map(|list| list[0]).min() else { return false };
        (self.base, self.word) = (base, 0);
        for list in lists {
            while let [first, rest @ ..] = *list
                && first - base < width
            {
                let offset = (first - base) as usize;
                self.present[offset / 64] |= 1 << (offset % 64);
                self.counts[offset] += 1;
                *list = rest;
            }
        }
        true
    }

    /// The next number of the window, and its count.
    fn step(&mut self) -> Option<(u32, u32)> {
        let ahead = self.present[self.word..].iter().position(|&word| word != 0);
        self.word = ahead.map_or(WORDS, |ahead| self.word + ahead);
        let word = self.present.get_mut(self.word)?;
        let offset = 64 * self.word + word.trailing_zeros() as usize;
        *word &= *word - 1;
        Some((self.base + offset as u32, std::mem::take(&mut self.counts[offset])))
    }
}

/// The iterator that [`ListMerger::merge`] returns.
#[derive(Debug)]
pub(crate) struct Merged<'u, 'a> {
    merger: &'u mut ListMerger,
    /// The parts of the lists that are not read yet.
    lists: Vec<&'a [u32]>,
    /// The width of the next window: small at first, because a few numbers may be enough.
    width: u32,
}

impl Iterator for Merged<'_, '_> {
    type Item = (u32, u32);

    fn next(&mut self) -> Option<(u32, u32)> {
        loop {
            if let Some(number) = self.merger.step() {
                return Some(number);
            }
            if !self.merger.fill(&mut self.lists, self.width) {
                return None;
            }
            self.width = (2 * self.width).min(WINDOW as u32);
        }
    }
}

/// Clears the window, so that it does not count in the next merge.
impl Drop for Merged<'_, '_> {
    fn drop(&mut self) {
        while self.merger.step().is_some() {}
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::set::hash::mix;

    #[test]
    fn merged_numbers_ascend_and_are_counted() {
        let mut merger = ListMerger::new();
        for round in 0..200_u64 {
            let spread = 1 << (round % 20);
            let lists: Vec<Vec<u32>> = (0..round % 7)
                .map(|list| {
                    let number = |i| (mix(round << 32 | list << 16 | i) % spread) as u32;
                    let mut list: Vec<u32> = (0..round * list).map(number).collect();
                    list.sort_unstable();
                    list.dedup();
                    list
                })
                .collect();
            let mut expected = BTreeMap::new();
            for &number in lists.iter().flatten() {
                *expected.entry(number).or_insert(0) += 1;
            }
            let lists = || lists.iter().map(|list| &list[..]);
            let wanted = mix(round) as usize % 300;
            let found: Vec<(u32, u32)> =
                merger.merge(lists().map(|list| &*list.to_vec().leak())).take(wanted).collect();
            assert!(found.into_iter().eq(expected.into_iter().take(wanted)));
        }
    }

    #[test]
    fn the_largest_numbers_are_found() {
        let lists: [&[u32]; 3] = [&[0, u32::MAX - 1, u32::MAX], &[], &[u32::MAX]];
        let mut merger = ListMerger::new();
        let found: Vec<(u32, u32)> = merger.merge(lists.into_iter()).collect();
        assert_eq!(found, [(0, 1), (u32::MAX - 1, 1), (u32::MAX, 2)]);
    }
}
