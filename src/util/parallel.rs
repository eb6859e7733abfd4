//! Work spread over threads, with results in the order of the input.
//!
//! Every parallel step of the library goes through here, so that one place decides what happens
//! without the feature `rayon`: the same, on one thread.

use std::convert::Infallible;
use std::ops::Range;

#[cfg(feature = "rayon")]
use crate::util::error::Cause;
use crate::util::error::Error;
use crate::util::progress::{Cancelled, Watch};

/// More threads than this are a mistake, and take the system long to start.
const MAX_THREADS: usize = 1024;

/// The threads that a detector works with.
#[derive(Debug)]
pub(crate) struct Threads {
    /// A pool of its own, if a number of threads was asked for.
    #[cfg(feature = "rayon")]
    pool: Option<rayon::ThreadPool>,
}

impl Threads {
    /// A pool of `threads`, or the caller's.
    pub(crate) fn new(threads: Option<usize>) -> Result<Self, Error> {
        if let Some(threads) = threads.filter(|threads| !(1..=MAX_THREADS).contains(threads)) {
            return Err(Error::out_of_range("threads", threads, "at least 1 and at most 1024"));
        }
        #[cfg(feature = "rayon")]
        let pool = threads
            .map(|threads| {
                let builder = rayon::ThreadPoolBuilder::new().num_threads(threads);
                let failed = |error: rayon::ThreadPoolBuildError| Cause::Threads {
                    threads,
                    reason: error.to_string(),
                };
                builder.build().map_err(failed)
            })
            .transpose()?;
        Ok(Self {
            #[cfg(feature = "rayon")]
            pool,
        })
    }

    /// Does the work on these threads.
    pub(crate) fn run<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        #[cfg(feature = "rayon")]
        if let Some(pool) = &self.pool {
            return pool.install(work);
        }
        work()
    }

    /// Does the work on these threads. If no number of threads was asked for, a text of few bytes is work for
    /// the caller's thread alone, since it would take longer to wake others.
    #[cfg(feature = "rayon")]
    pub(crate) fn run_on<T: Send>(&self, bytes: usize, work: impl FnOnce() -> T + Send) -> T {
        if self.pool.is_none() && bytes <= alone::MOST_BYTES {
            return alone::run(work);
        }
        self.run(work)
    }

    #[cfg(not(feature = "rayon"))]
    pub(crate) fn run_on<T>(&self, _: usize, work: impl FnOnce() -> T) -> T {
        work()
    }
}

/// Work that is not spread over threads, whatever pool there is.
#[cfg(feature = "rayon")]
mod alone {
    use std::cell::Cell;

    /// A text of this many bytes takes some eight milliseconds.
    pub(super) const MOST_BYTES: usize = 1 << 16;

    thread_local! {
        static IS_ALONE: Cell<bool> = const { Cell::new(false) };
    }

    /// Does all of the work on this thread.
    pub(super) fn run<T>(work: impl FnOnce() -> T) -> T {
        struct Restore(bool);
        impl Drop for Restore {
            fn drop(&mut self) {
                IS_ALONE.set(self.0);
            }
        }
        let _restore = Restore(IS_ALONE.replace(true));
        work()
    }

    pub(super) fn is_alone() -> bool {
        IS_ALONE.get()
    }
}

/// Whether work of this thread is spread over several.
#[cfg(feature = "rayon")]
fn is_spread() -> bool {
    !alone::is_alone() && rayon::current_num_threads() > 1
}

/// How many threads there are to spread work over.
pub(crate) fn threads() -> usize {
    #[cfg(feature = "rayon")]
    if is_spread() {
        return rayon::current_num_threads();
    }
    1
}

/// Cuts `0..count` into ranges of `grain` and returns what `work` makes of each, in order. If it fails, what
/// was not begun is left.
///
/// The cuts depend on the arguments alone, hence so do the results.
pub(crate) fn try_map_ranges<T, E, F>(count: usize, grain: usize, work: F) -> Result<Vec<T>, E>
where
    T: Send,
    E: Send,
    F: Fn(Range<usize>) -> Result<T, E> + Sync,
{
    let range = |index: usize| index * grain..count.min((index + 1) * grain);
    let ranges = count.div_ceil(grain);
    #[cfg(feature = "rayon")]
    if ranges > 1 && is_spread() {
        use rayon::prelude::*;
        return (0..ranges).into_par_iter().map(|index| work(range(index))).collect();
    }
    (0..ranges).map(|index| work(range(index))).collect()
}

/// Lists end to end, such as `try_map_ranges` returns.
pub(crate) fn try_concat<T: Clone>(lists: Vec<Vec<T>>, watch: Watch<'_>) -> Result<Vec<T>, Cancelled> {
    let mut all = Vec::with_capacity(lists.iter().map(Vec::len).sum());
    for list in lists {
        for piece in list.chunks(PIECE) {
            all.extend_from_slice(piece);
            watch.poll()?;
        }
    }
    Ok(all)
}

/// Does `work` on each item, given its index.
pub(crate) fn for_each<T: Send>(items: &mut [T], work: impl Fn(usize, &mut T) + Sync) {
    let Ok(()) = try_for_each(items, |index, item| {
        work(index, item);
        Ok::<(), Infallible>(())
    });
}

