//! Which findings are shown, and the verdict on documents.

use refrain::{Detector, Finding, Hidden, Profile, Report, Rule, Settings, Themes, Verdict};

const ARTICLE: &str = include_str!("data/article.txt");
const BEES: &str = include_str!("data/bees.txt");
const CANAL: &str = include_str!("data/canal.txt");

fn passages(report: &Report) -> Vec<&Finding> {
    report.findings().iter().filter(|finding| finding.rule == Rule::RepeatedPassage).collect()
}

/// A phrase of seven words that stands in two sentences, and what stands between them.
fn with_phrase(between: &str) -> String {
    format!(
        "The miller said that a wheel is no better than its axle.\n\n{between}\n\n\
         His daughter disagreed; a wheel is no better than its water, she said."
    )
}

#[test]
fn a_passage_is_shown_in_a_short_text_and_not_in_a_long_one() {
    let report = Detector::new().check(with_phrase("Nobody answered him."));
    let [note] = passages(&report)[..] else { panic!("{:?}", report.findings()) };
    assert_eq!((note.shown, note.hidden), (true, None));

    // Words that no other sentence has.
    let sentence = |n: usize| format!("Aa{n} bb{n} cc{n} dd{n} ee{n} ff{n} gg{n} hh{n}. ");
    let long: String = (0..400).map(sentence).collect();
    let report = Detector::new().check(with_phrase(&long));
    let [note] = passages(&report)[..] else { panic!("{:?}", report.findings()) };
    assert_eq!((note.shown, note.hidden), (false, Some(Hidden::TooShort)));
}

#[test]
fn what_lies_in_copies_is_not_told_again() {
    let text = format!("{BEES}\n\n{}\n\nAnd here is all of it once more.\n\n{BEES}", with_phrase(""));
    let report = Detector::new().check(&text);
    let copied = report.findings().iter().filter(|finding| finding.rule == Rule::ExactDuplicate);
    assert!(copied.count() >= 2);
    for note in passages(&report).into_iter().filter(|note| note.shown) {
        assert!(note.span.of(&text).contains("wheel"), "{note}");
    }
    assert!(passages(&report).iter().any(|note| note.hidden == Some(Hidden::InCopies)));
}

#[test]
fn half_of_a_note_that_is_shown_lies_under_no_other() {
    let report = Detector::new().check(ARTICLE);
    assert!(report.findings().iter().any(|finding| finding.hidden == Some(Hidden::AlreadyReported)));
    let mut told = vec![false; ARTICLE.len()];
    // A repetitive paragraph repeats many things.
    for finding in report.shown().filter(|finding| finding.rule != Rule::Repetitive) {
        let spans = finding.related.iter().map(|place| place.span).chain([finding.span]);
        let spans: Vec<_> = spans.map(|span| span.start..span.end).collect();
        let all: usize = spans.iter().map(ExactSizeIterator::len).sum();
        let under = spans.iter().flat_map(Clone::clone).filter(|&at| told[at]).count();
        if finding.level == refrain::Level::Note {
            // Half of the words are about half of the bytes.
            assert!(under * 10 < all * 6, "{finding}");
        }
        spans.into_iter().for_each(|span| told[span].fill(true));
    }
}

#[test]
fn what_is_shown_comes_first_and_says_no_reason() {
    let report = Detector::new().check(ARTICLE);
    assert!(report.findings().is_sorted_by_key(|finding| !finding.shown));
    assert!(report.findings().iter().all(|finding| finding.shown == finding.hidden.is_none()));
}

#[test]
fn who_compares_is_shown_all() {
    let long = with_phrase("Nobody answered him.").repeat(40);
    let report = Detector::new().compare("A wheel is no better than its driver.", &long);
    assert!(!report.findings().is_empty());
    assert!(report.findings().iter().all(|finding| finding.shown));
}

#[test]
fn verdicts_on_texts_of_each_kind() {
    let detector = Detector::new();
    assert_eq!([BEES, CANAL].map(|text| detector.verdict(text)), [Verdict::Ok; 2]);
    assert_ne!(detector.verdict(ARTICLE), Verdict::Ok);
    assert_eq!(detector.verdict(BEES.repeat(2)), Verdict::Repetitive);
    assert_eq!(["", "?", "A word."].map(|text| detector.verdict(text)), [Verdict::Ok; 3]);
}

/// A twelve-word sentence, said twice among ten others of the same length.
const TWICE: &str = "The ferry waits at the pier until the last bus has come. ";

#[test]
fn a_short_text_is_repetitive_from_one_half_on() {
    let others =
        |n: usize| format!("Aa{n} bb{n} cc{n} dd{n} ee{n} ff{n} gg{n} hh{n} ii{n} jj{n} kk{n} ll{n}. ");
    let detector = Detector::new();
    let text = format!("{TWICE}{}{TWICE}", (0..3).map(others).collect::<String>());
    let report = detector.check(&text);
    assert!((0.15..0.5).contains(&report.documents()[0].redundancy), "{:?}", report.documents());
    assert_eq!(report.documents()[0].verdict, Verdict::Ok);
    assert_eq!(detector.verdict(TWICE.repeat(2)), Verdict::Repetitive);
}

#[test]
fn paragraphs_that_differ_in_numbers_make_no_document_repetitive() {
    let notice = |road: usize, year: usize| {
        format!(
            "Road {road} between the mill and the old bridge was closed for the whole winter of {year} because of snow."
        )
    };
    let numbers = [(7, 1990), (31, 1975), (4, 2001), (88, 1983), (12, 1999), (60, 1968)];
    let text = numbers.map(|(road, year)| notice(road, year)).join("\n\n");
    let report = Detector::new().check(&text);
    assert!(report.documents()[0].redundancy > 0.5);
    assert_eq!(report.documents()[0].verdict, Verdict::Ok);
}

#[test]
fn a_verdict_is_the_same_at_all_levels_and_in_a_comparison() {
    for text in [ARTICLE, BEES, CANAL] {
        let figures = |report: &Report| {
            let document = &report.documents()[0];
            (document.said_again_sentences, document.opening_closing, document.repetition, document.verdict)
        };
        let expected = figures(&Detector::new().check(text));
        for level in [Themes::Middle, Themes::Thorough] {
            let detector = Detector::builder().themes(level).build().unwrap();
            assert_eq!(figures(&detector.check(text)), expected);
        }
        assert_eq!(figures(&Detector::new().compare(text, "Another text.")), expected);
    }
}

#[test]
fn a_verdict_follows_from_the_figures_and_the_limits() {
    for text in [ARTICLE, BEES, CANAL, &BEES.repeat(2)] {
        for limits in [Profile::Prose.limits(), Profile::Reference.limits()] {
            let mut settings = Settings::default();
            settings.verdict = limits;
            let report = Detector::with_settings(settings).unwrap().check(text);
            let document = &report.documents()[0];
            let verdict = if document.redundancy >= limits.redundancy {
                Verdict::Repetitive
            } else if document.said_again + document.opening_closing >= limits.padding {
                Verdict::Padded
            } else {
                Verdict::Ok
            };
            assert_eq!(document.verdict, verdict);
            assert_eq!(document.repetition >= 1.0, verdict != Verdict::Ok);
        }
    }
}
