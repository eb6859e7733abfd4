//! Work spread over threads, with results in the order of the input.
//!
//! Every parallel step of the library goes through here, so that one place decides what happens
//! without the feature `rayon`: the same, on one thread.

use std::convert::Infallible;
use std::ops::Range;

use crate::util::error::Error;
#[cfg(feature = "rayon")]
use crate::util::error::ErrorKind;

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
    /// So many threads, or those of whoever calls.
    pub(crate) fn new(threads: Option<usize>) -> Result<Self, Error> {
        if let Some(threads) = threads.filter(|threads| !(1..=MAX_THREADS).contains(threads)) {
            return Err(Error::setting("threads", threads, "at least 1 and at most 1024"));
        }
        #[cfg(feature = "rayon")]
        let pool = threads
            .map(|threads| {
                let builder = rayon::ThreadPoolBuilder::new().num_threads(threads);
                let failed = |error: rayon::ThreadPoolBuildError| ErrorKind::Threads {
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
}

/// How many threads there are to spread work over.
pub(crate) fn threads() -> usize {
    #[cfg(feature = "rayon")]
    return rayon::current_num_threads();
    #[cfg(not(feature = "rayon"))]
    return 1;
}

/// Cuts `0..count` into ranges of `grain` and returns what `work` makes of each, in order.
///
/// The cuts depend on the arguments alone, hence so do the results.
pub(crate) fn map_ranges<T, F>(count: usize, grain: usize, work: F) -> Vec<T>
where
    T: Send,
    F: Fn(Range<usize>) -> T + Sync,
{
    let Ok(made) = try_map_ranges(count, grain, |range| Ok::<T, Infallible>(work(range)));
    made
}

/// The same of work that may fail; then what was not begun is left.
pub(crate) fn try_map_ranges<T, E, F>(count: usize, grain: usize, work: F) -> Result<Vec<T>, E>
where
    T: Send,
    E: Send,
    F: Fn(Range<usize>) -> Result<T, E> + Sync,
{
    let range = |index: usize| index * grain..count.min((index + 1) * grain);
    let ranges = count.div_ceil(grain);
    #[cfg(feature = "rayon")]
    if ranges > 1 {
        use rayon::prelude::*;
        return (0..ranges).into_par_iter().map(|index| work(range(index))).collect();
    }
    (0..ranges).map(|index| work(range(index))).collect()
}

/// Does `work` on each item, which is told its index.
pub(crate) fn for_each<T: Send>(items: &mut [T], work: impl Fn(usize, &mut T) + Sync) {
    #[cfg(feature = "rayon")]
    if items.len() > 1 {
        use rayon::prelude::*;
        items.par_iter_mut().enumerate().for_each(|(index, item)| work(index, item));
        return;
    }
    items.iter_mut().enumerate().for_each(|(index, item)| work(index, item));
}

/// Sorts; equal items must be indistinguishable.
pub(crate) fn sort_unstable<T: Ord + Send>(items: &mut [T]) {
    #[cfg(feature = "rayon")]
    {
        use rayon::prelude::*;
        items.par_sort_unstable();
    }
    #[cfg(not(feature = "rayon"))]
    items.sort_unstable();
}

/// Sorts by a key that no two items share.
pub(crate) fn sort_unstable_by_key<T: Send, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K + Sync) {
    #[cfg(feature = "rayon")]
    {
        use rayon::prelude::*;
        items.par_sort_unstable_by_key(key);
    }
    #[cfg(not(feature = "rayon"))]
    items.sort_unstable_by_key(key);
}
