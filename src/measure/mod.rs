//! How much of each paragraph and document repeats, counted exactly.
//!
//! | file | counts |
//! | --- | --- |
//! | `coverage` | the shingles of a paragraph that stand in earlier ones |
//! | `redundancy` | the tokens of a document in any but the first occurrence of a passage |
//! | `opening_closing` | the content words that its beginning and its end have in common |
//! | `shared` | the tokens of a document that other documents have, too |
//! | `stretch` | the shingles of a paragraph that another one holds in one stretch |
//! | `said_before` | the runs of words of a paragraph that were said before |
//! | `word_diff` | what differs between two paragraphs, word by word |
//! | `boilerplate` | the paragraphs and passages that stand in many documents |

mod boilerplate;
mod coverage;
mod opening_closing;
mod redundancy;
mod said_before;
mod shared;
mod stretch;
mod word_diff;

pub(crate) use boilerplate::BoilerplateText;
pub(crate) use coverage::{Coverage, coverage};
pub(crate) use opening_closing::opening_closing;
pub(crate) use redundancy::{Redundancy, redundancy};
pub(crate) use said_before::{FirstPlaces, Run};
pub(crate) use shared::{Shared, shared};
pub(crate) use stretch::ShinglePlaces;
pub(crate) use word_diff::differences;
