//! Makes a table from texts.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::table::LEAST_COMMON;
use crate::text;

/// In how many texts each stem stands: what a [`Background`](super::Background) table is made from.
///
/// ```
/// use refrain::{Background, BackgroundCounts};
///
/// let mut counts = BackgroundCounts::default();
/// counts.add("The ferry leaves at nine.");
/// counts.add("The ferries are full.");
/// let table: Background = counts.table().parse()?;
/// assert_eq!((table.documents(), table.stems()), (2, 8));
/// # Ok::<(), refrain::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct BackgroundCounts {
    documents: u32,
    /// In the order of stems, which is that of the table.
    frequencies: BTreeMap<String, u32>,
}

impl BackgroundCounts {
    /// Counts each stem of a text once. A text without a token does not count.
    ///
    /// # Panics
    ///
    /// If there are 2^32 texts.
    pub fn add(&mut self, text: &str) {
        let mut stems: BTreeSet<String> = BTreeSet::new();
        text::stem_texts(text, &mut |stem: &str| {
            if !stems.contains(stem) {
                stems.insert(stem.to_owned());
            }
        });
        if stems.is_empty() {
            return;
        }
        self.documents = self.documents.checked_add(1).expect("there are fewer than 2^32 texts");
        for stem in stems {
            *self.frequencies.entry(stem).or_default() += 1;
        }
    }

    /// How many texts were counted.
    #[must_use]
    pub fn documents(&self) -> usize {
        self.documents as usize
    }

    /// The table as text: a line `documents N`, then a line with the stem and its count for each common
    /// stem, ascending. Stems in less than a fifty-fifth of the texts have the greatest weight, listed or
    /// not, and are left out.
    #[must_use]
    pub fn table(&self) -> String {
        let mut table = format!("documents {}\n", self.documents);
        for (stem, &count) in &self.frequencies {
            if f64::from(count) + 0.5 > f64::from(self.documents + 1) * LEAST_COMMON {
                writeln!(table, "{stem} {count}").expect("writing to memory does not fail");
            }
        }
        table
    }
}
