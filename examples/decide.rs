//! A pipeline that decides about each incoming article: publish it, send it back, or merge it with one
//! that is there already. An article that takes too long to check is left to a person.
//!
//! `cargo run --example decide -- tests/data/article.txt tests/data/canal.txt tests/data/canal_reworded.txt`
#![expect(clippy::print_stdout, reason = "the example prints its decisions")]

use std::error::Error;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};
use std::{env, fs};

use refrain::{Detector, Document, ErrorKind, Level, Progress, Report, Verdict};

/// An article of which other articles hold this share is merged.
const MERGE: f64 = 0.5;
/// The time for one article.
const LIMIT: Duration = Duration::from_secs(5);

fn main() -> Result<(), Box<dyn Error>> {
    let detector = Detector::builder().threshold(0.6).build()?;
    let mut published: Vec<(String, String)> = Vec::new();
    for path in env::args().skip(1) {
        let text = fs::read_to_string(&path)?;
        let start = Instant::now();
        let watch =
            |_| if start.elapsed() < LIMIT { ControlFlow::Continue(()) } else { ControlFlow::Break(()) };
        match decide(&detector, (&path, &text), &published, watch) {
            Ok(None) => {
                println!("{path}: publish");
                published.push((path, text));
            }
            Ok(Some(decision)) => println!("{path}: {decision}"),
            Err(error) if error.kind() == ErrorKind::Cancelled => {
                println!("{path}: read it yourself, the check took longer than {LIMIT:?}");
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// What to do with an article; `None` if it can be published.
fn decide(
    detector: &Detector,
    article: (&str, &str),
    published: &[(String, String)],
    watch: impl Fn(Progress) -> ControlFlow<()> + Sync,
) -> Result<Option<String>, refrain::Error> {
    // The same watcher goes to every call, so they have the time together.
    let own = detector.try_check_all([article], &watch)?;
    let mut shares = Vec::new();
    for other in published {
        let report = detector.try_compare(article, Document::from(other), &watch)?;
        shares.push((report.documents()[0].shared, &other.0));
    }
    let most = shares.into_iter().max_by(|a, b| a.0.total_cmp(&b.0));
    Ok(match most {
        Some((share, name)) if share >= MERGE => {
            Some(format!("merge with {name}, which holds {:.0} % of it", 100.0 * share))
        }
        _ => reason_to_return(&own).map(|reason| format!("send back: {reason}")),
    })
}

/// Why an article is not good enough by itself.
fn reason_to_return(report: &Report) -> Option<String> {
    let document = &report.documents()[0];
    match document.verdict {
        Verdict::Repetitive => {
            return Some(format!("{:.0} % of it repeats itself", 100.0 * document.redundancy));
        }
        Verdict::Padded => {
            return Some(format!(
                "{:.0} % of its sentences say something again",
                100.0 * document.said_again
            ));
        }
        _ => {}
    }
    let warning = report.findings().iter().find(|finding| finding.level == Level::Warning)?;
    Some(format!("line {}: {}", warning.line, warning.message))
}
