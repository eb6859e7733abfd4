//! Problems: texts with planted passages, whose places are known.

use std::ops::Range;

use super::cut::{self, Sentence};
use super::prose::Prose;
use super::reword::{Pool, Rewording, reword};
use super::runs;
use super::score::Alignment;
use crate::generator::Rng;

/// The lengths of generated documents in words.
const DOCUMENT: Range<usize> = 1_500..3_001;
/// The lengths in words of the parts into which given texts are cut, except for the last part.
const PART: Range<usize> = 400..3_001;
/// Given texts with a common run of this many tokens may already share a passage.
const RUN: usize = 10;
/// The largest number of attempts to draw something suitable.
const TRIES: usize = 300;

/// One or two texts, and the planted passages in characters.
///
/// With two texts, the left side of a case is in the first. With one text, the left side comes first.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    pub(crate) texts: Vec<String>,
    pub(crate) cases: Vec<Alignment>,
}

/// The source of texts.
#[derive(Debug)]
pub(crate) enum Shelf {
    /// Generated prose. Every second pair of texts is on one topic.
    Made { prose: Prose, drawn: u64 },
    /// Parts of given texts, with the numbers of their texts.
    Read { rng: Rng, parts: Vec<(usize, String)> },
}

impl Shelf {
    pub(crate) fn made(seed: u64) -> Self {
        Self::Made { prose: Prose::new(seed), drawn: 0 }
    }

    pub(crate) fn read(seed: u64, texts: &[String]) -> Self {
        let parts = texts.iter().enumerate().flat_map(|(number, text)| {
            cut::parts(text, PART.end - 1).into_iter().map(move |part| (number, part))
        });
        let parts = parts.filter(|(_, part)| cut::length(part) >= PART.start).collect();
        Self::Read { rng: Rng::new(seed), parts }
    }

    fn rng(&mut self) -> &mut Rng {
        match self {
            Self::Made { prose, .. } => &mut prose.rng,
            Self::Read { rng, .. } => rng,
        }
    }

    /// Two texts that share no passage. Given texts share no long run of tokens. The first text repeats no
    /// such run, so a passage has only one possible source.
    fn pair(&mut self) -> Option<[String; 2]> {
        match self {
            Self::Made { prose, drawn } => {
                *drawn += 1;
                let topics = [2 * *drawn, 2 * *drawn + *drawn % 2];
                Some(topics.map(|topic| made(prose, topic)))
            }
            Self::Read { parts, .. } if parts.len() < 2 => None,
            Self::Read { rng, parts } => (0..TRIES).find_map(|_| {
                // Every second pair is from one text, if it has other parts.
                let (number, left) = &parts[rng.below(parts.len())];
                let same = rng.once_in(2);
                let others: Vec<&String> = parts
                    .iter()
                    .filter(|(other, part)| (other == number) == same && part != left)
                    .map(|(_, part)| part)
                    .collect();
                let right = (!others.is_empty()).then(|| others[rng.below(others.len())])?;
                let texts = [left.clone(), right.clone()];
                let twice = runs::recur(&texts, RUN) || runs::recur(&texts[..1], RUN);
                (!twice).then_some(texts)
            }),
        }
    }

    /// A text that repeats no passage. A given text repeats no long run of tokens.
    fn single(&mut self) -> Option<String> {
        match self {
            Self::Made { prose, drawn } => {
                *drawn += 1;
                Some(made(prose, 2 * *drawn))
            }
            Self::Read { parts, .. } if parts.is_empty() => None,
            Self::Read { rng, parts } => (0..TRIES).find_map(|_| {
                let (_, text) = &parts[rng.below(parts.len())];
                (!runs::recur(std::slice::from_ref(text), RUN)).then(|| text.clone())
            }),
        }
    }

    /// Two texts without planted passages.
    pub(crate) fn unrelated(&mut self) -> Option<Problem> {
        Some(Problem { texts: self.pair()?.into(), cases: Vec::new() })
    }

    /// One text without planted passages.
    pub(crate) fn clean(&mut self) -> Option<Problem> {
        Some(Problem { texts: vec![self.single()?], cases: Vec::new() })
    }

    /// Two texts; one to three passages of the first are also in the second, reworded.
    pub(crate) fn borrowed(&mut self, rewording: Rewording) -> Option<Problem> {
        (0..TRIES).find_map(|_| {
            let texts = self.pair()?;
            borrowed(texts, rewording, self.rng())
        })
    }

    /// One text with one or two of its paragraphs repeated, reworded.
    pub(crate) fn repeated(&mut self, rewording: Rewording) -> Option<Problem> {
        (0..TRIES).find_map(|_| {
            let text = self.single()?;
            repeated(&text, rewording, self.rng())
        })
    }
}

fn made(prose: &mut Prose, topic: u64) -> String {
    let words = DOCUMENT.start + prose.rng.below(DOCUMENT.len());
    prose.document(&Prose::topic(topic), words)
}

