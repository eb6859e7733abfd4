//! How paragraphs are gathered.

use std::sync::Arc;

use super::unit_runs::UnitRuns;
use crate::arch::prefetch;
use crate::matching::{Identities, NumberFamilies};
use crate::set::{BLOCK, ShingleSets};
use crate::settings::{Configuration, PairSearch, Settings};
use crate::sketch::{BandKeys, Bander};
use crate::util::error::{Error, Limit};
use crate::util::parallel;
use crate::util::progress::Watch;

/// Paragraphs gathered for matching.
///
/// Only what matching needs is kept of them: the shingles and band keys of each different paragraph,
/// and some numbers. [`Detector::corpus`](crate::Detector::corpus) makes one. It owns what it needs, so a
/// struct can hold a detector and a corpus:
///
/// ```
/// use refrain::{Corpus, Detector};
///
/// struct Archive {
///     detector: Detector,
///     paragraphs: Corpus,
/// }
///
/// let detector = Detector::new();
/// let mut archive = Archive { paragraphs: detector.corpus(), detector };
/// archive.paragraphs.extend(&["Tea is served at four.", "Tea is served at four!"])?;
/// assert_eq!(archive.paragraphs.len(), 2);
/// assert!(archive.detector.check("Rain is expected.").findings().is_empty());
/// # Ok::<(), refrain::Error>(())
/// ```
///
/// # Memory
///
/// For each different paragraph of `s` shingles, matched through `b` bands, `8 s + 4 b` bytes and
/// about 70 more; 10 to 80 while bands are grouped, the more the more paragraphs share them. For each
/// copy 4, for each pair 24, and twice as much again while pairs are made. As the
/// corpus grows, only what is kept for each paragraph, some 40 bytes, is reallocated.
///
/// [`pairs`](Self::pairs) and [`representatives`](Self::representatives) take the corpus, also if they are
/// cancelled. A struct that goes on with another one puts an empty one in its place:
/// `std::mem::replace(&mut self.corpus, self.detector.corpus())`.
///
/// # Examples
///
/// ```
/// use std::ops::ControlFlow;
///
/// use refrain::Detector;
///
/// let detector = Detector::builder().threshold(0.7).min_paragraph_tokens(1).build()?;
/// let mut corpus = detector.corpus();
/// corpus.extend(&["Tea is served at four.", "Rain is expected all day."])?;
/// corpus.extend(&["TEA is served at four!"])?;
/// assert_eq!(corpus.exact_duplicates(), 1);
///
/// let kept = corpus.representatives(None, |_| ControlFlow::Continue(()))?;
/// assert_eq!(kept[2].paragraph, kept[0].paragraph);
/// # Ok::<(), refrain::Error>(())
/// ```
#[derive(Debug)]
pub struct Corpus {
    pub(super) configuration: Arc<Configuration>,
    pub(super) identities: Identities,
    /// The numbers of each different paragraph.
    pub(super) numbers: NumberFamilies,
    pub(super) sets: ShingleSets,
    /// `None` if the search is exact.
    pub(super) keys: Option<BandKeys>,
    /// The last different paragraphs, too few yet for a block of sets.
    rest: UnitRuns,
    /// Scratch: what the last paragraphs were cut into.
    runs: Vec<UnitRuns>,
}

impl Corpus {
    pub(crate) fn new(configuration: Arc<Configuration>) -> Self {
        Self {
            keys: bander(&configuration).map(|bander| BandKeys::new(bander.banding())),
            configuration,
            identities: Identities::default(),
            numbers: NumberFamilies::default(),
            sets: ShingleSets::default(),
            rest: UnitRuns::default(),
            runs: Vec::new(),
        }
    }

    /// Adds paragraphs, which are numbered in the order in which they come.
    ///
    /// They are worked on in parallel, so batches of some thousands are better than one by one.
    ///
    /// # Errors
    ///
    /// If there would be 2^32 paragraphs or more; then none of these is added. If one of them has 2^32
    /// shingles or more; then the corpus must not be used again.
    pub fn extend<T: AsRef<str> + Sync>(&mut self, paragraphs: &[T]) -> Result<(), Error> {
        if u32::try_from(self.identities.len() + paragraphs.len()).is_err() {
            return Err(Limit::Paragraphs.into());
        }
        let configuration = Arc::clone(&self.configuration);
        configuration.threads.run(|| {
            // What a thread runs is made sets of while it is in the cache.
            let wave = BLOCK * parallel::threads();
            paragraphs.chunks(wave).try_for_each(|wave| self.add(wave))
        })
    }

