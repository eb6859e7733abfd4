//! Pairs, clusters and thinning of the texts of a column, as the commands find them in records.
//!
//! | file | holds |
//! | --- | --- |
//! | `records` | the texts of a column, cut into paragraphs and gathered in a corpus |
//! | `columns` | columns of results: ids and places |
//! | `pairs` | the near-duplicate pairs |
//! | `clusters` | the near-duplicates around representatives |
//! | `dedup` | the texts without near-duplicates, and what was removed |

mod clusters;
mod columns;
mod dedup;
mod pairs;
mod records;

pub(crate) use clusters::clusters;
pub(crate) use dedup::{Request, dedup};
pub(crate) use pairs::pairs;
