//! HTML.
//!
//! A tokenizer cuts the source into tags and text; a stack of open elements says what is hidden and what role a
//! text has. Any tag of a block ends a paragraph. No tree is made.
//!
//! | file | holds |
//! | --- | --- |
//! | `elements` | what each element is |
//! | `attributes` | what the attributes of a tag say |
//! | `open_elements` | the elements that are open at a place |
//! | `page` | from tags and text to blocks |
//! | `tokens` | from the tokenizer's events to tags and text with spans |
//! | `beginning` | whether a source looks like HTML |
//! | `tests` | pages, and the blocks that they have |

mod attributes;
mod beginning;
mod elements;
mod open_elements;
mod page;
mod tokens;

pub(super) use beginning::looks_like;

use super::builder::DocumentBuilder;
use super::read_options::ReadOptions;

/// Passes the blocks of a source to `builder`.
pub(super) fn read(source: &str, builder: &mut DocumentBuilder<'_>, options: &ReadOptions) {
    let mut page = page::Page::new(source, builder, options);
    tokens::read(source, &mut page);
    page.finish();
}

#[cfg(test)]
mod tests;
