//! Compares `refrain` with its peers on the same paragraphs: time, recall and precision.
//!
//! It prints Markdown for `BENCHMARKS.md`. The README of this package says how to run it.

mod gaoya;
#[path = "../../generator.rs"]
mod generator;
mod jsonl;
mod library;
mod machine;
mod million;
mod ours;
mod peer;
mod process;
mod quality;
mod race;
mod table;
mod truth;
mod txtfp;

use std::process::ExitCode;

#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const USAGE: &str = "\
usage: cargo bench --manifest-path benches/peers/Cargo.toml [-- WHAT ...]
  library           texts in memory to pairs, against the peers (default)
  million           a million paragraphs against 100,000, two threads against one; ours only
  jsonl [REFRAIN]   a JSON Lines file to pairs; REFRAIN is the command, else it is built
  profile           ours alone, twenty times over, to be watched by a profiler";

/// Pairs of positions in ascending order; the smaller position is the first of its pair.
type Pairs = Vec<(u32, u32)>;

fn main() -> ExitCode {
    // Cargo passes `--bench` to every bench.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        [] | ["library"] => {
            machine::print();
            library::run();
        }
        ["million"] => {
            machine::print();
            million::run();
        }
        ["jsonl"] => {
            machine::print();
            jsonl::run(None);
        }
        ["jsonl", refrain] => {
            machine::print();
            jsonl::run(Some(refrain));
        }
        ["profile"] => library::profile(),
        // The processes that are timed.
        ["measured", command, ref rest @ ..] => process::measured(command, rest),
        ["peer", name, input, output] => jsonl::peer(name, input, output),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}
