//! Cuts a line to the part around a span.
//!
//! A line of an article is often a whole paragraph, and a file may be one line of many megabytes. An
//! excerpt reads only a few thousand bytes around the span.

use std::ops::Range;

use refrain::Span;

use super::printable::{char_width, printable_char, text_width};

/// How many bytes are read before the span, in it and after it: enough for any terminal, even where
/// letters have many combining marks.
const MAX_BYTES: usize = 2048;
/// How many combining marks are shown on one letter.
const MAX_MARKS: usize = 4;
/// A word at the cut is omitted if it has at most this many bytes, and broken otherwise.
const MAX_OMITTED_WORD: usize = 15;
/// Replaces what is cut.
const ELLIPSIS: &str = "...";

/// One line of printable text, and the range of bytes in it to underline.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Excerpt {
    pub(crate) text: String,
    pub(crate) marked: Range<usize>,
}

/// The first paragraph of `span` with the text around it, in at most `columns` columns.
///
/// The marked part ends at least `reserved` columns before the end, which leaves room for a label.
pub(crate) fn excerpt(text: &str, span: Span, columns: usize, reserved: usize) -> Excerpt {
    let before = LinePart::before(&text[..span.start]);
    let marked = LinePart::first_paragraph(span.of(text));
    let room = columns - reserved - before.width().min(ELLIPSIS.len());
    let whole = !marked.more && marked.width() <= room;
    let marked = marked.crop_end(room);
    let remaining = columns - text_width(&marked);
    let after = if whole { LinePart::after(&text[span.end..]) } else { LinePart::default() };
    // Each side gets half of the columns, or all that the other side leaves.
    let left =
        (remaining / 2).max(remaining.saturating_sub(after.width())).min(remaining.saturating_sub(reserved));
    let before = before.crop_start(left);
    let after = after.crop_end(remaining - text_width(&before));
    let range = before.len()..before.len() + marked.len();
    Excerpt { text: before + &marked + &after, marked: range }
}

fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// A printable part of one line, and whether the line goes on beyond it.
#[derive(Debug, Default)]
struct LinePart {
    text: String,
    more: bool,
}

impl LinePart {
    /// The first paragraph of a text that may have several, on one line.
    fn first_paragraph(text: &str) -> Self {
        let near = &text[..text.floor_char_boundary(MAX_BYTES)];
        // A carriage return and the line feed after it end one line.
        let lines = near.split("\r\n").flat_map(|line| line.split(ends_line));
        let mut shown = String::new();
        let mut read = 0;
        for line in lines.take_while(|line| !line.trim().is_empty()) {
            if read > 0 {
                shown.push(' ');
            }
            shown += clean(line).trim();
            read = line.as_ptr() as usize - near.as_ptr() as usize + line.len();
        }
        let more = read < text.len();
        if more && read < near.len() {
            shown.push(' ');
        }
        Self { text: shown, more }
    }

    /// The text after the span on the same line.
    fn after(text: &str) -> Self {
        let near = &text[..text.floor_char_boundary(MAX_BYTES)];
        let line = near.split(ends_line).next().unwrap_or_default();
        Self { text: clean(line), more: line.len() == near.len() && near.len() < text.len() }
    }

    /// The text before the span on the same line.
    fn before(text: &str) -> Self {
        let near = &text[text.ceil_char_boundary(text.len().saturating_sub(MAX_BYTES))..];
        let line = near.rsplit(ends_line).next().unwrap_or_default();
        Self { text: clean(line), more: line.len() == near.len() && near.len() < text.len() }
    }

    fn width(&self) -> usize {
        text_width(&self.text) + if self.more { ELLIPSIS.len() } else { 0 }
    }

    /// Cuts off the end so that the rest fits.
    fn crop_end(self, columns: usize) -> String {
        if self.width() <= columns {
            return if self.more { self.text + ELLIPSIS } else { self.text };
        }
        let Some(room) = columns.checked_sub(ELLIPSIS.len()) else { return String::new() };
        let mut taken = 0;
        let overflows = |c: char| {
            taken += char_width(c);
            taken > room
        };
        let end = self.text.find(overflows).unwrap_or(self.text.len());
        let (kept, rest) = self.text.split_at(end);
        let broken = rest.starts_with(|c: char| !c.is_whitespace());
        let word =
            kept.rfind(char::is_whitespace).filter(|&space| broken && kept.len() - space <= MAX_OMITTED_WORD);
        kept[..word.unwrap_or(end)].trim_end().to_owned() + ELLIPSIS
    }

