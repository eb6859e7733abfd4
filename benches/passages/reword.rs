//! Rewords passages.

use std::fmt;
use std::ops::Range;

use super::cut;
use crate::generator::Rng;

/// How a passage is changed before it is planted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Rewording {
    /// The passage is not changed.
    Verbatim,
    /// Words are shuffled inside their sentence, replaced and inserted. For each passage, the three rates are
    /// drawn from 0 to this rate.
    Words(f64),
    /// The sentences are in another order.
    Sentences,
    /// Half of the function words are replaced, a third of the long words get another ending, one word in
    /// six is replaced, and half of the sentences begin with their second half. A translation to another
    /// language and back has similar effects.
    Rephrased,
    /// One word in six has a wrong letter.
    Noise,
    /// Half of the words of each sentence remain, in their order.
    Summary,
    /// Half of the words of every second sentence remain.
    Digest,
    /// Of this many words in a row one is left. Sentences are made anew, of words from several ones.
    Abstract(usize),
}

impl Rewording {
    /// All kinds that are measured, in the order of the table.
    pub(crate) const ALL: [Self; 9] = [
        Self::Verbatim,
        Self::Words(0.1),
        Self::Words(0.2),
        Self::Words(0.4),
        Self::Sentences,
        Self::Rephrased,
        Self::Noise,
        Self::Summary,
        Self::Digest,
    ];

    /// Long passages condensed to short ones, which only two documents share.
    pub(crate) const CONDENSED: [Self; 2] = [Self::Abstract(4), Self::Abstract(8)];

    /// How many words a passage has before it is changed.
    pub(crate) fn lengths(self) -> Range<usize> {
        match self {
            Self::Abstract(_) => 400..1_201,
            _ => 50..301,
        }
    }
}

impl fmt::Display for Rewording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Verbatim => f.write_str("verbatim"),
            Self::Words(rate) => write!(f, "words changed, rates up to {rate}"),
            Self::Sentences => f.write_str("sentences reordered"),
            Self::Rephrased => f.write_str("rephrased"),
            Self::Noise => f.write_str("misread letters"),
            Self::Summary => f.write_str("summary, 1/2 of the words"),
            Self::Digest => f.write_str("digest, 1/4 of the words"),
            Self::Abstract(part) => write!(f, "abstract, 1/{part} of the words"),
        }
    }
}

/// Words to insert, drawn from the text in which a passage is planted.
#[derive(Debug)]
pub(crate) struct Pool<'a> {
    /// The words of at most three characters, which are mostly function words, and the others.
    short: Vec<&'a str>,
    long: Vec<&'a str>,
}

impl<'a> Pool<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let words = cut::words(text).into_iter().map(bare).filter(|word| !word.is_empty());
        let (short, long) = words.partition(|word| is_short(word));
        Self { short, long }
    }

    /// A word of about the same length.
    fn like(&self, word: &str, rng: &mut Rng) -> String {
        let words = match is_short(bare(word)) {
            true if !self.short.is_empty() => &self.short,
            false if self.long.is_empty() => &self.short,
            _ => &self.long,
        };
        rng.pick(words).to_owned()
    }

    fn any(&self, rng: &mut Rng) -> String {
        let at = rng.below(self.short.len() + self.long.len());
        let word = self.short.get(at).unwrap_or_else(|| &self.long[at - self.short.len()]);
        (*word).to_owned()
    }
}

fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

fn is_short(word: &str) -> bool {
    word.chars().count() <= 3
}

/// Rewords a passage. Paragraphs have as many sentences as before.
pub(crate) fn reword(passage: &str, rewording: Rewording, pool: &Pool<'_>, rng: &mut Rng) -> String {
    if rewording == Rewording::Verbatim {
        return passage.to_owned();
    }
    if let Rewording::Abstract(part) = rewording {
        return condense(passage, part, rng);
    }
    let sentences = cut::sentences(passage);
    let mut texts: Vec<&str> = sentences.iter().map(|sentence| &passage[sentence.span.clone()]).collect();
    let rates = match rewording {
        Rewording::Words(most) => [0, 1, 2].map(|_| most * rng.unit()),
        _ => [0.0; 3],
    };
    if rewording == Rewording::Sentences {
        reorder(&mut texts, rng);
    }
    let mut out = String::new();
    for (index, (text, sentence)) in texts.into_iter().zip(&sentences).enumerate() {
        if rewording == Rewording::Digest && index % 2 == 1 {
            continue;
        }
        let (body, mark) = split_mark(text);
        let mut words: Vec<String> = cut::words(body).into_iter().map(str::to_owned).collect();
        match rewording {
            Rewording::Words(_) => change(&mut words, rates, pool, rng),
            Rewording::Rephrased => rephrase(&mut words, pool, rng),
            Rewording::Noise => misread(&mut words, rng),
            Rewording::Summary | Rewording::Digest => halve(&mut words, rng),
            Rewording::Verbatim | Rewording::Sentences | Rewording::Abstract(_) => {}
        }
        if !out.is_empty() {
            out.push_str(if sentence.opens { "\n\n" } else { cut::space(text) });
        }
        out.push_str(&words.join(cut::space(text)));
        out.push_str(mark);
    }
    out
}

