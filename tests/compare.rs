//! What two documents share, and which part of each is in the other.

mod common;
#[path = "../benches/generator.rs"]
mod generator;
#[path = "../benches/passages/mod.rs"]
mod passages;

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use common::assert_sound;
use passages::plant::Shelf;
use passages::reword::Rewording;
use refrain::{Detector, Document, ErrorKind, PassageKind, Report, Rule, Span, Verdict, text};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Asserts properties of every comparison.
#[track_caller]
fn assert_comparison(report: &Report, documents: [&str; 2]) {
    assert_sound(report, &documents);
    for passage in report.passages() {
        for document in [0, 1] {
            assert!(passage.occurrences.iter().any(|o| o.document == document), "{passage:?}");
        }
    }
    let listed = report.findings().iter().filter(|finding| finding.rule == Rule::RepeatedPassage);
    assert!(listed.count() <= report.passages().len());
    for finding in report.findings() {
        assert!(finding.related.iter().any(|place| place.document != finding.document), "{finding}");
    }
    for (summary, listed) in report.documents().iter().zip(shares(report, documents)) {
        assert_eq!(summary.shared, listed, "{}", summary.name);
    }
}

/// Which part of each document is in the other, by a simple count over the passages of the report.
fn shares(report: &Report, documents: [&str; 2]) -> Vec<f64> {
    let tokens: Vec<Vec<Span>> = (0..2)
        .map(|document| {
            let own = report.paragraphs().iter().filter(|paragraph| paragraph.document == document);
            let tokens = own.flat_map(|paragraph| {
                let tokens = text::tokens(paragraph.span.of(documents[document])).into_iter();
                tokens.map(|token| {
                    Span::new(token.span.start + paragraph.span.start, token.span.end + paragraph.span.start)
                })
            });
            tokens.collect()
        })
        .collect();
    let mut counted = [0, 1].map(|document: usize| vec![false; tokens[document].len()]);
    for passage in report.passages() {
        // The stems of each occurrence, with the positions of their tokens.
        let sides = [0, 1].map(|document| {
            let own = passage.occurrences.iter().filter(move |o| o.document == document);
            let stems = own.map(|o| {
                let mut stems: BTreeMap<String, Vec<usize>> = BTreeMap::new();
                for (at, token) in tokens[document].iter().enumerate() {
                    if o.span.start <= token.start && token.end <= o.span.end {
                        stems.entry(stem(token.of(documents[document]))).or_default().push(at);
                    }
                }
                stems
            });
            stems.collect::<Vec<_>>()
        });
        for document in [0, 1] {
            for (stem, places) in sides[document].iter().flatten() {
                let others = sides[1 - document].iter().map(|other| other.get(stem).map_or(0, Vec::len));
                let most =
                    if passage.kind == PassageKind::Reworded { others.max().unwrap() } else { usize::MAX };
                places.iter().take(most).for_each(|&at| counted[document][at] = true);
            }
        }
    }
    let share =
        |counted: &Vec<bool>| counted.iter().filter(|&&is| is).count() as f64 / counted.len().max(1) as f64;
    counted.iter().map(share).collect()
}

/// The stems of words with spaces between them.
fn stem(word: &str) -> String {
    let letters =
        word.nfkc().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric() || is_combining_mark(*c));
    letters.take(5).collect()
}

/// Compares two texts and asserts that the result does not depend on their order.
#[track_caller]
fn assert_mirrored(detector: &Detector, left: &str, right: &str) {
    let side = |report: &Report, first: usize| {
        let passages = report.passages().iter().map(|passage| {
            let side = |side: usize| {
                let own = passage.occurrences.iter().filter(move |o| o.document == side);
                own.map(|o| (o.span, o.line, o.column)).collect::<Vec<_>>()
            };
            (passage.kind, passage.score, passage.tokens, side(first), side(1 - first))
        });
        let share = |side: usize| (report.documents()[side].shared, report.documents()[side].redundancy);
        (share(first), share(1 - first), passages.collect::<Vec<_>>())
    };
    let [there, back] = [[left, right], [right, left]].map(|[left, right]| {
        let report = detector.compare(left, right);
        assert_comparison(&report, [left, right]);
        report
    });
    assert_eq!(side(&there, 0), side(&back, 1));
}

