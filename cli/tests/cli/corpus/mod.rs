//! `refrain pairs`, `clusters` and `dedup`.

mod bad;
mod careful;
mod clusters;
mod dedup;
mod dry_run;
mod formats;
mod laws;
mod numbers;
mod outputs;
mod pairs;

use serde_json::Value;

use crate::run::{Folder, Ran};

/// Two near-duplicates, and a text that is like neither.
const FERRY: &str =
    "The ferry leaves the eastern pier at seven in the morning and comes back before the tide turns.";
const FERRY_EDITED: &str =
    "The ferry leaves the eastern pier at eight in the morning and comes back before the tide turns.";
const SOUP: &str = "Our cook stirs the soup with a wooden spoon that her grandmother carved one winter.";

/// Options that compare all paragraphs, and with the threshold of `pairs`: for tests of `clusters` and
/// `dedup` that are about something else.
const ALIKE: [&str; 4] = ["--threshold", "0.5", "--min-paragraph-tokens", "1"];

/// A corpus of records with these ids, as written in JSON, and texts.
fn corpus(records: &[(&str, &str)]) -> String {
    records.iter().map(|(id, text)| format!("{{\"id\": {id}, \"text\": {}}}\n", quoted(text))).collect()
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

fn parsed(lines: &str) -> Vec<Value> {
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The output of a run that must succeed and print only the summary on standard error.
fn done(ran: &Ran) -> Vec<Value> {
    assert_eq!((ran.status, ran.stderr.lines().count()), (0, 1), "{ran:?}");
    parsed(&ran.stdout)
}

/// Runs a command that must fail with nothing on standard output, and returns the error message.
fn failure(folder: &Folder, arguments: &[&str]) -> String {
    let ran = folder.run(arguments);
    assert_eq!((ran.status, &*ran.stdout), (2, ""), "{ran:?}");
    assert_eq!(ran.stderr.lines().count(), 1, "{ran:?}");
    let message = ran.stderr.strip_prefix("error: ").unwrap();
    message.trim_end().to_owned()
}