/// Inserts one to three passages of the first text, reworded, into the second. `None` if two of them would be
/// inserted at the same place.
pub(crate) fn borrowed([left, right]: [String; 2], rewording: Rewording, rng: &mut Rng) -> Option<Problem> {
    let passages = passages(&left, 1 + rng.below(3), &rewording.lengths(), rng);
    let sentences = cut::sentences(&right);
    let openings: Vec<usize> = (0..sentences.len()).filter(|&at| sentences[at].opens).collect();
    // The sentences before which they are inserted; every second passage becomes paragraphs of its own.
    let mut places: Vec<usize> = Vec::new();
    for index in 0..passages.len() {
        let place = if index % 2 == 0 { rng.pick(&openings) } else { rng.below(sentences.len()) };
        if !places.contains(&place) {
            places.push(place);
        }
    }
    if passages.is_empty() || places.len() < passages.len() {
        return None;
    }
    let pool = Pool::new(&right);
    let (mut text, mut cases, mut copied) = (String::new(), Vec::new(), 0);
    let mut plants: Vec<(usize, Range<usize>)> = places.into_iter().zip(passages).collect();
    plants.sort_unstable_by_key(|(place, _)| *place);
    for (place, passage) in plants {
        let Sentence { span, opens } = &sentences[place];
        text.push_str(&right[copied..span.start]);
        copied = span.start;
        let start = text.len();
        text.push_str(&reword(&left[passage.clone()], rewording, &pool, rng));
        cases.push((passage, start..text.len()));
        text.push_str(if *opens { "\n\n" } else { cut::space(&right) });
    }
    text.push_str(&right[copied..]);
    let cases = cases.into_iter().map(|(from, to)| Alignment {
        left: cut::in_characters(&left, from),
        right: cut::in_characters(&text, to),
    });
    Some(Problem { cases: cases.collect(), texts: vec![left, text] })
}

/// At most this many runs of whole sentences that do not overlap, each of about as many `words`.
fn passages(text: &str, count: usize, words: &Range<usize>, rng: &mut Rng) -> Vec<Range<usize>> {
    let sentences = cut::sentences(text);
    let lengths: Vec<usize> = sentences.iter().map(|s| cut::length(&text[s.span.clone()])).collect();
    let mut passages: Vec<Range<usize>> = Vec::new();
    for _ in 0..TRIES {
        if passages.len() == count {
            break;
        }
        let wanted = words.start + rng.below(words.len());
        let first = rng.below(sentences.len());
        let (mut last, mut length) = (first, lengths[first]);
        while length < wanted && last + 1 < sentences.len() {
            last += 1;
            length += lengths[last];
        }
        let span = sentences[first].span.start..sentences[last].span.end;
        let apart = passages.iter().all(|other| span.end < other.start || other.end < span.start);
        if apart && words.contains(&length) {
            passages.push(span);
        }
    }
    passages
}

/// Inserts one or two paragraphs, reworded, into the text again. `None` if no paragraph is suitable.
pub(crate) fn repeated(text: &str, rewording: Rewording, rng: &mut Rng) -> Option<Problem> {
    let mut paragraphs: Vec<String> =
        refrain::text::paragraphs(text).map(|span| span.of(text).to_owned()).collect();
    let pool = Pool::new(text);
    let mut long: Vec<usize> = (0..paragraphs.len())
        .filter(|&at| rewording.lengths().contains(&cut::length(&paragraphs[at])))
        .collect();
    if long.is_empty() || paragraphs.len() < 4 {
        return None;
    }
    rng.shuffle(&mut long);
    long.truncate(1 + rng.below(2));
    // The positions of originals and copies in the list, which grows.
    let mut pairs: Vec<[usize; 2]> = Vec::new();
    for index in 0..long.len() {
        let from = long[index];
        let copy = reword(&paragraphs[from], rewording, &pool, rng);
        let away = |place: &usize| *place != from && *place != from + 1;
        let to = (0..TRIES).map(|_| rng.below(paragraphs.len() + 1)).find(away)?;
        let shift = |place: &mut usize| *place += usize::from(*place >= to);
        pairs.iter_mut().flatten().for_each(shift);
        long.iter_mut().for_each(shift);
        paragraphs.insert(to, copy);
        pairs.push([long[index], to]);
    }
    let mut spans = Vec::new();
    let mut start = 0;
    for paragraph in &paragraphs {
        let length = paragraph.chars().count();
        spans.push(start..start + length);
        start += length + "\n\n".len();
    }
    let cases = pairs.into_iter().map(|mut pair| {
        pair.sort_unstable();
        let [left, right] = pair.map(|place| spans[place].clone());
        Alignment { left, right }
    });
    Some(Problem { cases: cases.collect(), texts: vec![paragraphs.join("\n\n")] })
}
