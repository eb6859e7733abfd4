//! How common words are in general: a table of stems, counted in texts of one language.
//!
//! `en.txt` is the built-in table of English; `README.md` beside it says what it was counted in, and how.
//!
//! | file | holds |
//! | --- | --- |
//! | `count` | makes a table from texts |
//! | `table` | a table, read and looked up |

mod count;
mod table;

pub use count::BackgroundCounts;
pub use table::Background;
