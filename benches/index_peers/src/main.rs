//! Compares the index of `refrain` with what a team would otherwise take: time, size, memory, recall and precision.
//!
//! It prints Markdown for `BENCHMARKS.md`. The README of this package says what is compared, and how to run it.

mod data;
#[path = "../../generator.rs"]
mod generator;
mod measure;
mod memory;
mod ours;
mod outside;
mod search;
#[path = "../../peers/src/truth.rs"]
#[allow(dead_code, reason = "a part of it is used")]
mod truth;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::data::Data;
use crate::measure::{Measured, folder_bytes, median_of};

const USAGE: &str = "\
usage: index_peers FOLDER [PARAGRAPHS [ROUNDS]]
  FOLDER      for the data and the indexes, on the disk that is to be measured; it must be empty or missing
  PARAGRAPHS  how many are stored (default 100000)
  ROUNDS      how often each peer runs, in turns (default 2)
environment:
  PYTHON      a Python with datasketch and redis (default python3)
  REDIS       the command redis-server (default redis-server)
  INCREDEDUP  the command incrededup (default incrededup)";

/// The paragraphs after which each peer commits.
const COMMIT: usize = 10_000;
/// The least resemblance of what is to be found.
const THRESHOLD: f64 = 0.5;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// All that are compared.
const PEERS: [&str; 8] = [
    "refrain-index",
    "refrain-index, no texts",
    "gaoya, in memory",
    "datasketch, in memory",
    "datasketch, Redis",
    "SQLite FTS5",
    "tantivy, more like this",
    "incrededup",
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let number = |text: &str| text.parse::<usize>();
    let outcome = match arguments[..] {
        ["child", peer, folder] => child(peer, Path::new(folder)),
        [folder] => run(folder, 100_000, 2),
        [folder, paragraphs] => {
            number(paragraphs).map_err(Into::into).and_then(|count| run(folder, count, 2))
        }
        [folder, paragraphs, rounds] => match (number(paragraphs), number(rounds)) {
            (Ok(paragraphs), Ok(rounds)) => run(folder, paragraphs, rounds.max(1)),
            _ => Err("PARAGRAPHS and ROUNDS are numbers".into()),
        },
        _ => Err(USAGE.into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

/// One peer in a process of its own, so that its memory is its own.
fn child(peer: &str, folder: &Path) -> Outcome<()> {
    let data = Data::read(folder)?;
    let own = folder.join("index");
    let measured = match peer {
        "refrain-index" => ours::run(&data, &own, true),
        "refrain-index, no texts" => ours::run(&data, &own, false),
        "gaoya, in memory" => memory::gaoya(&data),
        "SQLite FTS5" => search::sqlite(&data, &own),
        "tantivy, more like this" => search::tantivy(&data, &own),
        _ => return Err(format!("there is no peer {peer}").into()),
    }?;
    println!("{}", serde_json::to_string(&measured)?);
    Ok(())
}

fn run(folder: &str, paragraphs: usize, rounds: usize) -> Outcome<()> {
    let folder = PathBuf::from(folder);
    std::fs::create_dir_all(&folder)?;
    if std::fs::read_dir(&folder)?.next().is_some() {
        return Err("the folder is not empty".into());
    }
    eprintln!("making {paragraphs} paragraphs and the truth");
    let data = Data::generate(paragraphs);
    data.write(&folder)?;
    let mut runs: Vec<Vec<Measured>> = PEERS.map(|_| Vec::new()).into();
    for round in 1..=rounds {
        for (peer, runs) in PEERS.iter().zip(&mut runs) {
            let own = folder.join("index");
            std::fs::create_dir(&own)?;
            let measured = match *peer {
                "datasketch, in memory" => outside::datasketch(&folder),
                "datasketch, Redis" => outside::datasketch_redis(&folder),
                "incrededup" => outside::incrededup(&data, &own),
                peer => outside::child(peer, &folder),
            };
            match measured {
                Ok(mut measured) => {
                    measured.bytes = measured.bytes.or_else(|| folder_bytes(&own).ok());
                    eprintln!("round {round}: {peer}: {}", measured.summary());
                    runs.push(measured);
                }
                Err(error) => eprintln!("round {round}: {peer} did not run: {error}"),
            }
            std::fs::remove_dir_all(&own)?;
        }
        print(&data, &runs, round);
    }
    Ok(())
}

/// Prints what was measured up to now.
fn print(data: &Data, runs: &[Vec<Measured>], rounds: usize) {
    let text: usize = data.stored.iter().map(String::len).sum();
    println!(
        "{} paragraphs, {} MB; {} queries, {} of them with a near-duplicate; after round {rounds}\n",
        data.stored.len(),
        text / 1_000_000,
        data.queries.len(),
        data.truth.iter().filter(|truth| !truth.is_empty()).count()
    );
    println!(
        "| | added, paragraphs a second | of processor time | query, median | 99th percentile | processor time of a query | bytes a byte of text | \
         memory | recall | precision |"
    );
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for (peer, runs) in PEERS.iter().zip(runs) {
        let Some(first) = runs.first() else {
            println!("| {peer} | did not run |");
            continue;
        };
        let of = |value: &dyn Fn(&Measured) -> f64| median_of(runs.iter().map(value).collect());
        let (recall, precision) = data.quality(&first.answers);
        let size = match first.bytes {
            Some(bytes) if bytes > 0 => format!("{:.2}", bytes as f64 / text as f64),
            _ => "none".to_owned(),
        };
        println!(
            "| {peer} | {:.0} | {:.0} | {:.2} ms | {:.2} ms | {:.2} ms | {size} | {:.0} MB | {recall:.3} | {precision:.3} |",
            of(&|run| data.stored.len() as f64 / run.add_seconds),
            of(&|run| data.stored.len() as f64 / run.add_processor_seconds),
            of(&|run| run.query_quantile(0.5)),
            of(&|run| run.query_quantile(0.99)),
            of(&|run| run.query_processor_ms),
            first.memory as f64 / 1e6,
        );
    }
}
