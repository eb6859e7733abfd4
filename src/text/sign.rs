//! Signs that change what a number or a word means: `$50`, `−15`, `50%`, `x < 5`, `C++`.
//!
//! A sign is no token. It changes the hash of the token that it belongs to, by [`change`], so lengths do not
//! change. The order of several signs of one token makes no difference.
//!
//! | sign | belongs to |
//! | --- | --- |
//! | currency | the number that directly follows; else the one before it, or the one after it behind one space |
//! | `-` in any form | the number that directly follows, unless a letter, a digit or another dash stands before it |
//! | `+` | the same |
//! | `±` | the number that follows, perhaps behind one space |
//! | `%`, `‰`, `‱`, `°` | the number before it, perhaps with one space between |
//! | `<`, `>`, `=`, `<=`, `>=`, `==`, `!=`, `≤`, `≥`, `≠` | the word or number that follows, perhaps behind one space |
//! | `++`, `#` | the one or two Latin letters directly before it |
//!
//! Decorations are not signs: longer runs such as `====` and `-->`, `>` at the start of a line, which marks
//! a quotation, and the brackets of `<tags>`. So `<`, `>` and `=` need something on the same line before
//! them, or a number directly behind `<` or `>`.

use super::machine::{canonical, first_after, is_word, last_before, sign_before};
use super::unicode::{CharClass, char_traits};
use crate::set::hash;

/// The most characters of a tag that are looked at.
const LONGEST_TAG: usize = 64;

/// What a sign changes in the hash of a token: an exclusive or, which leaves the bit for digits.
fn change(sign: char) -> u64 {
    hash::sign(sign)
}

/// The change by the signs before the token that begins at `start`, and where the signs that touch it begin.
#[inline]
pub(super) fn before(text: &str, start: usize, first: char) -> (u64, usize) {
    let bytes = text.as_bytes();
    // Nearly always a letter and one space stand before a word.
    let may_be = |byte: u8| !byte.is_ascii() || matches!(byte, b'$' | b'+' | b'-' | b'<' | b'=' | b'>');
    match bytes[..start] {
        [] => (0, start),
        [.., byte, b' '] if !may_be(byte) => (0, start),
        [.., byte] if byte != b' ' && !may_be(byte) => (0, start),
        _ => find_before(text, start, first),
    }
}

#[inline(never)]
fn find_before(text: &str, start: usize, first: char) -> (u64, usize) {
    let is_number = first.is_numeric();
    let (mut at, mut found) = (start, 0);
    let (mut currency, mut plus_or_minus) = (false, false);
    while is_number && let Some((c, before)) = last_before(text, at) {
        if let Some(sign) = currency_sign(c)
            && !currency
            && (at == start || !ends_in_number(text, before))
        {
            currency = true;
            found ^= change(sign);
        } else if (is_dash(c) || matches!(c, '+' | '＋')) && !plus_or_minus {
            let previous = sign_before(text, before);
            let stands_apart = |c: char| !(is_word(c) || is_dash(c) || matches!(c, '+' | ')' | ']'));
            if !previous.is_none_or(stands_apart) {
                break;
            }
            plus_or_minus = true;
            found ^= change(if is_dash(c) { '-' } else { '+' });
        } else {
            break;
        }
        at = before;
    }
    let touching = at;
    let behind = skip_space_back(text, at);
    match last_before(text, behind) {
        Some(('±', before)) if is_number => {
            found ^= change('±');
            return (found, if behind == touching { before } else { touching });
        }
        Some((c, before)) if is_number && at == start && behind < at => {
            // "50 €" is read as "€50", and so belongs to the number before it.
            if let Some(sign) = currency_sign(c) {
                return (if ends_in_number(text, before) { 0 } else { change(sign) }, start);
            }
        }
        _ => {}
    }
    match comparison(text, behind, behind == touching, is_number) {
        Some((sign, begin)) => (found ^ change(sign), if behind == touching { begin } else { touching }),
        None => (found, touching),
    }
}

