//! The part of a line that is worth showing.
//!
//! An article has whole paragraphs in one line, and a file may be one line of many megabytes: an
//! excerpt looks at no more than a few thousand bytes around what it marks.

use std::ops::Range;

use refrain::Span;

use crate::render::printable::{columns_of, show, width};

/// How many bytes are looked at in front of what is marked, in it and after it: enough for any
/// terminal, even where marks pile up on letters.
const REACH: usize = 2048;
/// More marks than this on one letter are not shown.
const MARKS: usize = 4;
/// Where a line is cut, words up to this long are left out rather than broken.
const WORD: usize = 15;
/// Stands for what is left out.
const DOTS: &str = "...";

/// One line of text without controls, and which bytes of it are marked.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Excerpt {
    pub(crate) text: String,
    pub(crate) mark: Range<usize>,
}

/// Shows the first line of `span` with what stands around it, in so many columns.
///
/// What is marked ends at least `reserved` columns before the last, which leaves room for a label.
pub(crate) fn excerpt(text: &str, span: Span, columns: usize, reserved: usize) -> Excerpt {
    let before = Cleaned::tail(&text[..span.start]);
    let marked = Cleaned::head(span.of(text));
    let room = columns - reserved - before.columns().min(DOTS.len());
    let whole = !marked.more && marked.columns() <= room;
    let marked = marked.cropped_right(room);
    let around = columns - columns_of(&marked);
    let after = if whole { Cleaned::rest(&text[span.end..]) } else { Cleaned::default() };
    // Half the room each, or all that the other leaves.
    let left = (around / 2).max(around.saturating_sub(after.columns())).min(around.saturating_sub(reserved));
    let before = before.cropped_left(left);
    let after = after.cropped_right(around - columns_of(&before));
    let mark = before.len()..before.len() + marked.len();
    Excerpt { text: before + &marked + &after, mark }
}

fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// A stretch of one line as it can be shown, and whether there was more of it.
#[derive(Debug, Default)]
struct Cleaned {
    text: String,
    more: bool,
}

impl Cleaned {
    /// The first line of a text that may go on in others.
    fn head(text: &str) -> Self {
        let near = &text[..text.floor_char_boundary(REACH)];
        let line = near.split(ends_line).next().unwrap_or_default();
        let mut shown = clean(line);
        if line.len() < near.len() {
            shown.push(' ');
        }
        Self { text: shown, more: line.len() < text.len() }
    }

    /// What follows on the same line.
    fn rest(text: &str) -> Self {
        let near = &text[..text.floor_char_boundary(REACH)];
        let line = near.split(ends_line).next().unwrap_or_default();
        Self { text: clean(line), more: line.len() == near.len() && near.len() < text.len() }
    }

    /// What stands before on the same line.
    fn tail(text: &str) -> Self {
        let near = &text[text.ceil_char_boundary(text.len().saturating_sub(REACH))..];
        let line = near.rsplit(ends_line).next().unwrap_or_default();
        Self { text: clean(line), more: line.len() == near.len() && near.len() < text.len() }
    }

    fn columns(&self) -> usize {
        columns_of(&self.text) + if self.more { DOTS.len() } else { 0 }
    }

    /// Cuts the end off so that the rest fits.
    fn cropped_right(self, columns: usize) -> String {
        if self.columns() <= columns {
            return if self.more { self.text + DOTS } else { self.text };
        }
        let Some(room) = columns.checked_sub(DOTS.len()) else { return String::new() };
        let mut taken = 0;
        let overflows = |c: char| {
            taken += width(c);
            taken > room
        };
        let end = self.text.find(overflows).unwrap_or(self.text.len());
        let (kept, rest) = self.text.split_at(end);
        let broken = rest.starts_with(|c: char| !c.is_whitespace());
        let word = kept.rfind(char::is_whitespace).filter(|&space| broken && kept.len() - space <= WORD);
        kept[..word.unwrap_or(end)].trim_end().to_owned() + DOTS
    }

    /// Cuts the start off so that the rest fits.
    fn cropped_left(self, columns: usize) -> String {
        if self.columns() <= columns && !self.more {
            return self.text.trim_start().to_owned();
        }
        let Some(room) = columns.checked_sub(DOTS.len()) else { return String::new() };
        let mut taken = 0;
        let overflows = |c: char| {
            taken += width(c);
            taken > room
        };
        let start = self.text.rfind(overflows).map_or(0, |at| self.text.ceil_char_boundary(at + 1));
        let (rest, kept) = self.text.split_at(start);
        // Marks without their letter would sit on the dots.
        let kept = kept.trim_start_matches(|c| width(c) == 0);
        let broken = rest.ends_with(|c: char| !c.is_whitespace());
        let word = kept.find(char::is_whitespace).filter(|&space| broken && space < WORD);
        DOTS.to_owned() + kept[word.unwrap_or(0)..].trim_start()
    }
}

/// Drops what cannot be shown, and marks that pile up.
pub(crate) fn clean(line: &str) -> String {
    let mut marks = 0;
    let few = |&c: &char| {
        marks = if width(c) == 0 { marks + 1 } else { 0 };
        marks <= MARKS
    };
    line.chars().filter_map(show).filter(few).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shows the part of `text` between brackets, with brackets around what is marked.
    fn shown(text: &str, columns: usize, reserved: usize) -> String {
        let (start, end) = (text.find('[').unwrap(), text.rfind(']').unwrap() - 1);
        let text = text.replace(['[', ']'], "");
        let Excerpt { text, mark } = excerpt(&text, Span::new(start, end), columns, reserved);
        assert!(columns_of(&text) <= columns, "{text}");
        assert!(columns_of(&text[..mark.end]) + reserved <= columns, "{text}");
        format!("{}[{}]{}", &text[..mark.start], &text[mark.clone()], &text[mark.end..])
    }

    #[test]
    fn what_fits_is_shown_whole() {
        assert_eq!(shown("a [small] line", 20, 0), "a [small] line");
        assert_eq!(shown("above\n  a [small] line\nbelow", 20, 0), "a [small] line");
        assert_eq!(shown("above\r[line]\u{85}below", 20, 0), "[line]");
    }

    #[test]
    fn what_does_not_fit_is_cut_between_words() {
        let text = "one two three four five [six seven] eight nine ten eleven twelve";
        assert_eq!(shown(text, 30, 0), "...five [six seven] eight...");
        assert_eq!(shown(text, 30, 15), "...[six seven] eight nine ten...");
        assert_eq!(shown("before [one two three four five] after", 20, 0), "...[one two three...]");
        assert_eq!(shown("[one two three four five]", 20, 0), "[one two three...]");
    }

    #[test]
    fn of_several_lines_the_first_is_shown() {
        assert_eq!(shown("[One line.\nAnd more.]", 20, 0), "[One line. ...]");
        assert_eq!(shown("[One long line of words\nand more]", 20, 0), "[One long line of...]");
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
    fn nothing_that_controls_a_terminal_is_shown() {
        assert_eq!(shown("\u{1b}c[red\t\0]\u{9b}2J", 20, 0).chars().filter(|c| c.is_control()).count(), 0);
    }
}
