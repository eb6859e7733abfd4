//! A stream of documents, each checked and then added, against the truth of all pairs.

use std::collections::BTreeSet;

use refrain::{Detector, set::ShingleSet, text};
use refrain_index::{Index, Query, Settings};

use super::generator::{Rng, Writer};

const DOCUMENTS: usize = 500;
const GUARANTEE: usize = 12;

/// Documents of three paragraphs, half of which are new. The others are copies of earlier ones, edited copies, or have
/// a sentence of an earlier one in the middle.
fn documents() -> Vec<(String, String)> {
    let (mut writer, mut rng) = (Writer::english(14), Rng::new(41));
    let mut paragraphs: Vec<String> = Vec::new();
    let mut documents = Vec::new();
    for number in 0..DOCUMENTS {
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
    rng.shuffle(&mut documents);
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
    let documents = documents();
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
