//! What a check found, as data. It knows nothing of terminals and files.
//!
//! With the feature `serde` a [`Report`] is written as the format `refrain.report/1`. Within that
//! version fields may be added, but none changes its meaning.
//!
//! | file | holds |
//! | --- | --- |
//! | `left_out` | how many paragraphs have more pairs than are listed |
//! | `finding` | findings and the places they name |
//! | `pairs` | pairs, and what differs in them |
//! | `passage` | passages and their occurrences |
//! | `theme` | what is said again |
//! | `verdict` | what a document is, all in all |
//! | `summary` | documents and paragraphs in numbers |
//! | `all` | the report |
//! | `stored` | how shares are read again |

mod all;
mod finding;
mod left_out;
mod pairs;
mod passage;
#[cfg(feature = "serde")]
mod stored;
mod summary;
mod theme;
mod verdict;

pub use all::Report;
pub(crate) use all::Schema;
pub(crate) use finding::excerpt;
pub use finding::{Finding, Hidden, Place, Stretch};
pub use left_out::LeftOut;
pub use pairs::Difference;
pub(crate) use pairs::Pairs;
pub use passage::{Occurrence, Passage};
pub use summary::{DocumentSummary, ParagraphSummary};
pub use theme::Theme;
pub use verdict::Verdict;
