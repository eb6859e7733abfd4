//! Checks one article and prints what repeats in it.
//!
//! `cargo run --example check_article -- tests/data/article.txt`
#![expect(clippy::print_stdout, reason = "the example shows its findings")]

use std::error::Error;
use std::{env, fs};

use refrain::{Detector, Level};

fn main() -> Result<(), Box<dyn Error>> {
    let path = env::args().nth(1).unwrap_or_else(|| "tests/data/article.txt".to_owned());
    let article = fs::read_to_string(&path)?;
    let report = Detector::new().check((path.as_str(), article.as_str()));

    for finding in report.findings().iter().filter(|finding| finding.level == Level::Warning) {
        println!("{finding}");
        for place in &finding.related {
            println!("    line {}: {:.60}…", place.line, place.span.of(&article));
        }
    }
    for passage in report.passages().iter().take(5) {
        println!("{} words, {}, {} times:", passage.tokens, passage.kind, passage.occurrences.len());
        for occurrence in &passage.occurrences {
            println!("    {}:{} {}", occurrence.line, occurrence.column, occurrence.text);
        }
    }
    println!("redundancy {:.2}", report.documents()[0].redundancy);
    Ok(())
}
