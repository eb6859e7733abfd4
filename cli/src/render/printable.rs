//! Characters as they may be shown: none that moves the cursor, turns the text or hides in it.

use std::borrow::Cow;

use unicode_width::UnicodeWidthChar as _;

/// How a character is shown, or `None` if it shows nothing by itself.
///
/// Names and texts are strangers' words: an escape sequence among them must not reach the terminal.
pub(crate) fn show(c: char) -> Option<char> {
    match c {
        ' '..='~' => Some(c),
        '\t' | '\n' | '\r' => Some(' '),
        // There are pictures for these, from U+2400 on.
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)),
        '\u{7f}' => Some('\u{2421}'),
        '\u{80}'..='\u{9f}' => Some(char::REPLACEMENT_CHARACTER),
        // Separators of lines, and what turns the direction of all that follows.
        '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Some(char::REPLACEMENT_CHARACTER),
        // Default-ignorable: fillers, joiners, variation selectors, tags and the like.
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' => None,
        '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' => None,
        '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' => None,
        '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}' => None,
        _ => Some(c),
    }
}

/// How many columns a character takes that [`show`] returned.
pub(crate) fn width(c: char) -> usize {
    c.width().unwrap_or(1)
}

/// How many columns a text takes of which every character can be shown.
pub(crate) fn columns_of(text: &str) -> usize {
    text.chars().map(width).sum()
}

/// A text of which every character can be shown.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| show(c) == Some(c)) {
        return Cow::Borrowed(text);
    }
    text.chars().filter_map(show).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_reaches_the_terminal_but_what_shows() {
        let cases = [
            ("plain, naïve, 日本", "plain, naïve, 日本"),
            ("\u{1b}[31mred\u{1b}]0;title\u{7}", "␛[31mred␛]0;title␇"),
            ("nul\0, delete\u{7f}", "nul␀, delete␡"),
            ("\u{9b}31m", "\u{fffd}31m"),
            ("a\u{202e}b\u{2066}c", "a\u{fffd}b\u{fffd}c"),
            ("so\u{ad}ft\u{200b}\u{feff}\u{e0041}", "soft"),
            ("one\r\ntwo\tthree", "one  two three"),
        ];
        for (text, shown) in cases {
            assert_eq!(visible(text), shown, "{text:?}");
        }
    }
}
