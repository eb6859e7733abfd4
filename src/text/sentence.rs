//! Where sentences and words end. A simple rule is enough to count the sentences that hold a word.

use super::paragraph::paragraphs;
use super::token::tokens;
use crate::util::span::Span;

/// The sentences of `text`, in order, each with the marks that end it and without the white space around it.
///
/// A sentence ends with its paragraph, or at a mark such as `.` before white space or a closing quote or
/// bracket. Abbreviations are not recognised. What holds no token belongs to the sentence before it.
///
/// ```
/// let text = "It rained. \u{201c}Again?\u{201d} she asked.";
/// let sentences = refrain::text::sentences(text);
/// let texts: Vec<&str> = sentences.iter().map(|span| span.of(text)).collect();
/// assert_eq!(texts, ["It rained.", "\u{201c}Again?\u{201d}", "she asked."]);
/// ```
#[must_use]
pub fn sentences(text: &str) -> Vec<Span> {
    let mut sentences = Vec::new();
    for paragraph in paragraphs(text) {
        let inside = paragraph.of(text);
        let mut push = |start: usize, end: usize| {
            let kept = inside[start..end].trim();
            let start = start + inside[start..end].len() - inside[start..end].trim_start().len();
            if !kept.is_empty() {
                sentences.push(Span::new(start, start + kept.len()).shifted(paragraph.start));
            }
        };
        let (mut start, mut last) = (0, None);
        for token in tokens(inside) {
            if let Some(last) = last
                && ends_sentence(&inside[last..token.span.start])
            {
                let gap = &inside[last..token.span.start];
                let end = last + gap.find(char::is_whitespace).unwrap_or(gap.len());
                push(start, end);
                start = end;
            }
            last = Some(token.span.end);
        }
        push(start, inside.len());
    }
    sentences
}

/// Whether a sentence ends in `gap`, the text between two consecutive tokens.
///
/// A mark such as `.` ends a sentence if white space or a closing quote or bracket follows it. Marks of
/// some other scripts, such as `。` and `।`, always do. Abbreviations are not recognised.
pub(crate) fn ends_sentence(gap: &str) -> bool {
    // Almost every gap is one space.
    if gap.len() < 2 {
        return false;
    }
    let mut after_mark = false;
    gap.chars().any(|c| {
        let ends =
            matches!(c, '。' | '！' | '？' | '｡' | '।' | '॥' | '။' | '۔' | '።' | '՝' | '։' | '។' | '؟');
        let pauses =
            after_mark && (c.is_whitespace() || matches!(c, '"' | '”' | '’' | '\'' | ')' | ']' | '»'));
        after_mark = matches!(c, '.' | '!' | '?' | '…' | '‼' | '⁇');
        ends || pauses
    })
}

/// Whether the tokens before and after `gap` are one word to a reader: a compound, a date, a time, an
/// address. They are joined by hyphens or by marks that stand inside addresses, without white space.
pub(crate) fn joins_words(gap: &str) -> bool {
    let joins = |c: char| {
        matches!(
            c,
            '-' | '\u{2010}'
                | '\u{2011}'
                | '/'
                | ':'
                | '.'
                | '@'
                | '_'
                | '&'
                | '='
                | '?'
                | '#'
                | '%'
                | '+'
                | '~'
        )
    };
    !gap.is_empty() && gap.chars().all(joins)
}

#[cfg(test)]
mod tests {
    use super::{ends_sentence, joins_words};

    #[test]
    fn hyphens_and_the_marks_of_addresses_join_words() {
        for gap in ["-", "\u{2011}", "://", "/", ":", "."] {
            assert!(joins_words(gap), "{gap:?}");
        }
        for gap in ["", " ", "- ", ",", " - ", "—", ")."] {
            assert!(!joins_words(gap), "{gap:?}");
        }
    }

    #[test]
    fn marks_end_sentences_before_a_space_or_a_closing_quote() {
        for gap in [". ", "?\n", "! ", ".” ", "。", "। ", "… ", ".) "] {
            assert!(ends_sentence(gap), "{gap:?}");
        }
        for gap in ["", " ", ".", ", ", " – ", "://", " \n"] {
            assert!(!ends_sentence(gap), "{gap:?}");
        }
    }
}
