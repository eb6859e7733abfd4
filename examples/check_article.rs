//! Checks one article and prints what repeats in it.
//!
//! `cargo run --example check_article -- tests/data/article.txt`
#![expect(clippy::print_stdout, reason = "the example shows its findings")]

use std::error::Error;
use std::{env, fs};

use refrain::Detector;

fn main() -> Result<(), Box<dyn Error>> {
    let path = env::args().nth(1).unwrap_or_else(|| "tests/data/article.txt".to_owned());
    let article = fs::read_to_string(&path)?;
    let report = Detector::new().check((path.as_str(), article.as_str()));

    for finding in report.shown() {
        println!("{finding}");
        for place in &finding.related {
            println!("    line {}: {:.60}…", place.line, place.span.of(&article));
        }
        for stretch in &finding.stretches {
            println!("    said at line {}: {:.60}…", stretch.source.line, stretch.span.of(&article));
        }
    }
    let document = &report.documents()[0];
    println!(
        "{}: redundancy {:.2}, said again {:.2}, opening and closing {:.2}",
        document.verdict, document.redundancy, document.said_again, document.opening_closing
    );
    Ok(())
}
