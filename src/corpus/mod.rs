//! Very many paragraphs, gathered without their texts and matched all at once.
//!
//! | file | does |
//! | --- | --- |
//! | `unit_runs` | cuts paragraphs into the units of their shingles |
//! | `gather` | keeps what matching needs of each different paragraph |
//! | `match_corpus` | finds pairs and representatives |
//! | `fingerprint` | what matching needs of one paragraph, for a corpus spread over machines |
//! | `candidates` | matches those paragraphs of such a corpus that one machine settles |
//! | `rank` | the number by which one record is preferred to another |
//! | `keep` | which of several near-duplicates stays |

mod candidates;
mod fingerprint;
mod gather;
mod keep;
mod match_corpus;
mod rank;
mod unit_runs;

pub use candidates::{CandidateMatch, CandidateRepresentative, Candidates};
pub use fingerprint::{Fingerprint, Fingerprinter, Words};
pub use gather::Corpus;
pub use keep::Keep;
pub use match_corpus::{Pairs, Representative};
pub use rank::Rank;
