//! Numbers and dates, recognised from token hashes alone, because a corpus keeps only these.
//!
//! A *number* is a run of tokens that hold a digit of any script: `1506`, `3.5`, `1,000`, `v1.2.3`,
//! `B52`. A date of digits only is a number, too. In a date with a word, most often a month, the word is
//! part of the number:
//!
//! | order | examples |
//! | --- | --- |
//! | day, word, year | 12 December 2022, 12. Dezember 2022, 12 декабря 2022 |
//! | word, day, year | December 12th, 2022 |
//! | day, link, word, link, year | 12 de diciembre de 2022 |
//!
//! A day is a number from 1 to 31 and a year a number from 1000 to 2999. Their digits are European,
//! Arabic or Persian, and up to two letters may follow them (`12th`, `2022’de`). The word must not be one
//! or two ASCII letters: "12 in 2022" is not a date. So no list of months is needed, in any language. A
//! word beside a single number is not part of a date: "since 2019" and "until 2020" differ in a word, and
//! so do "exit 5 left" and "exit 6 right".

use std::iter;
use std::ops::{Range, RangeInclusive};

use super::token::Token;
use crate::set::hash;

/// Replaces every number.
const PLACEHOLDER: u64 = 1;

/// The identity of a token sequence in which each number is replaced by the same placeholder. Different
/// paragraphs for which it is equal differ only in numbers.
///
/// `identity` is the identity of the unchanged sequence ([`hash::identity`]); `scratch` may hold anything.
pub(crate) fn identity_ignoring_numbers(tokens: &[u64], identity: u128, scratch: &mut Vec<u64>) -> u64 {
    scratch.clear();
    let mut end = 0;
    for number in numbers(tokens) {
        scratch.extend_from_slice(&tokens[end..number.start]);
        scratch.push(PLACEHOLDER);
        end = number.end;
    }
    if end == 0 {
        return identity as u64;
    }
    scratch.extend_from_slice(&tokens[end..]);
    hash::identity(scratch) as u64
}

/// A number in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Number {
    /// A single token of digits only, with at most nine.
    Whole(u32),
    /// Any other, by the hash of its tokens.
    Other(u64),
}

/// The numbers of some tokens of `text`, in order.
pub(crate) fn numbers_in(text: &str, tokens: &[Token]) -> Vec<Number> {
    let hashes: Vec<u64> = tokens.iter().map(|token| token.hash).collect();
    let value = |token: &Token| {
        let text = token.span.of(text);
        let value = text.chars().try_fold(0, |value: u32, c| value.checked_mul(10)?.checked_add(digit(c)?));
        // A sign makes another number of it.
        let is_bare = || token.hash == hash::token(text.as_bytes());
        value.filter(|_| text.chars().count() <= 9 && is_bare()).map(Number::Whole)
    };
    let number = |range: Range<usize>| match &tokens[range.clone()] {
        [token] => value(token).unwrap_or(Number::Other(token.hash)),
        _ => Number::Other(hash::combine(&hashes[range])),
    };
    numbers(&hashes).map(number).collect()
}

/// The ranges of the numbers, ascending, with at least one other token between two of them.
fn numbers(tokens: &[u64]) -> impl Iterator<Item = Range<usize>> {
    let len_at = |at: usize| usize::from(hash::holds_digit(tokens[at])).max(date(&tokens[at..]));
    let mut from = 0;
    iter::from_fn(move || {
        let digit = from + first_digit(&tokens[from..])?;
        // Only a date with the month first begins before its first digit.
        let month_first = digit > from && date(&tokens[digit - 1..]) > 0;
        let start = digit - usize::from(month_first);
        // Dates may overlap other numbers or follow them directly; such numbers are one.
        let (mut at, mut end) = (start, start);
        while at < tokens.len() {
            end = end.max(at + len_at(at));
            if at == end {
                break;
            }
            at += 1;
        }
        from = at;
        Some(start..at)
    })
}

