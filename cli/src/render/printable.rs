//! Makes text safe to print: no character moves the cursor, reverses the text or is invisible.

use std::borrow::Cow;

use unicode_width::UnicodeWidthChar as _;

/// What to print for a character, or `None` if it is invisible by itself.
///
/// File names and texts are untrusted: an escape sequence in them must not reach the terminal.
pub(crate) fn printable_char(c: char) -> Option<char> {
    match c {
        ' '..='~' => Some(c),
        '\t' | '\n' | '\r' => Some(' '),
        // The symbols for control characters start at U+2400.
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)),
        '\u{7f}' => Some('\u{2421}'),
        '\u{80}'..='\u{9f}' => Some(char::REPLACEMENT_CHARACTER),
        // Line separators, and characters that change the direction of what follows.
        '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Some(char::REPLACEMENT_CHARACTER),
        // Default-ignorable: fillers, joiners, variation selectors, tags and the like.
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' => None,
        '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' => None,
        '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' => None,
        '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}' => None,
        _ => Some(c),
    }
}

/// The number of columns of a character that [`printable_char`] returned.
pub(crate) fn char_width(c: char) -> usize {
    c.width().unwrap_or(1)
}

/// The number of columns of a printable text.
pub(crate) fn text_width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

/// A text with every character replaced by what [`printable_char`] returns for it.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| printable_char(c) == Some(c)) {
        return Cow::Borrowed(text);
    }
    text.chars().filter_map(printable_char).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_printable_characters_are_left() {
        let cases = [
            ("plain, naïve, 日本", "plain, naïve, 日本"),
            ("\u{1b}[31mred\u{1b}]0;title\u{7}", "␛[31mred␛]0;title␇"),
            ("nul\0, delete\u{7f}", "nul␀, delete␡"),
            ("\u{9b}31m", "\u{fffd}31m"),
            ("a\u{202e}b\u{2066}c", "a\u{fffd}b\u{fffd}c"),
            ("so\u{ad}ft\u{200b}\u{feff}\u{e0041}", "soft"),
            ("one\r\ntwo\tthree", "one  two three"),
        ];
        for (text, expected) in cases {
            assert_eq!(printable(text), expected, "{text:?}");
        }
    }
}
