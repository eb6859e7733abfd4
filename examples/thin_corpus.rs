//! Thins a corpus of records: keeps one of each group of near-duplicate paragraphs.
//!
//! `cargo run --example thin_corpus`
#![expect(clippy::print_stdout, reason = "the example prints what it keeps")]

use std::ops::ControlFlow;

use refrain::Detector;

const RECORDS: [&str; 5] = [
    "The tide table for March is pinned to the door of the harbour office, beside the ferry times.",
    "Goats may be taken on the upper deck if their owners hold them on a short rope all the way.",
    "The tide table for March is pinned to the door of the harbour office, next to the ferry times.",
    "Parcels for the outer islands go out on Wednesdays; whatever comes later waits a week.",
    "The tide table for March is pinned to the door of the harbour office, beside the ferry times.",
];

fn main() -> Result<(), refrain::Error> {
    let detector = Detector::builder().threshold(0.6).min_paragraph_tokens(5).build()?;
    let mut corpus = detector.corpus();
    // A real corpus comes in batches of some thousands.
    for batch in RECORDS.chunks(2) {
        corpus.extend(batch)?;
    }
    let representatives = corpus.representatives(None, |_progress| ControlFlow::Continue(()))?;
    for (number, found) in representatives.iter().enumerate() {
        let kept = found.paragraph.index();
        if kept == number {
            println!("{number} stays: {}", RECORDS[number]);
        } else {
            println!("{number} goes: {:.2} like {kept}", found.resemblance);
        }
    }
    Ok(())
}
