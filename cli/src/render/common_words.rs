//! The words that several wordings of one thing have in common.

use std::collections::BTreeMap;

use refrain::Span;
use refrain::text::{Token, tokens};

/// The most bytes of a wording that are looked at: more than a line shows.
const MAX_BYTES: usize = 2048;
/// Forms of a word are taken to be equal if their first characters are. Shorter words say little, and are common only
/// between others.
const STEM: usize = 5;
const SHORT: usize = 3;

/// The runs of common words in each of these wordings, in bytes of the wording.
///
/// A word is common if at least half of the other wordings have it in some form. In scripts without spaces, where a
/// character is a token, two characters in a row must be.
pub(super) fn common_words(wordings: &[&str]) -> Vec<Vec<Span>> {
    let words: Vec<Vec<Word>> = wordings.iter().map(|wording| words(wording)).collect();
    // In how many wordings each key stands.
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for words in &words {
        let mut keys: Vec<&str> = words.iter().map(|word| &*word.key).collect();
        keys.sort_unstable();
        keys.dedup();
        keys.into_iter().for_each(|key| *counts.entry(key).or_default() += 1);
    }
    let is_common = |word: &&Word| 2 * (counts[&*word.key] - 1) >= (wordings.len() - 1).max(1);
    let runs = |(words, wording): (&Vec<Word>, &&str)| {
        let is_hyphen = |at: usize| wording.as_bytes().get(at) == Some(&b'-');
        runs(words, |word| is_common(&word), is_hyphen)
    };
    words.iter().zip(wordings).map(runs).collect()
}

/// A word of a wording, or two characters of a script without spaces.
#[derive(Debug)]
struct Word {
    span: Span,
    key: String,
    short: bool,
}

fn words(wording: &str) -> Vec<Word> {
    let near = &wording[..wording.floor_char_boundary(MAX_BYTES)];
    let tokens = tokens(near);
    let mut words = Vec::with_capacity(tokens.len());
    for (index, &Token { span, unspaced, .. }) in tokens.iter().enumerate() {
        let next =
            tokens.get(index + 1).filter(|next| unspaced && next.unspaced && next.span.start == span.end);
        let span = next.map_or(span, |next| Span::new(span.start, next.span.end));
        let text = span.of(near);
        let length = text.chars().count();
        let key = text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).take(STEM).collect();
        let short = length <= SHORT && next.is_none() && !text.contains(|c: char| c.is_ascii_digit());
        words.push(Word { span, key, short });
    }
    words
}

/// The runs of common words; a run begins and ends with one that is not short.
fn runs(words: &[Word], is_common: impl Fn(&Word) -> bool, is_hyphen: impl Fn(usize) -> bool) -> Vec<Span> {
    let mut runs: Vec<Span> = Vec::new();
    // Whether all words since the last run are common.
    let mut joins = false;
    // Where a short word begins that a hyphen may join to the next.
    let mut hyphenated: Option<Span> = None;
    for word in words {
        let first =
            hyphenated.take().filter(|short| short.end + 1 == word.span.start && is_hyphen(short.end));
        let span = first.map_or(word.span, |short| Span::new(short.start, word.span.end));
        match (is_common(word), word.short) {
            (false, _) => joins = false,
            (true, true) => hyphenated = Some(span),
            (true, false) => {
                match runs.last_mut() {
                    Some(run) if joins || word.span.start <= run.end => run.end = run.end.max(word.span.end),
                    _ => runs.push(span),
                }
                joins = true;
            }
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(wordings: &[&str]) -> Vec<String> {
        let mark = |(wording, runs): (&&str, Vec<Span>)| {
            let mut marked = (*wording).to_owned();
            for run in runs.iter().rev() {
                marked.insert(run.end, '_');
                marked.insert(run.start, '_');
            }
            marked
        };
        wordings.iter().zip(common_words(wordings)).map(mark).collect()
    }

    #[test]
    fn forms_of_words_are_common() {
        let found = marked(&[
            "Despite complaints about the noise of the mill, it runs at night",
            "the neighbours complained about the noise of the mill",
            "no complaint about the noise is heard",
        ]);
        assert_eq!(
            found,
            [
                "Despite _complaints about the noise of the mill_, it runs at night",
                "the neighbours _complained about the noise of the mill_",
                "no _complaint about the noise_ is heard",
            ]
        );
    }

    #[test]
    fn short_words_alone_are_not_marked() {
        assert_eq!(
            marked(&["the sun and the moon", "the ant and the bee"]),
            ["the sun and the moon", "the ant and the bee"]
        );
        assert_eq!(marked(&["in 1923", "by 1923"]), ["in _1923_", "by _1923_"]);
        assert_eq!(
            marked(&["a non-stop train", "the non-stop bus"]),
            ["a _non-stop_ train", "the _non-stop_ bus"]
        );
        assert_eq!(marked(&["alone"]), ["alone"]);
        assert_eq!(marked(&[]), [""; 0]);
    }

    #[test]
    fn characters_in_a_row_are_common_in_scripts_without_spaces() {
        assert_eq!(marked(&["渡船从码头出发", "小船从码头回来"]), ["渡_船从码头_出发", "小_船从码头_回来"]);
    }
}