/// The comparison that ends at `end` and where it begins. `touches` says whether the token directly follows.
fn comparison(text: &str, end: usize, touches: bool, is_number: bool) -> Option<(char, usize)> {
    let (mut last, mut begin) = last_before(text, end)?;
    let mut negated = false;
    if last == '\u{338}' {
        (last, begin) = last_before(text, begin)?;
        negated = true;
    }
    let sign = match (last, negated) {
        ('=', true) | ('≠', false) => return Some(('≠', begin)),
        ('<', true) | ('≮', false) => return Some(('≮', begin)),
        ('>', true) | ('≯', false) => return Some(('≯', begin)),
        (_, true) => return None,
        ('≤' | '⩽' | '≦', _) => return Some(('≤', begin)),
        ('≥' | '⩾' | '≧', _) => return Some(('≥', begin)),
        ('<' | '＜', _) => '<',
        ('>' | '＞', _) => '>',
        ('=' | '＝', _) => '=',
        _ => return None,
    };
    let operator = |c: char| matches!(c, '<' | '>' | '=' | '!' | '-' | '+' | '~' | '|' | '/' | '&' | ':');
    let sign = match last_before(text, begin).filter(|&(c, _)| operator(c)) {
        None => sign,
        Some((first, at)) => {
            begin = at;
            if last_before(text, begin).is_some_and(|(c, _)| operator(c)) {
                return None;
            }
            match (first, sign) {
                ('<', '=') => '≤',
                ('>', '=') => '≥',
                ('!', '=') => '≠',
                ('=', '=') => '=',
                _ => return None,
            }
        }
    };
    let previous = sign_before(text, begin);
    if sign == '<' && touches && !is_number || sign == '>' && closes_tag(text, begin, previous) {
        return None;
    }
    let space = skip_space_back(text, begin);
    let operand = sign_before(text, space).filter(|&c| !matches!(c, '\n' | '\r'));
    let has_operand = operand.is_some_and(|c| {
        is_word(c)
            || matches!(c, ')' | ']' | '}' | '%' | '°' | '"' | '\'' | '”' | '’' | '*' | '+' | '#' | '_')
            || !c.is_ascii() && char_traits(c).class() == CharClass::Unspaced
    });
    let alone = is_number
        && touches
        && match sign {
            '<' | '≤' | '≥' => true,
            '>' => operand.is_some_and(|c| !c.is_whitespace() && c != '>'),
            _ => false,
        };
    (has_operand || alone).then_some((sign, begin))
}

/// Whether the `>` at `at` ends a tag.
fn closes_tag(text: &str, at: usize, previous: Option<char>) -> bool {
    if previous.is_some_and(|c| matches!(c, '"' | '\'' | '/' | '-')) {
        return true;
    }
    let (mut at, mut next) = (at, ' ');
    for _ in 0..LONGEST_TAG {
        match last_before(text, at) {
            // With the stroke it is another sign.
            Some(('<' | '>', before)) if next == '\u{338}' => (next, at) = ('<', before),
            Some(('<', _)) => return next.is_alphabetic() || matches!(next, '/' | '!'),
            None | Some(('>' | '\n' | '\r', _)) => return false,
            Some((c, before)) => (next, at) = (c, before),
        }
    }
    false
}

