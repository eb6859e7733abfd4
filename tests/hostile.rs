//! Hostile inputs: nothing panics, takes too long or is lost.

mod common;

use refrain::{Boilerplate, Detector, Level, PairSearch, ParagraphBreaks, Report, Rule};

use common::{assert_sound, hashes};

fn check(text: &str) -> Report {
    let report = Detector::new().check(text);
    assert_sound(&report, &[text]);
    report
}

/// Debug builds are slower, so their inputs are smaller.
const MANY: usize = if cfg!(debug_assertions) { 20_000 } else { 100_000 };

fn rules(report: &Report) -> Vec<Rule> {
    report.findings().iter().map(|finding| finding.rule).collect()
}

#[test]
fn three_million_letters_without_a_space() {
    let report = check(&"qwertyuiop".repeat(300_000));
    assert_eq!(report.paragraphs()[0].tokens, 1);
    assert_eq!(report.documents()[0].short_paragraphs, 1);
    assert!(report.findings().is_empty());
}

#[test]
fn a_letter_under_two_hundred_thousand_marks() {
    // Marks above and below alternate, so all must be sorted into canonical order.
    let marked = format!("o{}", "\u{301}\u{323}".repeat(100_000));
    let ordered = format!("o{}{}", "\u{323}".repeat(100_000), "\u{301}".repeat(100_000));
    assert_eq!(hashes(&marked), hashes(&ordered));
    assert_eq!(check(&marked).paragraphs()[0].tokens, 1);
}

#[test]
fn marks_ignorables_and_apostrophes_alone_are_no_tokens() {
    for c in ["\u{301}", "\u{200b}", "\u{feff}", "\u{ad}", "'", "’", "\u{fe0f}"] {
        let report = check(&c.repeat(50_000));
        assert_eq!(report.documents()[0].tokens, 0, "{c:?}");
        assert!(report.findings().is_empty(), "{c:?}");
    }
}

#[test]
fn a_word_of_apostrophes_and_ignorables() {
    for gap in ["\u{ad}".repeat(100_000), "’".to_owned(), "'".to_owned()] {
        assert_eq!(hashes(&format!("re{gap}frain")), hashes("refrain"));
    }
    assert_eq!(hashes("re''frain"), hashes("re frain"));
}

#[test]
fn nuls_part_words_like_any_control_character() {
    let report = check("one\0two\0\0three \0 four\0five\n\n\0\0\0\n\none two three four five");
    let tokens: Vec<usize> = report.paragraphs().iter().map(|paragraph| paragraph.tokens).collect();
    assert_eq!(tokens, [5, 0, 5]);
    assert!(rules(&report).contains(&Rule::ExactDuplicate));
}

#[test]
fn punctuation_alone_says_nothing() {
    let report = check(&"… — !? «» 。\n\n".repeat(10_000));
    assert_eq!(report.documents()[0].short_paragraphs, 10_000);
    assert!(report.findings().is_empty() && report.pairs().is_empty());
}

#[test]
fn a_byte_order_mark_belongs_to_no_paragraph() {
    let text = "\u{feff}The kiosk sells stamps and string.\n\nThe kiosk sells stamps and string.";
    let report = check(text);
    assert_eq!(report.paragraphs()[0].span.start, '\u{feff}'.len_utf8());
    assert_eq!(rules(&report)[..2], [Rule::Repetitive, Rule::ExactDuplicate]);
    assert!(check("\u{feff}").paragraphs().is_empty());
}

#[test]
fn every_kind_of_line_end() {
    for end in ["\n", "\r\n", "\r", "\u{85}", "\u{2028}"] {
        let text = ["The kiosk sells stamps,", "and string.", "", "Fog closed both runways."].join(end);
        let report = check(&text);
        let lines: Vec<usize> = report.paragraphs().iter().map(|paragraph| paragraph.line).collect();
        assert_eq!(lines, [1, 4], "{end:?}");
    }
}

#[test]
fn very_many_equal_lines_are_one_passage() {
    let text = "The lift is out of order.\n".repeat(MANY);
    let report = Detector::builder().paragraphs(ParagraphBreaks::Blank).build().unwrap().check(&text);
    assert_eq!(report.passages().len(), 1);
    assert_eq!(report.passages()[0].occurrences.len(), MANY);
    assert_eq!(report.documents()[0].redundancy, (MANY - 1) as f64 / MANY as f64);
    assert_eq!(rules(&report), [Rule::Repetitive, Rule::RepeatedPassage]);
}