#[test]
fn what_is_shared_is_that_of_a_comparison() {
    let canal =
        "The old canal was dug by hand in nine winters. The old canal was dug by hand in nine winters.";
    let other = "Nobody knows who paid for it, but the old canal was dug by hand in nine winters.";
    let detector = Detector::new();
    let compared = detector.compare(canal, other);
    let shared = detector.try_shared(canal, other, |_| ControlFlow::Continue(())).unwrap();
    assert!(compared.documents()[0].redundancy > 0.4, "{:?}", compared.documents()[0]);
    assert_eq!((shared.passages(), shared.pairs()), (compared.passages(), compared.pairs()));
    assert_eq!(shared.findings(), compared.findings());
    for (shared, compared) in shared.documents().iter().zip(compared.documents()) {
        let mut expected = compared.clone();
        expected.redundant_tokens = 0;
        expected.said_again_sentences = 0;
        expected.sentences = 0;
        for own in [
            &mut expected.redundancy,
            &mut expected.said_again,
            &mut expected.opening_closing,
            &mut expected.repetition,
        ] {
            *own = 0.0;
        }
        expected.verdict = Verdict::Ok;
        assert_eq!(shared, &expected);
    }
    let error = detector.try_shared(canal, other, |_| ControlFlow::Break(())).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Cancelled);
}

#[test]
fn made_texts_share_the_same_whichever_comes_first() {
    let mut shelf = Shelf::made(37);
    for min_tokens in [4, 20] {
        let detector = Detector::builder().min_passage_tokens(min_tokens).build().unwrap();
        for rewording in Rewording::ALL {
            for _ in 0..3 {
                let problem = shelf.borrowed(rewording).unwrap();
                assert_mirrored(&detector, &problem.texts[0], &problem.texts[1]);
            }
        }
    }
}

/// Texts that share little and have many positions of equal weight. Then every ninth text and the next one,
/// which are versions of one licence or loops of one model.
#[test]
fn real_texts_share_the_same_whichever_comes_first() {
    let detector = Detector::new();
    for (name, pairs) in [
        ("licences/docs.jsonl", [(35, 58), (37, 58), (10, 60)]),
        ("machine_written/docs.jsonl", [(40, 42), (8, 10), (0, 2)]),
    ] {
        let Some(texts) = common::records(name) else { continue };
        let next = (1..texts.len()).step_by(9).map(|at| (at - 1, at));
        for (left, right) in pairs.into_iter().chain(next) {
            assert_mirrored(&detector, &texts[left].text, &texts[right].text);
        }
    }
}

#[test]
fn planted_passages_are_shared_and_nothing_else() {
    let mut shelf = Shelf::made(31);
    let detector = Detector::builder().min_passage_tokens(8).build().unwrap();
    for rewording in [Rewording::Verbatim, Rewording::Words(0.1)] {
        for _ in 0..5 {
            let problem = shelf.borrowed(rewording).unwrap();
            let [left, right] = [0, 1].map(|at| problem.texts[at].as_str());
            let report = detector.compare(left, right);
            assert_comparison(&report, [left, right]);
            let planted: usize = problem.cases.iter().map(|case| case.left.len()).sum();
            let expected = planted as f64 / left.chars().count() as f64;
            let found = report.documents()[0].shared;
            assert!((0.6..1.2).contains(&(found / expected)), "{found} of {expected}, {rewording}");
        }
    }
    let unrelated = shelf.unrelated().unwrap();
    let [left, right] = [0, 1].map(|at| unrelated.texts[at].as_str());
    let report = detector.compare(left, right);
    assert_comparison(&report, [left, right]);
    assert!(report.documents().iter().all(|document| document.shared < 0.03), "{:?}", report.passages());
}

/// A document that copies an article and then rewords it shares both.
#[test]
fn a_copy_and_a_rewording_of_one_article_are_both_shared() {
    let [canal, bees] = [include_str!("data/canal.txt"), include_str!("data/bees.txt")];
    let reworded = include_str!("data/canal_reworded.txt");
    let both = format!("{canal}\n\n{bees}\n\n{reworded}");
    let report = Detector::new().compare(canal, &*both);
    assert_comparison(&report, [canal, &both]);
    let kinds: Vec<PassageKind> = report.passages().iter().map(|passage| passage.kind).collect();
    assert!(kinds.contains(&PassageKind::Verbatim) && kinds.contains(&PassageKind::Reworded), "{kinds:?}");
    let own = (canal.len() + reworded.len()) as f64 / both.len() as f64;
    let [_, document] = report.documents() else { panic!("two documents were given") };
    assert!((0.75..=1.0).contains(&(document.shared / own)), "{} of {own}", document.shared);
}

