//! The quality of passages: how well planted passages are found, for each kind of rewording. See `README.md`.
//!
//! `cargo bench --bench plagdet -- [--texts FILE.jsonl] [--problems N] [--seed N] [--min-passage-tokens N]
//! [--threshold NAME=VALUE]…`
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "prints a table, or what is wrong")]

mod generator;
mod passages;

use std::process::ExitCode;
use std::{env, fs};

use refrain::{Detector, PassageThresholds};
use serde::Deserialize;

use passages::plant::{Problem, Shelf};
use passages::reword::Rewording;
use passages::score::Score;
use passages::table::{Row, table};
use passages::{detect, runs};

#[derive(Clone, Debug)]
struct Options {
    /// A file of texts in which passages are planted, instead of generated texts.
    texts: Option<String>,
    /// The number of problems of each kind.
    problems: usize,
    seed: u64,
    min_passage_tokens: usize,
    thresholds: PassageThresholds,
}

fn main() -> ExitCode {
    match options(env::args().skip(1)).and_then(|options| options.map_or(Ok(()), |options| run(&options))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("plagdet: {problem}");
            ExitCode::FAILURE
        }
    }
}

/// `None` if the arguments are options of criterion, whose benches are run with the same arguments.
fn options(mut arguments: impl Iterator<Item = String>) -> Result<Option<Options>, String> {
    // Without `--bench` this is `cargo test --benches`: a few problems are enough.
    let mut options = Options {
        texts: None,
        problems: 2,
        seed: 1,
        min_passage_tokens: runs::LEAST,
        thresholds: PassageThresholds::default(),
    };
    let mut problems = None;
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{argument} needs a value"));
        let number =
            |text: String| text.parse().map_err(|_| format!("{argument} needs a number, got {text}"));
        match &*argument {
            "--bench" => options.problems = 24,
            "--texts" => options.texts = Some(value()?),
            "--problems" => problems = Some(number(value()?)?),
            "--seed" => options.seed = number(value()?)? as u64,
            "--min-passage-tokens" => options.min_passage_tokens = number(value()?)?,
            "--threshold" => {
                let text = value()?;
                let known = text.split_once('=').filter(|(name, _)| PassageThresholds::NAMES.contains(name));
                let set = known.and_then(|(name, value)| Some((name, value.parse().ok()?)));
                let Some((name, value)) = set else {
                    let names = PassageThresholds::NAMES.join(", ");
                    return Err(format!("--threshold needs NAME=VALUE with one of {names}, got {text}"));
                };
                *options.thresholds.by_name(name) = value;
            }
            other => {
                eprintln!("plagdet: nothing is measured, because {other} is not one of its options");
                return Ok(None);
            }
        }
    }
    options.problems = problems.unwrap_or(options.problems);
    Ok(Some(options))
}

#[derive(Deserialize)]
struct Record {
    text: String,
}

fn read(path: &str) -> Result<Vec<String>, String> {
    let content = fs::read_to_string(path).map_err(|error| format!("cannot read {path}: {error}"))?;
    let lines = (1..).zip(content.lines()).filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(number, line)| {
            let record: Record =
                serde_json::from_str(line).map_err(|error| format!("{path}, line {number}: {error}"))?;
            Ok(record.text)
        })
        .collect()
}

fn run(options: &Options) -> Result<(), String> {
    let detector = Detector::builder()
        .min_passage_tokens(options.min_passage_tokens)
        .passage_thresholds(options.thresholds)
        .build();
    let detector = detector.map_err(|error| error.to_string())?;
    let mut shelf = match &options.texts {
        None => Shelf::made(options.seed),
        Some(path) => Shelf::read(options.seed, &read(path)?),
    };
    let across = measure(&detector, options.problems, &Rewording::ALL, |kind| match kind {
        Some(rewording) => shelf.borrowed(rewording),
        None => shelf.unrelated(),
    });
    let within = measure(&detector, options.problems, &Rewording::ALL, |kind| match kind {
        Some(rewording) => shelf.repeated(rewording),
        None => shelf.clean(),
    });
    let condensed = measure(&detector, options.problems, &Rewording::CONDENSED, |kind| match kind {
        Some(rewording) => shelf.borrowed(rewording),
        None => shelf.unrelated(),
    });
    if across.is_none() && within.is_none() {
        return Err("no text is long enough, or all texts already share passages".to_owned());
    }
    for (title, nothing, outcome) in [
        ("two documents", "pairs of documents without a case", across),
        ("one document", "documents without a case", within),
        ("two documents, condensed", "pairs of documents without a case", condensed),
    ] {
        let Some(Outcome { rows, flagged }) = outcome else {
            println!("{title}: no text is suitable\n");
            continue;
        };
        println!("{}", table(title, &rows));
        let [engine, plain] = flagged;
        println!("Flagged of {} {nothing}: {engine}; by runs: {plain}.\n", options.problems);
        if options.texts.is_none() && rows[0].name == Rewording::Verbatim.to_string() {
            let verbatim = &rows[0].engine;
            assert!(verbatim.recall() > 0.9, "{title}: {verbatim:?}");
        }
    }
    Ok(())
}

/// A row for each kind, and in how many problems without a case each method found something.
struct Outcome {
    rows: Vec<Row>,
    flagged: [usize; 2],
}

/// Scores both methods on problems of each kind; `None` if such a problem cannot be made.
fn measure(
    detector: &Detector,
    problems: usize,
    kinds: &[Rewording],
    mut next: impl FnMut(Option<Rewording>) -> Option<Problem>,
) -> Option<Outcome> {
    let mut rows = Vec::new();
    for &rewording in kinds {
        let mut row = Row { name: rewording.to_string(), engine: Score::default(), runs: Score::default() };
        for _ in 0..problems {
            let Problem { texts, cases } = next(Some(rewording))?;
            row.engine += Score::new(&cases, &detect::found(detector, &texts));
            row.runs += Score::new(&cases, &runs::found(&texts));
        }
        rows.push(row);
    }
    let mut flagged = [0; 2];
    for _ in 0..problems {
        let Problem { texts, .. } = next(None)?;
        flagged[0] += usize::from(!detect::found(detector, &texts).is_empty());
        flagged[1] += usize::from(!runs::found(&texts).is_empty());
    }
    Some(Outcome { rows, flagged })
}
