//! A report is the same when it was stored and read again: one that was made of the bytes as texts, and
//! one that the bytes themselves are.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use refrain::{Detector, Report};
use refrain_fuzz::documents;

static DETECTOR: LazyLock<Detector> =
    LazyLock::new(|| Detector::builder().threads(1).build().expect("the default settings are valid"));

fuzz_target!(|data: &[u8]| match serde_json::from_slice::<Report>(data) {
    Ok(report) => assert_stored(&report),
    Err(_) => assert_stored(&DETECTOR.check_all(&documents(data))),
});

fn assert_stored(report: &Report) {
    let stored = serde_json::to_string(report).expect("a report can be stored");
    let read: Report = serde_json::from_str(&stored).expect("what was stored can be read");
    assert_eq!(&read, report);
    assert_eq!(serde_json::to_string(&read).expect("a report can be stored"), stored);
}
