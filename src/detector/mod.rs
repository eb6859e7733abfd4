//! The order of it all: from documents to a report.
//!
//! | file | does |
//! | --- | --- |
//! | `match_paragraphs` | finds pairs, boilerplate and containment among the paragraphs |
//! | `cover_paragraphs` | counts the coverage of each paragraph |
//! | `align_pairs` | says what differs in pairs |
//! | `add_stretches` | says which words of findings were said before, and where |
//! | `short_copies` | finds copies of paragraphs that are too short for pairs |
//! | `task` | – (what a detector is asked for) |
//! | `paragraph_facts` | gathers what the rules need to know of paragraphs |
//! | `own_findings` | finds what there is to say of the paragraphs of one document alone |
//! | `assemble` | makes the report from all facts |
//! | `in_source` | moves all places from the text that was read to its source |
//! | `check` | calls these in order |
//! | `api` | what users call |
//! | `builder` | how users configure it |

mod add_stretches;
mod align_pairs;
mod api;
mod assemble;
mod builder;
mod check;
mod cover_paragraphs;
mod in_source;
mod match_paragraphs;
mod own_findings;
mod paragraph_facts;
mod short_copies;
mod task;

pub use api::Detector;
pub use builder::DetectorBuilder;
