//! From bytes to spans: paragraphs, tokens, sentences, lines. It knows nothing of likeness.
//!
//! Tokens are cut from the original text and then normalised one by one, so every span is a range
//! of original bytes and no map of offsets is needed.
//!
//! | file | holds |
//! | --- | --- |
//! | `paragraph` | the spans of paragraphs |
//! | `token` | tokens with their spans, and their stems |
//! | `token_hashes` | the hashes of tokens alone, several times as fast |
//! | `number` | numbers and dates among token hashes |
//! | `sentence` | where sentences end |
//! | `line_index` | line and column of a byte |
//! | `unicode/` | the classes of characters, and the normal form of tokens |

mod line_index;
mod number;
mod paragraph;
mod sentence;
mod token;
mod token_hashes;
mod unicode;

pub(crate) use line_index::Lines;
pub(crate) use number::identity_but_for_numbers;
pub use paragraph::{Paragraphs, paragraphs};
pub(crate) use sentence::ends_sentence;
pub use token::{Token, tokens};
pub(crate) use token::{hash_characters, stemmed_tokens};
pub use token_hashes::hash_tokens;
