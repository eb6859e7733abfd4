//! Laws that hold for all inputs: of sets, signatures, text, reports and corpora.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use proptest::collection::{btree_set, vec};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use refrain::set::{Overlap, ShingleSet, hash, overlap};
use refrain::sketch::MinHash;
use refrain::{
    Boilerplate, CoverageScope, Detector, Pair, PairSearch, ParagraphBreaks, ParagraphId, Passage, Report,
    Rule, text,
};
use unicode_normalization::UnicodeNormalization;

use common::{assert_sound, doubled_size, hashes, paragraphs};

/// Sets of small numbers, so that their overlaps are large.
fn sets() -> impl Strategy<Value = ShingleSet> {
    btree_set(0_u64..40, 0..30)
        .prop_map(|set| set.into_iter().map(|x| hash::token(&x.to_le_bytes())).collect())
}

/// Text of few different words, so that it repeats itself, in paragraphs; some of them are empty.
fn repetitive_text() -> impl Strategy<Value = String> {
    let word =
        select(&["sun", "moon", "Rain", "wind", "l’été", "नदी", "石", "橋", "7", "8", "of", "the"][..]);
    let gap =
        prop_oneof![12 => Just(" "), 2 => Just(". "), 1 => Just(", "), 2 => Just("\n\n"), 1 => Just("\r\n")];
    vec((word, gap), 0..250).prop_map(|words| words.into_iter().flat_map(|(word, gap)| [word, gap]).collect())
}

/// Any characters; difficult ones are more frequent.
fn hostile_text() -> impl Strategy<Value = String> {
    let troublesome = "\0\r\n\u{b}\u{c}\u{85}\u{a0}\u{ad}\u{301}\u{315}\u{34f}\u{e01}\u{e33}\u{e4d}\u{1161}\u{11a8}\
        \u{200b}\u{200d}\u{2028}\u{2029}\u{3099}\u{ac00}\u{fdfa}\u{feff}\u{ff9e}\u{1d400}\u{1f1e6}\u{e0061}aZİßŉΐςσ'’`-.";
    let troublesome: Vec<char> = troublesome.chars().collect();
    let character =
        prop_oneof![1 => any::<char>(), 2 => select(troublesome), 2 => select(vec!['a', 'b', ' '])];
    vec(character, 0..300).prop_map(|characters| characters.into_iter().collect())
}

