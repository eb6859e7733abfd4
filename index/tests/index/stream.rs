//! A stream of documents, each checked and then added, against the truth of all pairs.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::ops::Range;
use std::path::Path;

use refrain::set::{self, ShingleSet};
use refrain::{CoverageScope, Detector, Document, Span, Themes, text};
use refrain_index::{Index, Query, Settings};

use super::generator::{Rng, Writer};

const DOCUMENTS: usize = 500;
const GUARANTEE: usize = 12;

/// Documents of three paragraphs, half of which are new. The others are copies of earlier ones, edited copies, or have
/// a sentence of an earlier one in the middle. New paragraphs are added to the earlier ones.
fn generated(count: usize, paragraphs: &mut Vec<String>) -> Vec<(String, String)> {
    let (mut writer, mut rng) = (Writer::english(14), Rng::new(41));
    let mut documents = Vec::new();
    for number in 0..count {
        let mut own = Vec::new();
        for _ in 0..3 {
            let earlier = if paragraphs.is_empty() { 0 } else { rng.below(paragraphs.len()) };
            let words = 20 + rng.below(60);
            own.push(match rng.below(8) {
                0 if !paragraphs.is_empty() => paragraphs[earlier].clone(),
                1 | 2 if !paragraphs.is_empty() => {
                    let resemblance = 0.4 + 0.6 * rng.unit();
                    writer.edited_to(&paragraphs[earlier], resemblance)
                }
                3 if !paragraphs.is_empty() => {
                    let words: Vec<&str> = paragraphs[earlier].split(' ').collect();
                    let from = rng.below(words.len());
                    let taken = &words[from..words.len().min(from + 8 + rng.below(12))];
                    let [front, back] = [20, 20].map(|words| writer.paragraph_of_words(words));
                    format!("{front} {} {back}", taken.join(" "))
                }
                _ => writer.paragraph_of_words(words),
            });
        }
        paragraphs.extend(own.iter().cloned());
        documents.push((format!("{number:03}"), own.join("\n\n")));
    }
    documents
}

/// A document as the definitions see it.
struct Truth {
    tokens: Vec<u64>,
    runs: BTreeSet<Vec<u64>>,
    paragraphs: Vec<ShingleSet>,
}

impl Truth {
    fn new(document: &str) -> Self {
        let mut tokens = Vec::new();
        let mut paragraphs = Vec::new();
        for span in text::paragraphs(document) {
            let start = tokens.len();
            text::hash_tokens(span.of(document), &mut tokens);
            paragraphs.push(ShingleSet::new(&tokens[start..], 3));
        }
        let runs = tokens.windows(GUARANTEE).map(<[u64]>::to_vec).collect();
        Self { tokens, runs, paragraphs }
    }
}

