//! Very many paragraphs, gathered without their texts and matched all at once.
//!
//! | file | does |
//! | --- | --- |
//! | `unit_runs` | cuts paragraphs into the units of their shingles |
//! | `gather` | keeps what matching needs of each different paragraph |
//! | `match_corpus` | finds pairs and representatives |

mod gather;
mod match_corpus;
mod unit_runs;

pub use gather::Corpus;
pub use match_corpus::{Pairs, Representative};
