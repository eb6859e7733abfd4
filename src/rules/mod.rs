//! The rules that turn facts into findings: plain functions, one file a rule.
//!
//! | file | holds |
//! | --- | --- |
//! | `facts` | what the rules look at |
//! | `wording` | what messages have in common |
//! | `order` | findings with their weight, and the order in which they are reported |
//! | `exact_duplicate` | a paragraph that has the same tokens as an earlier one |
//! | `near_duplicate` | a paragraph that resembles an earlier one |
//! | `contained` | a paragraph most of which one earlier paragraph holds |
//! | `differs_in_numbers` | a paragraph that differs from an earlier one only in numbers |
//! | `repetitive` | a paragraph or a document much of which stands earlier |
//! | `boilerplate` | a paragraph or a passage that stands in many documents |
//! | `repeated_passage` | a passage that comes back |
//! | `said_again` | what a document says in several paragraphs, in whatever words |
//! | `short_copies` | copies of short paragraphs, headings and tables of contents, one note on each |
//! | `own` | findings on documents alone, with those across documents |
//! | `paragraphs` | which rule a paragraph falls under |
//! | `verdict` | what a document is, all in all |
//! | `shown` | which findings are worth showing |

mod boilerplate;
mod contained;
mod differs_in_numbers;
mod exact_duplicate;
mod facts;
mod near_duplicate;
mod order;
mod own;
mod paragraphs;
mod repeated_passage;
mod repetitive;
mod said_again;
mod short_copies;
mod shown;
mod verdict;
mod wording;

pub(crate) use contained::CONTAINED;
pub(crate) use differs_in_numbers::paragraphs_apart;
pub(crate) use facts::{DocumentRedundancy, Facts};
pub(crate) use order::{Weighed, in_order, sort};
pub(crate) use own::with_own;
pub(crate) use paragraphs::on_paragraphs;
pub(crate) use repeated_passage::repeated_passages;
pub(crate) use repetitive::repetitive_documents;
pub(crate) use said_again::{ThemeFacts, said_again};
pub(crate) use shown::choose;
pub(crate) use verdict::verdict;
