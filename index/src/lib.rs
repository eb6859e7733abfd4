//! Was this published before? An index on disk of what documents say.
//!
//! ```
//! use refrain_index::{Entry, Index, Query, Settings};
//! use serde_json::json;
//!
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("published.index");
//! let index = Index::create(&path, Settings::default())?;
//! let monday = "The ferry to the island leaves at nine every morning, except on Sundays and in thick fog.";
//! index.add(Entry::new(("monday.txt", monday), json!({"date": "2024-05-06"})))?;
//!
//! let friday = "As ever, the ferry to the island leaves at nine every morning, except on Sundays and in thick \
//!     fog; its captain retires in May.";
//! let report = index.check_and_add(("friday.txt", friday), &Query::new())?;
//! let found = &report.matches[0];
//! assert_eq!((&*found.stored.name, &found.stored.metadata["date"]), ("monday.txt", &json!("2024-05-06")));
//! assert_eq!(found.runs[0].words, 17);
//! assert!(found.runs[0].span.of(friday).starts_with("the ferry to the island leaves"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What is found
//!
//! * **Runs of words.** Any run of 12 words or more ([`Settings::guarantee`]) that a stored document has word for word
//!   is found, for certain, whatever else is stored. There is one exception: words that more than 1000 stored
//!   paragraphs have ([`Query::frequent`]) are reported as boilerplate, and not looked for one by one.
//! * **Near-duplicate paragraphs**, with the recall of the settings at their threshold (0.99 at a resemblance of 0.5),
//!   and more of those above. Each is verified exactly.
//! * **Passages around them.** A document with one of these is compared with the new one as
//!   [`Detector::compare`](refrain::Detector::compare) does, so that edited and reworded stretches are found, too.
//!
//! In an index with texts nothing is reported that is not there: every match has a run of words or a pair of paragraphs,
//! verified in the texts. In one without them ([`Settings::texts`]) matches are estimates: a shared phrase of six words
//! may be all there is, and a paragraph may resemble another one less than the threshold.
//!
//! In scripts without spaces, such as Chinese and Thai, two characters count as a word, so a run of 12 words is one of 24
//! characters.
//!
//! Also in reports a character of such a script is a token of its own, of half the length of a word.
//!
//! # Published before
//!
//! Each document can have metadata, any value of JSON: [`Entry::new`]. [`Query::before_field`] looks only at documents with
//! a lesser value in a field, such as a date, and [`Query::before_number`] only at those that were added before another
//! one. So of two documents that are alike, a check of the newer finds the older, in whatever order they were stored:
//!
//! ```
//! # use refrain_index::{Entry, Index, Query, Settings};
//! # use serde_json::json;
//! # let folder = tempfile::tempdir()?;
//! # let index = Index::create(folder.path().join("published.index"), Settings::default())?;
//! let text = "The ferry to the island leaves at nine every morning, except on Sundays and in thick fog.";
//! index.add(Entry::new(("june.txt", text), json!({"date": "2024-06-01"})))?;
//! index.add(Entry::new(("may.txt", text), json!({"date": "2024-05-01"})))?;
//!
//! let older_than = |name: &str| -> Result<Vec<String>, refrain_index::Error> {
//!     let stored = index.get(name)?.expect("it was added");
//!     let query = Query::new().except(name).before_field("date", stored.metadata["date"].clone());
//!     let report = index.check_with(text, &query, |_| std::ops::ControlFlow::Continue(()))?;
//!     Ok(report.matches.into_iter().map(|found| found.stored.name).collect())
//! };
//! assert_eq!(older_than("june.txt")?, ["may.txt"]);
//! assert!(older_than("may.txt")?.is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Writing and reading
//!
//! | | |
//! | --- | --- |
//! | [`Index::create`], [`Index::open`] | one process at a time writes |
//! | [`Index::open_read_only`] | any number read beside it, and see each commit |
//! | [`Index::add_all`], [`Index::replace_all`], [`Index::remove_all`] | many documents, in batches that commit |
//! | [`Index::check`], [`Index::check_with`] | what of a document is stored |
//! | [`Index::check_and_add`], [`Index::check_and_add_if`] | both in one transaction |
//! | [`Index::compact`] | fastest checks and the smallest file |
//! | [`Index::verify`] | proves the index against its texts |
//!
//! An [`Index`] is `Send` and `Sync`. The examples `check_and_add` and `pipeline` are whole programs.
//!
//! # The guarantee
//!
//! Of each document the hashes of 6 words in a row are computed, its fingerprints. Of every 7 fingerprints in a row the
//! least is stored, of equal ones the last (*winnowing*: Schleimer, Wilkerson, Aiken 2003). A run of 12 words has 7
//! fingerprints. If two documents share the run, these 7 are in a row in both, and which of them is the least depends on
//! nothing else. So both have chosen the same one, and it leads from one document to the other. About a quarter of all
//! fingerprints are chosen, `2 / (7 + 1)`. For other guarantees the numbers differ, and the proof is the same.
//!
//! # Safety
//!
//! The file is one database of [redb](https://docs.rs/redb). What was committed is there after a crash of the process
//! or the machine; what was not is wholly absent. Values have checksums, so damage is an error of the kind
//! [`Damaged`](ErrorKind::Damaged), and [`Index::verify`] looks for it everywhere. redb itself may panic on damaged
//! pages; such a panic is caught and becomes an error, but its message is printed by the panic hook (the command has one
//! that does not), and with `panic = "abort"` it ends the process.

// Layers, lowest first: each module uses only those above it in this list.
mod error;

mod progress;

mod bits;

mod settings;

mod keys;

mod filter;
mod postings;

mod store;

mod state;

mod removed;
mod run_writer;

mod lookup;
mod merge;

mod documents;
mod runs_of_words;
mod texts;

mod query;
mod report;

mod add;
mod candidates;

mod check;
mod verify;

mod file;

mod index;

// Tests share a file with those from outside, which name the package.
#[cfg(test)]
extern crate self as refrain_index;
#[cfg(test)]
mod power_loss;

pub use add::Entry;
pub use documents::Stored;
pub use error::{Error, ErrorKind};
pub use index::{Added, Index, Stats};
pub use progress::{Progress, Stage};
pub use query::Query;
pub use report::{Alike, Boilerplate, Match, Report, Run};
pub use settings::Settings;
pub use verify::Verified;
