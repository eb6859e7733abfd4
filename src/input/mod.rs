//! What is checked: documents, and documents cut into paragraphs and tokens.
//!
//! | file | holds |
//! | --- | --- |
//! | `document` | a text with a name |
//! | `tokenized` | the paragraphs of all documents of a check, with their tokens |

mod document;
mod tokenized;

pub use document::Document;
pub(crate) use tokenized::TokenizedDocuments;
