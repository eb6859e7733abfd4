//! Text in lines of so many columns.

use std::ops::Range;

use unicode_linebreak::linebreaks;

use crate::render::printable::{columns_of, width};

/// Breaks a text that can be shown into lines that take at most `columns` columns, 2 or more, without
/// the spaces at their ends, and stops after `most` lines.
///
/// Lines break where the script allows it (UAX #14), and anywhere in what is longer than a line; but
/// marks stay with their letters.
pub(crate) fn wrap(text: &str, columns: usize, most: usize) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let (mut start, mut end) = (0, 0);
    for (next, _) in linebreaks(text) {
        while columns_of(text[start..next].trim()) > columns {
            // Where nothing fits up to the last break, what stands behind it is longer than a line.
            if start == end {
                end = start + length_that_fits(&text[start..next], columns);
            }
            lines.push(trimmed(text, start..end));
            start = end;
            if lines.len() == most {
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

/// As many bytes as take no more than the columns, one character at least; spaces in front take none.
fn length_that_fits(text: &str, columns: usize) -> usize {
    let indent = text.len() - text.trim_start().len();
    let mut taken = 0;
    let overflows = |&(at, c): &(usize, char)| {
        taken += width(c);
        taken > columns && at > 0 && width(c) > 0
    };
    text[indent..].char_indices().find(overflows).map_or(text.len(), |(at, _)| indent + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, columns: usize, most: usize) -> Vec<&str> {
        wrap(text, columns, most).into_iter().map(|line| &text[line]).collect()
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
    fn what_is_longer_than_a_line_breaks_anywhere() {
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
    fn nothing_is_lost_and_nothing_sticks_out() {
        let text = "The  ferry — 早晨的渡船从码头 — leaves, naïve\u{301}\u{301}ly, at half\u{a0}past nine: "
            .repeat(3);
        let bare = |text: &str| text.split_whitespace().collect::<String>();
        for columns in 2..60 {
            let lines = lines(&text, columns, usize::MAX);
            assert_eq!(bare(&lines.concat()), bare(&text), "{columns}");
            assert!(lines.iter().all(|line| columns_of(line) <= columns), "{columns}: {lines:?}");
        }
    }
}
