//! The summary: what there was, what came of it, and how long it took.

use std::io::{self, Write as _};
use std::time::Instant;

use super::read::Gathered;
use crate::render::printable::visible;
use crate::render::summary::count;

/// What is said at the end.
#[derive(Debug)]
pub(crate) struct Tally {
    started: Instant,
    records: usize,
    paragraphs: usize,
    bytes: usize,
    skipped: usize,
    first_skipped: Option<String>,
    unit: &'static str,
    pub(crate) short: usize,
    pub(crate) exact: usize,
    /// Sentences of their own, about what was left out.
    pub(crate) notes: Vec<String>,
}

impl Tally {
    pub(crate) fn new(started: Instant, gathered: &mut Gathered, unit: &'static str) -> Self {
        Self {
            started,
            records: gathered.store.records(),
            paragraphs: gathered.store.paragraphs().len(),
            bytes: gathered.bytes,
            skipped: gathered.skipped.len(),
            first_skipped: gathered.first_skipped.take(),
            unit,
            short: 0,
            exact: 0,
            notes: Vec::new(),
        }
    }

    /// "3 records, 7 paragraphs (1 too short to be compared), 2 exact duplicates: 4 pairs; 0.01 s, 0.2
    /// MB/s", and a line for each note.
    fn text(&self, result: &str, seconds: f64) -> String {
        let mut text = format!("{}, {}", count(self.records, "record"), count(self.paragraphs, "paragraph"));
        if self.short > 0 {
            text += &format!(" ({} too short to be compared)", self.short);
        }
        let rate = self.bytes as f64 / 1e6 / seconds.max(1e-9);
        text += &format!(
            ", {}: {result}; {seconds:.2} s, {rate:.1} MB/s\n",
            count(self.exact, "exact duplicate")
        );
        if let Some(first) = &self.first_skipped {
            let unit = format!("bad {}", self.unit);
            text += &format!("{} skipped, the first of them {first}\n", count(self.skipped, &unit));
        }
        for note in &self.notes {
            text += &format!("{note}\n");
        }
        text
    }

    /// Says it on standard error.
    pub(crate) fn tell(&self, result: &str) {
        let text = self.text(result, self.started.elapsed().as_secs_f64());
        let mut stderr = io::stderr().lock();
        for line in text.lines() {
            // Nobody may be listening.
            let _ = writeln!(stderr, "{}", visible(line));
        }
    }
}
