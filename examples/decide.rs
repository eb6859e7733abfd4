//! A pipeline that decides about each incoming article: publish it, send it back, or merge it with one
//! that is there already.
//!
//! `cargo run --example decide -- tests/data/article.txt tests/data/bees.txt tests/data/canal.txt`
#![expect(clippy::print_stdout, reason = "the example prints its decisions")]

use std::error::Error;
use std::{env, fs};

use refrain::{Detector, Document, Level, Report};

/// An article of which other articles hold this share is merged.
const MERGE: f64 = 0.5;
/// An article of which this share repeats itself is sent back.
const SEND_BACK: f64 = 0.3;

fn main() -> Result<(), Box<dyn Error>> {
    let detector = Detector::builder().threshold(0.6).build()?;
    let mut published: Vec<(String, String)> = Vec::new();
    for path in env::args().skip(1) {
        let text = fs::read_to_string(&path)?;
        let own = detector.check((path.as_str(), text.as_str()));
        let decision = match (merge_with(&detector, (&path, &text), &published), reason_to_return(&own)) {
            (Some(other), _) => format!("merge with {other}"),
            (None, Some(reason)) => format!("send back: {reason}"),
            (None, None) => "publish".to_owned(),
        };
        println!("{path}: {decision}");
        if decision == "publish" {
            published.push((path, text));
        }
    }
    Ok(())
}

/// The published article that holds most of a new one, if that is enough.
fn merge_with(detector: &Detector, article: (&str, &str), published: &[(String, String)]) -> Option<String> {
    let shares = published.iter().map(|other| {
        let report = detector.compare(article, Document::from(other));
        (report.documents()[0].shared, &other.0)
    });
    let (share, name) = shares.max_by(|a, b| a.0.total_cmp(&b.0))?;
    (share >= MERGE).then(|| format!("{name}, which holds {:.0} % of it", 100.0 * share))
}

/// Why an article is not good enough by itself.
fn reason_to_return(report: &Report) -> Option<String> {
    let redundancy = report.documents()[0].redundancy;
    if redundancy >= SEND_BACK {
        return Some(format!("{:.0} % of it repeats itself", 100.0 * redundancy));
    }
    let warning = report.findings().iter().find(|finding| finding.level == Level::Warning)?;
    Some(format!("line {}: {}", warning.line, warning.message))
}