/// Signs, strings for machines and broken words, whole and in pieces.
fn technical_text() -> impl Strategy<Value = String> {
    let piece = select(
        &[
            "$",
            "€",
            "-",
            "−",
            "–",
            "+",
            "%",
            "°",
            "‰",
            "<",
            ">",
            "=",
            "≠",
            "≤",
            "±",
            "#",
            "++",
            "!",
            "\u{338}",
            "\u{301}",
            "\u{323}",
            "C",
            "K",
            "\u{212a}",
            "\u{37e}",
            "x",
            "é",
            "word",
            "WORD",
            "5",
            "12",
            "٣",
            "½",
            "石",
            "๑",
            " ",
            " ",
            " ",
            " ",
            "\n",
            "\r\n",
            "\n\n",
            "\u{a0}",
            "\u{2028}",
            "\u{ad}",
            "\u{640}",
            "\u{200b}",
            "-\n",
            "\u{ad}\n ",
            "'",
            "’",
            "/",
            "//",
            "\\",
            ".",
            "..",
            ":",
            "@",
            "_",
            "~",
            "(",
            ")",
            "[",
            "]",
            "<b>",
            "-->",
            "https://",
            "www.",
            "example.org",
            "/a/b.txt",
            "00:12",
            ":03",
            ",000",
            "2024-05-01",
            "T10:15",
            "123e4567-e89b-12d3-a456-426614174000",
            "0123456789abcdef",
        ][..],
    );
    vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// Whether some sign may carry meaning for a token that it does not touch.
fn has_sign(text: &str) -> bool {
    let ranges =
        ['\u{a2}'..='\u{a5}', '°'..='±', '\u{20a0}'..='\u{20cf}', '\u{2030}'..='\u{2031}', '≠'..='≯'];
    text.contains(['$', '%', '<', '=', '>'])
        || text.contains(|c| ranges.iter().any(|range| range.contains(&c)))
}

/// Letters with several canonical spellings, and some with one.
fn composable_text() -> impl Strategy<Value = String> {
    const WORDS: &[&str] = &[
        "Tiếng",
        "Việt",
        "đường",
        "phố",
        "ἀρχῇ",
        "ᾧ",
        "Ὀδυσσεύς",
        "क़लम",
        "ज़मीन",
        "ড়",
        "한국어",
        "다리",
        "가격",
        "ガラス",
        "プール",
        "ゔ",
        "ど",
        "Ångström",
        "Ǆ",
        "ﬁ",
        "q\u{307}\u{323}",
        "o\u{302}\u{301}",
        "é",
        "ở",
        "ẛ̣",
        "ที่นี่",
        "ນ້ຳ",
        "ၜ",
        "\u{1100}\u{1161}\u{11a8}",
        "﨑",
        "\u{212b}",
        "\u{2126}",
        "\u{1fef}",
        "a`b",
        "x\u{37e}y",
        "\u{387}",
    ];
    vec((select(WORDS), select(&["", " ", "’", "-"][..])), 0..40)
        .prop_map(|words| words.into_iter().flat_map(|(word, gap)| [word, gap]).collect())
}

/// One or more documents that repeat themselves and each other.
fn corpora() -> impl Strategy<Value = Vec<String>> {
    vec(repetitive_text(), 1..5)
}

fn texts(documents: &[String]) -> Vec<&str> {
    documents.iter().map(String::as_str).collect()
}

fn lenient() -> refrain::DetectorBuilder {
    Detector::builder().threshold(0.4).min_paragraph_tokens(1)
}

/// The pairs as texts, so that they can be compared independently of their ids.
fn as_texts(report: &Report, documents: &[&str]) -> Vec<[String; 2]> {
    let text = |id: ParagraphId| {
        let paragraph = &report.paragraphs()[id.index()];
        paragraph.span.of(documents[paragraph.document]).to_owned()
    };
    let pair = |pair: &Pair| {
        let mut texts = [pair.left, pair.right].map(text);
        texts.sort_unstable();
        texts
    };
    let mut pairs: Vec<_> = report.pairs().iter().map(pair).collect();
    pairs.sort_unstable();
    pairs
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    // Sets

    #[test]
    fn overlap_counts_the_intersection(a in sets(), b in sets()) {
        let shared = a.as_slice().iter().filter(|x| b.as_slice().contains(x)).count() as u32;
        let counted = Overlap { shared, left: a.len() as u32, right: b.len() as u32 };
        prop_assert_eq!(a.overlap(&b), counted);
        prop_assert_eq!(overlap(a.as_slice(), b.as_slice()), counted);
    }

    #[test]
    fn resemblance_is_symmetric(a in sets(), b in sets()) {
        prop_assert_eq!(a.overlap(&b).reversed(), b.overlap(&a));
        prop_assert_eq!(a.overlap(&b).resemblance(), b.overlap(&a).resemblance());
    }

    #[test]
    fn resemblance_of_self_is_one(a in sets()) {
        prop_assert_eq!(a.overlap(&a).resemblance(), if a.is_empty() { 0.0 } else { 1.0 });
        prop_assert_eq!(a.overlap(&a).reaches(1.0), !a.is_empty());
    }

    #[test]
    fn containment_bounds_resemblance(a in sets(), b in sets()) {
        let found = a.overlap(&b);
        let [left, right] = found.containment();
        prop_assert!(found.resemblance() <= left.min(right));
        prop_assert!((0.0..=1.0).contains(&found.resemblance()) && left <= 1.0 && right <= 1.0);
    }

    #[test]
    fn resemblance_orders_as_its_fractions(a in sets(), b in sets(), c in sets()) {
        let (near, far) = (a.overlap(&b), a.overlap(&c));
        prop_assert_eq!(near.cmp_resemblance(far), near.resemblance().total_cmp(&far.resemblance()));
    }

    #[test]
    fn distance_obeys_the_triangle_inequality(a in sets(), b in sets(), c in sets()) {
        // The resemblance of two empty sets is 0 by definition, so it gives no distance.
        prop_assume!(!(a.is_empty() || b.is_empty() || c.is_empty()));
        let distance = |x: &ShingleSet, y: &ShingleSet| 1.0 - x.overlap(y).resemblance();
        prop_assert!(distance(&a, &c) <= distance(&a, &b) + distance(&b, &c) + 1e-12);
    }

    #[test]
    fn a_shingle_set_holds_each_window_once(units in vec(0_u64..5, 0..40), width in 1_usize..12) {
        let mut windows: Vec<u64> = units.windows(width.min(units.len()).max(1)).map(hash::combine).collect();
        windows.sort_unstable();
        windows.dedup();
        let set = ShingleSet::new(&units, width);
        prop_assert_eq!(set.as_slice(), windows);
    }

    // Signatures

    #[test]
    fn signature_of_union_is_elementwise_min(a in sets(), b in sets(), lanes in 1_usize..100, seed: u64) {
        let family = MinHash::new(lanes, seed).unwrap();
        let union: ShingleSet = a.as_slice().iter().chain(b.as_slice()).copied().collect();
        let [left, right, both] = [&a, &b, &union].map(|set| family.signature(set.as_slice()));
        let minima: Vec<u32> = left.as_slice().iter().zip(right.as_slice()).map(|(a, b)| *a.min(b)).collect();
        prop_assert_eq!(both.as_slice(), minima);
    }

    #[test]
    fn estimates_are_symmetric_and_sure_of_equals(a in sets(), b in sets(), seed: u64) {
        let family = MinHash::new(64, seed).unwrap();
        let [left, right] = [&a, &b].map(|set| family.signature(set.as_slice()));
        let estimate = left.estimate_resemblance(&right).unwrap();
        prop_assert_eq!(estimate, right.estimate_resemblance(&left).unwrap());
        prop_assert!((0.0..=1.0).contains(&estimate));
        prop_assert!(a != b || a.is_empty() || estimate == 1.0);
    }

    // Text

    #[test]
    fn spans_slice_the_original_text(text in prop_oneof![hostile_text(), technical_text()]) {
        let mut end = 0;
        for span in text::paragraphs(&text) {
            let paragraph = span.of(&text);
            prop_assert!(end <= span.start && !paragraph.is_empty());
            prop_assert_eq!(paragraph.trim(), paragraph);
            end = span.end;
            let mut end = 0;
            for token in text::tokens(paragraph) {
                prop_assert!(end <= token.span.start && !token.span.is_empty());
                // The text of a token gives the same token, so its limits do not depend on its neighbours. But
                // signs may stand behind a space, and time stamps need brackets.
                let raw = token.span.of(paragraph);
                let alone = text::tokens(raw);
                prop_assert!(alone.len() == 1 || token.machine && raw.contains(':'));
                if !has_sign(&text) && !token.machine {
                    prop_assert_eq!((alone[0].hash, alone[0].unspaced), (token.hash, token.unspaced));
                }
                end = token.span.end;
            }
        }
    }

    #[test]
    fn paragraphs_hold_all_that_is_not_white_space(text in hostile_text()) {
        let bare = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let squeeze = |text: &str| text.split_whitespace().collect::<String>();
        prop_assert_eq!(squeeze(&paragraphs(&text).concat()), squeeze(bare));
    }

    #[test]
    fn ascii_fast_path_equals_general_path(text in "[ -~\n]{0,200}", ignorable in select(vec!['\u{ad}', '\u{200b}', '\u{2060}'])) {
        // An ignorable character inside a word changes only the code path.
        let mut general = String::new();
        let mut inside = false;
        for c in text.chars() {
            if inside && c.is_ascii_alphanumeric() {
                general.push(ignorable);
            }
            general.push(c);
            inside = c.is_ascii_alphanumeric();
        }
        prop_assert_eq!(hashes(&text), hashes(&general));
        let words = |text: &str| text::tokens(text).iter().map(|t| t.span.of(text).replace(ignorable, "")).collect::<Vec<_>>();
        prop_assert_eq!(words(&text), words(&general));
    }

    #[test]
    fn hashes_alone_equal_those_of_tokens(
        text in prop_oneof![
            hostile_text(), composable_text(), repetitive_text(), technical_text(), "[ -~’—\n]{0,300}"
        ],
        // Words begin at every position of the blocks that are read at a time.
        front in 0_usize..130,
    ) {
        let text = format!("{}{text}", "-".repeat(front));
        let (mut hashed, tokens) = (vec![7], text::tokens(&text));
        let size = text::hash_tokens(&text, &mut hashed);
        prop_assert_eq!(size, doubled_size(&text));
        prop_assert_eq!(hashed[0], 7);
        prop_assert!(hashed[1..].iter().copied().eq(tokens.iter().map(|token| token.hash)));
    }

    #[test]
    fn canonically_equal_texts_have_equal_tokens(text in prop_oneof![composable_text(), hostile_text(), technical_text()]) {
        let [composed, decomposed] = [text.nfc().collect::<String>(), text.nfd().collect()];
        prop_assert_eq!(hashes(&composed), hashes(&decomposed));
        prop_assert_eq!(hashes(&text), hashes(&composed));
    }

    #[test]
    fn dress_does_not_change_tokens(words in vec("[a-z0-9]{1,8}", 1..30), gap in select(&["-", " – ", ", ", "…\n", "/"][..])) {
        let plain = words.join(" ");
        let wide = |c: char| if c.is_ascii_graphic() { char::from_u32(u32::from(c) + 0xfee0).unwrap() } else { c };
        let dressed: [String; 4] = [
            plain.to_uppercase(),
            plain.chars().map(wide).collect(),
            words.join(gap),
            format!("“¿{plain}?!”"),
        ];
        for dressed in &dressed {
            prop_assert_eq!(hashes(&plain), hashes(dressed), "{:?}", dressed);
        }
    }

    #[test]
    fn numbers_and_accents_change_tokens(word in "[a-z]{1,6}", digit in 0_u8..10, other in 0_u8..10) {
        let [accented, numbered, renumbered] = [format!("{word}\u{301}"), format!("{word}{digit}"), format!("{word}{other}")];
        prop_assert_ne!(hashes(&word), hashes(&accented));
        prop_assert_ne!(hashes(&word), hashes(&numbered));
        prop_assert_eq!(hashes(&numbered) == hashes(&renumbered), digit == other);
    }

    // Reports

    #[test]
    fn reports_are_sound(documents in corpora(), n in 1_usize..6) {
        let documents = texts(&documents);
        for detector in [lenient(), lenient().shingle(refrain::Shingle::chars(5))] {
            let detector = detector.min_passage_tokens(n).build().unwrap();
            assert_sound(&detector.check_all(&documents), &documents);
        }
    }

    #[test]
    fn arbitrary_text_never_panics(documents in vec(hostile_text(), 0..4), n in 1_usize..5) {
        let documents = texts(&documents);
        let detector = Detector::builder().min_paragraph_tokens(0).min_passage_tokens(n).build().unwrap();
        assert_sound(&detector.check_all(&documents), &documents);
    }

    #[test]
    fn arbitrary_bytes_read_as_text_never_panic(bytes in vec(any::<u8>(), 0..300)) {
        let text = String::from_utf8_lossy(&bytes);
        assert_sound(&Detector::new().check(&*text), &[&text]);
    }

    #[test]
    fn pairs_ignore_the_order_of_documents(documents in corpora(), by in any::<Index>()) {
        let documents = texts(&documents);
        let mut turned = documents.clone();
        turned.rotate_left(by.index(documents.len()));
        turned.reverse();
        for search in [PairSearch::Exact, PairSearch::Banded] {
            let detector = lenient().copies(1000).search(search).build().unwrap();
            let [before, after] = [&documents, &turned].map(|documents| as_texts(&detector.check_all(documents), documents));
            prop_assert_eq!(before, after);
        }
    }

    #[test]
    fn passages_ignore_the_order_of_documents(documents in vec(repetitive_text(), 2..5), by in any::<Index>()) {
        let mut documents = documents;
        documents.sort_unstable();
        documents.dedup();
        let mut turned = documents.clone();
        turned.rotate_left(by.index(documents.len()));
        turned.reverse();
        let listed = |documents: &[String]| {
            let report = lenient().build().unwrap().check_all(documents);
            let passage = |passage: &Passage| {
                let places = passage.occurrences.iter().map(|o| (documents[o.document].clone(), o.span));
                (passage.kind, passage.score.to_bits(), passage.tokens, places.collect::<BTreeSet<_>>())
            };
            let shares = documents.iter().cloned().zip(report.documents().iter().map(|d| (d.redundancy.to_bits(), d.shared.to_bits())));
            (report.passages().iter().map(passage).collect::<Vec<_>>(), shares.collect::<BTreeMap<_, _>>())
        };
        prop_assert_eq!(listed(&documents), listed(&turned));
    }

    #[test]
    fn threads_change_nothing(documents in corpora()) {
        let documents = texts(&documents);
        // If no number is asked for, little text is checked on the caller's thread.
        let alone = lenient().build().unwrap().check_all(&documents);
        for threads in [1, 2, 8] {
            prop_assert_eq!(&lenient().threads(threads).build().unwrap().check_all(&documents), &alone);
        }
    }

    #[test]
    fn a_banded_search_reports_nothing_more_than_an_exact_one(documents in corpora()) {
        let documents = texts(&documents);
        let [exact, banded] = [PairSearch::Exact, PairSearch::Banded]
            .map(|search| lenient().search(search).build().unwrap().check_all(&documents));
        prop_assert!(banded.pairs().iter().all(|pair| exact.pairs().contains(pair)));
    }

    #[test]
    fn a_higher_threshold_reports_a_part(documents in corpora(), a in 0.05..1.0, b in 0.05..1.0) {
        let (low, high) = (f64::min(a, b), f64::max(a, b));
        let documents = texts(&documents);
        let [all, part] = [low, high].map(|threshold| {
            let detector = lenient().threshold(threshold).search(PairSearch::Exact).build().unwrap();
            detector.check_all(&documents).pairs().to_vec()
        });
        let expected: Vec<Pair> = all.into_iter().filter(|pair| pair.resemblance() >= high).collect();
        prop_assert_eq!(part, expected);
    }

    #[test]
    fn a_text_said_twice_is_covered_the_second_time(text in repetitive_text()) {
        let once = Detector::new().check(&text);
        let twice = format!("{text}\n\n{text}");
        let report = lenient().build().unwrap().check(&twice);
        let (before, after) = report.paragraphs().split_at(once.paragraphs().len());
        prop_assert_eq!(before.len(), after.len());
        for (first, second) in before.iter().zip(after) {
            prop_assert_eq!(first.tokens, second.tokens);
            prop_assert_eq!(second.coverage, if second.tokens == 0 { 0.0 } else { 1.0 });
        }
    }

    #[test]
    fn coverage_over_documents_is_that_of_one_document(documents in corpora()) {
        let documents = texts(&documents);
        let detector = lenient().coverage(CoverageScope::Documents).paragraphs(ParagraphBreaks::Blank).build().unwrap();
        let coverage = |report: Report| report.paragraphs().iter().map(|p| p.coverage).collect::<Vec<_>>();
        let [apart, joined] = [detector.check_all(&documents), detector.check(documents.join("\n\n"))];
        prop_assert_eq!(coverage(apart), coverage(joined));
    }

    #[test]
    fn boilerplate_is_said_by_nobody(documents in corpora(), least in 2_usize..5) {
        let documents = texts(&documents);
        let plain = lenient().build().unwrap().check_all(&documents);
        let detector = lenient().boilerplate(Some(Boilerplate::Documents(least))).build().unwrap();
        let report = detector.check_all(&documents);
        assert_sound(&report, &documents);
        prop_assert_eq!(plain.pairs(), report.pairs());
        prop_assert_eq!(plain.clusters(), report.clusters());
        prop_assert_eq!(plain.passages(), report.passages());
        for (before, after) in plain.paragraphs().iter().zip(report.paragraphs()) {
            prop_assert!(after.coverage <= before.coverage);
            prop_assert!(!after.boilerplate || after.coverage == 0.0);
        }
        for (before, after) in plain.documents().iter().zip(report.documents()) {
            prop_assert!(after.redundancy <= before.redundancy);
        }
        let is_boilerplate = |id: ParagraphId| report.paragraphs()[id.index()].boilerplate;
        for finding in report.findings() {
            let documents = 1 + finding.related.len();
            match finding.rule {
                Rule::Boilerplate => prop_assert!(documents >= least, "{}", finding),
                Rule::RepeatedPassage => {}
                _ => prop_assert!(!finding.paragraph.is_some_and(is_boilerplate), "{}", finding),
            }
        }
        if documents.len() < least {
            prop_assert_eq!(plain.findings(), report.findings());
        }
    }

    // Sets of documents

    /// What is measured and found of a document alone is the same whatever stands next to it.
    #[test]
    fn measures_of_a_document_do_not_depend_on_others(documents in corpora(), copied in any::<Index>()) {
        let mut documents = texts(&documents);
        let detector = lenient().build().unwrap();
        if !documents.is_empty() {
            documents.push(documents[copied.index(documents.len())]);
        }
        let together = detector.check_all(&documents);
        let mut paragraphs = together.paragraphs().iter();
        let mut number = 0;
        for (document_number, (document, found)) in documents.iter().zip(together.documents()).enumerate() {
            let alone = detector.check(*document);
            let expected = &alone.documents()[0];
            prop_assert_eq!(
                (found.redundant_tokens, found.tokens, found.short_paragraphs),
                (expected.redundant_tokens, expected.tokens, expected.short_paragraphs)
            );
            prop_assert_eq!(
                (found.said_again_sentences, found.sentences, found.opening_closing, found.verdict),
                (expected.said_again_sentences, expected.sentences, expected.opening_closing, expected.verdict)
            );
            let first = number;
            for expected in alone.paragraphs() {
                let found = paragraphs.next().unwrap();
                prop_assert_eq!((found.covered, found.shingles), (expected.covered, expected.shingles));
                number += 1;
            }
            let findings = |report: &Report, document: usize, first: u32| {
                let own = report.findings().iter().filter(|finding| {
                    finding.document == document && finding.related.iter().all(|place| place.document == document)
                });
                let mut own: Vec<_> = own
                    .map(|finding| {
                        let places = finding.related.iter().map(|place| (place.paragraph.0 - first, place.span));
                        let stretches = finding.stretches.iter().map(|stretch| (stretch.span, stretch.source.span));
                        (
                            finding.rule,
                            finding.paragraph.map(|id| id.0 - first),
                            (finding.span, finding.hidden, finding.message.clone()),
                            (places.collect::<Vec<_>>(), stretches.collect::<Vec<_>>()),
                        )
                    })
                    .collect();
                own.sort_by_key(|finding| format!("{finding:?}"));
                own
            };
            prop_assert_eq!(findings(&together, document_number, first), findings(&alone, 0, 0));
            let own_passages = |report: &Report, document: usize| {
                let own = report.passages().iter().filter(|passage| {
                    passage.occurrences.iter().all(|occurrence| occurrence.document == document)
                });
                own.map(|passage| (passage.kind, passage.tokens, passage.score.to_bits(),
                    passage.occurrences.iter().map(|occurrence| occurrence.span).collect::<Vec<_>>()))
                    .collect::<Vec<_>>()
            };
            prop_assert_eq!(own_passages(&together, document_number), own_passages(&alone, 0));
        }
    }

    // Corpora

    #[test]
    fn a_corpus_has_the_pairs_of_a_report(documents in corpora()) {
        let documents = texts(&documents);
        let detector = lenient().search(PairSearch::Banded).build().unwrap();
        let paragraphs: Vec<&str> = documents.iter().flat_map(|document| paragraphs(document)).collect();
        let report = detector.check_all(&documents);
        prop_assert_eq!(detector.pairs(&paragraphs), report.pairs());
    }

    #[test]
    fn batches_and_threads_change_no_corpus(documents in corpora(), size in 1_usize..20) {
        let paragraphs: Vec<&str> = documents.iter().flat_map(|document| paragraphs(document)).collect();
        let whole = lenient().build().unwrap().pairs(&paragraphs);
        for threads in [1, 2, 8] {
            let detector = lenient().threads(threads).build().unwrap();
            let mut corpus = detector.corpus();
            for batch in paragraphs.chunks(size) {
                corpus.extend(batch).unwrap();
            }
            prop_assert_eq!(corpus.len(), paragraphs.len());
            prop_assert_eq!(&corpus.pairs(|_| ControlFlow::Continue(())).unwrap().pairs, &whole);
        }
    }

    #[test]
    fn a_limit_keeps_the_first_pairs_and_counts_who_has_more(documents in corpora(), limit in 1_usize..6) {
        let documents = texts(&documents);
        let mut met = Vec::new();
        let mut different = Vec::new();
        for paragraph in documents.iter().flat_map(|document| paragraphs(document)) {
            if !met.contains(&hashes(paragraph)) {
                met.push(hashes(paragraph));
                different.push(paragraph);
            }
        }
        for search in [PairSearch::Exact, PairSearch::Banded] {
            let detector = lenient().search(search).build().unwrap();
            let mut earlier = vec![0; different.len()];
            let mut expected = detector.pairs(&different);
            expected.retain(|pair| {
                earlier[pair.right.index()] += 1;
                earlier[pair.right.index()] <= limit
            });
            let detector = lenient().search(search).max_pairs(Some(limit)).build().unwrap();
            let mut corpus = detector.corpus();
            corpus.extend(&different).unwrap();
            let found = corpus.pairs(|_| ControlFlow::Continue(())).unwrap();
            prop_assert_eq!(found.limited, earlier.iter().filter(|&&earlier| earlier > limit).count());
            prop_assert_eq!(found.pairs, expected);
        }
    }

    #[test]
    fn representatives_are_those_of_the_clusters(documents in corpora()) {
        let documents = texts(&documents);
        let detector = lenient().search(PairSearch::Banded).build().unwrap();
        let report = detector.check_all(&documents);
        let mut expected: Vec<ParagraphId> = report.paragraphs().iter().map(|paragraph| paragraph.id).collect();
        for cluster in report.clusters() {
            for member in &cluster.members {
                expected[member.index()] = cluster.representative;
            }
        }
        let mut corpus = detector.corpus();
        for document in &documents {
            corpus.extend(&paragraphs(document)).unwrap();
        }
        let found = corpus.representatives(None, |_| ControlFlow::Continue(())).unwrap();
        prop_assert_eq!(found.iter().map(|found| found.paragraph).collect::<Vec<_>>(), expected);
    }

    #[cfg(feature = "serde")]
    #[test]
    fn a_report_survives_being_written_and_read(documents in corpora()) {
        let documents = texts(&documents);
        for search in [PairSearch::Exact, PairSearch::Banded] {
            for settings in [
                lenient(),
                lenient().merge_numbers(true).coverage(CoverageScope::Documents),
                lenient().boilerplate(Some(Boilerplate::Percent(100.0 / 3.0))),
                lenient().boilerplate(Some(Boilerplate::Documents(3))),
            ] {
                let report = settings.search(search).build().unwrap().check_all(&documents);
                let written = serde_json::to_string(&report).unwrap();
                prop_assert_eq!(serde_json::from_str::<Report>(&written).unwrap(), report);
            }
        }
    }

    /// Fields that were added to this version of the format may be missing.
    #[cfg(feature = "serde")]
    #[test]
    fn a_report_of_before_can_be_read(documents in corpora()) {
        let documents = texts(&documents);
        let report = lenient().build().unwrap().check_all(&documents);
        let mut written = serde_json::to_value(&report).unwrap();
        for setting in ["merge_numbers", "coverage", "boilerplate"] {
            prop_assert!(written["settings"].as_object_mut().unwrap().remove(setting).is_some());
        }
        for pair in written["pairs"].as_array_mut().unwrap() {
            pair.as_object_mut().unwrap().retain(|field, _| !field.starts_with("differ"));
        }
        let read: Report = serde_json::from_value(written).unwrap();
        prop_assert_eq!(read.settings(), report.settings());
        prop_assert_eq!(read.findings(), report.findings());
        for (before, after) in read.pairs().iter().zip(report.pairs()) {
            prop_assert_eq!((before.left, before.right, before.overlap), (after.left, after.right, after.overlap));
            prop_assert_eq!(before.differs, None);
        }
        prop_assert_eq!(read.pairs().len(), report.pairs().len());
        prop_assert_eq!(read.differences(0), None);
    }
}
