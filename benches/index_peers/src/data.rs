//! The paragraphs that are stored, the queries, and what is to be found.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::generator::{Rng, Writer};
use crate::{Outcome, THRESHOLD, truth};

/// The bytes of a paragraph.
const BYTES: usize = 400;
/// The queries. The half of them are edited copies of stored paragraphs, the others are new.
const QUERIES: usize = 300;

pub(crate) struct Data {
    pub(crate) stored: Vec<String>,
    pub(crate) queries: Vec<String>,
    /// The stored paragraphs that each query is to find, by number. Empty in a process that is measured.
    pub(crate) truth: Vec<BTreeSet<usize>>,
}

impl Data {
    pub(crate) fn generate(paragraphs: usize) -> Self {
        let (mut writer, mut rng) = (Writer::english(100), Rng::new(100));
        let stored: Vec<String> = (0..paragraphs).map(|_| writer.paragraph(BYTES)).collect();
        let queries: Vec<String> = (0..QUERIES)
            .map(|number| {
                if number % 2 == 0 {
                    return writer.paragraph(BYTES);
                }
                // Some lie below the threshold.
                let resemblance = 0.45 + 0.55 * rng.unit();
                writer.edited_to(&stored[rng.below(paragraphs)], resemblance)
            })
            .collect();
        let mut truth = vec![BTreeSet::new(); QUERIES];
        let all: Vec<String> = stored.iter().chain(&queries).cloned().collect();
        for pair in truth::pairs(&all, THRESHOLD) {
            let (left, right) = (pair.left as usize, pair.right as usize);
            if left < paragraphs && right >= paragraphs {
                truth[right - paragraphs].insert(left);
            }
        }
        Self { stored, queries, truth }
    }

    /// Writes what a process that is measured reads.
    pub(crate) fn write(&self, folder: &Path) -> Outcome<()> {
        fs::write(folder.join("stored.json"), serde_json::to_vec(&self.stored)?)?;
        fs::write(folder.join("queries.json"), serde_json::to_vec(&self.queries)?)?;
        Ok(())
    }

    pub(crate) fn read(folder: &Path) -> Outcome<Self> {
        let read = |name| {
            Ok::<_, Box<dyn std::error::Error>>(serde_json::from_slice(&fs::read(folder.join(name))?)?)
        };
        Ok(Self { stored: read("stored.json")?, queries: read("queries.json")?, truth: Vec::new() })
    }

    /// The share of what is to be found that was, and the share of the answers that are right, for the first queries.
    pub(crate) fn quality(&self, answers: &[Vec<usize>]) -> (f64, f64) {
        let right: usize = answers
            .iter()
            .zip(&self.truth)
            .map(|(answers, truth)| answers.iter().filter(|answer| truth.contains(answer)).count())
            .sum();
        let wanted: usize = self.truth[..answers.len()].iter().map(BTreeSet::len).sum();
        let given: usize = answers.iter().map(Vec::len).sum();
        (right as f64 / wanted.max(1) as f64, right as f64 / given.max(1) as f64)
    }
}
