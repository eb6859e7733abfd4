//! Measures how well passages are found that were planted in texts.
//!
//! | file | holds |
//! | --- | --- |
//! | `prose` | a generator of prose |
//! | `cut` | parts, sentences and words of any text |
//! | `reword` | the kinds of rewording |
//! | `plant` | problems: texts with planted passages, whose places are known |
//! | `detect` | the detections of the detector in a problem |
//! | `runs` | the detections of the baseline, chains of exact runs |
//! | `score` | plagdet, the score of detections |
//! | `table` | scores as a Markdown table |
//!
//! Everything depends on a seed only, and is the same on every machine.
#![allow(dead_code, reason = "the bench and the tests that include this folder use a part of it each")]

pub(crate) mod cut;
pub(crate) mod detect;
pub(crate) mod plant;
pub(crate) mod prose;
pub(crate) mod reword;
pub(crate) mod runs;
pub(crate) mod score;
pub(crate) mod table;