    /// How many paragraphs there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.identities.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many paragraphs are the same as an earlier one.
    #[must_use]
    pub fn exact_duplicates(&self) -> usize {
        self.identities.taking_part() - self.identities.groups()
    }

    /// How many paragraphs were too short to take part.
    #[must_use]
    pub fn short_paragraphs(&self) -> usize {
        self.identities.len() - self.identities.taking_part()
    }

    fn add<T: AsRef<str> + Sync>(&mut self, paragraphs: &[T]) -> Result<(), Error> {
        let Settings { shingle: by, min_paragraph_tokens, .. } = self.configuration.settings;
        let least_size = min_paragraph_tokens.max(1).saturating_mul(2);
        let mut runs = std::mem::take(&mut self.runs);
        let parts: Vec<&[T]> = paragraphs.chunks(PART).collect();
        runs.resize_with(runs.len().max(parts.len()), UnitRuns::default);
        parallel::for_each(&mut runs[..parts.len()], |part, of_part| {
            of_part.clear();
            for (index, paragraph) in parts[part].iter().enumerate() {
                if let Some(soon) = parts[part].get(index + 2) {
                    prefetch(soon.as_ref().as_bytes());
                }
                of_part.push(paragraph.as_ref(), by.unit, least_size);
            }
        });
        // The units of those paragraphs that no earlier one is equal to.
        let mut new = Vec::new();
        for of_part in &runs[..parts.len()] {
            for (index, identity) in of_part.identities.iter().enumerate() {
                if let Some(&soon) = of_part.identities.get(index + AHEAD) {
                    self.identities.prefetch(soon);
                }
                if self.identities.push(*identity) {
                    let (open, said) = of_part.numbers[index];
                    self.numbers.push(open, said);
                    new.push(of_part.units(index));
                }
            }
        }
        let waiting = self.rest.len();
        let whole = (waiting + new.len()) / BLOCK * BLOCK;
        let left = if whole == 0 {
            &new[..]
        } else {
            let (now, later) = new.split_at(whole - waiting);
            self.make_sets(now, Watch::none())?;
            later
        };
        left.iter().for_each(|units| self.rest.push_units(units));
        self.runs = runs;
        Ok(())
    }

    /// Forgets the scratch, which is as large as the largest paragraph was, and makes sets of the
    /// paragraphs that wait.
    pub(super) fn finish(&mut self, watch: Watch<'_>) -> Result<(), Error> {
        self.runs = Vec::new();
        self.make_sets(&[], watch)
    }

    /// Makes sets and keys of the paragraphs that wait and of these units of further ones. Blocks are
    /// filled, but for the last of a corpus.
    fn make_sets(&mut self, units: &[&[u64]], watch: Watch<'_>) -> Result<(), Error> {
        let width = self.configuration.settings.shingle.width;
        let bander = bander(&self.configuration);
        let (rest, waiting) = (&self.rest, self.rest.len());
        let units_of = |set: usize| if set < waiting { rest.units(set) } else { units[set - waiting] };
        let made = parallel::try_map_ranges(waiting + units.len(), BLOCK, |range| {
            let sets = ShingleSets::block(range.clone().map(units_of), width)?;
            let unsorted = || (0..range.len()).map(|set| sets.unsorted(set));
            let keys = bander.map(|bander| bander.block(unsorted(), watch)).transpose()?;
            Ok::<_, Error>((sets, keys))
        })?;
        for (sets, keys) in made {
            self.sets.append(sets);
            if let (Some(all), Some(keys)) = (&mut self.keys, keys) {
                all.append(keys);
            }
        }
        self.rest.clear();
        Ok(())
    }
}

/// What makes band keys, unless the search is exact. How many paragraphs there will be is not known while
/// they are gathered, so an automatic search has them, too.
pub(super) fn bander(configuration: &Configuration) -> Option<&Bander> {
    configuration.bander.as_ref().filter(|_| configuration.settings.search != PairSearch::Exact)
}

/// The table of identities is prefetched this many paragraphs ahead.
const AHEAD: usize = 16;
/// The paragraphs that a thread cuts at a time.
const PART: usize = 256;
