//! Bytes, as a page of HTML under options that the first byte chooses.

#![no_main]

use libfuzzer_sys::fuzz_target;
use refrain::{InputKind, ReadOptions};
use refrain_fuzz::assert_read;

fuzz_target!(|data: &[u8]| {
    let Some((&choice, rest)) = data.split_first() else { return };
    let mut options = ReadOptions::default();
    (options.alt_text, options.front_matter) = (choice & 1 != 0, choice & 2 != 0);
    let source = String::from_utf8_lossy(rest);
    let _ = InputKind::guess(&source);
    let document = InputKind::Html.read("", &*source, &options);
    assert_read(&document);
    // Without options, what is read stands in the source, or an entity or a tag stands for it.
    for (at, c) in document.text().char_indices().filter(|_| choice & 3 == 0) {
        let read = document.to_source(refrain::Span::new(at, at + c.len_utf8())).of(&source);
        let stands = read.starts_with(['&', '<']) || read.is_empty() && c.is_whitespace();
        assert!(read.chars().eq([c]) || stands, "{read:?} for {c:?}");
    }
});