#[test]
fn a_stream_finds_what_all_pairs_have() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::create(folder.path().join("a.index"), Settings::default()).unwrap();
    let mut documents = generated(DOCUMENTS, &mut Vec::new());
    Rng::new(7).shuffle(&mut documents);
    let truths: Vec<Truth> = documents.iter().map(|(_, text)| Truth::new(text)).collect();
    let (mut pairs, mut found_pairs, mut runs) = (0_usize, 0_usize, 0_usize);
    let query = Query::new().max_matches(1000);
    for (number, (name, text)) in documents.iter().enumerate() {
        let report = index.check_and_add((&**name, &**text), &query).unwrap();
        let (own, earlier) = (&truths[number], &truths[..number]);
        let match_of =
            |other: usize| report.matches.iter().find(|found| found.stored.name == documents[other].0);

        // Every shared run of words, and no other.
        for (other, truth) in earlier.iter().enumerate() {
            let shared = own.tokens.windows(GUARANTEE).any(|run| truth.runs.contains(run));
            runs += usize::from(shared);
            let reported = match_of(other).is_some_and(|found| !found.runs.is_empty());
            assert_eq!(reported, shared, "{name} and {}", documents[other].0);
            // Near-duplicates: no wrong one, and nearly all.
            let reported = match_of(other).map_or(&[][..], |found| &found.paragraphs);
            let mut true_pairs = 0;
            for left in &own.paragraphs {
                for right in &truth.paragraphs {
                    true_pairs += usize::from(left.overlap(right).reaches(0.5));
                }
            }
            assert!(reported.len() <= true_pairs, "{name} and {}", documents[other].0);
            assert!(reported.iter().all(|alike| alike.resemblance >= 0.5));
            pairs += true_pairs;
            found_pairs += reported.len();
        }
        for found in &report.matches {
            assert!(!found.runs.is_empty() || !found.paragraphs.is_empty());
        }
    }
    assert!(pairs > 300 && runs > 300, "{pairs} pairs, {runs} runs");
    // Most lie above the threshold, where more than 99 % are found.
    assert!(found_pairs * 100 >= pairs * 99, "{found_pairs} of {pairs}");

    // Findings are those of a comparison.
    let (name, text) = documents.last().unwrap();
    let report = index.check_with(&**text, &Query::new().except(&**name), super::go_on).unwrap();
    let detector = Detector::with_settings(index.settings().detector.clone()).unwrap();
    for found in &report.matches {
        let (stored, source) = documents.iter().find(|(name, _)| *name == found.stored.name).unwrap();
        let mut comparison = detector.compare((&**stored, &**source), &**text);
        comparison.retain_findings(|finding| finding.document == 1);
        assert_eq!(found.comparison.as_ref().unwrap().findings(), comparison.findings());
    }
    let verified = index.verify(super::go_on).unwrap();
    assert_eq!(verified.documents, DOCUMENTS as u64);
}

/// Pairs of a resemblance of 0.5 to 0.55, where the recall is least: 0.99 with a standard error of 0.5 % in 400 pairs.
#[test]
fn the_recall_at_the_threshold_is_as_wanted() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::create(folder.path().join("a.index"), Settings::default()).unwrap();
    let mut writer = Writer::english(2);
    let pairs: Vec<_> = std::iter::repeat_with(|| {
        let left = writer.paragraph_of_words(60);
        let right = writer.edited_to(&left, 0.52);
        (left, right)
    })
    .filter(|(left, right)| {
        let [left, right] = [left, right].map(|text| {
            let mut tokens = Vec::new();
            text::hash_tokens(text, &mut tokens);
            ShingleSet::new(&tokens, 3)
        });
        let resemblance = left.overlap(&right).resemblance();
        (0.5..0.55).contains(&resemblance)
    })
    .take(400)
    .collect();
    let stored = pairs.iter().enumerate().map(|(number, (left, _))| (number.to_string(), &**left));
    index.add_all(stored, super::go_on).unwrap();
    let is_found = |&(number, (_, right)): &(usize, &(String, String))| {
        let report = index.check(&**right).unwrap();
        report.matches.iter().any(|found| found.stored.name == number.to_string())
    };
    let found = pairs.iter().enumerate().filter(is_found).count();
    assert!(found >= 390, "{found} of 400");
}

/// The real texts, as name and text; `None` if they are not there.
fn real_texts() -> Option<Vec<(String, String)>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
    let mut texts = Vec::new();
    for set in ["licences", "machine_written", "udhr"] {
        let lines = fs::read_to_string(folder.join(set).join("docs.jsonl")).ok()?;
        for line in lines.lines() {
            let record: serde_json::Value = serde_json::from_str(line).unwrap();
            let [id, text] = ["id", "text"].map(|field| record[field].as_str().unwrap());
            texts.push((format!("{set}/{id}"), text.to_owned()));
        }
    }
    let mut articles: Vec<_> =
        fs::read_dir(folder.join("articles/text")).ok()?.map(|file| file.unwrap().path()).collect();
    articles.sort();
    for article in articles {
        let name = article.file_name().unwrap().to_string_lossy().into_owned();
        texts.push((format!("articles/{name}"), fs::read_to_string(article).unwrap()));
    }
    Some(texts)
}

