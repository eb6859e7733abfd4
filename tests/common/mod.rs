//! Helpers for the tests.
#![allow(dead_code, reason = "each test that includes this file uses a part of it")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use refrain::set::ShingleSet;
use refrain::{
    Detector, DetectorBuilder, Difference, Finding, PairSearch, ParagraphBreaks, ParagraphId, Passage,
    PassageKind, Report, Rule, Shingle, Span, text,
};
use serde::Deserialize;

/// The sample article.
pub(crate) const ARTICLE: &str = include_str!("../data/article.txt");

/// The text of each paragraph of a document.
pub(crate) fn paragraphs(text: &str) -> Vec<&str> {
    ParagraphBreaks::Auto.paragraphs(text).into_iter().map(|span| span.of(text)).collect()
}

/// The hashes of the tokens of `text`: equal for texts with the same words.
pub(crate) fn hashes(text: &str) -> Vec<u64> {
    text::tokens(text).iter().map(|token| token.hash).collect()
}

/// The hashes of the tokens inside a span. What stands around a token may change its hash: signs, or the brackets
/// of a time stamp.
pub(crate) fn hashes_in(text: &str, span: Span) -> Vec<u64> {
    let is_inside = |token: &text::Token| span.start <= token.span.start && token.span.end <= span.end;
    text::tokens(text).iter().filter(|token| is_inside(token)).map(|token| token.hash).collect()
}

/// Detectors that must give the same report, except for its settings of the search.
pub(crate) fn configurations(settings: &DetectorBuilder) -> Vec<Detector> {
    [1, 2, 8]
        .into_iter()
        .flat_map(|threads| [PairSearch::Exact, PairSearch::Banded].map(|search| (threads, search)))
        .map(|(threads, search)| settings.clone().threads(threads).search(search).build().unwrap())
        .collect()
}

/// Asserts that two reports of different searches say the same.
#[track_caller]
pub(crate) fn assert_same(left: &Report, right: &Report) {
    assert_eq!(left.documents(), right.documents());
    assert_eq!(left.paragraphs(), right.paragraphs());
    assert_eq!(left.pairs(), right.pairs());
    for index in 0..left.pairs().len() {
        assert_eq!(left.differences(index), right.differences(index));
    }
    assert_eq!(left.clusters(), right.clusters());
    assert_eq!(left.passages(), right.passages());
    assert_eq!(left.themes(), right.themes());
    assert_eq!(left.findings(), right.findings());
}

