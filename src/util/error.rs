//! What can fail.

use std::fmt;

use crate::util::progress::Cancelled;

/// Why something could not be done.
///
/// The message names the offending value and what would be accepted; [`kind`](Self::kind) says which
/// case it is, for programs that decide by it. More than that may change.
#[derive(Clone, Debug, PartialEq)]
pub struct Error(Box<Cause>);

/// The cases of [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A setting or a name has a value that it cannot take; [`Error::setting`] says which one.
    Setting,
    /// The input is over a limit: 2^32 - 1 tokens, paragraphs, shared shingles, or shingles of one
    /// paragraph.
    Limit,
    /// Two signatures were made with different settings, so they cannot be compared.
    DifferentSettings,
    /// Bytes to read a value from are not a stored value: cut off, out of range, or of something else. There
    /// is no checksum, so a changed number can go unnoticed.
    Malformed,
    /// The system did not start the threads.
    Threads,
    /// The watcher cancelled the work.
    Cancelled,
}

/// What went wrong, with all that the message needs.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cause {
    /// A setting has a value that it cannot take.
    Setting {
        name: &'static str,
        value: String,
        accepts: &'static str,
    },
    /// No banding of this many lanes finds enough of the pairs at the threshold. `needed` is how many
    /// lanes would do, if a signature can have that many.
    UnreachableRecall {
        lanes: usize,
        threshold: f64,
        recall: f64,
        needed: Option<usize>,
    },
    /// Two signatures of different families, each given as its lanes and its seed.
    DifferentSettings {
        left: (usize, u64),
        right: (usize, u64),
    },
    /// The system did not start the threads, and why.
    #[cfg_attr(not(feature = "rayon"), expect(dead_code, reason = "one thread needs no starting"))]
    Threads {
        threads: usize,
        reason: String,
    },
    /// Bytes that are not those of a stored value.
    Malformed {
        what: &'static str,
        problem: String,
    },
    /// There are more of something than 32 bits can number.
    Limit(Limit),
    Cancelled,
}

/// What there are more of than 32 bits can number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Limit {
    Paragraphs,
    Tokens,
    /// Of one paragraph.
    Shingles,
    SharedShingles,
}

impl Error {
    /// Which case this is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match *self.0 {
            Cause::Setting { .. } | Cause::UnreachableRecall { .. } => ErrorKind::Setting,
            Cause::DifferentSettings { .. } => ErrorKind::DifferentSettings,
            Cause::Threads { .. } => ErrorKind::Threads,
            Cause::Malformed { .. } => ErrorKind::Malformed,
            Cause::Limit(_) => ErrorKind::Limit,
            Cause::Cancelled => ErrorKind::Cancelled,
        }
    }

    /// The setting whose value is out of its range, by its name in [`Settings`](crate::Settings). The
    /// message begins with this name. `None` if no single setting is at fault.
    #[must_use]
    pub fn setting(&self) -> Option<&str> {
        match *self.0 {
            Cause::Setting { name, .. } => Some(name),
            _ => None,
        }
    }

    pub(crate) fn cause(&self) -> &Cause {
        &self.0
    }

    pub(crate) fn out_of_range(name: &'static str, value: impl fmt::Display, accepts: &'static str) -> Self {
        Cause::Setting { name, value: value.to_string(), accepts }.into()
    }

    pub(crate) fn malformed(what: &'static str, problem: impl Into<String>) -> Self {
        Cause::Malformed { what, problem: problem.into() }.into()
    }
}

impl From<Cause> for Error {
    fn from(cause: Cause) -> Self {
        Self(Box::new(cause))
    }
}

impl From<Limit> for Error {
    fn from(limit: Limit) -> Self {
        Cause::Limit(limit).into()
    }
}

impl From<Cancelled> for Error {
    fn from(_: Cancelled) -> Self {
        Cause::Cancelled.into()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.cause() {
            Cause::Setting { name, value, accepts } => {
                write!(f, "{name} must be {accepts}, got {value}")
            }
            Cause::UnreachableRecall { lanes, threshold, recall, needed } => write!(
                f,
                "{lanes} lanes cannot reach a recall of {recall} at threshold {threshold}, {}",
                match needed {
                    Some(needed) => format!("{needed} lanes can"),
                    None => "nor can any number that a signature may have".to_owned(),
                }
            ),
            Cause::DifferentSettings { left, right } => write!(
                f,
                "signatures of different settings: {} lanes with seed {}, {} lanes with seed {}",
                left.0, left.1, right.0, right.1
            ),
            Cause::Threads { threads, reason } => {
                let s = if *threads == 1 { "" } else { "s" };
                write!(f, "could not start {threads} thread{s}: {reason}")
            }
            Cause::Malformed { what, problem } => write!(f, "not a stored {what}: {problem}"),
            Cause::Limit(limit) => {
                let most = u32::MAX;
                match limit {
                    Limit::Paragraphs => {
                        write!(f, "more than {most} paragraphs, the most that ids can number")
                    }
                    Limit::Tokens => {
                        write!(f, "more than {most} tokens, the most that can be checked at once")
                    }
                    Limit::Shingles => {
                        write!(f, "a paragraph of more than {most} shingles, the most that can be counted")
                    }
                    Limit::SharedShingles => {
                        write!(f, "paragraphs share more than {most} shingles, the most that can be numbered")
                    }
                }
            }
            Cause::Cancelled => f.write_str("the watcher cancelled the work"),
        }
    }
}

impl std::error::Error for Error {}
