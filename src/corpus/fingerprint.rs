//! What matching needs of one paragraph, to be carried between machines.

use std::sync::Arc;

use super::gather::bander;
use super::unit_runs::UnitRuns;
use crate::matching::Differs;
use crate::set::ShingleSet;
use crate::settings::{Configuration, Settings};
use crate::util::progress::Watch;

/// What is known of the words of a paragraph. Paragraphs with the same tokens in the same order have the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Words {
    /// The hash of the tokens: paragraphs with the same are exact duplicates.
    pub identity: u128,
    /// The hash of the tokens with numbers left open: paragraphs with the same differ only in numbers.
    pub family: u64,
}

impl Words {
    /// The only difference between two paragraphs, if it makes them two different texts, as in a
    /// [`Pair`](crate::Pair).
    #[must_use]
    pub fn differs(self, other: Self) -> Option<Differs> {
        (self.family == other.family && self.identity as u64 != other.identity as u64)
            .then_some(Differs::Numbers)
    }
}

/// What matching needs of a paragraph. [`Fingerprinter`] makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// What is known of its words.
    pub words: Words,
    /// A key for each band: paragraphs that share the key of a band are candidates. Empty if the search is exact.
    pub keys: Vec<u32>,
    /// Its shingles.
    pub shingles: ShingleSet,
}

/// Makes [`Fingerprint`]s of paragraphs, for a corpus that one machine does not hold.
///
/// [`Corpus`](crate::Corpus) works in these steps inside one process. Where paragraphs are spread over machines,
/// each makes the fingerprints of its own. Paragraphs are then grouped by their identity, and of each group the
/// first one by the keys of each band:
///
/// * a group of at most [`Candidates::LARGEST_BUCKET`](crate::Candidates::LARGEST_BUCKET) makes each two of its
///   members candidates, which are compared by the [overlap](ShingleSet::overlap) of their shingles;
/// * the members of larger ones are crowded, and [`Candidates`](crate::Candidates) compares them, without making
///   all pairs.
///
/// Made so, all decisions are those of one corpus. Fingerprints are the same on any machine. Their hashes are
/// those of [`set::hash`](crate::set::hash); a change of them is a new version of stored
/// [sets](ShingleSet::to_bytes).
///
/// ```
/// use refrain::Detector;
///
/// let detector = Detector::builder().threshold(0.8).build()?;
/// let mut fingerprinter = detector.fingerprinter();
/// let mut make = |text| fingerprinter.fingerprint(text).unwrap();
/// let left = make("The old mill on the river is open to visitors all summer.");
/// let right = make("The old mill on the river is open to visitors all year.");
/// assert!(left.shingles.overlap(&right.shingles).reaches(0.8));
/// assert!(left.keys.iter().zip(&right.keys).any(|(left, right)| left == right));
/// assert_eq!(fingerprinter.fingerprint("Share"), None);
/// # Ok::<(), refrain::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Fingerprinter {
    configuration: Arc<Configuration>,
    /// Scratch.
    runs: UnitRuns,
    minima: Vec<u32>,
}

impl Fingerprinter {
    pub(crate) fn new(configuration: Arc<Configuration>) -> Self {
        Self { configuration, runs: UnitRuns::default(), minima: Vec::new() }
    }

    /// The fingerprint of a paragraph; `None` if it has too few tokens to take part.
    pub fn fingerprint(&mut self, paragraph: &str) -> Option<Fingerprint> {
        let Self { configuration, runs, minima } = self;
        let Settings { shingle, min_paragraph_tokens, .. } = configuration.settings;
        runs.clear();
        runs.push(paragraph, shingle.unit, min_paragraph_tokens.max(1).saturating_mul(2));
        let identity = runs.identities[0]?;
        let (family, _) = runs.numbers[0];
        let shingles = ShingleSet::new(runs.units(0), shingle.width);
        let mut keys = Vec::new();
        if let Some(bander) = bander(configuration) {
            keys.resize(bander.banding().bands, 0);
            bander.keys(shingles.as_slice(), minima, &mut keys, Watch::none()).expect("nobody cancels it");
        }
        Some(Fingerprint { words: Words { identity, family }, keys, shingles })
    }

    /// Whether this many different paragraphs are searched through bands. If not, all of them count as crowded.
    #[must_use]
    pub fn is_banded(&self, different: usize) -> bool {
        bander(&self.configuration).is_some() && self.configuration.settings.search.is_banded(different)
    }
}
