//! Passages that were copied completely, or said again in other words.

mod common;

use refrain::{Detector, Passage, PassageKind, Report};

use common::assert_sound;

/// Two articles in the same style on unrelated subjects, and the first one again in other words.
const CANAL: &str = include_str!("data/canal.txt");
const BEES: &str = include_str!("data/bees.txt");
const CANAL_REWORDED: &str = include_str!("data/canal_reworded.txt");

fn compare(left: &str, right: &str, min_tokens: usize) -> Report {
    let detector = Detector::builder().min_passage_tokens(min_tokens).build().unwrap();
    let report = detector.check_all([left, right]);
    assert_sound(&report, &[left, right]);
    report
}

/// The passages that are in both documents.
fn shared(report: &Report) -> Vec<&Passage> {
    let stands = |passage: &Passage, document| passage.occurrences.iter().any(|o| o.document == document);
    report.passages().iter().filter(|&passage| stands(passage, 0) && stands(passage, 1)).collect()
}

/// The fraction of the bytes of a document in passages that are in both documents.
fn covered(report: &Report, document: usize, text: &str) -> f64 {
    let mut inside = vec![false; text.len()];
    for occurrence in shared(report).iter().flat_map(|passage| &passage.occurrences) {
        if occurrence.document == document {
            inside[occurrence.span.start..occurrence.span.end].fill(true);
        }
    }
    inside.iter().filter(|&&inside| inside).count() as f64 / text.len() as f64
}

#[test]
fn articles_on_different_subjects_share_no_passage() {
    for min_tokens in [4, 20] {
        let report = compare(CANAL, BEES, min_tokens);
        assert!(shared(&report).is_empty(), "{:?}", shared(&report));
    }
}

#[test]
fn an_article_and_its_rewording_share_most_of_it() {
    for min_tokens in [4, 20] {
        let report = compare(CANAL, CANAL_REWORDED, min_tokens);
        let shares = [covered(&report, 0, CANAL), covered(&report, 1, CANAL_REWORDED)];
        assert!(shares.iter().all(|&share| share > 0.8), "{shares:?}");
        assert_eq!(shared(&report)[0].kind, PassageKind::Reworded);
    }
}

/// In a text of few sentences even a rare word has a low weight, and most pairs of sentences are similar.
#[test]
fn a_paragraph_and_its_rewording_share_most_of_it_and_other_paragraphs_nothing() {
    let [canal, reworded, bees] = [CANAL, CANAL_REWORDED, BEES].map(common::paragraphs);
    for (at, paragraph) in canal.iter().enumerate() {
        let report = compare(paragraph, reworded[at], 4);
        let shares = [covered(&report, 0, paragraph), covered(&report, 1, reworded[at])];
        assert!(shares.iter().all(|&share| share > 0.8), "{at}: {shares:?}");
        for other in canal[..at].iter().chain(&bees) {
            let report = compare(paragraph, other, 4);
            assert!(shared(&report).is_empty(), "{:?}", shared(&report));
        }
    }
}

/// The first three paragraphs of one article, inserted into the middle of another one.
#[test]
fn a_copy_of_three_paragraphs_is_one_verbatim_passage() {
    let paragraphs = common::paragraphs(CANAL);
    let copied = paragraphs[1..4].join("\n\n");
    let (before, after) = BEES.split_at(BEES.find("\n\n").unwrap());
    let report = compare(CANAL, &format!("{before}\n\n{copied}{after}"), 20);
    let [passage] = shared(&report)[..] else { panic!("{:?}", report.passages()) };
    assert_eq!(passage.kind, PassageKind::Verbatim);
    let [left, right] = &passage.occurrences[..] else { panic!("{passage:?}") };
    assert_eq!(left.text, copied.trim_end_matches('.'));
    assert_eq!(left.text, right.text);
    assert_eq!(left.paragraphs.map(|ids| ids.map(|id| id.0)), Some([1, 3]));
    assert!(passage.score > 200.0);
}

