//! Reading texts and corpora.
//!
//! | file | holds |
//! | --- | --- |
//! | `text_file` | whole texts, from files or standard input, for `check` and `compare` |
//! | `globs` | globs that choose files |
//! | `endings` | what a file holds, by the ending of its name |
//! | `walk` | the files in a folder |
//! | `files` | the files that the arguments of `check` lead to |
//! | `format` | the file formats of a corpus, known by extension or by their first bytes |
//! | `gzip` | decompresses gzip with several members and padding |
//! | `lines` | splits a block of bytes into pieces and lines |
//! | `field_path` | the names of fields, also of fields inside objects |
//! | `record` | parses a line as a record |
//! | `diagnose` | says what is wrong with a line that is not a record |
//! | `parquet` | Parquet rows as JSON lines |
//! | `blocks` | a corpus as blocks of whole lines, read while earlier ones are worked on |
//! | `metadata_fields` | which fields of a record are kept with its text |
//! | `record_texts` | the texts of records, for `check` |
//! | `source` | opens a corpus, in any format, to be read once or twice |

pub(crate) mod blocks;
pub(crate) mod diagnose;
pub(crate) mod endings;
mod field_path;
pub(crate) mod files;
mod format;
pub(crate) mod globs;
mod gzip;
pub(crate) mod lines;
#[cfg_attr(not(feature = "index"), allow(dead_code, reason = "only an index keeps them"))]
pub(crate) mod metadata_fields;
#[cfg(feature = "parquet")]
mod parquet;
pub(crate) mod record;
pub(crate) mod record_texts;
pub(crate) mod source;
pub(crate) mod text_file;
mod walk;