#[test]
fn very_many_equal_paragraphs_are_one_cluster() {
    let text = "The lift is out of order, so all who live above the third floor have to take the stairs.\n\n"
        .repeat(MANY);
    for search in [PairSearch::Exact, PairSearch::Banded] {
        let report = Detector::builder().search(search).build().unwrap().check(&text);
        // Each copy is paired with the first one only.
        assert_eq!(report.pairs().len(), MANY - 1);
        assert!(report.pairs().iter().all(|pair| pair.left.0 == 0));
        assert_eq!(report.clusters().len(), 1);
        assert_eq!(report.clusters()[0].members.len(), MANY);
        let warnings = report.findings().iter().filter(|finding| finding.level == Level::Warning);
        assert_eq!(warnings.count(), MANY);
    }
}

/// Buckets of thousands of different paragraphs must not give all pairs as candidates.
#[test]
fn a_common_beginning_makes_no_pairs() {
    let opening = "All rights in this work are reserved by the publisher and by the author. ";
    let paragraph = |n: u64| {
        let words = (0..24).map(|word| format!(" {:x}", (n * 31 + word).wrapping_mul(0x9e37_79b9_7f4a_7c15)));
        format!("{opening}{}\n\n", words.collect::<String>())
    };
    let text: String = (0..2000).map(paragraph).collect();
    for search in [PairSearch::Exact, PairSearch::Banded] {
        let report = Detector::builder().search(search).build().unwrap().check(&text);
        assert!(report.pairs().is_empty());
        assert_eq!(report.passages().len(), 1);
        assert_eq!(report.passages()[0].occurrences.len(), 2000);
    }
}

/// A report has the differences of a limited number of pairs, the most similar first.
#[test]
fn very_many_pairs_are_not_all_aligned() {
    const COUNT: u32 = 800;
    let words = "the lift on the left of the hall is out of order again and the stairs are steep so that all \
        who live above the third floor";
    let paragraph = |n: u32| format!("{words} {n} and {} have to wait\n\n", n / 4);
    let text: String = (0..COUNT).map(paragraph).collect();
    let all = Detector::builder().max_pairs(Some(usize::MAX)).min_passage_tokens(100);
    let report = all.build().unwrap().check(&text);
    assert_eq!(report.left_out().limited, 0);
    assert_eq!(report.pairs().len() as u32, COUNT * (COUNT - 1) / 2);
    let aligned: Vec<_> = (0..report.pairs().len()).filter(|&at| report.differences(at).is_some()).collect();
    let size = report.documents()[0].tokens / COUNT as usize;
    assert!(aligned.len() * 2 * size <= 1 << 20 && (aligned.len() + 1) * 2 * size > 1 << 20);
    for right in 1..COUNT {
        let best = aligned.iter().map(|&at| &report.pairs()[at]).filter(|pair| pair.right.0 == right);
        let best = best.max_by(|a, b| a.overlap.cmp_resemblance(b.overlap)).unwrap();
        let pairs = report.pairs().iter().filter(|pair| pair.right.0 == right);
        let most = pairs.max_by(|a, b| a.overlap.cmp_resemblance(b.overlap)).unwrap();
        assert_eq!(best.resemblance(), most.resemblance());
    }
}

