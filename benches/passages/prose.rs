//! Generates prose, with a grammar, function words, topics, and words in several forms.
//!
//! `generator` draws words one by one. This prose has more of what makes passages similar to chance repeats:
//! phrases that the grammar makes everywhere ("of the", "in a"), rare words that all texts on a topic share,
//! terms of two words that a topic repeats, and inflected forms.

use std::collections::HashSet;

use crate::generator::Rng;

/// The numbers of stems of nouns, verbs and adjectives: with their forms about 10,000 words.
const STEMS: [usize; 3] = [2_000, 1_000, 1_000];
/// How many of these belong to a topic. The same number of the most frequent ones belongs to no topic.
const TOPICAL: [usize; 3] = [90, 40, 30];
const COMMON: usize = 150;
/// The number of fixed terms of a topic.
const TERMS: usize = 12;

const DETERMINERS: &str = "the the the the the the a a a its this that each some their no every another";
const PREPOSITIONS: &str = "of of of in in to for with on by from at under after before between without";
const PRONOUNS: &str = "it they he she we you this that";
const AUXILIARIES: &str = "has had will can may must would could should did";
const JOINTS: &str = "and and but while because although which so when where";
const OPENERS: &str = "however then today yet later meanwhile still thus once again";

/// The parts of speech that take endings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Noun,
    Verb,
    Adjective,
}

impl Part {
    /// The endings; an ending that is listed several times is more frequent.
    fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Noun => &["", "", "", "s", "s"],
            Self::Verb => &["", "s", "s", "ed", "ed", "ing"],
            Self::Adjective => &["", "", "", "ly"],
        }
    }
}

/// Writes documents, each on a topic.
#[derive(Clone, Debug)]
pub(crate) struct Prose {
    pub(crate) rng: Rng,
    /// The stems by part of speech, the most frequent first.
    stems: [Vec<String>; 3],
    /// For each rank, the sum of all frequencies up to it; they fall as one over the rank (Zipf).
    sums: Vec<usize>,
}

/// The topic of a text: words that are frequent there and rare elsewhere.
#[derive(Clone, Debug)]
pub(crate) struct Topic {
    stems: [Vec<usize>; 3],
    /// Terms of an adjective and a noun.
    terms: Vec<[usize; 2]>,
}

impl Prose {
    /// A writer whose texts depend on `seed`; the stems are the same for all seeds.
    pub(crate) fn new(seed: u64) -> Self {
        let mut rng = Rng::new(2);
        let mut known = HashSet::new();
        let stems = STEMS.map(|count| {
            let mut stems = Vec::with_capacity(count);
            while stems.len() < count {
                let syllables = 2 + rng.below(3).min(1);
                let stem: String = (0..syllables).map(|_| syllable(&mut rng)).collect();
                // A stem that begins with another one could have the same forms.
                if known.insert(stem.clone()) {
                    stems.push(stem);
                }
            }
            stems
        });
        let mut sum = 0;
        let sums = (0..STEMS[0])
            .map(|rank| {
                sum += 1_000_000 / (rank + 8);
                sum
            })
            .collect();
        Self { rng: Rng::new(seed), stems, sums }
    }

    /// Topics with the same number have the same words.
    pub(crate) fn topic(number: u64) -> Topic {
        let mut rng = Rng::new(1_000 + number);
        let mut draw =
            |part: usize| (0..TOPICAL[part]).map(|_| COMMON + rng.below(STEMS[part] - COMMON)).collect();
        let stems: [Vec<usize>; 3] = [draw(0), draw(1), draw(2)];
        let terms = (0..TERMS).map(|_| [rng.pick(&stems[2]), rng.pick(&stems[0])]).collect();
        Topic { stems, terms }
    }

    /// A document of about this many words, in paragraphs of 60 to 150 words.
    pub(crate) fn document(&mut self, topic: &Topic, words: usize) -> String {
        let mut text = String::new();
        let mut count = 0;
        while count < words {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            let wanted = 60 + self.rng.below(75);
            let mut written = 0;
            while written < wanted {
                let sentence = self.sentence(topic);
                if written > 0 {
                    text.push(' ');
                }
                written += sentence.split(' ').count();
                text.push_str(&sentence);
            }
            count += written;
        }
        text
    }

    fn sentence(&mut self, topic: &Topic) -> String {
        let mut words = Vec::new();
        if self.rng.once_in(7) {
            words.push(self.common(OPENERS) + ",");
        }
        self.clause(topic, &mut words);
        while words.len() < 26 && self.rng.once_in(2) {
            if self.rng.once_in(2) {
                words.last_mut().expect("a clause has words").push(',');
            }
            words.push(self.common(JOINTS));
            self.clause(topic, &mut words);
        }
        let first = words[0][..1].to_uppercase();
        words[0].replace_range(..1, &first);
        let mark = if self.rng.once_in(15) { "?" } else { "." };
        words.join(" ") + mark
    }

    fn clause(&mut self, topic: &Topic, words: &mut Vec<String>) {
        self.noun_phrase(topic, words);
        if self.rng.once_in(3) {
            words.push(self.common(AUXILIARIES));
        }
        words.push(self.word(topic, Part::Verb));
        if !self.rng.once_in(4) {
            self.noun_phrase(topic, words);
        }
        if self.rng.once_in(2) {
            words.push(self.common(PREPOSITIONS));
            self.noun_phrase(topic, words);
        }
    }

    fn noun_phrase(&mut self, topic: &Topic, words: &mut Vec<String>) {
        match self.rng.below(20) {
            0 | 1 => return words.push(self.common(PRONOUNS)),
            2 => {
                let [adjective, noun] = self.rng.pick(&topic.terms);
                words.push("the".to_owned());
                return words.extend([self.stems[2][adjective].clone(), self.stems[0][noun].clone()]);
            }
            3 => words.push(self.rng.below(2_000).to_string()),
            _ => words.push(self.common(DETERMINERS)),
        }
        if self.rng.once_in(3) {
            words.push(self.word(topic, Part::Adjective));
        }
        words.push(self.word(topic, Part::Noun));
        if self.rng.once_in(4) {
            words.push(self.common(PREPOSITIONS));
            self.noun_phrase(topic, words);
        }
    }

    fn common(&mut self, words: &'static str) -> String {
        let words: Vec<&str> = words.split(' ').collect();
        self.rng.pick(&words).to_owned()
    }

    /// One content word in three belongs to the topic.
    fn word(&mut self, topic: &Topic, part: Part) -> String {
        let stem = if self.rng.once_in(3) {
            let own = &topic.stems[part as usize];
            // The minimum of two, so that some words of a topic are more frequent than others.
            own[self.rng.below(own.len()).min(self.rng.below(own.len()))]
        } else {
            self.rank(STEMS[part as usize])
        };
        self.stems[part as usize][stem].clone() + self.rng.pick(part.endings())
    }

    /// A rank below `end`, distributed by the law of Zipf; `end` is at most the number of noun stems.
    fn rank(&mut self, end: usize) -> usize {
        let drawn = self.rng.below(self.sums[end - 1]);
        self.sums.partition_point(|&sum| sum <= drawn)
    }
}

fn syllable(rng: &mut Rng) -> String {
    let mut part = |parts: &'static str| rng.pick(&parts.split(' ').collect::<Vec<_>>());
    [
        part("b c d f g h l m n p r s t v w br ch cl gr pl pr sh sp st th tr"),
        part("a e i o u a e i o ea ou ai"),
        part("n r s t l nd m ck rt x"),
    ]
    .concat()
}