/// The position of the first token with a digit. Most paragraphs have none, so eight are tested at a time.
fn first_digit(tokens: &[u64]) -> Option<usize> {
    let any = |tokens: &[u64]| hash::holds_digit(tokens.iter().fold(0, |any, token| any | token));
    let before = 8 * tokens.chunks(8).position(any)?;
    let inside = tokens[before..].iter().position(|&token| hash::holds_digit(token))?;
    Some(before + inside)
}

/// The length in tokens of the date with a word at the start of these tokens, or 0 if there is none.
#[inline]
fn date(tokens: &[u64]) -> usize {
    let digits = |at: usize| tokens.get(at).is_some_and(|&token| hash::holds_digit(token));
    // Nearly always these bits are enough.
    let found = match (digits(0), digits(1), digits(2)) {
        (true, false, true) => is_day(tokens[0]) && is_month(tokens[1]) && is_year(tokens[2]),
        (false, true, true) => is_month(tokens[0]) && is_day(tokens[1]) && is_year(tokens[2]),
        (true, false, false) if digits(4) && tokens[1] == tokens[3] => {
            let linked = is_day(tokens[0]) && is_month(tokens[2]) && is_year(tokens[4]);
            return if linked { 5 } else { 0 };
        }
        _ => false,
    };
    if found { 3 } else { 0 }
}

fn is_day(token: u64) -> bool {
    is_number(token, 1..=2, 1..=31)
}

fn is_year(token: u64) -> bool {
    is_number(token, 4..=4, 1000..=2999)
}

/// Whether a token may be the name of a month: it holds no digit and is longer than "in".
fn is_month(token: u64) -> bool {
    let is_short = |bytes: [u8; 8]| {
        let [first, second, rest @ ..] = bytes;
        first.is_ascii_lowercase() && (second == 0 || second.is_ascii_lowercase()) && rest == [0; 6]
    };
    !hash::holds_digit(token) && !hash::short_token_candidates(token).into_iter().any(is_short)
}

/// Whether a token is a number with this many digits and with one of these values, followed by at most two
/// letters.
fn is_number(token: u64, digits: RangeInclusive<usize>, values: RangeInclusive<u32>) -> bool {
    hash::holds_digit(token)
        && hash::short_token_candidates(token).iter().any(|bytes| {
            let end = bytes.iter().position(|&byte| byte == 0).unwrap_or(bytes.len());
            let Ok(text) = std::str::from_utf8(&bytes[..end]) else { return false };
            let leading = || text.chars().map_while(digit);
            let (count, letters) = (leading().count(), text.chars().skip_while(|&c| digit(c).is_some()));
            digits.contains(&count)
                && values.contains(&leading().fold(0, |value, digit| 10 * value + digit))
                && letters.clone().count() <= 2
                && letters.clone().all(char::is_alphabetic)
                && bytes[end..].iter().all(|&byte| byte == 0)
        })
}

