//! Cuts text into paragraphs, tokens, sentences and lines. It knows nothing of similarity.
//!
//! Tokens are cut from the original text and then normalised one by one. So every span is a byte range
//! of the original text, and no table of offsets is needed.
//!
//! | file | holds |
//! | --- | --- |
//! | `paragraph` | the spans of paragraphs |
//! | `paragraph_breaks` | what separates paragraphs: blank lines, or the end of every line |
//! | `cuts` | what of a text stays without some of its paragraphs |
//! | `machine` | URLs, paths and other strings written for machines |
//! | `sign` | signs that change what a token means |
//! | `line_break` | words that a line end breaks |
//! | `token` | tokens with their spans, and their stems |
//! | `token_hashes` | the hashes of tokens without their spans, several times as fast |
//! | `number` | numbers and dates, found in token hashes |
//! | `label` | the numbers of lists and the time stamps in front of paragraphs |
//! | `sentence` | where sentences and compound words end |
//! | `line_index` | the line and the column of a byte |
//! | `unicode/` | classes of characters, and the normal form of tokens |

mod cuts;
mod label;
mod line_break;
mod line_index;
mod machine;
mod number;
mod paragraph;
mod paragraph_breaks;
mod sentence;
mod sign;
mod token;
mod token_hashes;
mod unicode;

pub use cuts::{cuts, kept_text};
pub(crate) use label::label_end;
pub(crate) use line_index::LineIndex;
pub(crate) use number::{Number, identity_ignoring_numbers, numbers_in};
pub use paragraph::{Paragraphs, paragraphs};
pub use paragraph_breaks::ParagraphBreaks;
pub use sentence::sentences;
pub(crate) use sentence::{ends_sentence, joins_words};
pub use token::{Token, tokens};
pub(crate) use token::{count_characters, hash_characters, stem_texts, stemmed_tokens};
pub use token_hashes::hash_tokens;
