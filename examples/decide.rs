//! A pipeline that decides about each incoming article: publish it, send it back, or merge it with one that is
//! there already. It prints a JSON object for each article, with its reasons. An article that takes too long to
//! check is left to a person.
//!
//! `cargo run --example decide -- tests/data/article.txt tests/data/canal.txt tests/data/canal_reworded.txt`
#![allow(clippy::print_stdout, reason = "the example prints its decisions")]

use std::error::Error;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};
use std::{env, fs};

use refrain::{Detector, Document, ErrorKind, Level, Progress, Report, Verdict};
use serde_json::{Value, json};

/// An article of which another holds this share is merged with it.
const MERGE: f64 = 0.5;
/// The time for one article.
const LIMIT: Duration = Duration::from_secs(5);
/// The most findings that are given as reasons.
const REASONS: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let mut pipeline = Pipeline::new()?;
    for path in env::args().skip(1) {
        let text = fs::read_to_string(&path)?;
        println!("{}", pipeline.decide(path, text, LIMIT)?);
    }
    Ok(())
}

/// The articles that were published, by name and text.
#[derive(Debug)]
pub(crate) struct Pipeline {
    detector: Detector,
    published: Vec<(String, String)>,
}

impl Pipeline {
    pub(crate) fn new() -> Result<Self, refrain::Error> {
        Ok(Self { detector: Detector::builder().threshold(0.6).build()?, published: Vec::new() })
    }

    /// What to do with an article. It is kept if it is published.
    pub(crate) fn decide(
        &mut self,
        name: String,
        text: String,
        limit: Duration,
    ) -> Result<Value, refrain::Error> {
        let start = Instant::now();
        let watch =
            |_| if start.elapsed() < limit { ControlFlow::Continue(()) } else { ControlFlow::Break(()) };
        let (decision, reasons) = match self.look(&name, &text, watch) {
            Ok(found) => found,
            Err(error) if error.kind() == ErrorKind::Cancelled => {
                ("ask a person", vec![json!({ "why": format!("the check took longer than {limit:?}") })])
            }
            Err(error) => return Err(error),
        };
        let decided = json!({ "article": name, "decision": decision, "reasons": reasons });
        if decision == "publish" {
            self.published.push((name, text));
        }
        Ok(decided)
    }

    fn look(
        &self,
        name: &str,
        text: &str,
        watch: impl Fn(Progress) -> ControlFlow<()> + Sync,
    ) -> Result<(&'static str, Vec<Value>), refrain::Error> {
        // The same watcher goes to every call, so they have the time together.
        let own = self.detector.try_check_all([(name, text)], &watch)?;
        let mut most = None;
        for other in &self.published {
            let report = self.detector.try_compare((name, text), Document::from(other), &watch)?;
            let share = report.documents()[0].shared;
            if most.as_ref().is_none_or(|&(least, _)| share > least) {
                most = Some((share, report));
            }
        }
        if let Some((share, report)) = most.filter(|&(share, _)| share >= MERGE) {
            let with = &report.documents()[1].name;
            let mut reasons =
                vec![json!({ "why": "another article holds it", "with": with, "share": share })];
            reasons.extend(report.shown().take(REASONS).map(|finding| json!({ "why": finding.message })));
            return Ok(("merge", reasons));
        }
        let reasons = reasons_to_return(&own);
        Ok(if reasons.is_empty() { ("publish", reasons) } else { ("send back", reasons) })
    }
}

/// Why an article is not good enough by itself: its verdict, and what a person should look at.
fn reasons_to_return(report: &Report) -> Vec<Value> {
    let document = &report.documents()[0];
    let verdict = match document.verdict {
        Verdict::Ok => None,
        Verdict::Repetitive => Some(json!({ "why": "it repeats itself", "share": document.redundancy })),
        _ => Some(json!({ "why": "its sentences say the same again", "share": document.said_again })),
    };
    let is_wanted = |level: Level| level == Level::Warning || verdict.is_some();
    let findings = report.shown().filter(|finding| finding.paragraph.is_some() && is_wanted(finding.level));
    let findings: Vec<Value> = findings
        .take(REASONS)
        .map(|finding| json!({ "why": finding.message, "line": finding.line, "text": finding.excerpt }))
        .collect();
    verdict.into_iter().chain(findings).collect()
}
