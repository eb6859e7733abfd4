//! Reading, keeping and rewriting the records of a corpus, for `pairs`, `clusters` and `dedup`.
//!
//! The input is read once, in blocks. Each record is split into paragraphs, which go into the library's
//! [`Corpus`](refrain::Corpus); their texts are then dropped. What stays in memory is the id of each record
//! and the place of each paragraph (`record_store`). `dedup` reads the input a second time to write its
//! texts (`rewrite`); a dry run keeps the opening of each paragraph instead.
//!
//! | file | holds |
//! | --- | --- |
//! | `progress_bar` | shows progress on a terminal |
//! | `record_store` | the ids of the records and the places of their paragraphs |
//! | `read` | the first reading: fills the record store and the library's corpus |
//! | `run_summary` | the summary that a corpus command prints at the end |
//! | `removals` | what `dedup` removes, counted and sampled |
//! | `json_edit` | removes paragraphs from a text as written in JSON |
//! | `json_line` | reads and thins single lines, for other programs |
//! | `rewrite` | the second reading: writes the kept records and the removed paragraphs |
//!
//! # Memory
//!
//! In addition to the library's corpus: 12 bytes for each paragraph (up to 88 more for a dry run); 16 bytes and its id for each record (16
//! more for `--keep field:NAME`); and two blocks of two megabytes, or of the longest line, with what is
//! made from them. A million records of one paragraph of 411 bytes, 438 MB of JSON Lines, take 1.9 bytes of
//! peak resident memory for each byte of input at a threshold of 0.8; at 0.5, `pairs` takes 2.1 and the
//! others 2.4. A record that is most of its file takes 5.6 times its size, or 6.8 times if its words have
//! three letters.

mod json_edit;
pub(crate) mod json_line;
pub(crate) mod progress_bar;
pub(crate) mod read;
pub(crate) mod record_store;
pub(crate) mod removals;
pub(crate) mod rewrite;
pub(crate) mod run_summary;
