//! Chooses themes among phrases: those that most paragraphs say, and each place for one theme only.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet};

use super::found::Theme;
use super::levels::{CARRIED, Level, RARE};
use super::phrases::{Phrases, Stretch, Words};
use super::sentences::Sentences;
use super::weights::Weights;
use crate::input::TokenizedDocuments;
use crate::util::progress::{Cancelled, Watch};

/// The themes of a document, and how many sentences say something again.
#[derive(Debug)]
pub(super) struct Chosen {
    pub(super) themes: Vec<Theme>,
    pub(super) said_again: usize,
}

/// A phrase that may become a theme.
#[derive(Debug)]
struct Candidate {
    /// Its stems, ascending.
    words: Vec<u32>,
    /// The pairs of sentences that share it.
    pairs: Vec<(u32, u32)>,
}

/// All places of a phrase.
#[derive(Debug)]
struct Places {
    stretches: Vec<Stretch>,
    score: u64,
    paragraphs: u32,
}

/// Takes the phrase with the highest score, gives it all its places, and goes on with what is left.
///
/// A place is the heaviest stretch of a sentence that carries at least half the weight of the phrase. The
/// score is the mean weight of the places times the number of paragraphs but one: what could be left out.
pub(super) fn choose(
    texts: &TokenizedDocuments<'_>,
    sentences: &Sentences,
    weights: &Weights,
    level: Level,
    pairs: &[(u32, u32)],
    watch: Watch<'_>,
) -> Result<Chosen, Cancelled> {
    let tokens = sentences.len().checked_sub(1).map_or(0, |last| sentences.places(last as u32).end);
    let tokens = tokens.saturating_sub(sentences.start) as usize;
    let phrases = Phrases::new(texts, sentences, weights, level.least * weights.growth, tokens);
    let mut search = Search {
        sentences,
        level,
        phrases,
        candidates: Vec::new(),
        known: HashMap::new(),
        has: vec![0; sentences.len()],
        queue: BinaryHeap::new(),
    };
    for &pair in pairs {
        watch.poll()?;
        search.add_shared(pair);
    }
    let (mut themes, mut again) = (Vec::new(), HashSet::new());
    while let Some((score, Reverse(candidate))) = search.queue.pop() {
        watch.poll()?;
        // Themes chosen since then may have claimed some of its words.
        let Some(places) = search.places(candidate) else {
            for pair in std::mem::take(&mut search.candidates[candidate].pairs) {
                search.add_shared(pair);
            }
            continue;
        };
        if places.score < score {
            search.queue.push((places.score, Reverse(candidate)));
            continue;
        }
        places.stretches.iter().for_each(|stretch| search.phrases.claim(stretch));
        again.extend(places.stretches.iter().skip(1).map(|stretch| stretch.sentence));
        let heaviest = (0..places.stretches.len())
            .rev()
            .max_by(|&a, &b| places.stretches[a].weight.total_cmp(&places.stretches[b].weight));
        themes.push(Theme {
            score: places.score,
            paragraphs: places.paragraphs,
            heaviest: heaviest.unwrap_or(0),
            places: places.stretches.iter().map(|stretch| stretch.start..stretch.end).collect(),
        });
    }
    themes.sort_by_key(|theme| (Reverse(theme.score), theme.places[0].start));
    Ok(Chosen { themes, said_again: again.len() })
}

struct Search<'a> {
    sentences: &'a Sentences,
    level: Level,
    phrases: Phrases<'a>,
    candidates: Vec<Candidate>,
    /// The candidate of each phrase.
    known: HashMap<Vec<u32>, usize>,
    /// Which words of a candidate each sentence has; none between two candidates.
    has: Vec<Words>,
    /// Candidates with the score that they had, the highest first, then in the order in which they came.
    queue: BinaryHeap<(u64, Reverse<usize>)>,
}

impl Search<'_> {
    /// Adds the phrases that a pair of sentences shares.
    fn add_shared(&mut self, pair: (u32, u32)) {
        for words in self.phrases.shared(pair.0, pair.1) {
            if let Some(&known) = self.known.get(&words) {
                self.candidates[known].pairs.push(pair);
                continue;
            }
            let number = self.candidates.len();
            self.known.insert(words.clone(), number);
            self.candidates.push(Candidate { words, pairs: vec![pair] });
            if let Some(places) = self.places(number) {
                self.queue.push((places.score, Reverse(number)));
            }
        }
    }

    /// All places of a candidate, or `None` if no two of them, far enough apart, have all its words.
    fn places(&mut self, candidate: usize) -> Option<Places> {
        let Candidate { words, pairs } = &self.candidates[candidate];
        self.phrases.look_for(words.iter().copied());
        let all = (1 << words.len()) - 1;
        let mut sentences: Vec<u32> = Vec::new();
        let mut add = |sentence: u32, words: Words| {
            if self.has[sentence as usize] == 0 {
                sentences.push(sentence);
            }
            self.has[sentence as usize] |= words;
        };
        let mut common = Vec::new();
        for (number, &key) in words.iter().enumerate() {
            let with = self.sentences.with_key(key);
            if with.len() <= RARE {
                with.iter().for_each(|&sentence| add(sentence, 1 << number));
            } else {
                common.push((number, key));
            }
        }
        pairs.iter().take(RARE).for_each(|&(a, b)| [a, b].into_iter().for_each(|one| add(one, all)));
        sentences.sort_unstable();
        let least = CARRIED * self.phrases.weight(all);
        let mut stretches: Vec<Stretch> = Vec::new();
        for sentence in sentences {
            let mut has = std::mem::take(&mut self.has[sentence as usize]);
            for &(number, key) in &common {
                has |= Words::from(self.sentences.keys(sentence).binary_search(&key).is_ok()) << number;
            }
            // Most sentences have one of the words, and need not be read.
            if self.phrases.weight(has) >= least {
                let found = self.phrases.heaviest(sentence);
                stretches
                    .extend(found.filter(|found| found.words.count_ones() >= 2 && found.weight >= least));
            }
        }
        let block = |stretch: &Stretch| self.sentences.block(stretch.sentence);
        let mut whole = stretches.iter().filter(|stretch| stretch.words == all).map(block);
        let first = whole.next()?;
        let last = whole.next_back()?;
        if last - first < self.level.apart {
            return None;
        }
        let mut blocks: Vec<u32> = stretches.iter().map(block).collect();
        blocks.dedup();
        let sum: f64 = stretches.iter().map(|stretch| stretch.weight).sum();
        let mean = (1000.0 * sum / stretches.len() as f64 + 0.5) as u64;
        let paragraphs = blocks.len() as u32;
        Some(Places { score: mean * u64::from(paragraphs - 1), paragraphs, stretches })
    }
}