/// A paragraph of a stream: its document, its place in it, and its tokens.
struct StreamParagraph {
    document: usize,
    span: Span,
    tokens: Range<usize>,
    /// Ascending; empty if it is too short to be compared.
    shingles: Vec<u64>,
}

/// A document of a stream.
struct StreamDocument {
    tokens: Vec<u64>,
    spans: Vec<Span>,
    /// Numbers of paragraphs.
    paragraphs: Range<usize>,
}

/// All documents, cut as the index cuts them.
fn cut(documents: &[(String, String)], settings: &Settings) -> (Vec<StreamDocument>, Vec<StreamParagraph>) {
    let (mut cut, mut paragraphs) = (Vec::new(), Vec::new());
    for (number, (_, source)) in documents.iter().enumerate() {
        let (mut tokens, mut spans, first) = (Vec::new(), Vec::new(), paragraphs.len());
        for span in Document::from(&**source).paragraphs(settings.detector.paragraphs) {
            let start = tokens.len();
            let size = text::hash_tokens(span.of(source), &mut tokens);
            spans.extend(
                text::tokens(span.of(source))
                    .iter()
                    .map(|token| Span::new(span.start + token.span.start, span.start + token.span.end)),
            );
            let mut shingles = Vec::new();
            if size >= 2 * settings.detector.min_paragraph_tokens {
                set::shingle(&tokens[start..], 3, &mut shingles);
                shingles.sort_unstable();
                shingles.dedup();
            }
            paragraphs.push(StreamParagraph {
                document: number,
                span,
                tokens: start..tokens.len(),
                shingles,
            });
        }
        assert_eq!(tokens.len(), spans.len());
        cut.push(StreamDocument { tokens, spans, paragraphs: first..paragraphs.len() });
    }
    (cut, paragraphs)
}

/// The end of the run of twelve words from a token on. Two characters of a script without spaces count as a word.
fn end_of_run(source: &str, tokens: &[Span], start: usize) -> usize {
    let mut halves = 0;
    let enough = |token: &Span| {
        halves += text::hash_tokens(token.of(source), &mut Vec::new());
        halves >= 2 * GUARANTEE
    };
    tokens[start..].iter().position(enough).map_or(tokens.len(), |last| start + last + 1)
}

/// All pairs of paragraphs of different documents whose resemblance is at least one half, the later one first. All
/// sets that share a shingle are compared, so none is missed.
fn all_pairs(paragraphs: &[StreamParagraph]) -> BTreeMap<(usize, usize), f64> {
    let mut holders: HashMap<u64, Vec<usize>> = HashMap::new();
    let (mut pairs, mut shared) = (BTreeMap::new(), BTreeMap::new());
    for (number, paragraph) in paragraphs.iter().enumerate() {
        shared.clear();
        for &shingle in &paragraph.shingles {
            let holders = holders.entry(shingle).or_default();
            for &other in &*holders {
                *shared.entry(other).or_insert(0_usize) += 1;
            }
            holders.push(number);
        }
        for (&other, &shared) in &shared {
            let union = paragraph.shingles.len() + paragraphs[other].shingles.len() - shared;
            let resemblance = shared as f64 / union as f64;
            if resemblance >= 0.5 && paragraphs[other].document != paragraph.document {
                pairs.insert((number, other), resemblance);
            }
        }
    }
    pairs
}

