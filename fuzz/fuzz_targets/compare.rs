//! Two texts, compared either way round.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use refrain::{Detector, Report};
use refrain_fuzz::{assert_sound, documents};

static DETECTOR: LazyLock<Detector> =
    LazyLock::new(|| Detector::builder().threads(1).build().expect("the default settings are valid"));

fuzz_target!(|data: &[u8]| {
    let texts = documents(data);
    let [left, right, ..] = texts.as_slice() else { return };
    let [there, back] = [[left, right], [right, left]].map(|[left, right]| {
        let report = DETECTOR.compare(left, right);
        assert_sound(&report, &[left, right]);
        report
    });
    let shares = |report: &Report| [0, 1].map(|document| report.documents()[document].shared);
    let [left, right] = shares(&back);
    assert_eq!(shares(&there), [right, left]);
    assert_eq!(there.passages().len(), back.passages().len());
});
