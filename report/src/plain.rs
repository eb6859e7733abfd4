//! Text that is safe to print in one line.

use std::borrow::Cow;

/// Whether a character would end the line, move a cursor, or change the direction of the text after it.
fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}')
}

/// What stands for such a character.
fn replacement(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        // The pictures of control characters start at U+2400.
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER),
        _ => char::REPLACEMENT_CHARACTER,
    }
}

/// The text in one line: white space becomes spaces, and other characters that control the output become signs.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unsafe) {
        return Cow::Borrowed(text);
    }
    text.chars().map(|c| if is_unsafe(c) { replacement(c) } else { c }).collect()
}

/// The text with its lines: only line feeds and tabs are left of what controls the output.
pub(crate) fn plain_lines(text: &str) -> Cow<'_, str> {
    let is_unsafe = |c: char| is_unsafe(c) && c != '\n' && c != '\t';
    if !text.contains(is_unsafe) {
        return Cow::Borrowed(text);
    }
    text.replace("\r\n", "\n").chars().map(|c| if is_unsafe(c) { replacement(c) } else { c }).collect()
}

/// The words of a text with single spaces, at most `most` characters and then an ellipsis; safe to print.
pub(crate) fn beginning(text: &str, most: usize) -> String {
    // Each word has a character at least.
    let words: Vec<&str> = text.split_whitespace().take(most + 1).collect();
    let line = words.join(" ");
    match line.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", plain(line[..end].trim_end())),
        None => plain(&line).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_controls_the_output() {
        let cases = [
            ("naïve 日本", "naïve 日本", "naïve 日本"),
            ("a\r\nb\tc\u{2028}d", "a  b c d", "a\nb\tc d"),
            ("\u{1b}[31m\0\u{7f}\u{9b}", "␛[31m␀\u{fffd}\u{fffd}", "␛[31m␀\u{fffd}\u{fffd}"),
            ("a\u{202e}b\u{2066}c", "a\u{fffd}b\u{fffd}c", "a\u{fffd}b\u{fffd}c"),
        ];
        for (text, line, lines) in cases {
            assert_eq!(plain(text), line, "{text:?}");
            assert_eq!(plain_lines(text), lines, "{text:?}");
        }
    }

    #[test]
    fn a_beginning_has_single_spaces() {
        assert_eq!(beginning("  one\n two\u{7} ", 20), "one two␇");
        assert_eq!(beginning("one two three", 8), "one two…");
        assert_eq!(beginning("", 8), "");
    }
}
