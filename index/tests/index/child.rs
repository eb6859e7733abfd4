//! A process of its own that changes an index: this test program, started again.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use refrain_index::Index;

use super::pipeline::example;
use super::steps::{apply, steps};

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
        // Slowly, so that it can be killed in the middle.
        "pipeline" => {
            let [index, incoming, decisions] =
                ["a.index", "incoming", "decisions"].map(|name| Path::new(&path).join(name));
            let decided = |_: &str, _: &serde_json::Value| {
                say("done");
                std::thread::sleep(Duration::from_millis(30));
            };
            example::run(&index, &incoming, &decisions, decided).unwrap();
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
