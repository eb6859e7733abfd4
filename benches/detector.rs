//! Benches of a [`Detector`]: single stages as far as possible, and whole checks.
//!
//! A group is named after the stage that takes most of its time or that varies. Other stages are timed,
//! too: see `README.md`.

mod generator;
mod measure;
mod passages;

use std::time::Duration;

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, BenchmarkId, Criterion, SamplingMode};
use refrain::{Detector, DetectorBuilder, Pair, PairSearch, Report};

use generator::{Article, Corpus, Writer};
use passages::plant::{self, Problem};
use passages::prose::Prose;
use passages::reword::Rewording;

/// More tokens than any text here has: as a minimum length it switches a stage off.
const NEVER: usize = 1 << 24;
/// The number of paragraphs in a corpus.
const PARAGRAPHS: usize = 3_000;
/// The fractions of paragraphs that are copies.
const DUPLICATES: [f64; 3] = [0.0, 0.1, 0.5];

fn main() {
    let mut criterion = measure::criterion();
    band_and_match(&mut criterion);
    search(&mut criterion);
    coverage(&mut criterion);
    repeats(&mut criterion);
    compare(&mut criterion);
    articles(&mut criterion);
    check(&mut criterion);
    check_article(&mut criterion);
    check_all(&mut criterion);
    pathological(&mut criterion);
    criterion.final_summary();
}

/// A group of benches that take some tenths of a second each.
fn group<'a>(criterion: &'a mut Criterion, name: &str) -> BenchmarkGroup<'a, WallTime> {
    let mut group = criterion.benchmark_group(name);
    group.sampling_mode(SamplingMode::Flat).measurement_time(Duration::from_millis(1500));
    group
}

fn build(builder: DetectorBuilder) -> Detector {
    builder.build().expect("the settings are valid")
}

fn one_thread() -> DetectorBuilder {
    Detector::builder().threads(1)
}

fn percent(share: f64) -> String {
    format!("{}% copies", (100.0 * share) as u32)
}

/// The number of planted copies that are paired with their originals.
fn recovered(corpus: &Corpus, pairs: &[Pair]) -> usize {
    let found = |&&(copy, original): &&(usize, usize)| {
        let places = (copy.min(original), copy.max(original));
        pairs.binary_search_by_key(&places, |pair| (pair.left.index(), pair.right.index())).is_ok()
    };
    corpus.copies.iter().filter(found).count()
}

/// The number of planted copies whose resemblance to their originals is at least `threshold`, counted by the
/// generator.
fn similar(corpus: &Corpus, threshold: f64) -> usize {
    let reaches = |&&(copy, original): &&(usize, usize)| {
        let [copy, original] = [copy, original].map(|place| corpus.paragraphs[place].as_str());
        generator::ENGLISH.resemblance(copy, original) >= threshold
    };
    corpus.copies.iter().filter(reaches).count()
}

/// At least 99 in 100 planted pairs at or above the threshold are found, and none below it.
fn assert_nearly_all(corpus: &Corpus, threshold: f64, pairs: &[Pair]) {
    let (found, expected) = (recovered(corpus, pairs), similar(corpus, threshold));
    assert!(found <= expected && 100 * found >= 99 * expected, "{found} pairs of {expected}");
}

/// Pairs at threshold 0.8 without a report, for different fractions of copies.
fn band_and_match(criterion: &mut Criterion) {
    let mut group = group(criterion, "band_and_match");
    let detector = build(one_thread().threshold(0.8));
    for share in DUPLICATES {
        let corpus = Corpus::new(4 * PARAGRAPHS, 280, share, 1);
        assert_nearly_all(&corpus, 0.8, &detector.pairs(&corpus.paragraphs));
        group.throughput(measure::throughput(corpus.paragraphs.len(), corpus.bytes()));
        group.bench_function(percent(share), |bencher| bencher.iter(|| detector.pairs(&corpus.paragraphs)));
    }
}

