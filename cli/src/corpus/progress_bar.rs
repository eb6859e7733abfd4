//! How far the work has come, for those who watch a terminal.

use std::ops::ControlFlow;

use indicatif::{ProgressBar, ProgressFinish, ProgressStyle};
use refrain::{Progress, Stage};

/// A bar on standard error, if that is a terminal; gone when the work is done or has failed.
#[derive(Debug)]
pub(crate) struct Meter(ProgressBar);

impl Meter {
    pub(crate) fn new(quiet: bool) -> Self {
        if quiet {
            return Self(ProgressBar::hidden());
        }
        // Where standard error is no terminal this draws nothing.
        Self(ProgressBar::no_length().with_finish(ProgressFinish::AndClear))
    }

    /// Now bytes are read, of so many if that is known.
    pub(crate) fn reading(&self, what: &'static str, total: Option<u64>) {
        let style = match total {
            Some(_) => "{msg:9} {wide_bar} {bytes}/{total_bytes}, {bytes_per_sec}, {eta} left",
            None => "{msg:9} {spinner} {bytes}, {bytes_per_sec}",
        };
        self.begin(what, style);
        match total {
            Some(total) => self.0.set_length(total),
            None => self.0.unset_length(),
        }
    }

    /// So much is done.
    pub(crate) fn at(&self, done: u64) {
        self.0.set_position(done);
    }

    /// What the library tells of its progress; nobody breaks it off.
    pub(crate) fn watch(&self, progress: Progress) -> ControlFlow<()> {
        let what = match progress.stage {
            Stage::Matching => "matching",
            Stage::Joining => "comparing",
            Stage::Choosing => "choosing",
            _ => "working",
        };
        if self.0.message() != what {
            self.begin(what, "{msg:9} {wide_bar} {percent}%, {eta} left");
        }
        self.0.set_length(progress.total as u64);
        self.at(progress.done as u64);
        ControlFlow::Continue(())
    }

    fn begin(&self, what: &'static str, style: &str) {
        self.0.reset();
        self.0.set_style(ProgressStyle::with_template(style).expect("the templates are sound"));
        self.0.set_message(what);
    }

    pub(crate) fn clear(&self) {
        self.0.finish_and_clear();
    }
}
