//! How far work has come, and whether to go on.

use std::ops::ControlFlow;

use crate::error::Error;

/// How far the work has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// How much of it is done.
    pub done: u64,
    /// How much there is to do; 0 if that is not known.
    pub total: u64,
}

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Stage {
    /// Adding documents; counted in documents.
    Adding,
    /// Merging runs of postings; counted in postings.
    Merging,
    /// Comparing a document with stored ones; counted in stored documents.
    Comparing,
    /// Verifying; counted in documents.
    Verifying,
}

/// The caller's watcher.
pub(crate) type Watch<'a> = &'a (dyn Fn(Progress) -> ControlFlow<()> + Sync);

/// Shows how far the work has come.
pub(crate) fn show(watch: Watch<'_>, stage: Stage, done: u64, total: u64) -> Result<(), Error> {
    match watch(Progress { stage, done, total }) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(Error::cancelled()),
    }
}
