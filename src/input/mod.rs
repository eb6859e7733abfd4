//! What is checked: documents, and documents cut into paragraphs and tokens.
//!
//! | file | holds |
//! | --- | --- |
//! | `block` | what a paragraph is in the layout of its document |
//! | `block_text` | the text of the blocks of a source, and mistakes in what it says |
//! | `source_map` | where each part of a text stands in its source |
//! | `document` | a text with a name |
//! | `stored` | documents as bytes |
//! | `builder` | makes a document from blocks |
//! | `ignore` | comments in a source that say what is not to be reported |
//! | `read_options` | what is read of a source in addition to its text |
//! | `html` | HTML |
//! | `markdown/` | Markdown |
//! | `plain` | plain text with lines that say what is not to be reported |
//! | `subtitles` | subtitles |
//! | `kind` | kinds of input, and which one a source is |
//! | `source_lines` | lines and columns in the source |
//! | `tokenized` | the paragraphs of all documents of a check, with their tokens |
//! | `role` | headings and tables of contents, decided from the text |

mod block;
mod block_text;
mod builder;
mod document;
#[cfg(feature = "html")]
mod html;
mod ignore;
mod kind;
#[cfg(feature = "markdown")]
mod markdown;
mod plain;
mod read_options;
mod role;
mod source_lines;
mod source_map;
mod stored;
mod subtitles;
mod tokenized;

pub use block::Role;
pub use block_text::Problem;
pub use builder::DocumentBuilder;
pub use document::Document;
pub use kind::InputKind;
pub use read_options::ReadOptions;
pub(crate) use source_lines::SourceLines;
pub(crate) use tokenized::TokenizedDocuments;