/// The same of work that may fail; then what was not begun is left.
pub(crate) fn try_for_each<T: Send, E: Send>(
    items: &mut [T],
    work: impl Fn(usize, &mut T) -> Result<(), E> + Sync,
) -> Result<(), E> {
    #[cfg(feature = "rayon")]
    if items.len() > 1 && is_spread() {
        use rayon::prelude::*;
        return items.par_iter_mut().enumerate().try_for_each(|(index, item)| work(index, item));
    }
    items.iter_mut().enumerate().try_for_each(|(index, item)| work(index, item))
}

/// Sorts; equal items must be indistinguishable. If the watcher cancels, the order is undefined.
pub(crate) fn try_sort_unstable<T: Copy + Ord + Send + Sync>(
    items: &mut [T],
    watch: Watch<'_>,
) -> Result<(), Cancelled> {
    try_sort_unstable_by_key(items, |&item| item, watch)
}

/// Sorts by a key that no two different items share.
pub(crate) fn try_sort_unstable_by_key<T: Copy + Send + Sync, K: Ord>(
    items: &mut [T],
    key: impl Fn(&T) -> K + Sync,
    watch: Watch<'_>,
) -> Result<(), Cancelled> {
    if watch.is_none() || items.len() <= PIECE {
        watch.poll()?;
        #[cfg(feature = "rayon")]
        if items.len() > FEW && is_spread() {
            use rayon::prelude::*;
            items.par_sort_unstable_by_key(key);
            return Ok(());
        }
        items.sort_unstable_by_key(key);
        return Ok(());
    }
    sort_in_pieces(items, key, watch)
}

/// Up to this number of items `rayon` uses one thread, and there the sort of the standard library is faster.
#[cfg(feature = "rayon")]
const FEW: usize = 2000;

/// Many items are sorted in pieces of this size, since a sort cannot be cancelled: a few milliseconds.
const PIECE: usize = 1 << 16;

/// Sorts pieces, then merges them two by two. The pieces of the output of a merge are independent of each
/// other, so every round is spread over the threads and polls between them.
fn sort_in_pieces<T: Copy + Send + Sync, K: Ord>(
    items: &mut [T],
    key: impl Fn(&T) -> K + Sync,
    watch: Watch<'_>,
) -> Result<(), Cancelled> {
    let mut pieces: Vec<&mut [T]> = items.chunks_mut(PIECE).collect();
    try_for_each(&mut pieces, |_, piece| {
        piece.sort_unstable_by_key(&key);
        watch.poll()
    })?;
    let mut run = PIECE;
    let mut merged = Vec::with_capacity(items.len());
    for piece in items.chunks(PIECE) {
        merged.extend_from_slice(piece);
        watch.poll()?;
    }
    while run < items.len() {
        let source = &*items;
        let mut outputs: Vec<&mut [T]> = merged.chunks_mut(PIECE).collect();
        try_for_each(&mut outputs, |number, output| {
            let at = number * PIECE;
            // The two runs that this piece of the output is merged from.
            let start = at / (2 * run) * (2 * run);
            let middle = source.len().min(start + run);
            let (left, right) = (&source[start..middle], &source[middle..source.len().min(start + 2 * run)]);
            merge(left, right, at - start, output, &key);
            watch.poll()
        })?;
        for (piece, merged) in items.chunks_mut(PIECE).zip(merged.chunks(PIECE)) {
            piece.copy_from_slice(merged);
            watch.poll()?;
        }
        run *= 2;
    }
    Ok(())
}

/// Fills `output` with the items from `skip` on of what two sorted runs are if merged.
fn merge<T: Copy, K: Ord>(left: &[T], right: &[T], skip: usize, output: &mut [T], key: &impl Fn(&T) -> K) {
    // How many of the skipped items are of the left run: the least count for which no item that is left
    // there should stand before one that was taken from the right.
    let (mut low, mut high) = (skip.saturating_sub(right.len()), skip.min(left.len()));
    while low < high {
        let taken = low.midpoint(high);
        if key(&left[taken]) <= key(&right[skip - taken - 1]) { low = taken + 1 } else { high = taken }
    }
    let (mut left, mut right) = (&left[low..], &right[skip - low..]);
    for slot in output {
        let from_left = match (left.first(), right.first()) {
            (Some(a), Some(b)) => key(a) <= key(b),
            (a, _) => a.is_some(),
        };
        let from = if from_left { &mut left } else { &mut right };
        *slot = from[0];
        *from = &from[1..];
    }
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use super::*;
    use crate::util::progress::Watcher;

    #[test]
    fn a_sort_in_pieces_is_a_sort() {
        let random = |i: u64| (i.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20) ^ i << 7;
        for (count, values) in [(0, 1), (1, 1), (PIECE, 9), (3 * PIECE + 17, u64::MAX), (5 * PIECE, 1000)] {
            let mut items: Vec<(u64, u64)> =
                (0..count as u64).map(|i| (random(i) % values, random(i + 1) % 3)).collect();
            let mut expected = items.clone();
            expected.sort_unstable();
            sort_in_pieces(&mut items, |&item| item, Watch::none()).unwrap();
            assert!(items == expected, "{count} of {values}");
        }
    }

    #[test]
    fn a_sort_can_be_cancelled() {
        let watch = |_| ControlFlow::Break(());
        let watcher = Watcher::new(&watch);
        let mut items: Vec<u32> = (0..3 * PIECE as u32).rev().collect();
        assert_eq!(watcher.handle().show(crate::util::progress::Stage::Matching, 0, 1), Err(Cancelled));
        assert_eq!(try_sort_unstable(&mut items, watcher.handle()), Err(Cancelled));
    }
}
