//! Reports as text for people.
//!
//! The files here turn reports of the library into lines. They know nothing of files, options or
//! terminals.
//!
//! | file | holds |
//! | --- | --- |
//! | `layout` | the width of the output, and whether it has colours |
//! | `numbers` | "2 paragraphs", "41%" |
//! | `printable` | replaces characters that would control the terminal; widths of characters |
//! | `wrap` | breaks text into lines |
//! | `excerpt` | cuts a long line to the part around a span |
//! | `word_differences` | which words differ between two paragraphs, or are new in one, in one line |
//! | `summary` | the last line of a report of `check` |
//! | `left_out` | what `check` left out, and what else it found, in the last lines |
//! | `style` | colours and weights |
//! | `ascii` | output for terminals that show ASCII only |
//! | `common_words` | the words that several wordings have in common |
//! | `wording` | a stretch of a text in one line, marked, cut to a width |
//! | `groups` | which findings are shown, and which are one thing |
//! | `short` | findings in a few lines |
//! | `long` | findings laid out like the messages of a compiler |
//! | `text` | a report of `check`: all findings and the summary |
//! | `formats` | reports in the formats of `refrain-report` |
//! | `explanations` | what a rule means, for `refrain explain` |
//! | `sentence_rows` | which sentences of two texts stand beside each other |
//! | `side_by_side` | a report of `compare`, in two columns |
//! | `published` | what of a document was published before |
//! | `preview` | what `dedup` would remove, with a sample in two columns |

pub(crate) mod ascii;
mod common_words;
mod excerpt;
pub(crate) mod explanations;
pub(crate) mod formats;
pub(crate) mod groups;
pub(crate) mod layout;
pub(crate) mod left_out;
mod long;
pub(crate) mod numbers;
pub(crate) mod preview;
pub(crate) mod printable;
#[cfg(feature = "index")]
pub(crate) mod published;
mod sentence_rows;
mod short;
pub(crate) mod side_by_side;
mod style;
mod summary;
pub(crate) mod text;
mod word_differences;
mod wording;
mod wrap;
