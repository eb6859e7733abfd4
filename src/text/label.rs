//! Labels in front of a paragraph: the numbers of lists and clauses, and time stamps.
//!
//! They say where a paragraph stands, and nothing of what it says. A label is at the very start, behind marks
//! of lists such as `*` and `§`, and has one of these forms. No list of words is needed.
//!
//! | form | examples |
//! | --- | --- |
//! | a number in brackets, or before a mark that closes it | `(3)`, `[12]`, `4.`, `5)`, `6:`, `3.2.1.`, `２、` |
//! | a number of several parts before a capital letter; of three or more before any word | `7.4 The`, `3.2.1 the` |
//! | a time of day, or a date with one, also in brackets | `[00:12]`, `00:01:15,300 -->`, `2022-05-01 10:15:02` |
//!
//! A part has at most three digits, so years and road numbers are no labels. Neither are dates without a
//! time (`12.10.22`, `12. May 2022`), numbers in groups of three digits (`1.500`), and a number that a
//! word follows (`12 people`, `7.4 million`): these say something.

/// The longest label that is looked for, in bytes. A paragraph may have several, such as the number and
/// the times of a subtitle.
const LONGEST: usize = 120;

/// The bytes of `text`, a paragraph, that are labels; 0 if there is none. The rest begins with white space or
/// with a new token.
pub(crate) fn label_end(text: &str) -> usize {
    // Nearly all paragraphs begin with a letter.
    if text.starts_with(char::is_alphabetic) {
        return 0;
    }
    let text = &text[..text.floor_char_boundary(LONGEST)];
    let mut end = 0;
    while let Some(found) = label(&text[end..]) {
        end += found;
    }
    end
}

/// The length of the label that `text` begins with.
fn label(text: &str) -> Option<usize> {
    let is_mark = |c: char| {
        c.is_whitespace() || matches!(c, '*' | '•' | '·' | '‣' | '-' | '–' | '—' | '>' | '#' | '§' | '¶')
    };
    let start = text.trim_start_matches(is_mark);
    let body = start.trim_start_matches(['(', '[', '{', '（', '［', '【']);
    let in_brackets = body.len() < start.len();
    let rest = match stamp(body) {
        Some(rest) if in_brackets => close(rest)?,
        Some(rest) if stands_alone(body, rest) => rest,
        Some(_) => return None,
        None => number(body, in_brackets)?,
    };
    (!rest.starts_with(char::is_alphanumeric) || ends_in_wide_mark(text, rest))
        .then(|| text.len() - rest.len())
}

/// Whether a label ends in a mark after which East Asian text sets no space.
fn ends_in_wide_mark(text: &str, rest: &str) -> bool {
    text[..text.len() - rest.len()].ends_with(['、', '．', '：', '）', '］', '】'])
}

/// What follows a closing bracket.
fn close(text: &str) -> Option<&str> {
    text.strip_prefix([')', ']', '}', '）', '］', '】'])
}

/// What follows a time stamp: `0:12`, `00:00:12,500`, a date before it, or two of them with an arrow between.
fn stamp(text: &str) -> Option<&str> {
    let first = date(text).and_then(|rest| time(rest.strip_prefix(['T', 't', ' ', '_'])?));
    let rest = first.or_else(|| time(text))?;
    let second =
        rest.trim_start_matches(' ').strip_prefix("-->").and_then(|rest| time(rest.trim_start_matches(' ')));
    Some(second.unwrap_or(rest))
}

/// Whether a time without brackets is a stamp rather than the first words of a sentence or a result of a
/// match: it has leading zeros, seconds or a date, or a new line or a capital letter follows.
fn stands_alone(text: &str, rest: &str) -> bool {
    let stamp = &text[..text.len() - rest.len()];
    let next = rest.trim_start_matches([' ', '-', '–', '|', ':', '"', '“']);
    let next = next.chars().next();
    stamp.starts_with('0')
        || stamp.matches(':').count() > 1
        || next.is_none_or(|c| !c.is_lowercase() && !digit(c))
}

/// What follows a date such as `2022-05-01`.
fn date(text: &str) -> Option<&str> {
    let rest = digits(text, 4..=4)?.strip_prefix(['-', '/', '.'])?;
    digits(digits(rest, 1..=2)?.strip_prefix(['-', '/', '.'])?, 1..=2)
}

/// What follows a time such as `10:15`, `1:02:03`, `00:12.500` or `10:15:02Z`.
fn time(text: &str) -> Option<&str> {
    let minutes = digits(digits(text, 1..=3)?.strip_prefix(':')?, 2..=2)?;
    let seconds = minutes.strip_prefix(':').and_then(|rest| digits(rest, 2..=2)).unwrap_or(minutes);
    let parts = seconds.strip_prefix(['.', ',']).and_then(|rest| digits(rest, 1..=6)).unwrap_or(seconds);
    let rest = parts.strip_prefix(['Z', 'z']).unwrap_or(parts);
    (!rest.starts_with(char::is_alphanumeric)).then_some(rest)
}

