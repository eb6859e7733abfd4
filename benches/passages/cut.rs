//! Cuts any text into parts, sentences and words. It is used for planting only, so it need not be exact.

use std::ops::Range;

use refrain::text;

/// The number of words after which a sentence without a mark ends, as in a list, a table or code.
const LONGEST: usize = 60;

/// A sentence and its place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sentence {
    pub(crate) span: Range<usize>,
    /// Whether it is the first of its paragraph.
    pub(crate) opens: bool,
}

/// The sentences of a text in order, without the white space around them.
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

/// The words of a sentence with their punctuation, or its characters in scripts without spaces.
pub(crate) fn words(sentence: &str) -> Vec<&str> {
    if is_unspaced(sentence) {
        sentence.split_inclusive(|_| true).collect()
    } else {
        sentence.split_whitespace().collect()
    }
}

/// The text between the words of a sentence.
pub(crate) fn space(sentence: &str) -> &'static str {
    if is_unspaced(sentence) { "" } else { " " }
}

/// Whether the tokens of a text are mostly of scripts without spaces.
pub(crate) fn is_unspaced(text: &str) -> bool {
    let tokens = text::tokens(text);
    2 * tokens.iter().filter(|token| token.unspaced).count() > tokens.len()
}

/// The length of a text in words; two characters of a script without spaces count as one.
pub(crate) fn length(text: &str) -> usize {
    text::tokens(text).iter().map(|token| if token.unspaced { 1 } else { 2 }).sum::<usize>() / 2
}

/// Cuts a text between paragraphs into at least two parts of about equal length. A part has at most `most`
/// words, unless it holds a long paragraph.
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

/// Converts a byte range of `text` to a range of characters.
pub(crate) fn in_characters(text: &str, bytes: Range<usize>) -> Range<usize> {
    let start = text[..bytes.start].chars().count();
    start..start + text[bytes].chars().count()
}
