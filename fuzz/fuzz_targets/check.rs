//! Bytes, as the documents of a check under settings that the first byte chooses.

#![no_main]

use libfuzzer_sys::fuzz_target;
use refrain::{Boilerplate, Detector, PairSearch, Shingle};
use refrain_fuzz::{assert_sound, documents};

fuzz_target!(|data: &[u8]| {
    let Some((&choice, rest)) = data.split_first() else { return };
    let builder = match choice {
        b'w' => Detector::builder().shingle(Shingle::words(1)).threshold(0.3).min_passage_tokens(1),
        b'c' => Detector::builder().shingle(Shingle::chars(5)).threshold(0.8).merge_numbers(true),
        b'b' => Detector::builder().boilerplate(Some(Boilerplate::Documents(2))).min_paragraph_tokens(1),
        b'l' => Detector::builder().search(PairSearch::Banded).min_paragraph_tokens(1),
        _ => Detector::builder(),
    };
    let texts = documents(rest);
    let report = builder.threads(1).build().expect("these settings are valid").check_all(&texts);
    assert_sound(&report, &texts);
});
