//! What two texts are compared on: their keys, the units they are cut into, and the weights.

use std::cell::OnceCell;
use std::ops::Range;

use super::grams::Grams;
use super::marks::Marks;
use crate::passage::sequence::Sequence;
use crate::passage::weights::{ln, thousandths};

/// One document or two, end to end, with keys numbered anew and weighed by how few sentences hold them.
///
/// A key is a stem of the sequence. Places count from 0 over the documents given. Weights are whole
/// thousandths, so sums of them do not depend on their order.
#[derive(Debug)]
pub(super) struct Ground {
    /// The key at each place.
    pub(super) keys: Vec<u32>,
    /// The places of each unit.
    pub(super) units: Vec<Range<u32>>,
    /// The units of the first document; all of them if there is no other.
    pub(super) first: usize,
    /// The distinct keys of each unit, ascending, with how often it has them, end to end.
    bags: Vec<(u32, u32)>,
    bag_ends: Vec<u32>,
    /// The weight of each key.
    weights: Vec<u32>,
    /// In how many sentences each key stands.
    frequencies: Vec<u32>,
    sentences: Vec<Range<u32>>,
    grams: OnceCell<Grams>,
}

/// The weight of what stands in so many of `n` sentences, `ln((n + 1) / (f + 0.5))`, by `f`.
pub(super) fn weigh(n: usize, frequencies: &[u32]) -> Vec<u32> {
    let most = frequencies.iter().copied().max().unwrap_or(0);
    let weight = |f: u32| thousandths(ln((n + 1) as f64 / (f64::from(f) + 0.5))) as u32;
    let by_frequency: Vec<u32> = (0..=most).map(weight).collect();
    frequencies.iter().map(|&f| by_frequency[f as usize]).collect()
}

impl Ground {
    /// Cuts the documents, given by their places in the sequence, into units that end at `ends`,
    /// which ascend over the whole sequence. Keys are weighed by how few sentences hold them.
    pub(super) fn new(sequence: &Sequence, documents: &[Range<u32>], ends: &[u32]) -> Self {
        let keys = renumber(sequence, documents);
        let (units, first) = cut(documents, ends);
        let mut frequencies = vec![0; keys.iter().max().map_or(0, |&key| key as usize + 1)];
        let mut marks = Marks::new(frequencies.len());
        let (sentences, _) = cut(documents, &sequence.sentence_ends);
        for sentence in &sentences {
            marks.set(std::iter::empty());
            for &key in &keys[sentence.start as usize..sentence.end as usize] {
                frequencies[key as usize] += u32::from(marks.insert(key));
            }
        }
        let weights = weigh(sentences.len(), &frequencies);
        let mut bags = Vec::with_capacity(keys.len());
        let mut bag_ends = Vec::with_capacity(units.len());
        let mut sorted: Vec<u32> = Vec::new();
        for unit in &units {
            sorted.clear();
            sorted.extend(&keys[unit.start as usize..unit.end as usize]);
            sorted.sort_unstable();
            bags.extend(sorted.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as u32)));
            bag_ends.push(bags.len() as u32);
        }
        Self { keys, units, first, bags, bag_ends, weights, frequencies, sentences, grams: OnceCell::new() }
    }

    /// The distinct keys of a unit, ascending, with how often it has them.
    pub(super) fn bag(&self, unit: usize) -> &[(u32, u32)] {
        let start = unit.checked_sub(1).map_or(0, |before| self.bag_ends[before]);
        &self.bags[start as usize..self.bag_ends[unit] as usize]
    }

    /// How many different keys there are.
    pub(super) fn vocabulary(&self) -> usize {
        self.weights.len()
    }

    /// How many sentences there are.
    pub(super) fn sentences(&self) -> usize {
        self.sentences.len()
    }

    pub(super) fn weight(&self, key: u32) -> u64 {
        self.weights[key as usize].into()
    }

    /// In how many sentences a key stands.
    pub(super) fn frequency(&self, key: u32) -> u32 {
        self.frequencies[key as usize]
    }

    pub(super) fn keys_of(&self, places: &Range<u32>) -> &[u32] {
        &self.keys[places.start as usize..places.end as usize]
    }

    /// Whether there is only one document.
    pub(super) fn alone(&self) -> bool {
        self.first == self.units.len()
    }

    /// The places of the first document, or of the other one.
    pub(super) fn side(&self, second: bool) -> Range<u32> {
        let border = self.units[..self.first].last().map_or(0, |unit| unit.end);
        if second { border..self.keys.len() as u32 } else { 0..border }
    }

    /// The runs of two and three keys, which are made when they are first asked for.
    pub(super) fn grams(&self) -> &Grams {
        self.grams.get_or_init(|| Grams::new(&self.keys, &self.sentences, self.side(false).end))
    }
}

/// The units of the documents that end at `ends`, by places counted over these documents, and how
/// many of them are of the first.
fn cut(documents: &[Range<u32>], ends: &[u32]) -> (Vec<Range<u32>>, usize) {
    let (mut units, mut first, mut base) = (Vec::new(), 0, 0);
    for (number, document) in documents.iter().enumerate() {
        let from = ends.partition_point(|&end| end <= document.start);
        let mut start = document.start;
        for &end in ends[from..].iter().take_while(|&&end| end <= document.end) {
            units.push(start - document.start + base..end - document.start + base);
            start = end;
        }
        base += document.end - document.start;
        if number == 0 {
            first = units.len();
        }
    }
    (units, first)
}

/// The stems of the documents, numbered from 0 in ascending order.
fn renumber(sequence: &Sequence, documents: &[Range<u32>]) -> Vec<u32> {
    let stems =
        documents.iter().flat_map(|places| &sequence.stems[places.start as usize..places.end as usize]);
    let mut placed: Vec<u64> =
        (0..).zip(stems).map(|(place, &stem): (u64, _)| u64::from(stem) << 32 | place).collect();
    placed.sort_unstable();
    let mut keys = vec![0; placed.len()];
    for (number, same) in (0..).zip(placed.chunk_by(|a, b| a >> 32 == b >> 32)) {
        for &entry in same {
            keys[entry as u32 as usize] = number;
        }
    }
    keys
}