/// If few words of a long passage are in the other text, only these count as shared.
#[test]
fn a_long_stretch_shares_the_words_that_it_matches() {
    let Some(licences) = common::records("licences/docs.jsonl") else { return };
    for (left, right) in [(35, 58), (37, 58), (60, 10)] {
        let report = Detector::new().compare(&*licences[left].text, &*licences[right].text);
        let shares: Vec<f64> = report.documents().iter().map(|document| document.shared).collect();
        assert!(shares.iter().all(|&share| share < 0.25), "{left} and {right}: {shares:?}");
    }
}

#[test]
fn what_one_document_repeats_by_itself_is_left_out() {
    let left = "The ferry leaves the old pier at nine every morning.\n\n\
        A goat stood on the roof of the bus all day.\n\n\
        The ferry leaves the old pier at nine every morning.";
    let right = "Nobody knew why. A goat stood on the roof of the bus all day.";
    let report = Detector::new().compare(left, right);
    assert_comparison(&report, [left, right]);
    assert_eq!(report.passages().len(), 1);
    assert_eq!(report.passages()[0].occurrences[0].text, "A goat stood on the roof of the bus all day");
    let whole = Detector::new().check_all([left, right]);
    assert_eq!(whole.passages().len(), 2);
    // The shared part does not depend on the other documents.
    assert_eq!(whole.documents(), report.documents());
    assert_eq!(report.documents()[0].shared, 11.0 / 31.0);
    assert_eq!(report.documents()[1].shared, 11.0 / 14.0);
}

#[test]
fn texts_that_are_empty_or_equal() {
    let text = "A goat stood on the roof of the bus.\n\nIt looked at the sea, and the sea looked back.";
    for (left, right, shared) in
        [("", "", [0.0, 0.0]), ("", text, [0.0, 0.0]), ("?!", text, [0.0, 0.0]), (text, text, [1.0, 1.0])]
    {
        let report = Detector::new().compare(left, right);
        assert_comparison(&report, [left, right]);
        assert_eq!([0, 1].map(|document| report.documents()[document].shared), shared);
    }
}

/// They are too short for passages, or their words are too common, but they share everything.
#[test]
fn equal_documents_are_shared_however_short_they_are() {
    let whole = |left: &str, right: &str, least: usize| {
        let detector = Detector::builder().min_passage_tokens(least).build().unwrap();
        let report = detector.compare(left, right);
        assert_comparison(&report, [left, right]);
        let texts = report.passages().iter().map(|passage| {
            assert_eq!(passage.kind, refrain::PassageKind::Verbatim);
            passage.occurrences[0].text.clone()
        });
        (texts.collect::<Vec<_>>(), [0, 1].map(|document| report.documents()[document].shared))
    };
    assert_eq!(whole("The cat sat.", "The cat sat!", 8), (vec!["The cat sat".to_owned()], [1.0; 2]));
    assert_eq!(whole("1, 2, 3.\n\n4", "1 2 3 4", 8).1, [1.0; 2]);
    let notice =
        "The ferry to the island leaves at nine every morning, except on Sundays and in bad weather.";
    let both = format!("{notice}\n\nTickets");
    let (texts, shares) = whole(&both, &both, 4);
    assert_eq!((texts.len(), shares), (1, [1.0; 2]), "nothing is reported twice");
    // A paragraph is not a document.
    assert_eq!(whole(notice, &format!("A goat looked at the sea.\n\n{notice}"), 20).1, [0.0; 2]);
    assert_eq!(whole("Tickets\n\nThe cat sat.", "Tickets\n\nA dog barked.", 4).1, [0.0; 2]);
    // A check still requires the minimum length.
    assert!(Detector::new().check_all(["The cat sat.", "The cat sat."]).passages().is_empty());
    assert!(Detector::new().compare("The cat sat.", "The cat slept.").passages().is_empty());
}

