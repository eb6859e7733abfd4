//! Markdown: CommonMark with the extensions that are common in articles, and the parts of MDX that can be told
//! from text.
//!
//! pulldown-cmark finds the structure and says where each piece of text stands. From its events, text goes to
//! the builder block by block.
//!
//! | file | holds |
//! | --- | --- |
//! | `blocks` | blocks that start with their first text, and the comments on them |
//! | `front_matter` | the lines before the text |
//! | `tags` | cuts HTML into tags, comments and text |
//! | `elements` | what the elements of HTML do to a text |
//! | `closing` | finds the ends of what is not read, in linear time |
//! | `entities` | character references in HTML |
//! | `mdx` | code and templates inside text: MDX, shortcodes, attribute lists |
//! | `depth` | cuts out lines that are nested too deep |
//! | `reader` | from the events of the parser to blocks |
//! | `guess` | whether a source looks like Markdown |
//! | `tests` | small sources, and what is read of them |
//!
//! What is read as what:
//!
//! * The role of a block comes from its innermost container: a paragraph in a quotation in a list item is a
//!   quotation, a list in a quotation has items. Terms of definition lists are headings.
//! * A piece of code, a formula or a picture inside a paragraph leaves a space, so that it does not join the
//!   words around it. A reference to a footnote leaves nothing.
//! * `refrain-ignore` is about the next block that has text. The next item of a list, or the next cell of a
//!   table, is one block; `refrain-ignore-start` and `-end` are for whole lists and tables.
//! * A picture whose text is read is a block of its own. A paragraph around it goes on in another block.

mod blocks;
mod closing;
mod depth;
mod elements;
mod entities;
mod front_matter;
mod guess;
mod mdx;
mod reader;
mod tags;
#[cfg(test)]
mod tests;

pub(super) use guess::looks_like;
pub(super) use reader::read;