/// The real texts and generated ones that copy, edit and quote them and each other, in random order. Each is checked
/// and then added, as a pipeline does.
#[test]
#[ignore = "takes minutes: cargo test -p refrain-index --release -- --ignored five_thousand --nocapture"]
#[expect(clippy::print_stderr, reason = "the table of what was found")]
fn five_thousand_texts() {
    const TEXTS: usize = 5000;
    let Some(mut documents) = real_texts() else {
        eprintln!("skipped: there is no ../shared/data with real texts");
        return;
    };
    let real = documents.len();
    let mut rng = Rng::new(5000);
    let settings = Settings::default();
    let paragraphs = documents.iter().flat_map(|(_, text)| text::paragraphs(text).map(|span| span.of(text)));
    let mut paragraphs: Vec<String> = paragraphs.map(str::to_owned).collect();
    documents.extend(generated(TEXTS - real, &mut paragraphs));
    rng.shuffle(&mut documents);

    let folder = tempfile::tempdir().unwrap();
    let index = Index::create(folder.path().join("a.index"), settings.clone()).unwrap();
    let (cut, paragraphs) = cut(&documents, &settings);
    let truth = all_pairs(&paragraphs);
    let numbers: HashMap<&str, usize> = documents.iter().map(|(name, _)| &**name).zip(0..).collect();
    // Nothing is left out as boilerplate or beyond a limit.
    let query = Query::new().max_matches(usize::MAX).frequent(usize::MAX - 1);
    let mut run_holders: HashMap<u64, BTreeSet<usize>> = HashMap::new();
    let mut found_pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
    let (mut documents_with_runs, mut words_in_runs, mut in_runs) = (0, 0, vec![0.0; paragraphs.len()]);
    for (number, (name, source)) in documents.iter().enumerate() {
        let own = &cut[number];
        let report = index.check_and_add((&**name, &**source), &query).unwrap();

        // Runs: exactly the documents that share one, and each shared run lies in one that is found.
        let mut hashes = Vec::new();
        if own.tokens.len() >= GUARANTEE {
            set::shingle(&own.tokens, GUARANTEE, &mut hashes);
        }
        let sharing: BTreeSet<usize> =
            hashes.iter().filter_map(|hash| run_holders.get(hash)).flatten().copied().collect();
        let matches = report.matches.iter();
        let reported: BTreeSet<usize> = matches
            .clone()
            .filter(|found| !found.runs.is_empty())
            .map(|found| numbers[&*found.stored.name])
            .collect();
        assert_eq!(reported, sharing, "{name}");
        documents_with_runs += sharing.len();
        let mut is_found = vec![false; own.tokens.len()];
        // The first words of shingles that stand in a paragraph of an earlier document, by the runs.
        let mut is_covered = vec![false; own.tokens.len()];
        for found in matches.clone() {
            let there = &cut[numbers[&*found.stored.name]];
            for run in &found.runs {
                let [own_tokens, stored_tokens] =
                    [(own, run.span), (there, run.stored)].map(|(cut, span)| {
                        let from = cut.spans.partition_point(|token| token.start < span.start);
                        from..cut.spans.partition_point(|token| token.end <= span.end)
                    });
                assert!(own_tokens.len() == run.words && run.words >= GUARANTEE, "{name}: {run:?}");
                assert_eq!(
                    own.tokens[own_tokens.clone()],
                    there.tokens[stored_tokens.clone()],
                    "{name}: {run:?}"
                );
                for (at, stored) in own_tokens.clone().zip(stored_tokens.clone()) {
                    // A run may go on in the next paragraph, a shingle does not.
                    let mut paragraphs = paragraphs[there.paragraphs.clone()].iter();
                    let is_inside = |paragraph: &StreamParagraph| {
                        paragraph.tokens.start <= stored && stored + 3 <= paragraph.tokens.end
                    };
                    is_covered[at] |= stored + 3 <= stored_tokens.end && paragraphs.any(is_inside);
                }
                is_found[own_tokens].fill(true);
            }
        }
        let mut is_shared = vec![false; own.tokens.len()];
        for (start, hash) in hashes.iter().enumerate() {
            if run_holders.contains_key(hash) {
                is_shared[start..end_of_run(source, &own.spans, start)].fill(true);
            }
        }
        assert_eq!(is_found, is_shared, "{name}");
        words_in_runs += is_found.iter().filter(|&&found| found).count();
        for hash in hashes {
            run_holders.entry(hash).or_default().insert(number);
        }

        // Near-duplicates.
        for found in matches {
            let there = numbers[&*found.stored.name];
            for alike in &found.paragraphs {
                let [own, there] = [(number, alike.span), (there, alike.stored)].map(|(document, span)| {
                    let mut range = cut[document].paragraphs.clone();
                    range.find(|&paragraph| paragraphs[paragraph].span == span).unwrap()
                });
                assert_eq!(truth.get(&(own, there)), Some(&alike.resemblance), "{name}: {alike:?}");
                found_pairs.insert((own, there));
            }
        }
        // The share of the shingles of each paragraph that lie in runs, for the comparison below.
        for paragraph in own.paragraphs.clone() {
            let StreamParagraph { tokens, shingles, .. } = &paragraphs[paragraph];
            let covered: BTreeSet<u64> = (tokens.start..tokens.end.saturating_sub(2))
                .filter(|&at| is_covered[at])
                .flat_map(|at| {
                    let mut shingle = Vec::new();
                    set::shingle(&own.tokens[at..at + 3], 3, &mut shingle);
                    shingle
                })
                .collect();
            let shared = covered.iter().filter(|shingle| shingles.binary_search(shingle).is_ok()).count();
            in_runs[paragraph] = shared as f64 / shingles.len().max(1) as f64;
        }
    }
    index.verify(super::go_on).unwrap();

    // The same documents at once.
    let detector = Detector::builder()
        .coverage(CoverageScope::Documents)
        .max_pairs(None)
        .themes(Themes::Off)
        .build()
        .unwrap();
    let report = detector.check_all(documents.iter().map(|(name, text)| (&**name, &**text)));
    assert_eq!(report.paragraphs().len(), paragraphs.len());
    let at_once: BTreeSet<(usize, usize)> = report
        .pairs()
        .iter()
        .map(|pair| (pair.right.index(), pair.left.index()))
        .filter(|&(right, left)| paragraphs[right].document != paragraphs[left].document)
        .collect();
    assert!(at_once.iter().all(|pair| truth.contains_key(pair)));
    for (number, summary) in report.paragraphs().iter().enumerate() {
        // What stands in a run stands in earlier documents.
        assert!(summary.coverage >= in_runs[number] - 1e-9, "{summary:?} {}", in_runs[number]);
    }

    eprintln!("{TEXTS} texts, {real} of them real; {} paragraphs", paragraphs.len());
    eprintln!(
        "pairs of documents with a run of {GUARANTEE} words: {documents_with_runs}, all found, no other"
    );
    eprintln!("words in such runs: {words_in_runs}, all found, no other\n");
    eprintln!("| resemblance | pairs of paragraphs | found by the index | found by `check_all` |");
    eprintln!("| --- | ---: | ---: | ---: |");
    let slices = [0.5, 0.55, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1];
    for slice in slices.windows(2) {
        let of_slice: Vec<&(usize, usize)> = truth
            .iter()
            .filter(|&(_, &resemblance)| (slice[0]..slice[1]).contains(&resemblance))
            .map(|(pair, _)| pair)
            .collect();
        let [index, at_once] =
            [&found_pairs, &at_once].map(|found| of_slice.iter().filter(|pair| found.contains(pair)).count());
        let name = if slice[0] < 1.0 { format!("{} to {}", slice[0], slice[1]) } else { "1".to_owned() };
        eprintln!("| {name} | {} | {index} | {at_once} |", of_slice.len());
        // The wanted recall is 0.99 at the threshold; three standard errors below it.
        let least = 0.99 - 3.0 * (0.99 * 0.01 / of_slice.len().max(1) as f64).sqrt();
        assert!(index as f64 >= least * of_slice.len() as f64, "{name}: {index} of {}", of_slice.len());
    }
    assert!(truth.len() > 5000 && documents_with_runs > 5000);
}