/// The value of a European, an Arabic or a Persian digit. Four of them fit into the eight bytes that can be
/// recovered from a hash.
fn digit(c: char) -> Option<u32> {
    let zeros = ['0', '\u{660}', '\u{6f0}'].map(u32::from);
    zeros.into_iter().filter_map(|zero| u32::from(c).checked_sub(zero)).find(|&value| value < 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    /// The text in lower case with a `#` for each number.
    fn with_placeholders(text: &str) -> String {
        let tokens = text::tokens(text);
        let hashes: Vec<u64> = tokens.iter().map(|token| token.hash).collect();
        let numbers: Vec<Range<usize>> = numbers(&hashes).collect();
        let word = |at: usize| match numbers.iter().find(|number| number.contains(&at)) {
            Some(number) => (at == number.start).then(|| "#".to_owned()),
            None => Some(tokens[at].span.of(text).to_lowercase()),
        };
        (0..tokens.len()).filter_map(word).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn numbers_are_runs_of_tokens_with_digits() {
        let table = [
            ("", ""),
            ("no number at all", "no number at all"),
            ("Road 1506, Road 1507", "road # road #"),
            ("1,000 or 3.5 or −7 or 1/2", "# or # or # or #"),
            ("v1.2.3 beta, B52s", "# beta #"),
            ("1 2 3", "#"),
            ("on 2022-12-31 at 10:15", "on # at #"),
            ("२०२२ में ٣٤٥ ᠑ ½", "# में #"),
            ("第12章第3节", "第 # 章 第 # 节"),
            ("between 5 and 10", "between # and #"),
        ];
        for (text, expected) in table {
            assert_eq!(with_placeholders(text), expected, "{text}");
        }
    }

    #[test]
    fn a_word_inside_a_date_is_part_of_it() {
        for date in [
            "12 December 2022",
            "31. Januar 1999",
            "1er janvier 2023",
            "2 декабря 2022",
            "١٢ ديسمبر ٢٠٢٢",
            "۱۲ دی ۱۴۰۱",
            "December 12, 2022",
            "Dec. 12th, 2022",
            "12 Aralık 2022'de",
            "12 de diciembre de 2022",
            "12 12 December 2022 2022",
        ] {
            assert_eq!(with_placeholders(&format!("the {date} it is")), "the # it is", "{date}");
            assert_eq!(with_placeholders(date), "#", "{date}");
        }
        let pairs = [
            ("12 June 2022 and 13 July 2023", "# and #"),
            ("5 May 2020 June 6, 2021", "#"),
            ("since 2019 until 2020", "since # until #"),
            ("exit 12 left", "exit # left"),
            ("12 December", "# december"),
            ("December 2022", "december #"),
            ("32 December 2022", "# december #"),
            ("0 December 2022", "# december #"),
            ("12 December 3022", "# december #"),
            ("12 December 202", "# december #"),
            ("12abc December 2022", "# december #"),
            ("12 de diciembre del 2022", "# de diciembre del #"),
            ("12 of the 2022", "# of the #"),
            ("2022 about 12", "# about #"),
            ("12 in 2022 by 1, 2023", "# in # by #"),
            ("earns 1,000", "earns #"),
            ("१२ दिसंबर २०२२", "# दिसंबर #"),
        ];
        for (text, expected) in pairs {
            assert_eq!(with_placeholders(text), expected, "{text}");
        }
    }

    #[test]
    fn whole_numbers_have_values() {
        let found = |text: &str| numbers_in(text, &text::tokens(text));
        assert_eq!(found("step 12 of ٣٤"), [Number::Whole(12), Number::Whole(34)]);
        let others = found("1,000 and B52 and 9999999999");
        assert!(others.len() == 3 && others.iter().all(|found| matches!(found, Number::Other(_))));
        assert_eq!(found("no number"), []);
        assert_eq!(found("5 of 5"), [Number::Whole(5); 2]);
        assert!(found("$5 or 5 € or -5 or 5%").iter().all(|found| matches!(found, Number::Other(_))));
        assert_ne!(found("$5"), found("€5"));
        assert_eq!(found("-5 % of $5"), found("−5% of 5 $"));
    }

    #[test]
    fn the_identity_ignores_only_numbers() {
        let identity = |text: &str| {
            let hashes: Vec<u64> = text::tokens(text).iter().map(|token| token.hash).collect();
            identity_ignoring_numbers(&hashes, hash::identity(&hashes), &mut vec![7])
        };
        assert_eq!(identity("Road 1506 is closed"), identity("Road 22.7 is closed"));
        assert_ne!(identity("Road 1506 is closed"), identity("Road is closed"));
        assert_ne!(identity("Road 1506 is closed"), identity("Path 1507 is closed"));
        assert_ne!(identity("a b"), identity("b a"));
        assert_eq!(identity("a b"), identity("A, b"));
    }
}
