//! How the quality of passages changes when each threshold of the search is changed by a fifth.
//!
//! `cargo bench --bench sensitivity -- [--texts FILE.jsonl]… [--problems N] [--seed N]
//! [--min-passage-tokens N] [--threshold NAME]…`
//!
//! Prints a Markdown table: for each threshold its value and by how many thousandths plagdet changes with
//! a fifth less and a fifth more, as the mean over generated texts and each file of texts. See `README.md`.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "prints a table, or what is wrong")]

mod generator;
mod passages;

use std::process::ExitCode;
use std::{env, fs};

use refrain::{Detector, PassageThresholds};
use serde::Deserialize;

use passages::detect;
use passages::plant::{Problem, Shelf};
use passages::reword::Rewording;
use passages::score::Score;

#[derive(Clone, Debug)]
struct Options {
    texts: Vec<String>,
    problems: usize,
    seed: u64,
    min_passage_tokens: usize,
    /// The thresholds to change; all if none is named.
    only: Vec<String>,
}

fn main() -> ExitCode {
    match options(env::args().skip(1)).and_then(|options| options.map_or(Ok(()), |options| run(&options))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("sensitivity: {problem}");
            ExitCode::FAILURE
        }
    }
}

/// `None` if the arguments are options of criterion, whose benches are run with the same arguments.
fn options(mut arguments: impl Iterator<Item = String>) -> Result<Option<Options>, String> {
    // Without `--bench` this is `cargo test --benches`: one threshold and one problem show that it works.
    let mut options = Options {
        texts: Vec::new(),
        problems: 1,
        seed: 1,
        min_passage_tokens: 8,
        only: vec![PassageThresholds::NAMES[0].into()],
    };
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{argument} needs a value"));
        let number =
            |text: String| text.parse().map_err(|_| format!("{argument} needs a number, got {text}"));
        match &*argument {
            "--bench" => (options.problems, options.only) = (24, Vec::new()),
            "--texts" => options.texts.push(value()?),
            "--problems" => options.problems = number(value()?)?,
            "--seed" => options.seed = number(value()?)? as u64,
            "--min-passage-tokens" => options.min_passage_tokens = number(value()?)?,
            "--threshold" => {
                let name = value()?;
                if !PassageThresholds::NAMES.contains(&&*name) {
                    let names = PassageThresholds::NAMES.join(", ");
                    return Err(format!("--threshold needs one of {names}, got {name}"));
                }
                options.only.push(name);
            }
            other => {
                eprintln!("sensitivity: nothing is measured, because {other} is not one of its options");
                return Ok(None);
            }
        }
    }
    Ok(Some(options))
}

#[derive(Deserialize)]
struct Record {
    text: String,
}

/// Where the problems come from: generated texts, then each file.
fn sources(options: &Options) -> Result<Vec<Option<Vec<String>>>, String> {
    let mut sources = vec![None];
    for path in &options.texts {
        let content = fs::read_to_string(path).map_err(|error| format!("cannot read {path}: {error}"))?;
        let records = content.lines().filter(|line| !line.trim().is_empty());
        let texts: Result<Vec<String>, String> = records
            .map(|line| serde_json::from_str(line).map(|Record { text }| text))
            .map(|read| read.map_err(|error| format!("{path}: {error}")))
            .collect();
        sources.push(Some(texts?));
    }
    Ok(sources)
}

/// Passages planted in two documents, in one, and condensed in two.
const MEASURES: [&str; 3] = ["two documents", "one document", "condensed"];

fn run(options: &Options) -> Result<(), String> {
    let sources = sources(options)?;
    let usual = measure(options, &sources, PassageThresholds::default());
    println!(
        "Plagdet with the values as they are: {}.\n",
        MEASURES
            .iter()
            .zip(usual)
            .map(|(name, value)| format!("{name} {value:.3}"))
            .collect::<Vec<_>>()
            .join(", ")
    );
    println!("| threshold | value | less | more | {} |", MEASURES.join(" | "));
    println!("|---|---:|---:|---:|{}", "---:|".repeat(MEASURES.len()));
    for name in PassageThresholds::NAMES {
        if !options.only.is_empty() && !options.only.iter().any(|only| only == name) {
            continue;
        }
        let value = *PassageThresholds::default().by_name(name);
        let changed = [0.8, 1.2].map(|times| changed(value, times));
        let found = changed.map(|value| {
            let mut thresholds = PassageThresholds::default();
            *thresholds.by_name(name) = value;
            measure(options, &sources, thresholds)
        });
        let cells = (0..MEASURES.len()).map(|at| {
            let [less, more] = found.map(|found| 1000.0 * (found[at] - usual[at]));
            format!("{less:+.1} / {more:+.1}")
        });
        let cells: Vec<String> = cells.collect();
        println!("| `{name}` | {value:.3} | {:.3} | {:.3} | {} |", changed[0], changed[1], cells.join(" | "));
    }
    Ok(())
}

/// A value changed by a factor; a whole number by at least 1, so that there is a change at all.
fn changed(value: f64, times: f64) -> f64 {
    if value.fract() != 0.0 {
        return value * times;
    }
    let step = (value * (times - 1.0)).round();
    let least = (times - 1.0).signum();
    value + if step.abs() < 1.0 { least } else { step }
}

/// The mean plagdet over all sources, for each of [`MEASURES`]; sources that a measure has no problem for
/// are left out of it.
fn measure(
    options: &Options,
    sources: &[Option<Vec<String>>],
    thresholds: PassageThresholds,
) -> [f64; MEASURES.len()] {
    let detector = Detector::builder()
        .min_passage_tokens(options.min_passage_tokens)
        .passage_thresholds(thresholds)
        .build()
        .expect("the settings are valid");
    let mut sums = [(0.0, 0_usize); MEASURES.len()];
    for source in sources {
        // The same problems for all values.
        let mut shelf = match source {
            None => Shelf::made(options.seed),
            Some(texts) => Shelf::read(options.seed, texts),
        };
        let scores = [
            score(&detector, options, &Rewording::ALL, |kind| match kind {
                Some(kind) => shelf.borrowed(kind),
                None => shelf.unrelated(),
            }),
            score(&detector, options, &Rewording::ALL, |kind| match kind {
                Some(kind) => shelf.repeated(kind),
                None => shelf.clean(),
            }),
            score(&detector, options, &Rewording::CONDENSED, |kind| match kind {
                Some(kind) => shelf.borrowed(kind),
                None => shelf.unrelated(),
            }),
        ];
        for (sum, score) in sums.iter_mut().zip(scores) {
            if let Some(score) = score {
                *sum = (sum.0 + score.plagdet(), sum.1 + 1);
            }
        }
    }
    sums.map(|(sum, count)| sum / count.max(1) as f64)
}

/// The score over problems of all kinds, and of some without a case, where all that is found is wrong.
fn score(
    detector: &Detector,
    options: &Options,
    kinds: &[Rewording],
    mut next: impl FnMut(Option<Rewording>) -> Option<Problem>,
) -> Option<Score> {
    let mut score = Score::default();
    for kind in kinds.iter().copied().map(Some).chain([None]) {
        for _ in 0..options.problems {
            let Problem { texts, cases } = next(kind)?;
            score += Score::new(&cases, &detect::found(detector, &texts));
        }
    }
    Some(score)
}
