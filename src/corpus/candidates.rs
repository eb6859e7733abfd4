//! The last step of a search that is spread over machines: those of its paragraphs that one machine settles.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::fingerprint::Words;
use crate::matching::{self, Groups, Match, NumberFamilies, RepresentativeMatch};
use crate::set::{Overlap, ShingleSet, ShingleSets};
use crate::settings::{Configuration, Settings};
use crate::util::error::{Error, Limit};
use crate::util::progress::{Progress, Watcher};

/// Different paragraphs and the candidates among them that were found elsewhere, to be matched as a
/// [`Corpus`](crate::Corpus) does. [`Fingerprinter`](crate::Fingerprinter) says how candidates are found.
///
/// Some paragraphs are *crowded*. All pairs of them are candidates, which are never made one by one. The others are
/// candidates only of those that they are [paired](Self::pair) with.
///
/// ```
/// use std::ops::ControlFlow;
///
/// use refrain::Detector;
///
/// let detector = Detector::builder().threshold(0.5).min_paragraph_tokens(1).build()?;
/// let mut candidates = detector.candidates();
/// let mut fingerprinter = detector.fingerprinter();
/// for text in ["Tea is served at four.", "Tea is served at four, rain or shine.", "Rain is expected."] {
///     let made = fingerprinter.fingerprint(text).unwrap();
///     candidates.push(made.words, &made.shingles, true)?;
/// }
/// // The second paragraph has a copy, which comes last.
/// let found = candidates.representatives(&[0, 1, 2, 1], |_| ControlFlow::Continue(()))?;
/// let kept: Vec<Option<usize>> = found.iter().map(|found| Some(found.as_ref()?.paragraph)).collect();
/// assert_eq!(kept, [None, Some(0), None, Some(0)]);
/// # Ok::<(), refrain::Error>(())
/// ```
///
/// # Memory
///
/// For each paragraph of `s` shingles `8 s` bytes and some 60 more, and `30 s` more for each crowded one; 40 for each
/// pair.
#[derive(Debug)]
pub struct Candidates {
    configuration: Arc<Configuration>,
    sets: ShingleSets,
    numbers: NumberFamilies,
    crowded: Vec<bool>,
    pairs: Vec<(u32, u32)>,
}

/// Two different paragraphs whose resemblance reaches the threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CandidateMatch {
    /// The paragraph that was added earlier.
    pub left: usize,
    /// The one that was added later.
    pub right: usize,
    /// How much they share.
    pub overlap: Overlap,
}

/// The paragraph that stands for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CandidateRepresentative {
    /// Its index in the list of paragraphs.
    pub paragraph: usize,
    /// What they share, with the representative on the left.
    pub overlap: Overlap,
}

impl Candidates {
    /// The most different paragraphs with the same key of a band that are candidates of each other. If there are
    /// more, they are all crowded.
    pub const LARGEST_BUCKET: usize = matching::CROWD;

    pub(crate) fn new(configuration: Arc<Configuration>) -> Self {
        Self {
            configuration,
            sets: ShingleSets::default(),
            numbers: NumberFamilies::default(),
            crowded: Vec::new(),
            pairs: Vec::new(),
        }
    }

    /// Adds a paragraph that no earlier one is identical to. They are numbered from 0.
    ///
    /// # Errors
    ///
    /// If there would be 2^32 paragraphs or more, or the paragraph has 2^32 shingles or more.
    pub fn push(&mut self, words: Words, shingles: &ShingleSet, crowded: bool) -> Result<(), Error> {
        if u32::try_from(self.crowded.len() + 1).is_err() {
            return Err(Limit::Paragraphs.into());
        }
        self.sets.push(shingles)?;
        self.numbers.push(words.family, words.identity as u64);
        self.crowded.push(crowded);
        Ok(())
    }

    /// The number of different paragraphs.
    #[must_use]
    pub fn len(&self) -> usize {
        self.crowded.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.crowded.is_empty()
    }

    /// Adds two paragraphs as candidates, given by their numbers.
    ///
    /// # Panics
    ///
    /// If there is no such paragraph.
    pub fn pair(&mut self, left: usize, right: usize) {
        assert!(left < self.len() && right < self.len(), "pairs are added after their paragraphs");
        self.pairs.push((left as u32, right as u32));
    }

