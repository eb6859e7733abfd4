//! Shows progress on a terminal.

use std::ops::ControlFlow;

use indicatif::{ProgressFinish, ProgressStyle};
use refrain::{Progress, Stage};

/// A bar on standard error. Nothing is drawn if that is not a terminal; the bar disappears when it is
/// cleared or dropped.
#[derive(Debug)]
pub(crate) struct ProgressBar(indicatif::ProgressBar);

impl ProgressBar {
    pub(crate) fn new(quiet: bool) -> Self {
        if quiet {
            return Self(indicatif::ProgressBar::hidden());
        }
        Self(indicatif::ProgressBar::no_length().with_finish(ProgressFinish::AndClear))
    }

    /// Starts to count bytes, up to `total` if it is known.
    pub(crate) fn start_bytes(&self, label: &'static str, total: Option<u64>) {
        let style = match total {
            Some(_) => "{msg:9} {wide_bar} {bytes}/{total_bytes}, {bytes_per_sec}, {eta} left",
            None => "{msg:9} {spinner} {bytes}, {bytes_per_sec}",
        };
        self.start(label, style);
        match total {
            Some(total) => self.0.set_length(total),
            None => self.0.unset_length(),
        }
    }

    /// Starts to count up to `total`.
    pub(crate) fn start_count(&self, label: &'static str, total: usize) {
        self.start(label, "{msg:9} {wide_bar} {pos}/{len}");
        self.0.set_length(total as u64);
    }

    pub(crate) fn set_position(&self, position: u64) {
        self.0.set_position(position);
    }

    /// Shows the progress of the library, and never cancels it.
    pub(crate) fn show(&self, progress: Progress) -> ControlFlow<()> {
        let label = match progress.stage {
            Stage::Matching => "matching",
            Stage::Joining => "comparing",
            Stage::Choosing => "choosing",
            Stage::Tokenizing => "cutting",
            Stage::FindingPassages => "passages",
            Stage::Measuring => "measuring",
            Stage::Reporting => "reporting",
            _ => "working",
        };
        if self.0.message() != label {
            self.start(label, "{msg:9} {wide_bar} {percent}%, {eta} left");
        }
        self.0.set_length(progress.total as u64);
        self.set_position(progress.done as u64);
        ControlFlow::Continue(())
    }

    fn start(&self, label: &'static str, style: &str) {
        self.0.reset();
        self.0.set_style(ProgressStyle::with_template(style).expect("the templates are valid"));
        self.0.set_message(label);
    }

    pub(crate) fn clear(&self) {
        self.0.finish_and_clear();
    }
}
