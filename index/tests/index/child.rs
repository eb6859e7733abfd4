//! A process of its own that changes an index: this test program, started again.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use refrain_index::Index;

use super::generator::{Rng, Writer};
use super::go_on;

/// What the process does, step by step. It depends on the seed alone.
pub(crate) enum Step {
    Add(Vec<(String, String)>),
    Replace(Vec<(String, String)>),
    Remove(Vec<String>),
    Compact,
}

/// The first steps, each with the names that are stored after it.
pub(crate) fn steps(seed: u64, count: usize) -> Vec<(Step, BTreeSet<String>)> {
    let (mut rng, mut writer) = (Rng::new(seed), Writer::english(seed));
    let mut stored = BTreeSet::new();
    let mut steps = Vec::new();
    for number in 0..count {
        let some = |rng: &mut Rng, stored: &BTreeSet<String>| -> Vec<String> {
            stored.iter().filter(|_| rng.once_in(4)).cloned().collect()
        };
        let step = match rng.below(10) {
            0 | 1 if !stored.is_empty() => Step::Remove(some(&mut rng, &stored)),
            2 if !stored.is_empty() => {
                let names = some(&mut rng, &stored);
                Step::Replace(names.into_iter().map(|name| (name, writer.document(600))).collect())
            }
            3 => Step::Compact,
            _ => {
                let documents = 1 + rng.below(6);
                Step::Add(
                    (0..documents).map(|at| (format!("{number}-{at}"), writer.document(1500))).collect(),
                )
            }
        };
        match &step {
            Step::Add(documents) => stored.extend(documents.iter().map(|(name, _)| name.clone())),
            Step::Remove(names) => stored.retain(|name| !names.contains(name)),
            Step::Replace(_) | Step::Compact => {}
        }
        steps.push((step, stored.clone()));
    }
    steps
}

pub(crate) fn apply(index: &mut Index, step: Step) -> Result<(), refrain_index::Error> {
    match step {
        Step::Add(documents) => index.add_all(&documents, go_on).map(drop),
        Step::Replace(documents) => index.replace_all(&documents, go_on).map(drop),
        Step::Remove(names) => index.remove_all(names.iter().map(String::as_str)).map(drop),
        Step::Compact => index.compact(go_on),
    }
}

/// A running process.
pub(crate) struct Process {
    pub(crate) child: Child,
    pub(crate) input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Process {
    /// Starts a process and tells it what to do.
    pub(crate) fn start(task: &str, path: &Path, seed: u64) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["child::this_is_the_process", "--exact", "--ignored", "--nocapture"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        writeln!(input, "{task}\n{}\n{seed}", path.display()).unwrap();
        Self { child, input, output }
    }

    /// The next line that it says, without those of the test harness. Empty at the end.
    pub(crate) fn line(&mut self) -> String {
        loop {
            let mut line = String::new();
            if self.output.read_line(&mut line).unwrap() == 0 {
                return String::new();
            }
            // The harness writes the name of the test in front of the first line.
            if let Some(at) = line.find("says: ") {
                return line[at + 6..].trim_end().to_owned();
            }
        }
    }

    /// Kills it, and returns how often it has said "done".
    pub(crate) fn kill(mut self) -> usize {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        let mut done = 0;
        while !self.line().is_empty() {
            done += 1;
        }
        done
    }
}

fn say(what: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "says: {what}").unwrap();
    out.flush().unwrap();
}

#[test]
#[ignore = "other tests start it, and tell it by standard input what to do"]
fn this_is_the_process() {
    let mut lines = std::io::stdin().lines();
    let mut line = || lines.next().transpose().unwrap().unwrap_or_default();
    let (task, path, seed) = (line(), line(), line());
    match &*task {
        "steps" => {
            let steps = steps(seed.parse().unwrap(), 400);
            let mut index = Index::open(&path).unwrap();
            say("open");
            for (step, _) in steps {
                apply(&mut index, step).unwrap();
                say("done");
            }
        }
        // Holds the index open until it is told to end.
        "write" | "read" => {
            let opened = if task == "write" { Index::open(&path) } else { Index::open_read_only(&path) };
            match opened {
                Ok(index) => {
                    say("open");
                    while !line().is_empty() {
                        say(&index.stats().unwrap().documents.to_string());
                    }
                }
                Err(error) => say(&format!("{:?}", error.kind())),
            }
        }
        _ => {}
    }
}
