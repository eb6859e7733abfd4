//! From a JSON Lines file to pairs: `refrain pairs` and simple programs that use the peers.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use serde::{Deserialize, Serialize};

use crate::peer::{Peer, THRESHOLD};
use crate::process::{self, Usage};
use crate::race::{least, median, times_as_long};
use crate::table::{Table, grouped};
use crate::{gaoya, library, txtfp};

const ROUNDS: usize = 5;

const WALL: fn(&Usage) -> f64 = |usage| usage.wall;
const CPU: fn(&Usage) -> f64 = |usage| usage.cpu;
const MEMORY: fn(&Usage) -> f64 = |usage| usage.memory;
const FAULTS: fn(&Usage) -> f64 = |usage| usage.faults;

#[derive(Deserialize, Serialize)]
struct Record<'a> {
    id: u32,
    #[serde(borrow)]
    text: Cow<'a, str>,
}

#[derive(Serialize)]
struct Pair {
    a: u32,
    b: u32,
}

/// Compares the given command `refrain`, or the one that is built now, with the programs of the peers.
pub(crate) fn run(refrain: Option<&str>) {
    let refrain = refrain.map_or_else(build, str::to_owned);
    let own = std::env::current_exe().expect("the system knows what it runs");
    let own = own.to_str().expect("the path is UTF-8");
    let folder = own.to_owned() + ".jsonl";
    std::fs::create_dir_all(&folder).expect("there is room beside the executable");
    let [input, output] = ["input", "pairs"].map(|name| format!("{folder}/{name}.jsonl"));
    let (records, bytes) = write(&input);
    println!(
        "{} records, {} bytes, {ROUNDS} rounds in turns.\n",
        grouped(records as f64),
        grouped(bytes as f64)
    );
    let threshold = THRESHOLD.to_string();
    let ours = |threads| {
        vec![
            "pairs",
            &input,
            "--quiet",
            "--threshold",
            &threshold,
            "--min-paragraph-tokens",
            "1",
            "--threads",
            threads,
            "-o",
            &output,
        ]
    };
    let theirs = |name| vec!["peer", name, &input, &output];
    let racers = [
        ("refrain pairs", &*refrain, ours("1")),
        ("refrain pairs, two threads", &*refrain, ours("2")),
        ("gaoya, tuned", own, theirs("gaoya")),
        ("gaoya, as shown", own, theirs("gaoya-as-shown")),
        ("txtfp, as shown", own, theirs("txtfp")),
        ("txtfp, lean", own, theirs("txtfp-lean")),
    ];
    let mut usages: Vec<Vec<Usage>> = vec![Vec::new(); racers.len()];
    let mut pairs = vec![0; racers.len()];
    for round in 0..=ROUNDS {
        for (at, (name, command, arguments)) in racers.iter().enumerate() {
            eprint!("\r{round} of {ROUNDS}: {name}\x1b[K");
            let usage = process::run(command, arguments);
            if round == 0 {
                pairs[at] = lines(&output);
            } else {
                usages[at].push(usage);
            }
        }
    }
    eprint!("\r\x1b[K");
    let column = |at: usize, of: fn(&Usage) -> f64| usages[at].iter().map(of).collect::<Vec<f64>>();
    let mut table = Table::new([
        "",
        "median s",
        "least s",
        "CPU s",
        "MB/s",
        "ours is faster by",
        "by CPU",
        "peak MB",
        "of ours",
        "page faults",
        "pairs",
    ]);
    for (at, (name, ..)) in racers.iter().enumerate() {
        let [wall, cpu, memory] = [column(at, WALL), column(at, CPU), column(at, MEMORY)];
        table.row([
            (*name).to_owned(),
            format!("{:.3}", median(&wall)),
            format!("{:.3}", least(&wall)),
            format!("{:.3}", median(&cpu)),
            format!("{:.0}", bytes as f64 / 1e6 / median(&wall)),
            format!("{:.1}", times_as_long(&wall, &column(0, WALL))),
            format!("{:.1}", times_as_long(&cpu, &column(0, CPU))),
            format!("{:.0}", median(&memory) / 1e6),
            format!("{:.2}", times_as_long(&memory, &column(0, MEMORY))),
            grouped(median(&column(at, FAULTS))),
            grouped(pairs[at] as f64),
        ]);
    }
    table.print();
    std::fs::remove_dir_all(&folder).expect("the folder is ours");
}

/// Builds the command with the same flags and returns its path.
fn build() -> String {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/../../Cargo.toml");
    let mut cargo = Command::new("cargo");
    cargo.args([
        "build",
        "--release",
        "--package",
        "refrain-cli",
        "--message-format",
        "json",
        "--manifest-path",
        manifest,
    ]);
    let output = cargo.stderr(Stdio::inherit()).output().expect("cargo starts");
    assert!(output.status.success(), "the command can be built");
    let messages = output.stdout.split(|&byte| byte == b'\n');
    let messages = messages.filter_map(|line| serde_json::from_slice::<serde_json::Value>(line).ok());
    let mut executables = messages.filter_map(|message| message["executable"].as_str().map(str::to_owned));
    executables.next_back().expect("cargo tells where the command is")
}

/// Writes the corpus and returns its numbers of records and bytes.
fn write(path: &str) -> (usize, usize) {
    let corpus = library::corpus();
    let mut text = Vec::new();
    for (id, paragraph) in (0..).zip(&corpus.paragraphs) {
        let record = Record { id, text: Cow::Borrowed(paragraph) };
        serde_json::to_writer(&mut text, &record).expect("a record can be written");
        text.push(b'\n');
    }
    std::fs::write(path, &text).expect("there is room for the corpus");
    (corpus.paragraphs.len(), text.len())
}

fn lines(path: &str) -> usize {
    let text = std::fs::read(path).expect("the pairs were written");
    text.iter().filter(|&&byte| byte == b'\n').count()
}

/// The program of a peer: for each line, it reads the text, queries the index, writes pairs and inserts the
/// text. It keeps no text.
pub(crate) fn peer(name: &str, input: &str, output: &str) {
    let (input, output) = (Path::new(input), Path::new(output));
    match name {
        "gaoya" => stream(gaoya::tuned(1000), input, output),
        "gaoya-as-shown" => stream(gaoya::as_shown(), input, output),
        "txtfp" => stream(txtfp::as_shown(), input, output),
        "txtfp-lean" => stream(txtfp::lean(), input, output),
        _ => panic!("there is no peer {name}"),
    }
}

fn stream(mut peer: impl Peer, input: &Path, output: &Path) {
    let mut input = BufReader::with_capacity(1 << 16, File::open(input).expect("the input is there"));
    let mut output =
        BufWriter::with_capacity(1 << 16, File::create(output).expect("there is room for the output"));
    let (mut line, mut ids, mut near) = (Vec::new(), Vec::new(), Vec::new());
    while input.read_until(b'\n', &mut line).expect("the input can be read") > 0 {
        let record: Record = serde_json::from_slice(&line).expect("each line is a record");
        peer.take(ids.len() as u32, &record.text, |place| near.push(place));
        for place in near.drain(..) {
            let pair = Pair { a: ids[place as usize], b: record.id };
            serde_json::to_writer(&mut output, &pair).expect("a pair can be written");
            output.write_all(b"\n").expect("there is room for the output");
        }
        ids.push(record.id);
        line.clear();
    }
    output.flush().expect("there is room for the output");
    // A process that ends need not free its memory.
    std::mem::forget(peer);
}
