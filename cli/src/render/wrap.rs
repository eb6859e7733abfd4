//! Breaks text into lines of a given width.

use std::ops::Range;

use unicode_linebreak::linebreaks;

use super::printable::{char_width, text_width};

/// Breaks a printable text into at most `max_lines` lines of at most `columns` columns each.
///
/// `columns` must be at least 2. The lines exclude the spaces at their ends. They break where the
/// script allows it (UAX #14); a word longer than a line breaks anywhere, but combining marks stay with
/// their letters.
pub(crate) fn wrap(text: &str, columns: usize, max_lines: usize) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let (mut start, mut end) = (0, 0);
    for (next, _) in linebreaks(text) {
        while text_width(text[start..next].trim()) > columns {
            // No break opportunity fits: the word is longer than a line.
            if start == end {
                end = start + length_that_fits(&text[start..next], columns);
            }
            lines.push(trimmed(text, start..end));
            start = end;
            if lines.len() == max_lines {
                return lines;
            }
        }
        end = next;
    }
    let last = trimmed(text, start..end);
    lines.extend((!last.is_empty()).then_some(last));
    lines
}

fn trimmed(text: &str, line: Range<usize>) -> Range<usize> {
    let words = text[line.clone()].trim_start();
    let start = line.end - words.len();
    start..start + words.trim_end().len()
}

/// The length in bytes of the longest prefix that fits, at least one character.
///
/// Leading spaces take no columns.
fn length_that_fits(text: &str, columns: usize) -> usize {
    let indent = text.len() - text.trim_start().len();
    let mut taken = 0;
    let overflows = |&(at, c): &(usize, char)| {
        taken += char_width(c);
        taken > columns && at > 0 && char_width(c) > 0
    };
    text[indent..].char_indices().find(overflows).map_or(text.len(), |(at, _)| indent + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, columns: usize, max_lines: usize) -> Vec<&str> {
        wrap(text, columns, max_lines).into_iter().map(|line| &text[line]).collect()
    }

    #[test]
    fn lines_break_between_words() {
        let text = "One two three, four-and-twenty; five.";
        assert_eq!(lines(text, 10, 9), ["One two", "three,", "four-and-", "twenty;", "five."]);
        assert_eq!(lines(text, 10, 2), ["One two", "three,"]);
        assert_eq!(lines(text, 100, 9), [text]);
        assert_eq!(lines("", 10, 9), [""; 0]);
        assert_eq!(lines("   ", 10, 9), [""; 0]);
    }

    #[test]
    fn words_longer_than_a_line_break_anywhere() {
        assert_eq!(lines("abcdefgh ij", 3, 9), ["abc", "def", "gh", "ij"]);
        assert_eq!(lines("a bcdefgh", 3, 2), ["a", "bcd"]);
        assert_eq!(lines("abcdefgh", 3, 2), ["abc", "def"]);
    }

    #[test]
    fn wide_characters_take_two_columns_and_marks_none() {
        assert_eq!(lines("早晨的渡船，从码头", 6, 9), ["早晨的", "渡船，", "从码头"]);
        assert_eq!(lines("早晨的渡", 3, 9), ["早", "晨", "的", "渡"]);
        assert_eq!(lines("e\u{301}e\u{301}e\u{301}", 2, 9), ["e\u{301}e\u{301}", "e\u{301}"]);
    }

    #[test]
    fn no_text_is_lost_and_no_line_is_too_wide() {
        let text = "The  ferry — 早晨的渡船从码头 — leaves, naïve\u{301}\u{301}ly, at half\u{a0}past nine: "
            .repeat(3);
        let without_spaces = |text: &str| text.split_whitespace().collect::<String>();
        for columns in 2..60 {
            let lines = lines(&text, columns, usize::MAX);
            assert_eq!(without_spaces(&lines.concat()), without_spaces(&text), "{columns}");
            assert!(lines.iter().all(|line| text_width(line) <= columns), "{columns}: {lines:?}");
        }
    }
}