    /// All matches among the crowded paragraphs, in any order.
    ///
    /// If there is a limit on the [pairs](Settings::max_pairs) of a paragraph, at most one more than that is
    /// returned of its matches with earlier paragraphs: the first ones.
    ///
    /// # Errors
    ///
    /// If `watch` cancelled the work, or paragraphs share 2^32 shingles or more.
    pub fn crowded_matches(
        self,
        watch: impl Fn(Progress) -> ControlFlow<()> + Sync,
    ) -> Result<Vec<CandidateMatch>, Error> {
        let watcher = Watcher::new(&watch);
        let Settings { threshold, max_pairs, .. } = self.configuration.settings;
        let crowd = self.crowd();
        let limit = max_pairs.unwrap_or(usize::MAX);
        let found = self
            .configuration
            .threads
            .run(|| matching::prefix_join(&self.sets, &crowd, threshold, limit, watcher.handle()))?;
        Ok(found.into_iter().map(matched).collect())
    }

    /// Matches among the crowded paragraphs that connect the same paragraphs as all their matches do, in any order:
    /// for `n` paragraphs that are connected, `n − 1` matches. Limits on pairs do not apply.
    ///
    /// Paragraphs that differ in numbers only do not match, unless numbers are
    /// [merged](crate::DetectorBuilder::merge_numbers). Others may connect them.
    ///
    /// ```
    /// use std::ops::ControlFlow;
    ///
    /// use refrain::Detector;
    ///
    /// let detector = Detector::builder().threshold(0.6).min_paragraph_tokens(1).build()?;
    /// let mut candidates = detector.candidates();
    /// let mut fingerprinter = detector.fingerprinter();
    /// let text = "tea is served at four in the garden behind the house";
    /// for text in [format!("{text}."), format!("Warm {text}."), format!("Warm {text} again.")] {
    ///     let made = fingerprinter.fingerprint(&text).unwrap();
    ///     candidates.push(made.words, &made.shingles, true)?;
    /// }
    /// // All three match each other. Two matches connect them.
    /// assert_eq!(candidates.crowded_forest(|_| ControlFlow::Continue(()))?.len(), 2);
    /// # Ok::<(), refrain::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If `watch` cancelled the work, or paragraphs share 2^32 shingles or more.
    pub fn crowded_forest(
        self,
        watch: impl Fn(Progress) -> ControlFlow<()> + Sync,
    ) -> Result<Vec<CandidateMatch>, Error> {
        let watcher = Watcher::new(&watch);
        let Settings { threshold, merge_numbers, .. } = self.configuration.settings;
        let crowd = self.crowd();
        let numbers = Some(&self.numbers).filter(|_| !merge_numbers);
        let found = matching::spanning_forest(&self.sets, &crowd, threshold, numbers, watcher.handle())?;
        Ok(found.into_iter().map(matched).collect())
    }

    fn crowd(&self) -> Vec<u32> {
        (0..).zip(&self.crowded).filter(|&(_, &is)| is).map(|(set, _)| set).collect()
    }

    /// For each of these paragraphs the one that stands for it, or `None` if it stands for itself, as
    /// [`Corpus::representatives`](crate::Corpus::representatives) finds it.
    ///
    /// `paragraphs` are in the order in which they are taken, each given by the number of the paragraph that it is
    /// identical to. Each number must be there.
    ///
    /// # Errors
    ///
    /// If `watch` cancelled the work, there are 2^32 paragraphs or pairs or more, or paragraphs share 2^32 shingles or
    /// more.
    ///
    /// # Panics
    ///
    /// If a number is missing or out of range.
    pub fn representatives(
        self,
        paragraphs: &[usize],
        watch: impl Fn(Progress) -> ControlFlow<()> + Sync,
    ) -> Result<Vec<Option<CandidateRepresentative>>, Error> {
        if u32::try_from(paragraphs.len()).is_err() {
            return Err(Limit::Paragraphs.into());
        }
        let mut met = vec![false; self.len()];
        paragraphs.iter().for_each(|&paragraph| met[paragraph] = true);
        assert!(met.iter().all(|&met| met), "each different paragraph is among the paragraphs");
        let groups = Groups::new(paragraphs.iter().map(|&paragraph| paragraph as u32).collect(), self.len());
        let watcher = Watcher::new(&watch);
        let Self { configuration, mut sets, numbers, crowded, pairs } = self;
        let Settings { threshold, merge_numbers, .. } = configuration.settings;
        let numbers = Some(&numbers).filter(|_| !merge_numbers);
        let found = configuration.threads.run(|| {
            let watch = watcher.handle();
            matching::representatives_among(&mut sets, &pairs, &crowded, &groups, threshold, numbers, watch)
        })?;
        let representative = |found: RepresentativeMatch| CandidateRepresentative {
            paragraph: found.paragraph as usize,
            overlap: found.overlap,
        };
        Ok(found.into_iter().map(|found| found.map(representative)).collect())
    }
}

