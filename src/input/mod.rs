//! What is checked: documents, and documents cut into paragraphs and tokens.
//!
//! | file | holds |
//! | --- | --- |
//! | `document` | a text with a name |
//! | `role` | what a paragraph is in the layout of a document |
//! | `tokenized` | the paragraphs of all documents of a check, with their tokens |

mod document;
mod role;
mod tokenized;

pub use document::Document;
pub(crate) use role::Role;
pub(crate) use tokenized::TokenizedDocuments;
