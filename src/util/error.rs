//! What can fail.

use std::fmt;

use crate::util::progress::Cancelled;

/// Why something could not be done.
///
/// Few things fail: a setting outside its range, signatures of different settings, threads that do
/// not start, more paragraphs or shared shingles than can be numbered, and work that its watcher broke
/// off. The message names the offending value and what would be accepted.
#[derive(Clone, Debug, PartialEq)]
pub struct Error(Box<ErrorKind>);

/// The cases of [`Error`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A setting has a value that it cannot take.
    Setting {
        /// The name of the setting.
        name: &'static str,
        /// What it was set to.
        value: String,
        /// What it accepts.
        accepts: &'static str,
    },
    /// No banding of this many lanes finds enough of the pairs at the threshold.
    UnreachableRecall {
        /// The lanes there are.
        lanes: usize,
        /// The threshold of resemblance.
        threshold: f64,
        /// The wanted recall at the threshold.
        recall: f64,
        /// How many lanes would do, if a signature can have so many.
        needed: Option<usize>,
    },
    /// Two signatures were made under different settings, so their lanes mean different things.
    DifferentSettings {
        /// Lanes and seed of the left signature.
        left: (usize, u64),
        /// Lanes and seed of the right signature.
        right: (usize, u64),
    },
    /// The system would not start the threads that were asked for.
    Threads {
        /// How many were asked for.
        threads: usize,
        /// What the system said.
        reason: String,
    },
    /// There are more paragraphs than ids can number.
    TooManyParagraphs,
    /// Paragraphs share more shingles and buckets of bands than can be numbered.
    TooManyShared,
    /// Whoever watched the work broke it off.
    Cancelled,
}

impl Error {
    /// Which case this is.
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.0
    }

    pub(crate) fn setting(name: &'static str, value: impl fmt::Display, accepts: &'static str) -> Self {
        ErrorKind::Setting { name, value: value.to_string(), accepts }.into()
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Self(Box::new(kind))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind() {
            ErrorKind::Setting { name, value, accepts } => {
                write!(f, "{name} must be {accepts}, got {value}")
            }
            ErrorKind::UnreachableRecall { lanes, threshold, recall, needed } => write!(
                f,
                "{lanes} lanes cannot reach a recall of {recall} at threshold {threshold}, {}",
                match needed {
                    Some(needed) => format!("{needed} lanes can"),
                    None => "nor can any number that a signature may have".to_owned(),
                }
            ),
            ErrorKind::DifferentSettings { left, right } => write!(
                f,
                "signatures of different settings: {} lanes with seed {}, {} lanes with seed {}",
                left.0, left.1, right.0, right.1
            ),
            ErrorKind::Threads { threads, reason } => {
                let s = if *threads == 1 { "" } else { "s" };
                write!(f, "could not start {threads} thread{s}: {reason}")
            }
            ErrorKind::Cancelled => f.write_str("the work was broken off by its watcher"),
            ErrorKind::TooManyParagraphs => {
                write!(f, "more than {} paragraphs, the most that ids can number", u32::MAX)
            }
            ErrorKind::TooManyShared => {
                write!(f, "paragraphs share more than {} shingles, the most that can be numbered", u32::MAX)
            }
        }
    }
}

impl From<Cancelled> for Error {
    fn from(_: Cancelled) -> Self {
        ErrorKind::Cancelled.into()
    }
}

impl std::error::Error for Error {}