fn matched(Match { left, right, overlap }: Match) -> CandidateMatch {
    CandidateMatch { left: left as usize, right: right as usize, overlap }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::Detector;
    use crate::set::hash::mix;
    use crate::settings::PairSearch;

    /// Sentences of few words: some copies, some edited, some that differ in a number, and many of one template.
    fn texts() -> Vec<String> {
        let word = |seed: u64| {
            format!("w{}", (b'a' + (mix(seed) % 26) as u8) as char).repeat(1 + mix(seed) as usize % 3)
        };
        let mut texts: Vec<String> = Vec::new();
        for i in 0..1500_u64 {
            let r = mix(i);
            let mut words: Vec<String> = match r % 8 {
                0..3 if i > 0 => {
                    texts[(r >> 8) as usize % i as usize].split(' ').map(str::to_owned).collect()
                }
                3 => (0..30).map(|at| word(at + 7)).chain([(r >> 40).to_string()]).collect(),
                _ => (0..30).map(|at| word(i * 100 + at)).collect(),
            };
            for change in 0..r >> 16 & 3 {
                let at = mix(r ^ change) as usize % words.len();
                words[at] = if change == 2 { (r >> 50).to_string() } else { word(r + change) };
            }
            texts.push(words.join(" "));
        }
        texts
    }

    /// The steps that [`Fingerprinter`](crate::Fingerprinter) describes, done here in one place.
    #[test]
    fn decisions_are_those_of_one_corpus() {
        let texts = texts();
        for (search, merge) in
            [(PairSearch::Banded, false), (PairSearch::Banded, true), (PairSearch::Exact, false)]
        {
            let detector =
                Detector::builder().threshold(0.6).search(search).merge_numbers(merge).build().unwrap();
            let mut fingerprinter = detector.fingerprinter();
            let mut different = BTreeMap::new();
            let (mut paragraphs, mut made) = (Vec::new(), Vec::new());
            for text in &texts {
                let fingerprint = fingerprinter.fingerprint(text).unwrap();
                let number = *different.entry(fingerprint.words.identity).or_insert(made.len());
                paragraphs.push(number);
                if number == made.len() {
                    made.push(fingerprint);
                }
            }
            let mut buckets: BTreeMap<(usize, u32), Vec<usize>> = BTreeMap::new();
            let banded = fingerprinter.is_banded(made.len());
            assert_eq!(banded, search == PairSearch::Banded);
            for (number, made) in made.iter().enumerate().filter(|_| banded) {
                for (band, &key) in made.keys.iter().enumerate() {
                    buckets.entry((band, key)).or_default().push(number);
                }
            }
            let (crowds, small): (Vec<_>, Vec<_>) =
                buckets.values().partition(|members| members.len() > Candidates::LARGEST_BUCKET);
            assert_eq!(crowds.is_empty(), !banded);
            let mut candidates = detector.candidates();
            for (number, made) in made.iter().enumerate() {
                let crowded = !banded || crowds.iter().any(|members| members.contains(&number));
                candidates.push(made.words, &made.shingles, crowded).unwrap();
            }
            for members in small {
                for (at, &right) in members.iter().enumerate() {
                    members[..at].iter().for_each(|&left| candidates.pair(left, right));
                }
            }
            let found = candidates.representatives(&paragraphs, |_| ControlFlow::Continue(())).unwrap();
            let mut corpus = detector.corpus();
            corpus.extend(&texts).unwrap();
            let expected = corpus.representatives(None, |_| ControlFlow::Continue(())).unwrap();
            let (mut removed, mut near) = (0, 0);
            for (number, (found, expected)) in found.iter().zip(&expected).enumerate() {
                let kept = found.map_or(number, |found| found.paragraph);
                assert_eq!(kept, expected.paragraph.index(), "paragraph {number}");
                let resemblance = found.map_or(1.0, |found| found.overlap.resemblance());
                assert_eq!(resemblance, expected.resemblance, "paragraph {number}");
                removed += usize::from(found.is_some());
                near += usize::from(resemblance < 1.0);
            }
            assert!(removed > 100 && near > 50, "{removed} {near}");
        }
    }
}
