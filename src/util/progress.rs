//! How far long work has come, and whether to go on.

use std::fmt;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// How far the work has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// How much of the stage is done, at most `total`.
    pub done: usize,
    /// How much there is to do in this stage, at least 1.
    pub total: usize,
}

/// What is being done. A check goes through the stages in this order; a [`Corpus`](crate::Corpus) has
/// only `Matching`, `Joining` and `Choosing`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Stage {
    /// Cutting documents into paragraphs and tokens; counted in paragraphs.
    Tokenizing,
    /// Looking for near-duplicates; counted in bands, if pairs are asked for, else as one.
    Matching,
    /// Comparing paragraphs that share rare shingles: in a banded search those of crowded buckets, in
    /// an exact one all; counted in paragraphs.
    Joining,
    /// Choosing the representative of each paragraph; counted in paragraphs.
    Choosing,
    /// Looking for passages; counted as one.
    FindingPassages,
    /// Counting coverage, redundancy and shared tokens; counted as one.
    Measuring,
    /// Aligning the words of pairs and making findings; counted as one.
    Reporting,
}

/// The watcher cancelled the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cancelled;

/// The caller's watcher, and what it said last.
pub(crate) struct Watcher<'a> {
    watch: &'a (dyn Fn(Progress) -> ControlFlow<()> + Sync),
    started: Instant,
    /// When [`Watch::poll`] calls the watcher next, in milliseconds since the start.
    due: AtomicU64,
    cancelled: AtomicBool,
    /// What the watcher was shown last. Held while the watcher runs, so that no call follows the one
    /// that cancels.
    shown: Mutex<Option<Progress>>,
}

/// [`Watch::poll`] calls the watcher no more often than this, in milliseconds.
const PERIOD: u64 = 20;
/// [`Watch::poll_at`] polls at one step out of this many.
const STEPS: usize = 1 << 12;

impl<'a> Watcher<'a> {
    pub(crate) fn new(watch: &'a (dyn Fn(Progress) -> ControlFlow<()> + Sync)) -> Self {
        Self {
            watch,
            started: Instant::now(),
            due: AtomicU64::new(0),
            cancelled: AtomicBool::new(false),
            shown: Mutex::new(None),
        }
    }

    /// The handle that is passed to the work.
    pub(crate) fn handle(&self) -> Watch<'_> {
        Watch { watcher: Some(self), shows: true }
    }

    /// Calls the watcher, unless it has cancelled.
    fn call(&self, progress: Progress) -> Result<(), Cancelled> {
        if self.cancelled.load(Ordering::Relaxed) {
            return Err(Cancelled);
        }
        let answer = (self.watch)(progress);
        self.due.store(self.now() + PERIOD, Ordering::Relaxed);
        match answer {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => {
                self.cancelled.store(true, Ordering::Relaxed);
                Err(Cancelled)
            }
        }
    }

    fn now(&self) -> u64 {
        self.started.elapsed().as_millis() as u64
    }
}

impl fmt::Debug for Watcher<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watcher").field("cancelled", &self.cancelled).finish_non_exhaustive()
    }
}

/// How work shows its progress and asks whether to go on: a handle that is cheap to copy.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Watch<'a> {
    watcher: Option<&'a Watcher<'a>>,
    /// Whether stages are shown.
    shows: bool,
}

impl Watch<'_> {
    /// Of work that nobody watches: it is never cancelled.
    pub(crate) fn none() -> Self {
        Self { watcher: None, shows: false }
    }

    pub(crate) fn is_none(self) -> bool {
        self.watcher.is_none()
    }

    /// The same, but shows no stages: for a part of a stage that calls what is a stage elsewhere.
    pub(crate) fn quiet(self) -> Self {
        Self { shows: false, ..self }
    }

    /// Shows how far a stage has come, if there is anything to do in it.
    pub(crate) fn show(self, stage: Stage, done: usize, total: usize) -> Result<(), Cancelled> {
        let Some(watcher) = self.watcher else { return Ok(()) };
        if total == 0 || !self.shows {
            return self.poll();
        }
        let progress = Progress { stage, done, total };
        // If the watcher panicked in another thread, the panic reaches the caller.
        let mut shown = watcher.shown.lock().unwrap_or_else(PoisonError::into_inner);
        *shown = Some(progress);
        watcher.call(progress)
    }

    /// Asks whether to go on. Every loop that may run for a millisecond calls this.
    ///
    /// It costs some tens of nanoseconds: only every [`PERIOD`] is the watcher called, with what it was
    /// shown last.
    #[inline]
    pub(crate) fn poll(self) -> Result<(), Cancelled> {
        self.watcher.map_or(Ok(()), Watcher::poll)
    }

    /// Asks whether to go on, at one step of a loop out of [`STEPS`]. Steps take less than a microsecond.
    #[inline]
    pub(crate) fn poll_at(self, step: usize) -> Result<(), Cancelled> {
        if step.is_multiple_of(STEPS) { self.poll() } else { Ok(()) }
    }
}

impl Watcher<'_> {
    fn poll(&self) -> Result<(), Cancelled> {
        if self.cancelled.load(Ordering::Relaxed) {
            return Err(Cancelled);
        }
        if self.now() < self.due.load(Ordering::Relaxed) {
            return Ok(());
        }
        // If another thread is calling the watcher just now, that is enough.
        match self.shown.try_lock() {
            Ok(shown) => shown.map_or(Ok(()), |progress| self.call(progress)),
            Err(_) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use super::*;

    #[test]
    fn a_break_is_remembered_and_no_call_follows() {
        let calls = AtomicUsize::new(0);
        let watch = |progress: Progress| {
            calls.fetch_add(1, Ordering::Relaxed);
            if progress.done == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let watcher = Watcher::new(&watch);
        let handle = watcher.handle();
        assert_eq!(handle.poll(), Ok(()));
        assert_eq!(calls.load(Ordering::Relaxed), 0, "nothing was shown yet");
        assert_eq!(handle.show(Stage::Matching, 1, 2), Ok(()));
        assert_eq!(handle.show(Stage::Matching, 0, 0), Ok(()));
        assert_eq!(handle.show(Stage::Matching, 2, 2), Err(Cancelled));
        assert_eq!(handle.show(Stage::Joining, 0, 2), Err(Cancelled));
        assert_eq!(handle.poll(), Err(Cancelled));
        assert_eq!(calls.load(Ordering::Relaxed), 2);
        assert_eq!(Watch::none().poll(), Ok(()));
    }

    #[test]
    fn polls_call_again_after_a_while() {
        let calls = AtomicUsize::new(0);
        let watch = |_: Progress| match calls.fetch_add(1, Ordering::Relaxed) {
            3.. => ControlFlow::Break(()),
            _ => ControlFlow::Continue(()),
        };
        let watcher = Watcher::new(&watch);
        watcher.handle().show(Stage::Matching, 0, 1).unwrap();
        while watcher.handle().poll().is_ok() {}
        assert_eq!(calls.load(Ordering::Relaxed), 4);
    }
}