/// Asserts properties of every report, for any documents and settings.
#[track_caller]
pub(crate) fn assert_sound(report: &Report, documents: &[&str]) {
    let share = 0.0..=1.0;
    assert_eq!(report.documents().len(), documents.len());
    for document in report.documents() {
        assert!(share.contains(&document.redundancy), "{document:?}");
        assert!(document.short_paragraphs <= document.paragraphs);
    }
    let breaks = report.settings().paragraphs;
    let cut = documents.iter().enumerate().flat_map(|(document, text)| {
        breaks
            .paragraphs(text)
            .into_iter()
            .map(move |span| (document, span, text::tokens(span.of(text)).len()))
    });
    let listed = report.paragraphs().iter().map(|p| (p.document, p.span, p.tokens));
    assert!(listed.eq(cut), "paragraphs are those of the text, in order");
    for (index, paragraph) in report.paragraphs().iter().enumerate() {
        assert_eq!(paragraph.id.index(), index);
        assert!(share.contains(&paragraph.coverage), "{paragraph:?}");
    }
    let pairs: Vec<_> = report.pairs().iter().map(|pair| (pair.left, pair.right)).collect();
    assert!(pairs.is_sorted_by(|a, b| a < b) && pairs.iter().all(|(left, right)| left < right));
    for pair in report.pairs() {
        assert!(pair.resemblance() >= report.settings().threshold, "{pair:?}");
    }
    for index in 0..report.pairs().len() {
        assert_aligned(report, documents, index);
    }
    assert_eq!(report.differences(report.pairs().len()), None);
    for cluster in report.clusters() {
        let (first, rest) = cluster.members.split_first().unwrap();
        assert_eq!(*first, cluster.representative);
        assert!(!rest.is_empty() && cluster.members.is_sorted_by(|a, b| a < b));
    }
    let mut claimed = Vec::new();
    for theme in report.themes() {
        let [first, .., last] = &theme.occurrences[..] else { panic!("{theme:?}") };
        assert!(theme.score > 0.0 && (2..=theme.occurrences.len()).contains(&theme.paragraphs), "{theme:?}");
        assert_eq!(first.document, last.document);
        for found in &theme.occurrences {
            assert_eq!(found.text, found.span.of(documents[found.document]));
            claimed.push((found.document, found.span));
        }
        assert!(theme.occurrences.is_sorted_by(|a, b| a.span.end <= b.span.start), "{theme:?}");
    }
    claimed.sort_unstable();
    assert!(claimed.is_sorted_by(|a, b| a.0 < b.0 || a.1.end <= b.1.start), "each place is of one theme");
    for document in report.documents() {
        assert!(document.said_again_sentences <= document.sentences, "{document:?}");
    }
    for passage in report.passages() {
        assert!(passage.occurrences.len() >= 2, "{passage:?}");
        let places: Vec<_> = passage.occurrences.iter().map(|o| (o.document, o.span)).collect();
        let apart = places.is_sorted_by(|a, b| a.0 < b.0 || a.0 == b.0 && a.1.end <= b.1.start);
        assert!(apart, "occurrences ascend and do not overlap: {passage:?}");
        for occurrence in &passage.occurrences {
            let [first, last] = occurrence.paragraphs.unwrap_or([occurrence.paragraph; 2]);
            assert_eq!(occurrence.paragraphs.is_some(), first != last, "{occurrence:?}");
            assert_eq!(first, occurrence.paragraph);
            let [first, last] = [first, last].map(|id| &report.paragraphs()[id.index()]);
            assert_eq!([first.document, last.document], [occurrence.document; 2]);
            let span = occurrence.span;
            assert!(first.span.start <= span.start && span.start < first.span.end, "{occurrence:?}");
            assert!(last.span.start < span.end && span.end <= last.span.end, "{occurrence:?}");
            assert_eq!(span.of(documents[occurrence.document]), occurrence.text);
        }
        // In a comparison, documents that have the same words need no minimum length.
        let whole = passage
            .occurrences
            .iter()
            .all(|o| report.documents()[o.document].tokens == text::tokens(&o.text).len());
        let several = passage.occurrences[0].document != passage.occurrences.last().unwrap().document;
        let least = if whole && several { 1 } else { report.settings().min_passage_tokens };
        assert_matching(passage, documents, least);
    }
    for finding in report.findings() {
        let place = (finding.document, finding.span, finding.line, finding.column);
        let related =
            finding.related.iter().map(|place| (place.document, place.span, place.line, place.column));
        for (document, span, line, column) in related.chain([place]) {
            // Slicing panics if a span is out of range or ends inside a character.
            let _ = span.of(documents[document]);
            assert_eq!(position(documents[document], span.start), (line, column), "{finding}");
        }
        assert!(finding.measure.is_none_or(|measure| share.contains(&measure)), "{finding}");
        assert_evidence(report, documents, finding);
    }
}

/// Asserts that excerpts are what they say, and that stretches hold what was said before and nothing else.
#[track_caller]
fn assert_evidence(report: &Report, documents: &[&str], finding: &Finding) {
    let begins = |document: usize, span: Span, excerpt: &str| {
        let text = span.of(documents[document]);
        text.starts_with(excerpt) && (excerpt == text || excerpt.chars().count() == 200)
    };
    assert!(begins(finding.document, finding.span, &finding.excerpt), "{finding}");
    let sources = finding.stretches.iter().map(|stretch| &stretch.source);
    for place in finding.related.iter().chain(sources) {
        assert!(begins(place.document, place.span, &place.excerpt), "{finding}");
        assert_eq!(place.name, report.documents()[place.document].name);
    }
    let text = documents[finding.document];
    let shingle = report.settings().shingle;
    let mut said = BTreeSet::new();
    for stretch in &finding.stretches {
        let (span, source) =
            (stretch.span, hashes_in(documents[stretch.source.document], stretch.source.span));
        assert!(finding.span.start <= span.start && span.end <= finding.span.end, "{finding}");
        assert_eq!(position(text, span.start), (stretch.line, stretch.column));
        let words = hashes_in(text, span);
        if shingle == Shingle::words(3) {
            assert_eq!(words, source, "{finding}");
        }
        said.extend(ShingleSet::new(&words, 3).as_slice().iter().copied());
    }
    let paragraph = finding.paragraph.map(|id| &report.paragraphs()[id.index()]);
    let has_stretches = matches!(finding.rule, Rule::Repetitive | Rule::Contained) && paragraph.is_some();
    assert_eq!(!finding.stretches.is_empty(), has_stretches, "{finding}");
    if let (Rule::Repetitive, Some(paragraph)) = (finding.rule, paragraph) {
        let is_plain = shingle == Shingle::words(3) && report.settings().boilerplate.is_none();
        assert!(!is_plain || said.len() == paragraph.covered as usize, "{finding}");
    }
}