    /// Cuts off the start so that the rest fits.
    fn crop_start(self, columns: usize) -> String {
        if self.width() <= columns && !self.more {
            return self.text.trim_start().to_owned();
        }
        let Some(room) = columns.checked_sub(ELLIPSIS.len()) else { return String::new() };
        let mut taken = 0;
        let overflows = |c: char| {
            taken += char_width(c);
            taken > room
        };
        let start = self.text.rfind(overflows).map_or(0, |at| self.text.ceil_char_boundary(at + 1));
        let (rest, kept) = self.text.split_at(start);
        // Combining marks without their letter would combine with the dots.
        let kept = kept.trim_start_matches(|c| char_width(c) == 0);
        let broken = rest.ends_with(|c: char| !c.is_whitespace());
        let word = kept.find(char::is_whitespace).filter(|&space| broken && space < MAX_OMITTED_WORD);
        ELLIPSIS.to_owned() + kept[word.unwrap_or(0)..].trim_start()
    }
}

/// Removes characters that are not printable, and excess combining marks.
pub(crate) fn clean(line: &str) -> String {
    let mut marks = 0;
    let few = |&c: &char| {
        marks = if char_width(c) == 0 { marks + 1 } else { 0 };
        marks <= MAX_MARKS
    };
    line.chars().filter_map(printable_char).filter(few).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An excerpt around the part of `text` in brackets, with brackets around the marked part.
    fn shown(text: &str, columns: usize, reserved: usize) -> String {
        let (start, end) = (text.find('[').unwrap(), text.rfind(']').unwrap() - 1);
        let text = text.replace(['[', ']'], "");
        let Excerpt { text, marked } = excerpt(&text, Span::new(start, end), columns, reserved);
        assert!(text_width(&text) <= columns, "{text}");
        assert!(text_width(&text[..marked.end]) + reserved <= columns, "{text}");
        format!("{}[{}]{}", &text[..marked.start], &text[marked.clone()], &text[marked.end..])
    }

    #[test]
    fn a_line_that_fits_is_shown_whole() {
        assert_eq!(shown("a [small] line", 20, 0), "a [small] line");
        assert_eq!(shown("above\n  a [small] line\nbelow", 20, 0), "a [small] line");
        assert_eq!(shown("above\r[line]\u{85}below", 20, 0), "[line]");
    }

    #[test]
    fn a_line_that_does_not_fit_is_cut_between_words() {
        let text = "one two three four five [six seven] eight nine ten eleven twelve";
        assert_eq!(shown(text, 30, 0), "...five [six seven] eight...");
        assert_eq!(shown(text, 30, 15), "...[six seven] eight nine ten...");
        assert_eq!(shown("before [one two three four five] after", 20, 0), "...[one two three...]");
        assert_eq!(shown("[one two three four five]", 20, 0), "[one two three...]");
    }

    #[test]
    fn the_lines_of_a_paragraph_are_one_line_of_an_excerpt() {
        assert_eq!(shown("[One\r\nword\na\nline.]", 20, 0), "[One word a line.]");
        assert_eq!(shown("[One long line of words\nand more]", 20, 0), "[One long line of...]");
        assert_eq!(shown("[One line.\n\nAnd more.]", 20, 0), "[One line. ...]");
    }

    #[test]
    fn wide_characters_and_marks_keep_their_columns() {
        assert_eq!(shown("一二三四五六[七八]九十一二三四五", 20, 0), "...五六[七八]九十一...");
        assert_eq!(
            shown("[x\u{301}\u{301}\u{301}\u{301}\u{301}\u{301} y]", 20, 0),
            "[x\u{301}\u{301}\u{301}\u{301} y]"
        );
        let pile = format!("[x{}] y", "\u{301}".repeat(100_000));
        assert_eq!(shown(&pile, 20, 0), "[x\u{301}\u{301}\u{301}\u{301}...]");
        let word = format!("{}[{}]{}", "y".repeat(5000), "x".repeat(30), "z".repeat(5000));
        assert_eq!(shown(&word, 40, 0), format!("...yy[{}]zz...", "x".repeat(30)));
    }

    #[test]
    fn no_control_characters_are_shown() {
        assert_eq!(shown("\u{1b}c[red\t\0]\u{9b}2J", 20, 0).chars().filter(|c| c.is_control()).count(), 0);
    }
}
