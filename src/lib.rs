//! refrain
mod arch;
mod corpus;
mod detector;
mod document;
mod error;
mod evidence;
mod id;
mod matching;
mod parallel;
mod progress;
mod report;
mod settings;
mod span;
mod texts;

pub mod set;
pub mod sketch;
pub mod text;

pub use corpus::{Corpus, Representative};
pub use detector::{Detector, DetectorBuilder};
pub use document::Document;
pub use error::{Error, ErrorKind};
pub use evidence::Kind;
pub use id::ParagraphId;
pub use matching::{Cluster, Pair};
pub use progress::{Progress, Stage};
pub use report::{
    DocumentSummary, Finding, Level, Occurrence, ParagraphSummary, Passage, Place, Report, Rule,
};
pub use settings::{Search, Settings, Shingle};
pub use span::Span;
