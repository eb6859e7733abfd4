//! Stages that have a public function, on one thread, for different lengths of paragraphs.

mod generator;
mod measure;

use std::collections::BTreeSet;
use std::hint::black_box;

use criterion::{BenchmarkId, Criterion};
use refrain::set::{ShingleSet, overlap, shingle};
use refrain::sketch::MinHash;
use refrain::text::{hash_tokens, paragraphs, tokens};

use generator::{ENGLISH, SCRIPTS, Script, Writer};

/// The lengths of paragraphs in bytes.
const LENGTHS: [usize; 3] = [100, 280, 2000];

fn main() {
    let mut criterion = measure::criterion();
    cut(&mut criterion);
    tokenise(&mut criterion);
    text_to_shingles(&mut criterion);
    make_shingles(&mut criterion);
    sketch(&mut criterion);
    verify(&mut criterion);
    criterion.final_summary();
}

/// Paragraphs with about a million bytes in total.
struct Text {
    script: &'static Script,
    paragraphs: Vec<String>,
}

impl Text {
    fn new(script: &'static Script, length: usize) -> Self {
        let mut writer = Writer::new(script, 1);
        let paragraphs = (0..1_000_000 / length).map(|_| writer.paragraph(length)).collect();
        Self { script, paragraphs }
    }

    /// The same text with ASCII apostrophes and quotes.
    fn ascii(mut self) -> Self {
        for paragraph in &mut self.paragraphs {
            *paragraph = paragraph.replace('’', "'").replace(['“', '”'], "\"");
        }
        self
    }

    fn throughput(&self) -> criterion::Throughput {
        measure::throughput(self.paragraphs.len(), self.paragraphs.iter().map(String::len).sum())
    }

    /// The number of words, counted by the generator.
    fn words(&self) -> usize {
        self.paragraphs.iter().map(|paragraph| self.script.words(paragraph).len()).sum()
    }

    /// The hashes of the tokens of each paragraph.
    fn hashes(&self) -> Vec<Vec<u64>> {
        let hashes = |text: &String| tokens(text).iter().map(|token| token.hash).collect();
        self.paragraphs.iter().map(hashes).collect()
    }

    fn sets(&self) -> Vec<ShingleSet> {
        self.hashes().iter().map(|hashes| ShingleSet::new(hashes, 3)).collect()
    }
}

/// From a document to the spans of its paragraphs.
fn cut(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("cut");
    for length in LENGTHS {
        let text = Text::new(&ENGLISH, length);
        let document = text.paragraphs.join("\n\n");
        assert_eq!(paragraphs(&document).count(), text.paragraphs.len());
        group.throughput(text.throughput());
        group.bench_function(BenchmarkId::new("english", length), |bencher| {
            bencher.iter(|| paragraphs(black_box(&document)).count());
        });
    }
}

/// From text to tokens with spans, one paragraph at a time.
fn tokenise(criterion: &mut Criterion) {
    let lengths = LENGTHS.map(|length| ("english", length, Text::new(&ENGLISH, length)));
    let ascii = ("english in ASCII", 280, Text::new(&ENGLISH, 280).ascii());
    let scripts = SCRIPTS.iter().skip(1).map(|&(name, script)| (name, 280, Text::new(script, 280)));
    let mut group = criterion.benchmark_group("tokenise");
    for (name, length, text) in lengths.into_iter().chain([ascii]).chain(scripts) {
        let count = || -> usize { text.paragraphs.iter().map(|text| tokens(black_box(text)).len()).sum() };
        assert_eq!(count(), text.words(), "{name}");
        group.throughput(text.throughput());
        group.bench_function(BenchmarkId::new(name, length), |bencher| bencher.iter(count));
    }
}

/// From text to shingles without spans and sets, as in a corpus.
fn text_to_shingles(criterion: &mut Criterion) {
    let lengths = LENGTHS.map(|length| ("english", length, Text::new(&ENGLISH, length)));
    let scripts = SCRIPTS.iter().skip(1).map(|&(name, script)| (name, 280, Text::new(script, 280)));
    let mut group = criterion.benchmark_group("text_to_shingles");
    for (name, length, text) in lengths.into_iter().chain(scripts) {
        let (mut hashes, mut shingles) = (Vec::new(), Vec::new());
        let mut count = |width: usize| -> usize {
            let mut count = |text: &String| {
                hashes.clear();
                shingles.clear();
                hash_tokens(black_box(text), &mut hashes);
                shingle(&hashes, width, &mut shingles);
                shingles.len()
            };
            text.paragraphs.iter().map(&mut count).sum()
        };
        assert_eq!(count(1), text.words(), "{name}");
        group.throughput(text.throughput());
        group.bench_function(BenchmarkId::new(name, length), |bencher| bencher.iter(|| count(3)));
    }
}

