//! A pipeline that runs again and again, and may be killed at any moment: it decides about each incoming article once,
//! and publishes no text twice.
//!
//! The index is what counts: an article is published when it is in the index, in the transaction in which it was checked.
//! Its decision is a file, written after that. If the program ends between the two, the next run writes the file.
//!
//! `cargo run -p refrain-index --example pipeline -- published.index incoming decisions` reads the files of the folder
//! `incoming`, in the order of their names, and writes a JSON file for each into the folder `decisions`.
#![allow(clippy::print_stdout, reason = "the example prints its decisions")]

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use refrain::{Detector, Verdict};
use refrain_index::{Entry, ErrorKind, Index, Query, Report, Settings};
use serde_json::{Value, json};

/// An article of which this share was published before is merged with what was.
const MERGE: f64 = 0.5;
/// The most findings that are given as reasons.
const REASONS: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let [index, incoming, decisions] = &env::args().skip(1).map(PathBuf::from).collect::<Vec<_>>()[..] else {
        return Err("give the file of an index, the folder of the articles and that of the decisions".into());
    };
    run(index, incoming, decisions, |name, decision| println!("{name}: {decision}"))
}

/// Decides about all articles that have no decision yet, and passes each decision to `decided`.
pub(crate) fn run(
    index: &Path,
    incoming: &Path,
    decisions: &Path,
    mut decided: impl FnMut(&str, &Value),
) -> Result<(), Box<dyn Error>> {
    let index = match Index::open(index) {
        Err(error) if error.kind() == ErrorKind::NotFound => Index::create(index, Settings::default())?,
        opened => opened?,
    };
    fs::create_dir_all(decisions)?;
    let detector = Detector::new();
    let mut articles =
        fs::read_dir(incoming)?.map(|file| Ok(file?.path())).collect::<Result<Vec<_>, Box<dyn Error>>>()?;
    articles.sort();
    for article in articles {
        let name = article.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let file = decisions.join(format!("{name}.json"));
        if file.exists() {
            continue;
        }
        // It was published, and the program ended before it could say so.
        let decision = if index.get(&name)?.is_some() {
            json!({ "decision": "publish" })
        } else {
            decide(&index, &detector, &name, &fs::read_to_string(&article)?)?
        };
        // There is a whole file or none.
        let unfinished = decisions.join("unfinished");
        fs::write(&unfinished, decision.to_string())?;
        fs::rename(&unfinished, &file)?;
        decided(&name, &decision);
    }
    Ok(())
}

fn decide(index: &Index, detector: &Detector, name: &str, text: &str) -> Result<Value, Box<dyn Error>> {
    let own = detector.check((name, text));
    let verdict = own.documents()[0].verdict;
    if verdict != Verdict::Ok {
        let reasons: Vec<&str> = own.shown().take(REASONS).map(|finding| &*finding.message).collect();
        return Ok(json!({ "decision": "send back", "verdict": verdict, "reasons": reasons }));
    }
    let is_new = |report: &Report| report.shared < MERGE;
    let report = index.check_and_add_if(
        Entry::new((name, text), json!({ "bytes": text.len() })),
        &Query::new(),
        is_new,
    )?;
    if is_new(&report) {
        return Ok(json!({ "decision": "publish" }));
    }
    let with: Vec<&str> = report.matches.iter().map(|found| &*found.stored.name).collect();
    let reasons: Vec<&str> = report.findings().take(REASONS).map(|(_, finding)| &*finding.message).collect();
    Ok(json!({ "decision": "merge", "with": with, "share": report.shared, "reasons": reasons }))
}
