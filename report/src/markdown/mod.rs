//! A comment in Markdown for a pull request: what a reviewer should know, in a few lines.
//!
//! | file | holds |
//! | --- | --- |
//! | `escape` | texts that are no markup |
//! | `page` | text that does not grow beyond a limit |
//! | `write` | the comment |

mod escape;
mod page;
mod write;

pub use page::MOST;
pub use write::write;