/// The two searches; passages are switched off.
fn search(criterion: &mut Criterion) {
    let mut group = group(criterion, "search");
    let corpus = Corpus::new(PARAGRAPHS, 280, 0.1, 1);
    let text = corpus.text();
    group.throughput(measure::throughput(PARAGRAPHS, corpus.bytes()));
    for threshold in [0.5, 0.8] {
        for (name, search) in [("banded", PairSearch::Banded), ("exact", PairSearch::Exact)] {
            let detector = build(one_thread().threshold(threshold).search(search).min_passage_tokens(NEVER));
            let report = detector.check(&text);
            assert_nearly_all(&corpus, threshold, report.pairs());
            if search == PairSearch::Exact {
                assert_eq!(recovered(&corpus, report.pairs()), similar(&corpus, threshold));
            }
            group.bench_function(BenchmarkId::new(name, threshold), |bencher| {
                bencher.iter(|| detector.check(&text));
            });
        }
    }
}

/// Coverage in one document, and with each paragraph as a document, where nothing is covered. Pairs and
/// passages are switched off.
fn coverage(criterion: &mut Criterion) {
    let mut group = group(criterion, "coverage");
    let detector = build(one_thread().min_paragraph_tokens(NEVER).min_passage_tokens(NEVER));
    let covered = |report: &Report| report.paragraphs().iter().filter(|p| p.coverage >= 0.5).count();
    for share in DUPLICATES {
        let corpus = Corpus::new(PARAGRAPHS, 280, share, 1);
        let text = corpus.text();
        // Of a copy and its original, the later one is covered by at least half, with few exceptions.
        let copies = corpus.copies.len();
        let found = covered(&detector.check(&text));
        assert!(found <= copies && 10 * found >= 9 * copies, "{found} covered, {copies} copies");
        assert_eq!(covered(&detector.check_all(&corpus.paragraphs)), 0);
        group.throughput(measure::throughput(PARAGRAPHS, corpus.bytes()));
        group.bench_function(BenchmarkId::new("one document", percent(share)), |bencher| {
            bencher.iter(|| detector.check(&text));
        });
        group.bench_function(BenchmarkId::new("documents apart", percent(share)), |bencher| {
            bencher.iter(|| detector.check_all(&corpus.paragraphs));
        });
    }
}

/// Passages in a document with no, few or many of them; pairs are switched off.
fn repeats(criterion: &mut Criterion) {
    let mut group = group(criterion, "passages");
    let detector = build(one_thread().min_paragraph_tokens(NEVER));
    let paragraphs = 2_000;
    for repeats in [0, 200, 2_000] {
        let Article { text, passages } = Writer::english(1).article(paragraphs, 600, repeats);
        let found = detector.check(&text).passages().len();
        // Some are inserted into the middle of another one, and some text repeats by chance.
        assert!(10 * found >= 9 * passages.len(), "{found} passages, {repeats} planted");
        group.throughput(measure::throughput(paragraphs, text.len()));
        group.bench_function(format!("{repeats} repeats"), |bencher| bencher.iter(|| detector.check(&text)));
    }
}

/// Two documents of 5,000 words on one topic; passages of the first are inserted into the second.
fn compare(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("compare");
    let mut prose = Prose::new(4);
    let detector = build(one_thread());
    for (name, rewording) in [("verbatim", Rewording::Verbatim), ("reworded", Rewording::Words(0.2))] {
        let Problem { texts, cases } = std::iter::repeat_with(|| {
            let texts = [(); 2].map(|()| prose.document(&Prose::topic(1), 4_900));
            plant::borrowed(texts, rewording, &mut prose.rng)
        })
        .flatten()
        .next()
        .expect("a problem can be made after some attempts");
        let shared = detector.check_all(&texts).passages().iter().any(|passage| passage.tokens >= 10);
        assert!(shared, "{} passages planted, none found", cases.len());
        group.throughput(measure::throughput(2, texts.iter().map(String::len).sum()));
        group.bench_function(name, |bencher| bencher.iter(|| detector.check_all(&texts)));
    }
}