/// A copy that is cut into other paragraphs is still one passage.
#[test]
fn a_copy_may_be_cut_into_paragraphs_otherwise() {
    let paragraphs = common::paragraphs(CANAL);
    let report = compare(CANAL, &format!("{}\n\n{}", BEES, paragraphs[1..4].join(" ")), 20);
    let [passage] = shared(&report)[..] else { panic!("{:?}", report.passages()) };
    assert_eq!(passage.kind, PassageKind::Verbatim);
    assert_eq!(passage.occurrences[0].paragraphs.map(|ids| ids.map(|id| id.0)), Some([1, 3]));
    assert_eq!(passage.occurrences[1].paragraphs, None);
}

/// The words of each sentence are shuffled, so nothing remains of their order.
#[test]
fn a_paragraph_with_its_words_in_another_order_is_one_reworded_passage() {
    let shuffled = |sentence: &str| {
        let mut words: Vec<&str> = sentence.split_whitespace().collect();
        words.sort_unstable_by_key(|word| word.bytes().map(|b| u32::from(b) * 7 % 31).sum::<u32>() % 13);
        words.join(" ")
    };
    let paragraph = common::paragraphs(CANAL)[2];
    let copy: Vec<String> = paragraph.split_inclusive(". ").map(shuffled).collect();
    let (before, after) = BEES.split_at(BEES.find("\n\n").unwrap());
    let across = compare(CANAL, &format!("{before}\n\n{}{after}", copy.join(" ")), 20);
    let [passage] = shared(&across)[..] else { panic!("{:?}", across.passages()) };
    assert_eq!((passage.kind, passage.occurrences.len()), (PassageKind::Reworded, 2));
    assert!(passage.occurrences.iter().all(|o| 10 * o.text.len() > 9 * paragraph.len()), "{passage:?}");

    let text = format!("{CANAL}\n\n{}", copy.join(" "));
    let within = Detector::builder().min_passage_tokens(20).build().unwrap().check(&text);
    assert_sound(&within, &[&text]);
    let [passage] = within.passages() else { panic!("{:?}", within.passages()) };
    assert_eq!((passage.kind, passage.occurrences.len()), (PassageKind::Reworded, 2));
}

/// Every third word of every second sentence: no sentence resembles one of the other text.
#[test]
fn a_stretch_that_condenses_a_long_one_is_found() {
    let (Some(licences), Some(outputs)) =
        (common::records("licences/docs.jsonl"), common::records("machine_written/docs.jsonl"))
    else {
        return;
    };
    let source = &licences.iter().find(|licence| licence.id == "MPL-1.1").unwrap().text;
    let other = &outputs.iter().find(|output| output.id == "gpt-3@1.2").unwrap().text;
    let sentences: Vec<&str> = source.split_inclusive(". ").collect();
    let condensed: Vec<String> = sentences[20..80]
        .iter()
        .step_by(2)
        .map(|sentence| sentence.split_whitespace().step_by(3).collect::<Vec<_>>().join(" "))
        .collect();
    let summary = condensed.join(" ");
    let (before, after) = other.split_at(other[..other.len() / 2].rfind("\n\n").unwrap());
    let report = compare(source, &format!("{before}\n\n{summary}{after}"), 20);
    let inside = before.len()..before.len() + summary.len() + 2;
    let shared = shared(&report);
    let mut covered = 0;
    for passage in &shared {
        let [_, short] = &passage.occurrences[..] else { panic!("{passage:?}") };
        assert_eq!(passage.kind, PassageKind::Reworded);
        assert!(inside.start <= short.span.start && short.span.end <= inside.end);
        covered += short.span.len();
    }
    assert!((1..4).contains(&shared.len()) && 10 * covered > 8 * summary.len(), "{shared:?}");
    let ratio = |passage: &Passage| passage.occurrences[0].span.len() / passage.occurrences[1].span.len();
    assert!(shared.iter().any(|passage| ratio(passage) >= 3));
}