/// A report lists a limited number of pairs of each paragraph, and says so. Clusters and findings are the same as
/// if all pairs were listed.
#[test]
fn very_many_pairs_are_not_all_listed() {
    let words = "the lift on the left of the hall is out of order again and the stairs are steep so that all \
        who live above the third floor of";
    let street = |n: usize| ["Mill Lane", "Dock Road", "Kiln Row", "Well Close"][n % 4];
    let changed = |n: usize| ["slow", "wet", "dark", "blocked"][n / 7 % 4];
    let numbered = |n: usize| format!("{words} number {} in {} have to wait.\n\n", n * n % 997, street(n));
    let changing = |n: usize| {
        let text = words.replace("steep", changed(n)).replace("left", street(n / 3));
        format!("{text} number {} have to wait.\n\n", n * n % 991)
    };
    let stamped = |n: usize| format!("[{:02}:{:02}] {words} this house have to wait.\n\n", n / 60, n % 60);
    for make in [&numbered as &dyn Fn(usize) -> String, &changing, &stamped] {
        let text: String = (0..400).map(make).collect();
        for search in [PairSearch::Exact, PairSearch::Banded] {
            let builder = Detector::builder().search(search).min_passage_tokens(100);
            let all = builder.clone().max_pairs(Some(usize::MAX)).build().unwrap().check(&text);
            let report = builder.build().unwrap().check(&text);
            assert!(all.left_out().is_nothing());
            assert_eq!(report.clusters(), all.clusters());
            // Which of several partners a finding names may differ, but not what it says of which paragraph.
            let rules = |report: &Report| {
                let mut rules: Vec<_> =
                    report.findings().iter().map(|found| (found.paragraph, found.rule)).collect();
                rules.sort_unstable();
                rules
            };
            assert_eq!(rules(&report), rules(&all));
            let mut counts = vec![0; 400];
            let mut listed = vec![0; 400];
            all.pairs().iter().for_each(|pair| counts[pair.right.index()] += 1);
            report.pairs().iter().for_each(|pair| listed[pair.right.index()] += 1);
            for (count, listed) in counts.iter().zip(&listed) {
                assert!(
                    listed == count || *count > 100 && (100..=101).contains(listed),
                    "{listed} of {count}"
                );
            }
            assert_eq!(report.left_out().limited, counts.iter().filter(|&&count| count > 100).count());
            assert!(report.left_out().limited > 100);
        }
    }
}

/// One long paragraph contains hundreds of others.
#[test]
fn very_many_paragraphs_are_contained_in_one() {
    let word = |n: usize| format!("w{:x}", n.wrapping_mul(0x9e37_79b9));
    let long: Vec<String> = (0..MANY).map(word).collect();
    let part = |n: usize| long[30 * n..][..20 + n % 7].join(" ") + ".\n\n";
    let parts: String = (0..600).map(part).collect();
    let report = Detector::builder()
        .min_passage_tokens(1000)
        .build()
        .unwrap()
        .check(format!("{}.\n\n{parts}", long.join(" ")));
    let contained: Vec<_> = report.findings().iter().filter(|found| found.rule == Rule::Contained).collect();
    assert!(contained.len() > 100);
    for found in contained {
        let [stretch] = &found.stretches[..] else { panic!("{found}") };
        assert_eq!(stretch.source.paragraph.0, 0);
    }
}

/// Regression: alignments across rows made a passage for each shift of the table against itself.
#[test]
fn paragraphs_made_from_one_template_stay_apart() {
    let number = |n: usize, of: usize| n.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20 & of;
    let row = |n: usize| {
        let (road, day) = (number(n, 1023), number(n + 7, 255));
        format!(
            "The road {road} was closed on day {day} because of works near the harbour until further notice.\n\n"
        )
    };
    let text: String = (0..1500).map(row).collect();
    let report = Detector::builder().max_pairs(Some(1)).build().unwrap().check(&text);
    // Rows with the same number are passages of their own.
    assert!(report.passages().len() < 100, "{}", report.passages().len());
    assert_eq!(report.passages()[0].occurrences.len(), 1500);
    assert!(report.passages()[0].occurrences.iter().all(|o| o.paragraphs.is_none()));
    let report =
        Detector::builder().max_pairs(Some(1)).build().unwrap().check_all([&text[..60_000], &text[70_000..]]);
    assert!(!report.passages().is_empty());
}

/// If one or two words are repeated without end, there is no natural passage but much repetition.
#[test]
fn short_loops_repeat_most_of_their_document() {
    for (unit, times) in
        [("ha ", 5000), ("tick tock ", 3000), ("no no yes ", 2000), ("哈", 5000), ("na\n", 3000)]
    {
        let report = check(&unit.repeat(times));
        assert!(report.documents()[0].redundancy > 0.8, "{unit:?}");
        assert_eq!(rules(&report)[0], Rule::Repetitive, "{unit:?}");
    }
}

