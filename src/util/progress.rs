//! How far long work has come, and whether to go on.

use std::fmt;
use std::ops::ControlFlow;

/// How far work on a corpus has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// How much of it is done,
    pub done: usize,
    /// of how much.
    pub total: usize,
}

/// What is being done to a corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Stage {
    /// Looking for near-duplicates; counted in bands, if pairs are asked for, else as one.
    Matching,
    /// Comparing paragraphs that share rare shingles: those that bands crowd, or, in an exact search,
    /// all; counted in paragraphs.
    Joining,
    /// Choosing who stands for whom; counted in paragraphs.
    Choosing,
}

/// The work was broken off.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cancelled;

/// Someone who is told of progress and may call a halt.
#[derive(Clone, Copy)]
pub(crate) struct Watch<'a>(&'a (dyn Fn(Progress) -> ControlFlow<()> + Sync));

impl<'a> Watch<'a> {
    pub(crate) fn new(watch: &'a (dyn Fn(Progress) -> ControlFlow<()> + Sync)) -> Self {
        Self(watch)
    }

    /// Nobody.
    pub(crate) fn none() -> Self {
        Self(&|_| ControlFlow::Continue(()))
    }

    pub(crate) fn tell(self, stage: Stage, done: usize, total: usize) -> Result<(), Cancelled> {
        match (self.0)(Progress { stage, done, total }) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Cancelled),
        }
    }
}

impl fmt::Debug for Watch<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Watch")
    }
}
