//! Which part of the text that is certainly repeated is in passages.

mod common;
#[path = "../benches/generator.rs"]
mod generator;

use std::collections::HashMap;

use refrain::{Detector, ParagraphId, Report, Span, text};

use common::assert_sound;
use generator::{Article, Writer};

/// The tokens of a document: paragraph, span in the document, hash.
fn tokens(document: &str) -> Vec<(usize, Span, u64)> {
    let paragraphs = text::paragraphs(document).enumerate();
    let tokens = paragraphs.flat_map(|(paragraph, around)| {
        text::tokens(around.of(document)).into_iter().map(move |token| {
            let [start, end] = [token.span.start, token.span.end].map(|at| around.start + at);
            (paragraph, Span::new(start, end), token.hash)
        })
    });
    tokens.collect()
}

/// For each token, whether it is in an occurrence of a passage.
fn covered(report: &Report, tokens: &[(usize, Span, u64)]) -> Vec<bool> {
    let mut spans: Vec<Span> =
        report.passages().iter().flat_map(|passage| &passage.occurrences).map(|o| o.span).collect();
    spans.sort_unstable();
    let inside = |token: Span| spans.iter().any(|span| span.start <= token.start && token.end <= span.end);
    tokens.iter().map(|&(_, span, _)| inside(span)).collect()
}

/// For each token, whether it is in a run of `n` tokens that occurs in the document again, at a distance
/// greater than its length.
fn repeated(tokens: &[(usize, Span, u64)], n: usize) -> Vec<bool> {
    let mut places: HashMap<Vec<u64>, Vec<usize>> = HashMap::new();
    for (place, run) in tokens.windows(n).enumerate() {
        if run[0].0 == run[n - 1].0 {
            places.entry(run.iter().map(|token| token.2).collect()).or_default().push(place);
        }
    }
    let mut repeated = vec![false; tokens.len()];
    for places in places.values().filter(|places| places[places.len() - 1] - places[0] >= n) {
        for &place in places {
            repeated[place..place + n].fill(true);
        }
    }
    repeated
}

fn articles() -> Vec<(Article, Report)> {
    let mut writer = Writer::english(21);
    let articles = (0..40).map(|_| {
        let article = writer.article(12, 400, 12);
        let report = Detector::new().check(&article.text);
        assert_sound(&report, &[&article.text]);
        (article, report)
    });
    articles.collect()
}

/// Not all, because an end may be trimmed if a single common word follows an edit, or if a third place lacks a
/// word or two of it.
#[test]
fn nearly_all_that_comes_back_word_for_word_lies_in_passages() {
    let (mut all, mut found) = (0, 0);
    for (article, report) in articles() {
        let tokens = tokens(&article.text);
        let covered = covered(&report, &tokens);
        for (covered, _) in covered.into_iter().zip(repeated(&tokens, 8)).filter(|&(_, repeated)| repeated) {
            all += 1;
            found += usize::from(covered);
        }
    }
    assert!(all > 5000);
    assert!(1000 * found >= 995 * all, "{found} of {all}");
}

/// One word in eight of every other planted passage was replaced.
#[test]
fn nearly_all_that_was_planted_lies_in_passages() {
    let (mut all, mut found) = (0, 0);
    for (Article { text, passages }, report) in articles() {
        let tokens = tokens(&text);
        let covered = covered(&report, &tokens);
        for copy in passages.iter().flatten() {
            // A later passage may have been inserted into the middle of this one.
            let Some(start) = text.find(copy.as_str()) else { continue };
            let inside =
                |&(_, span, _): &(usize, Span, u64)| start <= span.start && span.end <= start + copy.len();
            let places = (0..tokens.len()).filter(|&place| inside(&tokens[place]));
            let flags: Vec<bool> = places.map(|place| covered[place]).collect();
            all += flags.len();
            found += flags.into_iter().filter(|&covered| covered).count();
        }
    }
    assert!(all > 10_000);
    assert!(100 * found >= 98 * all, "{found} of {all}");
}

/// Text that was not repeated gives no passages, except for a few common words.
#[test]
fn hardly_anything_else_does() {
    let mut writer = Writer::english(22);
    for _ in 0..10 {
        let text = writer.document(10_000);
        let report = Detector::new().check(&text);
        assert!(report.documents()[0].redundancy < 0.02, "{:?}", report.passages());
    }
}

/// The words of the loop are in every sentence before it, so none of them is rare.
#[test]
fn a_loop_of_words_that_are_common_elsewhere_is_found() {
    let adjectives = ["old", "small", "loud", "cold", "tall", "quick", "green", "young", "slow", "clean"];
    let sentences =
        adjectives.iter().flat_map(|a| adjectives.map(|b| format!("My {a} kettle sings a {b} song. ")));
    let text = sentences.collect::<String>() + "\n\n" + &"A kettle! ".repeat(100);
    let report = Detector::new().check(&text);
    let looping: usize = report
        .passages()
        .iter()
        .flat_map(|passage| &passage.occurrences[1..])
        .filter(|occurrence| occurrence.paragraph == ParagraphId(1))
        .map(|occurrence| occurrence.span.len())
        .sum();
    assert!(looping >= 800, "{looping} of 1000 bytes");
}

/// More than a third of all sentences have its words, but nothing else repeats them.
#[test]
fn a_phrase_that_comes_back_often_is_found() {
    let sentence = |at: usize| {
        let own =
            |from: usize| (from..from + 5).map(|n| format!("word{at}x{n}")).collect::<Vec<_>>().join(" ");
        let phrase = if at.is_multiple_of(2) { " keeper of the northern light " } else { " " };
        format!("{}{phrase}{}.", own(0), own(5))
    };
    let text = (0..80).map(sentence).collect::<Vec<_>>().join(" ");
    let report = Detector::builder().min_passage_tokens(5).build().unwrap().check(&text);
    assert_sound(&report, &[&text]);
    let [passage] = report.passages() else { panic!("{:?}", report.passages()) };
    assert_eq!((passage.tokens, passage.occurrences.len()), (5, 40));
    assert_eq!(passage.occurrences[0].text, "keeper of the northern light");
}
