//! One known finding, as a line of the file.

use serde::{Deserialize, Serialize};

/// A known finding. The fields come in the order in which lines are sorted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Entry {
    /// Its document, from the folder of the baseline.
    pub(super) file: String,
    pub(super) rule: String,
    /// The beginning of its text, for people.
    pub(super) text: String,
    /// The other documents that it names, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) with: Vec<String>,
    /// How many equal ones there are.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub(super) count: usize,
    pub(super) fingerprint: String,
}

fn one() -> usize {
    1
}

fn is_one(count: &usize) -> bool {
    *count == 1
}

impl Entry {
    /// The documents that must be checked to find it again.
    pub(super) fn documents(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.file).chain(&self.with).map(String::as_str)
    }
}

/// The beginning of a text in one line.
pub(super) fn beginning(text: &str) -> String {
    const MOST: usize = 60;
    let words: Vec<&str> = text.split_whitespace().take(MOST).collect();
    let line = words.join(" ");
    match line.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
