//! What was stored is read again: reports, also those of earlier versions, and settings.
#![cfg(feature = "serde")]

use refrain::{
    Boilerplate, CoverageScope, Detector, DetectorBuilder, PairSearch, Report, Settings, Shingle, Themes,
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

#[test]
fn a_report_without_counts_is_read_and_has_its_shares() {
    let read: Report = serde_json::from_str(WITHOUT_COUNTS).unwrap();
    let document = &read.documents()[0];
    assert_eq!((document.redundancy, document.redundant_tokens), (0.4455445544554455, 0));
    assert_eq!((document.tokens, document.bytes, document.sentences), (101, 560, 0));
    let paragraph = &read.paragraphs()[2];
    assert_eq!((paragraph.coverage, paragraph.covered, paragraph.shingles), (0.7222222222222222, 0, 0));
    assert_eq!(read.passages().len(), 3);
    assert_eq!(read.pairs()[0].overlap.shared, 13);
    let finding = &read.findings()[0];
    assert_eq!((finding.measure, finding.counts), (Some(0.6190476190476191), None));
    // All that earlier versions reported was shown.
    assert!(read.findings().iter().all(|finding| finding.shown && finding.hidden.is_none()));
    // Written again, it keeps what it had.
    let written = serde_json::to_string(&read).unwrap();
    assert_eq!(serde_json::from_str::<Report>(&written).unwrap(), read);
}

/// Results change, and fields are added, but none is lost or has another type.
#[test]
fn fields_were_added_and_none_was_lost() {
    use serde_json::Value;
    fn keeps(new: &Value, old: &Value, path: &str) {
        match (new, old) {
            (Value::Object(new), Value::Object(old)) => {
                for (key, old) in old {
                    keeps(&new[key], old, &format!("{path}.{key}"));
                }
            }
            (Value::Array(new), Value::Array(old)) => {
                if let ([new, ..], [old, ..]) = (&new[..], &old[..]) {
                    keeps(new, old, &format!("{path}[]"));
                }
            }
            (new, Value::Null) => assert!(new.is_null() || new.is_number() || new.is_string(), "{path}"),
            _ => assert_eq!(std::mem::discriminant(new), std::mem::discriminant(old), "{path}"),
        }
    }
    let old: Value = serde_json::from_str(WITHOUT_COUNTS).unwrap();
    let new: Value = serde_json::to_value(report()).unwrap();
    for key in ["documents", "paragraphs", "pairs", "clusters", "passages", "findings"] {
        assert!(!new[key].as_array().unwrap().is_empty(), "{key}");
    }
    keeps(&new, &old, "report");
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
        .min_warning_tokens(9)
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