/// From token hashes to shingles, and to sorted sets of shingles.
fn make_shingles(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("shingle");
    for length in LENGTHS {
        let text = Text::new(&ENGLISH, length);
        let hashes = text.hashes();
        group.throughput(text.throughput());
        for width in [3, 12] {
            let mut shingles = Vec::new();
            let mut count = || -> usize {
                let mut count = |hashes: &Vec<u64>| {
                    shingles.clear();
                    shingle(black_box(hashes), width, &mut shingles);
                    shingles.len()
                };
                hashes.iter().map(&mut count).sum()
            };
            let plain = |hashes: &Vec<u64>| (hashes.len() + 1).saturating_sub(width).max(1);
            assert_eq!(count(), hashes.iter().map(plain).sum::<usize>());
            group.bench_function(BenchmarkId::new(format!("words:{width}"), length), |bencher| {
                bencher.iter(&mut count);
            });
        }
        let count =
            || -> usize { hashes.iter().map(|hashes| ShingleSet::new(black_box(hashes), 3).len()).sum() };
        let distinct = |words: Vec<String>| words.windows(3).collect::<BTreeSet<_>>().len();
        let plain: usize = text.paragraphs.iter().map(|text| distinct(ENGLISH.words(text))).sum();
        assert_eq!(count(), plain);
        group.bench_function(BenchmarkId::new("set of words:3", length), |bencher| bencher.iter(count));
    }
}

/// From sets to signatures.
fn sketch(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("sketch");
    for length in LENGTHS {
        let text = Text::new(&ENGLISH, length);
        let sets = text.sets();
        let shingles: usize = sets.iter().map(ShingleSet::len).sum();
        group.throughput(measure::throughput(shingles, text.paragraphs.iter().map(String::len).sum()));
        for lanes in [64, 128] {
            let family = MinHash::new(lanes, 0).expect("a valid number of lanes");
            let sign = |set: &ShingleSet| family.signature(black_box(set.as_slice()));
            // The signature of a union is the minimum of both signatures in each lane.
            let [left, right] = [&sets[0], &sets[1]];
            let union: ShingleSet = left.as_slice().iter().chain(right.as_slice()).copied().collect();
            let [a, b, both] = [left, right, &union].map(sign);
            let least = a.as_slice().iter().zip(b.as_slice()).map(|(a, b)| *a.min(b));
            assert!(both.as_slice().iter().copied().eq(least));
            assert_eq!(both.as_slice().len(), lanes);
            group.bench_function(BenchmarkId::new(format!("{lanes} lanes"), length), |bencher| {
                bencher.iter(|| sets.iter().map(|set| sign(set).as_slice()[0] & 1).sum::<u32>());
            });
        }
    }
}

/// The exact overlap of pairs whose resemblances are spread evenly from 0.3 to 1.
fn verify(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("verify");
    for words in [60, 120, 400] {
        let pairs = Writer::english(1).pairs(words, 14, 40);
        let set = |text: &String| -> ShingleSet {
            let hashes: Vec<u64> = tokens(text).iter().map(|token| token.hash).collect();
            ShingleSet::new(&hashes, 3)
        };
        let sets: Vec<[ShingleSet; 2]> =
            pairs.iter().map(|pair| [&pair.left, &pair.right].map(set)).collect();
        for (pair, [left, right]) in pairs.iter().zip(&sets) {
            assert_eq!(left.overlap(right).resemblance(), pair.resemblance);
        }
        let similar = || {
            let reaches = |[left, right]: &&[ShingleSet; 2]| {
                overlap(black_box(left.as_slice()), right.as_slice()).reaches(0.8)
            };
            sets.iter().filter(reaches).count()
        };
        // Ten of the fourteen slices are below 0.8.
        assert_eq!(similar(), 4 * 40);
        let bytes = pairs.iter().map(|pair| pair.left.len() + pair.right.len()).sum();
        group.throughput(measure::throughput(pairs.len(), bytes));
        group.bench_function(BenchmarkId::new("pairs", format!("{words} words")), |bencher| {
            bencher.iter(similar);
        });
    }
}