/// Leaves one word in `part`, in order, as sentences of as many words as the passage's have on average.
fn condense(passage: &str, part: usize, rng: &mut Rng) -> String {
    let sentences = cut::sentences(passage);
    let space = cut::space(passage);
    let words: Vec<&str> =
        sentences.iter().flat_map(|sentence| cut::words(&passage[sentence.span.clone()])).map(bare).collect();
    let average = (words.len() / sentences.len().max(1)).max(1);
    let kept: Vec<&str> =
        words.chunks(part).map(|chunk| rng.pick(chunk)).filter(|word| !word.is_empty()).collect();
    let sentences: Vec<String> = kept.chunks(average).map(|words| words.join(space) + ".").collect();
    sentences.join(" ")
}

/// A sentence and the mark that ends it.
fn split_mark(sentence: &str) -> (&str, &str) {
    sentence.split_at(sentence.trim_end_matches(|c: char| !c.is_alphanumeric()).len())
}

/// Puts the items in another order, if there are at least two.
fn reorder(sentences: &mut [&str], rng: &mut Rng) {
    let before = sentences.to_vec();
    for _ in 0..10 {
        rng.shuffle(sentences);
        if *sentences != before[..] {
            return;
        }
    }
}

/// Shuffles, replaces and inserts words at these rates.
fn change(words: &mut Vec<String>, [shuffle, replace, insert]: [f64; 3], pool: &Pool<'_>, rng: &mut Rng) {
    let places: Vec<usize> = (0..words.len()).filter(|_| rng.unit() < shuffle).collect();
    let mut order = places.clone();
    rng.shuffle(&mut order);
    let moved: Vec<String> = order.iter().map(|&place| words[place].clone()).collect();
    for (&place, word) in places.iter().zip(moved) {
        words[place] = word;
    }
    let mut changed = Vec::with_capacity(words.len());
    for word in words.drain(..) {
        changed.push(if rng.unit() < replace { pool.like(&word, rng) } else { word });
        if rng.unit() < insert {
            changed.push(pool.any(rng));
        }
    }
    *words = changed;
}

fn rephrase(words: &mut [String], pool: &Pool<'_>, rng: &mut Rng) {
    for word in words.iter_mut() {
        let chance = rng.unit();
        if is_short(bare(word)) {
            if chance < 0.5 {
                *word = pool.like(word, rng);
            }
        } else if chance < 1.0 / 3.0 {
            inflect(word);
        } else if chance < 0.5 {
            *word = pool.like(word, rng);
        }
    }
    if rng.once_in(2) {
        words.rotate_left(words.len() / 2);
    }
}

/// Gives a word another ending, without knowledge of the language.
fn inflect(word: &mut String) {
    let end = bare(word).len() + (word.len() - word.trim_start_matches(|c: char| !c.is_alphanumeric()).len());
    let (stem, ending) = match &word[..end] {
        body if body.ends_with("ing") => (end - 3, "ed"),
        body if body.ends_with("ed") => (end - 2, "ing"),
        body if body.ends_with("ly") => (end - 2, ""),
        body if body.ends_with('s') => (end - 1, ""),
        _ => (end, "s"),
    };
    word.replace_range(stem..end, ending);
}

fn misread(words: &mut [String], rng: &mut Rng) {
    for word in words {
        if !rng.once_in(6) {
            continue;
        }
        let letters: Vec<usize> =
            word.char_indices().filter(|(_, c)| c.is_alphanumeric()).map(|(at, _)| at).collect();
        if letters.is_empty() {
            continue;
        }
        let at = rng.pick(&letters);
        let length = word[at..].chars().next().map_or(0, char::len_utf8);
        word.replace_range(at..at + length, rng.pick(&["l", "i", "rn", "c", "o", "f", "h", "6"]));
    }
}

/// Keeps half of the words, at least one.
fn halve(words: &mut Vec<String>, rng: &mut Rng) {
    let mut places: Vec<usize> = (0..words.len()).collect();
    rng.shuffle(&mut places);
    places.truncate(words.len().div_ceil(2));
    places.sort_unstable();
    *words = places.into_iter().map(|place| std::mem::take(&mut words[place])).collect();
}
