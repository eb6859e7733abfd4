//! What was stored is read again: reports, also those of earlier versions, and settings.
#![cfg(feature = "serde")]

use refrain::{
    Boilerplate, CoverageScope, Detector, DetectorBuilder, Finding, PairSearch, Report, Settings, Shingle,
    Themes,
};

const TEXT: &str = include_str!("data/stored/lighthouse.txt");
/// The report on the text by a version that did not store counts beside shares.
const WITHOUT_COUNTS: &str = include_str!("data/stored/lighthouse.json");

/// The report that this version makes of the text, with the settings of that report, which had no themes.
fn report() -> Report {
    let stored: Report = serde_json::from_str(WITHOUT_COUNTS).unwrap();
    let detector = DetectorBuilder::from(stored.settings().clone()).themes(Themes::Off).build().unwrap();
    detector.check(("lighthouse.txt", TEXT))
}

/// The findings in an order that both versions share.
fn sorted(report: &Report) -> Vec<&Finding> {
    let mut findings: Vec<&Finding> = report.findings().iter().collect();
    findings.sort_by_key(|finding| finding.to_string());
    findings
}

#[test]
fn a_report_without_counts_is_read_and_has_its_shares() {
    let (read, report): (Report, Report) = (serde_json::from_str(WITHOUT_COUNTS).unwrap(), report());
    assert_eq!(read.settings(), &Settings::default());
    assert!(read.themes().is_empty() && read.documents()[0].sentences == 0);
    assert_eq!(read.pairs(), report.pairs());
    assert_eq!(read.clusters(), report.clusters());
    assert_eq!(read.passages(), report.passages());
    for pair in 0..report.pairs().len() {
        assert_eq!(read.differences(pair), report.differences(pair));
    }
    let close = |a: f64, b: f64| (a - b).abs() <= 1e-15;
    for (old, new) in read.documents().iter().zip(report.documents()) {
        assert!(close(old.redundancy, new.redundancy) && old.shared == new.shared);
        assert_eq!((old.redundant_tokens, old.shared_tokens), (0, 0));
        assert_eq!((old.tokens, old.bytes), (new.tokens, new.bytes));
    }
    for (old, new) in read.paragraphs().iter().zip(report.paragraphs()) {
        assert!(close(old.coverage, new.coverage));
        assert_eq!((old.covered, old.shingles), (0, 0));
        assert_eq!((old.id, old.span, old.line, old.tokens), (new.id, new.span, new.line, new.tokens));
    }
    assert_eq!(read.findings().len(), report.findings().len());
    for (old, new) in sorted(&read).into_iter().zip(sorted(&report)) {
        assert_eq!(old.to_string(), new.to_string());
        assert!(close(old.measure.unwrap_or(2.0), new.measure.unwrap_or(2.0)));
        assert_eq!((old.counts, &old.related), (None, &new.related));
    }
    // Written again, it keeps what it had.
    let written = serde_json::to_string(&read).unwrap();
    assert_eq!(serde_json::from_str::<Report>(&written).unwrap(), read);
}

#[test]
fn fields_were_added_and_none_was_lost() {
    fn without_added(written: &mut serde_json::Value, original: &serde_json::Value) {
        match (written, original) {
            (serde_json::Value::Object(written), serde_json::Value::Object(original)) => {
                written.retain(|key, _| original.contains_key(key));
                for (key, value) in written.iter_mut() {
                    without_added(value, &original[key]);
                }
            }
            (serde_json::Value::Array(written), serde_json::Value::Array(original)) => {
                written.iter_mut().zip(original).for_each(|(a, b)| without_added(a, b));
            }
            _ => {}
        }
    }
    let mut original: serde_json::Value = serde_json::from_str(WITHOUT_COUNTS).unwrap();
    let written = serde_json::to_string(&report()).unwrap();
    let mut written: serde_json::Value = serde_json::from_str(&written).unwrap();
    assert_ne!(written, original);
    // Findings were added, too, and others come first.
    let message = |finding: &serde_json::Value| finding["message"].to_string();
    let mut messages: Vec<String> = Vec::new();
    for report in [&mut original, &mut written] {
        let findings = report["findings"].as_array_mut().unwrap();
        findings.sort_by_key(message);
        if messages.is_empty() {
            messages = findings.iter().map(message).collect();
        }
        findings.retain(|finding| messages.contains(&message(finding)));
    }
    without_added(&mut written, &original);
    assert_eq!(written, original);
}

#[test]
fn shares_are_computed_from_the_counts() {
    let written = serde_json::to_string(&report()).unwrap();
    for (share, counts) in [
        ("\"redundancy\":0.44554455445544555", "\"redundant_tokens\":45"),
        ("\"coverage\":0.7222222222222222", "\"covered\":13,\"shingles\":18"),
        ("\"measure\":0.6190476190476191", "\"counts\":[13,21]"),
    ] {
        assert!(written.contains(&format!("{share},{counts}")), "{share},{counts}");
        // As a reader that rounds badly might read it.
        let (name, _) = share.split_once(':').unwrap();
        let altered = written.replace(share, &format!("{name}:0.5"));
        assert_ne!(altered, written);
        assert_eq!(serde_json::from_str::<Report>(&altered).unwrap(), report());
    }
}

/// Any settings, other than the defaults in each field.
fn builder() -> DetectorBuilder {
    Detector::builder()
        .threshold(0.7)
        .shingle(Shingle::chars(5))
        .min_paragraph_tokens(2)
        .min_passage_tokens(9)
        .search(PairSearch::Exact)
        .recall(0.9)
        .lanes(64)
        .seed(7)
        .copies(3)
        .max_pairs(Some(100))
        .merge_numbers(true)
        .coverage(CoverageScope::Documents)
        .boilerplate(Some(Boilerplate::Percent(20.0)))
        .themes(Themes::Thorough)
        .background(None)
}

#[test]
fn a_detector_of_a_report_gives_the_same_report() {
    let report = builder().build().unwrap().check_all([TEXT, TEXT]);
    let stored = serde_json::to_string(report.settings()).unwrap();
    let settings: Settings = serde_json::from_str(&stored).unwrap();
    assert_eq!(&settings, report.settings());
    let detector = Detector::with_settings(settings.clone()).unwrap();
    assert_eq!(detector.check_all([TEXT, TEXT]), report);
    let detector = DetectorBuilder::from(settings).threads(2).build().unwrap();
    assert_eq!(detector.check_all([TEXT, TEXT]), report);
}

#[test]
fn settings_that_are_missing_have_their_defaults_and_unknown_ones_are_ignored() {
    let settings: Settings = serde_json::from_str(r#"{"threshold": 0.8, "colour": "red"}"#).unwrap();
    assert_eq!((settings.threshold, settings.copies), (0.8, Settings::default().copies));
    assert_eq!(serde_json::from_str::<Settings>("{}").unwrap(), Settings::default());
    // A value of the wrong form is refused when it is read, one out of range when a detector is built.
    assert!(serde_json::from_str::<Settings>(r#"{"shingle": "lines:3"}"#).is_err());
    let settings: Settings = serde_json::from_str(r#"{"max_pairs": 0}"#).unwrap();
    let error = Detector::with_settings(settings).unwrap_err();
    assert_eq!(error.to_string(), "max_pairs must be at least 1, got 0");
    assert_eq!(error.setting(), Some("max_pairs"));
}
