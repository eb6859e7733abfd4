//! The summary that a corpus command prints at the end.

use std::time::Instant;

use super::read::Records;
use crate::output::stderr::print_line;
use crate::render::numbers::count;

/// What was read, and how long the command took.
#[derive(Debug)]
pub(crate) struct RunSummary {
    started: Instant,
    records: usize,
    paragraphs: usize,
    bytes: usize,
    skipped: usize,
    first_problem: Option<String>,
    /// "line" or "row".
    unit: &'static str,
    pub(crate) short_paragraphs: usize,
    pub(crate) exact_duplicates: usize,
    /// Further lines, about what the result omits.
    pub(crate) notes: Vec<String>,
}

impl RunSummary {
    pub(crate) fn new(started: Instant, records: &mut Records, unit: &'static str) -> Self {
        Self {
            started,
            records: records.store.records(),
            paragraphs: records.store.paragraphs().len(),
            bytes: records.bytes,
            skipped: records.skipped.len(),
            first_problem: records.first_problem.take(),
            unit,
            short_paragraphs: 0,
            exact_duplicates: 0,
            notes: Vec::new(),
        }
    }

    /// "3 records, 7 paragraphs (1 too short to compare), 2 exact duplicates: 4 pairs; 0.01 s, 0.2 MB/s", and
    /// the further lines.
    fn lines(&self, result: &str, seconds: f64) -> Vec<String> {
        let mut first = format!("{}, {}", count(self.records, "record"), count(self.paragraphs, "paragraph"));
        if self.short_paragraphs > 0 {
            first += &format!(" ({} too short to compare)", self.short_paragraphs);
        }
        let rate = self.bytes as f64 / 1e6 / seconds.max(1e-9);
        let duplicates = count(self.exact_duplicates, "exact duplicate");
        first += &format!(", {duplicates}: {result}; {seconds:.2} s, {rate:.1} MB/s");
        let mut lines = vec![first];
        if let Some(problem) = &self.first_problem {
            let skipped = count(self.skipped, &format!("bad {}", self.unit));
            lines.push(format!("skipped {skipped}; the first: {problem}"));
        }
        lines.extend_from_slice(&self.notes);
        lines
    }

    /// Prints the summary with this result on standard error.
    pub(crate) fn print(&self, result: &str) {
        for line in self.lines(result, self.started.elapsed().as_secs_f64()) {
            print_line(&line);
        }
    }
}
