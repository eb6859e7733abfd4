//! How any text is cut into parts, sentences and words; for planting only, so it need not be fine.

use std::ops::Range;

use refrain::text;

/// A sentence without a mark ends after so many words: a list, a table, code.
const LONGEST: usize = 60;

/// Where a sentence stands in its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sentence {
    pub(crate) span: Range<usize>,
    /// Whether a paragraph begins with it.
    pub(crate) opens: bool,
}

/// The sentences of a text, in order, without the white space around them.
pub(crate) fn sentences(text: &str) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    for paragraph in text::paragraphs(text) {
        let mut opens = true;
        let (mut start, mut count, mut after_mark) = (paragraph.start, 0, false);
        for (at, c) in paragraph.of(text).char_indices() {
            let at = paragraph.start + at;
            count += usize::from(c.is_whitespace());
            let unspaced = matches!(c, '。' | '！' | '？' | '។' | '။');
            let end = if unspaced { at + c.len_utf8() } else { at };
            if unspaced || c.is_whitespace() && (after_mark || count == LONGEST) {
                push(&mut sentences, text, start..end, &mut opens);
                (start, count) = (end, 0);
            }
            after_mark =
                matches!(c, '.' | '?' | '!' | '।' | '؟' | '۔' | '։') || after_mark && "\"”’)»".contains(c);
        }
        push(&mut sentences, text, start..paragraph.end, &mut opens);
    }
    sentences
}

fn push(sentences: &mut Vec<Sentence>, text: &str, around: Range<usize>, opens: &mut bool) {
    let part = &text[around.clone()];
    let start = around.start + (part.len() - part.trim_start().len());
    let span = start..start + part.trim().len();
    if !span.is_empty() {
        sentences.push(Sentence { span, opens: *opens });
        *opens = false;
    }
}

/// The words of a sentence with their punctuation; its characters where hardly a space parts them.
pub(crate) fn words(sentence: &str) -> Vec<&str> {
    if is_unspaced(sentence) {
        sentence.split_inclusive(|_| true).collect()
    } else {
        sentence.split_whitespace().collect()
    }
}

/// What stands between the words of a sentence.
pub(crate) fn space(sentence: &str) -> &'static str {
    if is_unspaced(sentence) { "" } else { " " }
}

/// Whether a text is of a script without spaces, as far as its tokens tell.
pub(crate) fn is_unspaced(text: &str) -> bool {
    let tokens = text::tokens(text);
    2 * tokens.iter().filter(|token| token.unspaced).count() > tokens.len()
}

/// How long a text is in words, two characters of a script without spaces being one.
pub(crate) fn length(text: &str) -> usize {
    text::tokens(text).iter().map(|token| if token.unspaced { 1 } else { 2 }).sum::<usize>() / 2
}

/// Cuts a text between paragraphs into parts of about equal lengths, of at most `most` words but
/// for long paragraphs, and into two at least.
pub(crate) fn parts(text: &str, most: usize) -> Vec<String> {
    let paragraphs: Vec<&str> = text::paragraphs(text).map(|span| span.of(text)).collect();
    let total = length(text);
    let wanted = total.div_ceil(total.div_ceil(most).max(2));
    let mut parts: Vec<String> = vec![String::new()];
    let mut reached = 0;
    for paragraph in paragraphs {
        if reached >= wanted {
            parts.push(String::new());
            reached = 0;
        }
        let part = parts.last_mut().expect("there is a part from the start");
        if !part.is_empty() {
            part.push_str("\n\n");
        }
        part.push_str(paragraph);
        reached += length(paragraph);
    }
    parts
}

/// A range of bytes of `text` as one of characters.
pub(crate) fn in_characters(text: &str, bytes: Range<usize>) -> Range<usize> {
    let start = text[..bytes.start].chars().count();
    start..start + text[bytes].chars().count()
}
