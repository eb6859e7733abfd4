//! A measure of passages: texts into which passages were planted, and how well they are found.
//!
//! | file | says |
//! | --- | --- |
//! | `prose` | what made prose is made of |
//! | `cut` | how any text is cut into parts, sentences and words |
//! | `reword` | what becomes of a passage when it is said again |
//! | `plant` | texts with passages planted in them: problems, whose solutions are known |
//! | `detect` | what the engine finds in a problem |
//! | `runs` | what plain exact runs find in it |
//! | `score` | plagdet: how good that is |
//! | `table` | all of it as Markdown |
//!
//! Everything follows from a seed, on any machine.
#![allow(dead_code, reason = "the bench and the tests that include this folder use a part of it each")]

pub(crate) mod cut;
pub(crate) mod detect;
pub(crate) mod plant;
pub(crate) mod prose;
pub(crate) mod reword;
pub(crate) mod runs;
pub(crate) mod score;
pub(crate) mod table;