/// What any two texts of their kind have in common: forms of address, dates, numbering, times, figures,
/// addresses, turns of speech.
#[test]
fn unrelated_texts_share_nothing() {
    let detector = Detector::builder().min_passage_tokens(8).build().unwrap();
    let captions = |lines: &[&str]| {
        let caption = |(at, line): (usize, &&str)| {
            format!("{}\n00:00:{:02},000 --> 00:00:{:02},500\n{line}", at + 1, 4 * at, 4 * at + 3)
        };
        lines.iter().enumerate().map(caption).collect::<Vec<_>>().join("\n\n")
    };
    let rows = "2019 100 80\n2020 110 85\n2021 120 90\n2022 130 95\n2023 140 99";
    let pairs = [
        (
            "Tuesday, 14 March 2023\n\nDear Sir or Madam,\n\nSince the frost in January the tap beside plot nine \
             drips day and night.\n\nThank you very much.\n\nYours faithfully,\nPeter Quill"
                .to_owned(),
            "Tuesday, 14 March 2023\n\nDear Sir or Madam,\n\nThe heating of room 204 rattled, and breakfast ended \
             too early.\n\nThank you very much.\n\nYours faithfully,\nAnna Birch"
                .to_owned(),
        ),
        (
            captions(&["now we take the dough out", "fold it twice and let it rest", "score the loaf with a blade"]),
            captions(&["good evening from the stadium", "rain stopped an hour ago", "there goes the whistle"]),
        ),
        (
            format!("Year Sales Costs\n{rows}\n\nThe bakery bought a second oven."),
            format!("Year Births Deaths\n{rows}\n\nThe island lost its school."),
        ),
        (
            "Frequently asked questions\n\nHow can I pay?\n\nBy card, when the apples are delivered.\n\n\
             How can I contact you?\n\nBy post, or from Monday to Friday by telephone."
                .to_owned(),
            "Frequently asked questions\n\nHow can I pay?\n\nIn advance, since each chair is made to measure.\n\n\
             How can I contact you?\n\nCome to the workshop, or leave a message with the neighbour."
                .to_owned(),
        ),
        (
            "Pots and watering: https://www.example.org/en/articles/2024/05/garden and \
             https://www.example.org/en/about/terms-and-conditions"
                .to_owned(),
            "Used bicycles: see https://www.example.org/en/articles/2024/05/brakes or \
             https://www.example.org/en/about/terms-and-conditions"
                .to_owned(),
        ),
        (
            "The weir broke.\n\n1.\n\nNobody saw it.\n\n2.\n\nA miller did.\n\n3.\n\n14 March 2023, 10:30".to_owned(),
            "Two goats.\n\n1.\n\nOne cart came.\n\n2.\n\nSnow fell again.\n\n3.\n\n14 March 2023, 10:30".to_owned(),
        ),
    ];
    for (left, right) in pairs {
        let report = detector.compare(&*left, &*right);
        assert_comparison(&report, [&left, &right]);
        assert_eq!(report.passages(), [], "{left}");
    }
}

/// Pages made from one template share the template, and not what stands between its parts.
#[test]
fn text_between_verbatim_frames_is_not_shared() {
    let frames = [
        "The museum is open every day from ten to five, and on Thursdays until nine in the evening.",
        "Children under twelve come in free. Dogs have to wait outside with a bowl of water.",
    ];
    let page = |middle: &str| format!("{}\n\n{middle}\n\n{}", frames[0], frames[1]);
    let left = page(
        "Rooms of the glassblowers: beakers, mirrors, lamps. Follow a bead on its journey through six furnaces.",
    );
    let right = page(
        "Whales upstairs! Skeletons hang above your heads, while songs recorded off Iceland play softly.",
    );
    let detector = Detector::builder().min_passage_tokens(8).build().unwrap();
    let report = detector.compare(&*left, &*right);
    assert_comparison(&report, [&left, &right]);
    let mut found: Vec<(PassageKind, &str)> =
        report.passages().iter().map(|passage| (passage.kind, &*passage.occurrences[0].text)).collect();
    found.sort_by_key(|&(_, text)| left.find(text));
    assert_eq!(found, frames.map(|frame| (PassageKind::Verbatim, frame.trim_end_matches('.'))));
}

#[test]
fn occurrences_tell_their_lines_and_columns() {
    let left = "One line.\nHere a goat stood on the roof of the bus.";
    let right = "\u{feff}Ünd a goat stood on the roof of the bus.";
    let report = Detector::new().compare(Document::new("l", left), Document::new("r", right));
    let places: Vec<_> =
        report.passages()[0].occurrences.iter().map(|o| (o.document, o.line, o.column)).collect();
    assert_eq!(places, [(0, 2, 6), (1, 1, 5)]);
}

#[cfg(feature = "serde")]
#[test]
fn stored_reports_are_read_again() {
    let text = "A goat stood on the roof of the bus.";
    let report = Detector::new().compare(("a", text), ("b", text));
    let written = serde_json::to_string(&report).unwrap();
    assert_eq!(serde_json::from_str::<Report>(&written).unwrap(), report);
    // A report from before these fields existed.
    let older = written
        .replace(",\"shared\":1.0,\"shared_tokens\":9", "")
        .replace("\"line\":1,\"column\":1,\"text\"", "\"text\"");
    assert!(older.len() < written.len() - 50);
    let read: Report = serde_json::from_str(&older).unwrap();
    assert_eq!(read.documents()[0].shared, 0.0);
    assert_eq!(read.passages()[0].occurrences[0].line, 0);
}