/// The change by the sign at `at` to the token before it, where the sign ends, and whether it touches the token.
#[inline]
pub(super) fn after(text: &str, at: usize) -> Option<(u64, usize, bool)> {
    let c = text[at..].chars().next()?;
    let end = at + c.len_utf8();
    let next = || first_after(text, end).map(|(c, _)| c);
    match c {
        '%' | '\u{66a}' | '\u{fe6a}' | '\u{ff05}' | '‰' | '\u{609}' | '‱' | '\u{60a}' | '°' => {
            let sign = match c {
                '‰' | '\u{609}' => '‰',
                '‱' | '\u{60a}' => '‱',
                '°' => '°',
                _ => '%',
            };
            let touches = number_before(text, at)?;
            (sign == '°' || !next().is_some_and(is_word)).then(|| (change(sign), end, touches))
        }
        '+' => {
            let (_, end) = first_after(text, end).filter(|&(c, _)| c == '+')?;
            let next = first_after(text, end).map(|(c, _)| c);
            let ends = !next.is_some_and(|c| is_word(c) || c == '+');
            (ends && follows_letters(text, at)).then(|| (change('\u{29fa}'), end, true))
        }
        '#' => {
            let ends = !next().is_some_and(|c| is_word(c) || c == '#');
            (ends && follows_letters(text, at)).then(|| (change('#'), end, true))
        }
        c => {
            let sign = currency_sign(c)?;
            let touches = number_before(text, at)?;
            (!next().is_some_and(char::is_numeric)).then(|| (change(sign), end, touches))
        }
    }
}

/// Whether a byte may begin a sign that belongs to the token before it.
#[inline(always)]
pub(super) fn may_follow(byte: u8) -> bool {
    !byte.is_ascii() || matches!(byte, b'#' | b'$' | b'%' | b'+')
}

/// Whether the number that ends before `at`, perhaps behind one space, touches it; `None` if there is no number.
fn number_before(text: &str, at: usize) -> Option<bool> {
    let behind = skip_space_back(text, at);
    ends_in_digit(text, behind).then_some(behind == at)
}

/// Whether a number ends at `at`, or one space before it.
fn ends_in_number(text: &str, at: usize) -> bool {
    number_before(text, at).is_some()
}

fn ends_in_digit(text: &str, at: usize) -> bool {
    let last = last_before(text, at).map(|(c, _)| c);
    last.is_some_and(|c| c.is_numeric() && char_traits(c).class() == CharClass::Word)
}

/// Whether one or two Latin letters end at `at`, and nothing else of a word.
fn follows_letters(text: &str, at: usize) -> bool {
    let mut at = at;
    for count in 0..=2 {
        match last_before(text, at) {
            Some((c, before)) if c.is_ascii_alphabetic() && count < 2 => at = before,
            Some(_) => {
                let previous = sign_before(text, at);
                return count > 0 && !previous.is_some_and(|c| is_word(c) || is_part_of_word(c));
            }
            None => return count > 0,
        }
    }
    false
}

/// An apostrophe or a low line, which join letters.
fn is_part_of_word(c: char) -> bool {
    c == '_' || char_traits(c).class() == CharClass::Apostrophe
}

/// Where one space before `at` begins, or `at` if there is none.
fn skip_space_back(text: &str, at: usize) -> usize {
    match last_before(text, at) {
        Some((' ' | '\u{a0}' | '\u{2009}' | '\u{202f}', before)) => before,
        _ => at,
    }
}

/// The hyphen, the signs for minus, and dashes where they stand for it.
fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2013}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}')
}

/// A sign of `General_Category` Sc, the same for its wide and small forms.
fn currency_sign(c: char) -> Option<char> {
    match canonical(c) {
        '\u{fe69}' | '\u{ff04}' => Some('$'),
        '\u{ffe0}' => Some('¢'),
        '\u{ffe1}' => Some('£'),
        '\u{ffe5}' => Some('¥'),
        '\u{ffe6}' => Some('₩'),
        c @ ('$'
        | '\u{a2}'..='\u{a5}'
        | '\u{58f}'
        | '\u{60b}'
        | '\u{7fe}'..='\u{7ff}'
        | '\u{9f2}'..='\u{9f3}'
        | '\u{9fb}'
        | '\u{af1}'
        | '\u{bf9}'
        | '\u{e3f}'
        | '\u{17db}'
        | '\u{20a0}'..='\u{20c1}'
        | '\u{a838}'
        | '\u{fdfc}'
        | '\u{11fdd}'..='\u{11fe0}'
        | '\u{1e2ff}'
        | '\u{1ecb0}') => Some(c),
        _ => None,
    }
}