/// Random words with no pattern in their repetition.
fn words(seed: u64, vocabulary: u64) -> impl Iterator<Item = String> {
    (0_u64..).map(move |n| {
        let hash = (seed << 32 | n).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        format!("w{}", (hash ^ hash >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 20 & (vocabulary - 1))
    })
}

/// Regression: each "x and x" linked positions beside the diagonal, and each link was extended to the end.
#[test]
fn a_long_unbroken_text_and_itself() {
    let mut random = words(1, 1 << 14);
    let mut text = Vec::new();
    for round in 0..MANY / 50 {
        text.extend(random.by_ref().take(100));
        text.extend([format!("k{round}"), "and".to_owned(), format!("k{round}.")]);
    }
    let text = text.join(" ");
    let report = Detector::new().compare(&*text, &*text);
    let [passage] = report.passages() else { panic!("{} passages", report.passages().len()) };
    assert_eq!(passage.tokens, report.documents()[0].tokens);
    assert_eq!(passage.occurrences.len(), 2);
}

/// Regression: each new area was compared with all others, and joined areas were computed again.
#[test]
fn very_many_tiny_paragraphs_and_the_same_again() {
    let words: Vec<String> = words(3, 1 << 12).take(2 * MANY).collect();
    let text: Vec<String> = words.chunks(4).map(|words| words.join(" ")).collect();
    let text = text.join("\n\n");
    let report = Detector::new().compare(&*text, &*text);
    assert!(report.documents().iter().all(|document| document.shared == 1.0));
}

/// Two tables made from one template, in which all rows are similar.
#[test]
fn two_tables_of_one_template() {
    let table = |seed: u64| -> String {
        let mut numbers = words(seed, 100);
        let mut names = words(seed + 10, 1 << 12);
        let mut number = || numbers.next().unwrap();
        let row = |n: usize| {
            let (name, rain, day) = (names.next().unwrap(), number(), number());
            format!("Row {n}: station {name} measured {rain} mm of rain on day {day}.\n\n")
        };
        (0..MANY / 10).map(row).collect()
    };
    let report = Detector::builder().max_pairs(Some(1)).build().unwrap().compare(&*table(4), &*table(5));
    assert!(!report.passages().is_empty());
}

#[test]
fn ten_thousand_empty_documents() {
    let report = Detector::new().check_all(vec![""; 10_000]);
    assert_eq!(report.documents().len(), 10_000);
    assert!(report.paragraphs().is_empty() && report.findings().is_empty());
    let report = Detector::new().check_all(Vec::<&str>::new());
    assert!(report.documents().is_empty());
}

#[test]
fn settings_out_of_range_are_refused_by_name() {
    let builder = Detector::builder;
    let table = [
        (builder().threshold(0.0), "threshold must be greater than 0 and at most 1, got 0"),
        (builder().threshold(1.5), "threshold must be greater than 0 and at most 1, got 1.5"),
        (builder().threshold(f64::NAN), "threshold must be greater than 0 and at most 1, got NaN"),
        (builder().recall(1.0), "recall must be greater than 0 and less than 1, got 1"),
        (builder().lanes(0), "lanes must be at least 1 and at most 65536, got 0"),
        (builder().min_passage_tokens(0), "min_passage_tokens must be at least 1, got 0"),
        (builder().copies(0), "copies must be at least 1, got 0"),
        (
            builder().boilerplate(Some(Boilerplate::Documents(1))),
            "boilerplate must be a number of documents from 2 on, such as 5, or a share of them up to 100%, \
             such as 20%, got 1",
        ),
    ];
    for (settings, message) in table {
        assert_eq!(settings.build().unwrap_err().to_string(), message);
    }
    assert!(builder().shingle(refrain::Shingle::words(0)).build().is_err());
    assert!(builder().threshold(0.001).search(PairSearch::Banded).build().is_err());
    assert!(builder().threshold(0.001).search(PairSearch::Exact).build().is_ok());
}

/// Regression: twice the minimum number of tokens overflowed.
#[test]
fn settings_as_large_as_can_be() {
    let text = "The lift is out of order.\n\n".repeat(3);
    let builder = Detector::builder().shingle(refrain::Shingle::words(usize::MAX)).copies(usize::MAX);
    assert_eq!(builder.clone().build().unwrap().check(&text).pairs().len(), 3);
    let builder = builder.min_paragraph_tokens(usize::MAX).min_passage_tokens(usize::MAX);
    let report = builder.min_warning_tokens(usize::MAX).build().unwrap().check(&text);
    assert_eq!(report.documents()[0].short_paragraphs, 3);
    assert_eq!(rules(&report), [Rule::ExactDuplicate]);
    assert_eq!(report.findings()[0].level, Level::Note);
}