/// A thousand articles of 700 words, each checked separately; some paragraphs are repeated in other words.
fn articles(criterion: &mut Criterion) {
    let mut group = group(criterion, "articles");
    let mut prose = Prose::new(5);
    let detector = build(one_thread());
    let articles: Vec<String> = (0..1_000)
        .map(|number| {
            let text = prose.document(&Prose::topic(number), 500);
            let planted = plant::repeated(&text, Rewording::Words(0.2), &mut prose.rng);
            planted.expect("a generated article has suitable paragraphs").texts.remove(0)
        })
        .collect();
    let found = articles.iter().filter(|text| !detector.check(*text).passages().is_empty()).count();
    assert!(found >= 900, "passages in {found} articles");
    group.throughput(measure::throughput(articles.len(), articles.iter().map(String::len).sum()));
    group.bench_function("1000", |bencher| {
        bencher.iter(|| articles.iter().map(|text| detector.check(text).passages().len()).sum::<usize>());
    });
}

/// A whole check with the defaults, for different lengths of paragraphs and fractions of copies.
fn check(criterion: &mut Criterion) {
    let mut group = group(criterion, "check");
    let detector = build(one_thread());
    for length in [100, 280, 1000] {
        let paragraphs = 280 * PARAGRAPHS / length;
        for share in DUPLICATES {
            let corpus = Corpus::new(paragraphs, length, share, 1);
            let text = corpus.text();
            assert_eq!(recovered(&corpus, detector.check(&text).pairs()), similar(&corpus, 0.5));
            group.throughput(measure::throughput(paragraphs, corpus.bytes()));
            group.bench_function(BenchmarkId::new(length.to_string(), percent(share)), |bencher| {
                bencher.iter(|| detector.check(&text));
            });
        }
    }
}

/// One article: the time of a check counts here, not the throughput.
fn check_article(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("check_article");
    let detector = build(one_thread());
    for paragraphs in [7, 70] {
        let Article { text, .. } = Writer::english(3).article(paragraphs, 650, paragraphs);
        let report = detector.check(&text);
        assert_eq!(report.paragraphs().len(), paragraphs);
        assert!(!report.passages().is_empty());
        group.throughput(measure::throughput(paragraphs, text.len()));
        group.bench_function(format!("{paragraphs} paragraphs"), |bencher| {
            bencher.iter(|| detector.check(&text));
        });
    }
}

/// Many documents of one paragraph each, with different numbers of threads.
fn check_all(criterion: &mut Criterion) {
    let mut group = group(criterion, "check_all");
    let corpus = Corpus::new(4 * PARAGRAPHS, 280, 0.1, 1);
    group.throughput(measure::throughput(corpus.paragraphs.len(), corpus.bytes()));
    for threads in [1, 2] {
        let detector = build(Detector::builder().threshold(0.8).threads(threads));
        assert_nearly_all(&corpus, 0.8, detector.check_all(&corpus.paragraphs).pairs());
        let name = if threads == 1 { "1 thread".to_owned() } else { format!("{threads} threads") };
        group.bench_function(name, |bencher| bencher.iter(|| detector.check_all(&corpus.paragraphs)));
    }
}

/// Texts with extreme repetition; the time must stay proportional to their length.
fn pathological(criterion: &mut Criterion) {
    let mut group = group(criterion, "pathological");
    let detector = build(one_thread());
    for (name, text) in generator::pathological(1_000) {
        let report = detector.check(&text);
        let paragraphs = report.paragraphs().len();
        assert_eq!(paragraphs, text.split("\n\n").filter(|part| !part.is_empty()).count());
        group.throughput(measure::throughput(paragraphs, text.len()));
        group.bench_function(name, |bencher| bencher.iter(|| detector.check(&text)));
    }
}