/// Asserts that the paragraphs of a pair are the same except for the reported differences.
#[track_caller]
fn assert_aligned(report: &Report, documents: &[&str], index: usize) {
    let pair = report.pairs()[index];
    let Some(differences) = report.differences(index) else { return };
    let side = |id: ParagraphId, span: fn(&Difference) -> Span| {
        let paragraph = &report.paragraphs()[id.index()];
        let text = documents[paragraph.document];
        // The text between the differences, and the differences, in turn.
        let (mut between, mut spans, mut at) = (Vec::new(), Vec::new(), paragraph.span.start);
        for difference in differences {
            let span = span(difference);
            between.push(hashes_in(text, Span::new(at, span.start)));
            spans.push(hashes_in(text, span));
            assert!(span.is_empty() || !spans.last().unwrap().is_empty());
            at = span.end;
        }
        between.push(hashes_in(text, Span::new(at, paragraph.span.end)));
        (between, spans)
    };
    let (left, left_spans) = side(pair.left, |difference| difference.left);
    let (right, right_spans) = side(pair.right, |difference| difference.right);
    assert_eq!(left, right, "{pair:?}");
    assert!(left_spans.iter().zip(&right_spans).all(|(left, right)| left != right), "{pair:?}");
    assert_eq!(differences.is_empty(), left_spans.is_empty());
    if pair.differs.is_some() {
        assert!(!differences.is_empty(), "{pair:?}");
    }
}

/// Asserts that the occurrences of a passage match as its kind requires.
#[track_caller]
fn assert_matching(passage: &Passage, documents: &[&str], min_tokens: usize) {
    let hashes = |o: &refrain::Occurrence| hashes_in(documents[o.document], o.span);
    let sequences: Vec<Vec<u64>> = passage.occurrences.iter().map(hashes).collect();
    assert!(sequences.iter().all(|sequence| sequence.len() >= passage.tokens), "{passage:?}");
    for occurrence in &passage.occurrences {
        assert!(doubled_size(&occurrence.text) >= 2 * min_tokens, "{passage:?}");
    }
    assert!(passage.score >= 0.0);
    let verbatim = sequences.iter().all(|sequence| *sequence == sequences[0]);
    assert_eq!(verbatim, passage.kind == PassageKind::Verbatim, "{passage:?}");
    if passage.kind == PassageKind::Reworded {
        return;
    }
    let matches = |(at, one): (usize, &Vec<u64>)| {
        sequences.iter().enumerate().any(|(other_at, other)| {
            let longer = one.len().max(other.len());
            other_at != at && (one == other || 3 * common_subsequence(one, other) >= 2 * longer)
        })
    };
    assert!(sequences.iter().enumerate().all(matches), "{passage:?}");
}

/// The length of a text in half-tokens; characters of scripts without spaces count one.
pub(crate) fn doubled_size(text: &str) -> usize {
    text::tokens(text).into_iter().map(|token| if token.unspaced { 1 } else { 2 }).sum()
}

/// The length of the longest common subsequence.
fn common_subsequence(left: &[u64], right: &[u64]) -> usize {
    let mut lengths = vec![0; right.len() + 1];
    for a in left {
        let mut diagonal = 0;
        for (at, b) in right.iter().enumerate() {
            let best = if a == b { diagonal + 1 } else { lengths[at].max(lengths[at + 1]) };
            diagonal = std::mem::replace(&mut lengths[at + 1], best);
        }
    }
    lengths[right.len()]
}

/// The line and the column of a byte, by a simple count; columns are characters.
fn position(text: &str, at: usize) -> (usize, usize) {
    // A byte order mark is not a character of the first line.
    let before = text[..at]
        .trim_start_matches('\u{feff}')
        .replace("\r\n", "\n")
        .replace(['\r', '\u{85}', '\u{2028}'], "\n");
    let last = before.rsplit('\n').next().unwrap();
    (before.matches('\n').count() + 1, last.chars().count() + 1)
}

/// A record of the shared data sets; each data set has some of the fields.
#[derive(Debug, Deserialize)]
pub(crate) struct Record {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) temperature: Option<f64>,
    pub(crate) lang: Option<String>,
}

/// A file of the shared data sets. If they are missing, says so and returns `None`.
pub(crate) fn shared(name: &str) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(name);
    let text = fs::read_to_string(&path).ok();
    if text.is_none() {
        #[expect(clippy::print_stderr, reason = "a test that skips says so")]
        {
            eprintln!("skipped: there is no {}", path.display());
        }
    }
    text
}

/// The records of a file of the shared data sets, if it exists.
pub(crate) fn records(name: &str) -> Option<Vec<Record>> {
    let lines = shared(name)?;
    Some(lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}