/// What follows the number of a list or a clause.
fn number(text: &str, in_brackets: bool) -> Option<&str> {
    let mut lengths = Vec::new();
    let mut rest = text;
    while let Some(after) = digits(rest, 1..=3) {
        lengths.push(text.len() - rest.len()..text.len() - after.len());
        rest = after;
        match rest.strip_prefix('.') {
            Some(next) if next.starts_with(digit) => rest = next,
            _ => break,
        }
    }
    let widths: Vec<usize> = lengths.iter().map(|range| text[range.clone()].chars().count()).collect();
    let is_date = widths == [2, 2, 2];
    let in_thousands = widths.len() > 1 && widths[1..].iter().all(|&width| width == 3);
    if widths.is_empty() || is_date || in_thousands || rest.starts_with(digit) {
        return None;
    }
    if in_brackets {
        return close(rest);
    }
    if let Some(rest) = rest.strip_prefix([')', ']', ':', '、', '．', '）', '：']) {
        return (!rest.starts_with(digit)).then_some(rest);
    }
    if let Some(rest) = rest.strip_prefix('.') {
        let spaced = rest.is_empty() || rest.starts_with(char::is_whitespace);
        return (spaced && !(widths.len() == 1 && is_month_and_year(rest))).then_some(rest);
    }
    let next = rest.trim_start().trim_start_matches(['"', '“', '«', '„', '(']).chars().next()?;
    let begins = next.is_uppercase() || widths.len() > 2 && next.is_alphabetic();
    // A subtitle has its number on a line of its own, before the times.
    let of_subtitle = rest.starts_with(['\n', '\r']) && stamp(rest.trim_start()).is_some();
    (of_subtitle || widths.len() > 1 && rest.starts_with(char::is_whitespace) && begins).then_some(rest)
}

/// Whether a word and a year follow the day of a date: "12. May 2022".
fn is_month_and_year(rest: &str) -> bool {
    let word = rest.trim_start().trim_start_matches(char::is_alphabetic);
    digits(word.trim_start_matches(['.', ',', ' ']), 4..=4).is_some_and(|rest| !rest.starts_with(digit))
}

/// What follows some digits, if there are as many as wanted.
fn digits(text: &str, count: std::ops::RangeInclusive<usize>) -> Option<&str> {
    let rest = text.trim_start_matches(digit);
    count.contains(&text[..text.len() - rest.len()].chars().count()).then_some(rest)
}

fn digit(c: char) -> bool {
    c.is_ascii_digit() || !c.is_ascii() && c.is_numeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_end_where_the_text_begins() {
        let table = [
            ("3.2.1 The tenant pays.", "3.2.1"),
            ("7.4 The tenant pays.", "7.4"),
            ("7.4. the tenant pays.", "7.4."),
            ("12. The tenant pays.", "12."),
            ("12) the tenant pays", "12)"),
            ("(12) the tenant pays", "(12)"),
            ("* 4: The tenant", "* 4:"),
            ("§ 12.3 The tenant", "§ 12.3"),
            ("[00:12] Thank you", "[00:12]"),
            ("[00:12] [4] Thank you", "[00:12] [4]"),
            ("00:12 thank you", "00:12"),
            ("9:12 Thank you", "9:12"),
            ("0:12\nthank you", "0:12"),
            ("1\n00:00:12,000 --> 00:00:14,500\nThank you", "1\n00:00:12,000 --> 00:00:14,500"),
            ("2022-05-01 10:15:02 lost", "2022-05-01 10:15:02"),
            ("[2022-05-01T10:15:02Z] lost", "[2022-05-01T10:15:02Z]"),
            ("２、本协议", "２、"),
            ("3.2.1 本协议", "3.2.1"),
            ("(٣) النص", "(٣)"),
        ];
        for (text, expected) in table {
            assert_eq!(&text[..label_end(text)], expected, "{text:?}");
        }
    }

    #[test]
    fn numbers_that_say_something_are_no_labels() {
        for text in [
            "",
            "The tenant",
            "12 people died.",
            "12 Germans",
            "7.4 million people",
            "1506. Road",
            "1.500 Menschen kamen",
            "12.10.22 Meeting of the council",
            "12. May 2022 was a Monday",
            "2022-05-01 was a Sunday",
            "1,000 people",
            "21:15 in the third set",
            "3:1 for us",
            "-5 degrees",
            "€5. Cheap",
            "5% of all",
            "2nd. Street",
            "(1999) A novel",
            "?",
        ] {
            assert_eq!(label_end(text), 0, "{text:?}");
        }
    }

    #[test]
    fn a_paragraph_may_be_nothing_but_labels() {
        for text in ["1.", "(1)", "[00:12]", "1. 2. 3.", "((((", "1.1.1.1.1", "-->"] {
            assert!(label_end(text) <= text.len());
        }
        assert_eq!(label_end(&"1. ".repeat(1000)), LONGEST - 1);
    }
}
