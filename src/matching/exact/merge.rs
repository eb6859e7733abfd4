//! The numbers in any of some ascending lists, each once, and how many of the lists hold it.

/// So many numbers are looked at side by side at most: what is kept of them stays in the fastest cache.
const WINDOW: usize = 1 << 10;
/// A bit for each of them.
const WORDS: usize = WINDOW / 64;

/// Scratch to find unions with, one after the other: a window of the numbers.
#[derive(Debug)]
pub(crate) struct ListMerger {
    /// Where the window begins.
    base: u32,
    /// From which word of `met` on there may be numbers.
    word: usize,
    /// Which numbers were met,
    met: [u64; WORDS],
    /// and how often.
    times: Box<[u32; WINDOW]>,
}

impl ListMerger {
    pub(crate) fn new() -> Self {
        Self { base: 0, word: WORDS, met: [0; WORDS], times: Box::new([0; WINDOW]) }
    }

    /// The numbers in these lists, ascending, and in how many lists each stands; found as they are
    /// asked for, so that who needs a few does not pay for all.
    pub(crate) fn merge<'a>(&mut self, lists: impl Iterator<Item = &'a [u32]>) -> Merged<'_, 'a> {
        let lists = lists.filter(|list| !list.is_empty()).collect();
        Merged { merger: self, lists, width: 64 }
    }

    /// Meets the numbers of the next window of this width. Returns whether there are any.
    fn fill(&mut self, lists: &mut Vec<&[u32]>, width: u32) -> bool {
        lists.retain(|list| !list.is_empty());
        let Some(base) = lists.iter().map(|list| list[0]).min() else { return false };
        (self.base, self.word) = (base, 0);
        for list in lists {
            while let [first, rest @ ..] = *list
                && first - base < width
            {
                let place = (first - base) as usize;
                self.met[place / 64] |= 1 << (place % 64);
                self.times[place] += 1;
                *list = rest;
            }
        }
        true
    }

    /// The next number of the window.
    fn step(&mut self) -> Option<(u32, u32)> {
        let ahead = self.met[self.word..].iter().position(|&word| word != 0);
        self.word = ahead.map_or(WORDS, |ahead| self.word + ahead);
        let word = self.met.get_mut(self.word)?;
        let place = 64 * self.word + word.trailing_zeros() as usize;
        *word &= *word - 1;
        Some((self.base + place as u32, std::mem::take(&mut self.times[place])))
    }
}

/// The numbers of a merger.
#[derive(Debug)]
pub(crate) struct Merged<'u, 'a> {
    merger: &'u mut ListMerger,
    /// What is left of the lists.
    lists: Vec<&'a [u32]>,
    /// How wide the next window is: narrow at first, since a few numbers may do.
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

/// What nobody asked for must not count in the next merger.
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
    fn unions_ascend_and_count() {
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
    fn the_greatest_numbers_are_found() {
        let lists: [&[u32]; 3] = [&[0, u32::MAX - 1, u32::MAX], &[], &[u32::MAX]];
        let mut merger = ListMerger::new();
        let found: Vec<(u32, u32)> = merger.merge(lists.into_iter()).collect();
        assert_eq!(found, [(0, 1), (u32::MAX - 1, 1), (u32::MAX, 2)]);
    }
}
