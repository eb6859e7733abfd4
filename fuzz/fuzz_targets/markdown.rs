//! Text as Markdown, with what is read on request if it begins with `a`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use refrain::{InputKind, ReadOptions};
use refrain_fuzz::assert_in_source;

fuzz_target!(|data: &[u8]| {
    let source = String::from_utf8_lossy(data);
    let mut options = ReadOptions::default();
    let all = source.starts_with('a');
    (options.alt_text, options.front_matter) = (all, all);
    let source = source.strip_prefix('a').unwrap_or(&source);
    assert_in_source(&InputKind::Markdown.read("", source, &options));
    // A guess may not panic, whatever it is.
    let _ = InputKind::guess(source);
});
