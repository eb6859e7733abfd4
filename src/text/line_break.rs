//! Words that the end of a line breaks in two.

use super::machine::last_before;
use super::unicode::{CharClass, char_traits};

/// Where a word goes on behind the line end after a hyphen `c` at `at`, or `None` if it does not.
///
/// The word begins at `start`, and `last` is its last letter or digit before the hyphen. A soft hyphen says
/// that the word goes on. Any other hyphen must follow a letter, and a lower-case letter must begin the next
/// line; it may belong to a compound with several hyphens, so none may stand before the word. There is one
/// line end only, perhaps with spaces around it.
pub(super) fn joined_at(text: &str, start: usize, at: usize, c: char, last: char) -> Option<usize> {
    let is_soft = c == '\u{ad}';
    if !(is_soft || is_hyphen(c)) {
        return None;
    }
    let rest = text[at + c.len_utf8()..].trim_start_matches(if is_soft { [' ', '\t'] } else { ['\0'; 2] });
    let rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix(['\n', '\r', '\u{85}', '\u{2028}']))?;
    let rest = rest.trim_start_matches([' ', '\t', '\u{a0}']);
    let next = rest.chars().next()?;
    let goes_on = if is_soft {
        char_traits(next).class() == CharClass::Word
    } else {
        let inside_compound = || last_before(text, start).is_some_and(|(c, _)| is_hyphen(c));
        next.is_lowercase() && last.is_alphabetic() && !inside_compound()
    };
    goes_on.then_some(text.len() - rest.len())
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}')
}
