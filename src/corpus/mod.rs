//! Very many paragraphs, gathered without their texts and matched all at once.

use std::ops::ControlFlow;

use crate::arch::prefetch;
use crate::matching::{self, Identities, Matches, NumberFamilies, Pair, RepresentativeMatch};
use crate::set::{BLOCK, ShingleSets, hash};
use crate::settings::{Settings, Unit};
use crate::sketch::{BandKeys, Bander};
use crate::text;
use crate::util::error::{Error, ErrorKind};
use crate::util::id::ParagraphId;
use crate::util::parallel::{self, Threads};
use crate::util::progress::{Progress, Watch};

/// Paragraphs gathered for matching.
///
/// Only what matching needs is kept of them: the shingles and band keys of each different paragraph,
/// and some numbers. [`Detector::corpus`](crate::Detector::corpus) makes one.
///
/// # Memory
///
/// For each different paragraph of `s` shingles, matched through `b` bands, `8 s + 4 b` bytes and
/// about 70 more; 10 to 80 while bands are grouped, the more the more paragraphs share them. For each
/// copy 4, for each pair 24, and twice as much again while pairs are made. Nothing that grows with the
/// corpus is moved as it grows but what is numbered by paragraph, some 40 bytes each.
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
pub struct Corpus<'d> {
    settings: &'d Settings,
    bander: Option<&'d Bander>,
    threads: &'d Threads,
    identities: Identities,
    /// Of each different paragraph.
    numbers: NumberFamilies,
    sets: ShingleSets,
    /// None where the search is exact.
    keys: Option<BandKeys>,
    /// The last different paragraphs, too few yet for a block of sets.
    rest: Cut,
    /// Scratch: what the last paragraphs were cut into.
    cuts: Vec<Cut>,
}

impl<'d> Corpus<'d> {
    pub(crate) fn new(settings: &'d Settings, bander: Option<&'d Bander>, threads: &'d Threads) -> Self {
        Self {
            settings,
            bander,
            threads,
            identities: Identities::default(),
            numbers: NumberFamilies::default(),
            sets: ShingleSets::default(),
            keys: bander.map(|bander| BandKeys::new(bander.banding())),
            rest: Cut::default(),
            cuts: Vec::new(),
        }
    }

    /// Adds paragraphs, which are numbered in the order in which they come.
    ///
    /// They are worked on in parallel, so batches of some thousands are better than one by one.
    ///
    /// # Errors
    ///
    /// If there would be more than `u32::MAX` paragraphs; then none of these is added.
    pub fn extend<T: AsRef<str> + Sync>(&mut self, paragraphs: &[T]) -> Result<(), Error> {
        if u32::try_from(self.identities.len() + paragraphs.len()).is_err() {
            return Err(ErrorKind::TooManyParagraphs.into());
        }
        let threads = self.threads;
        threads.run(|| {
            // What a thread cuts is made sets of while it is in the cache.
            let wave = BLOCK * parallel::threads();
            paragraphs.chunks(wave).for_each(|wave| self.add(wave));
        });
        Ok(())
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

    /// The near-duplicate pairs, ascending by their ids.
    ///
    /// Of more than [`copies`](Settings::copies) identical paragraphs each is paired with the first
    /// only, and only the first stands for them in pairs with others.
    ///
    /// `watch` is told of progress now and then, from any thread, and may break the work off.
    ///
    /// # Errors
    ///
    /// If `watch` broke the work off, or more than `u32::MAX` shingles are shared.
    pub fn pairs(mut self, watch: impl Fn(Progress) -> ControlFlow<()> + Sync) -> Result<Pairs, Error> {
        let (threads, watch) = (self.threads, &watch);
        // As large as the largest paragraph was.
        self.cuts = Vec::new();
        threads.run(move || {
            let Settings { threshold, copies, max_pairs, .. } = *self.settings;
            let limit = max_pairs.unwrap_or(usize::MAX);
            self.make_sets(&[]);
            let banded = self.settings.search.is_banded(self.sets.len());
            let keys = self.keys.as_ref().filter(|_| banded);
            let Matches { matches, limited } =
                matching::search(&mut self.sets, keys, threshold, limit, Watch::new(watch))?;
            let groups = self.identities.into_groups();
            Ok(Pairs {
                pairs: matching::expand(&groups, &self.sets, &matches, &self.numbers, copies),
                limited,
                crowds: groups.iter().filter(|members| members.len() > copies).count(),
            })
        })
    }

    /// For each paragraph the one that stands for it, in the order of their ids.
    ///
    /// Taken in `order`, or as they came, each paragraph joins the most similar representative that
    /// it has a verified pair with, the earlier of equals, else becomes one itself. Clusters are
    /// the paragraphs with the same representative; deduplication keeps the representatives.
    /// Paragraphs that are too short to take part stand for themselves, and paragraphs that differ in
    /// numbers only ([`Differs::Numbers`](crate::Differs::Numbers)) do not stand for each other, unless
    /// numbers are [merged](crate::DetectorBuilder::merge_numbers).
    ///
    /// So no two representatives are a pair, but for pairs in numbers only and those that a banded
    /// search misses. Where more than 32 representatives that differ in numbers only share a rare
    /// shingle or a band with a paragraph, it is compared with the first 32 there: then it may join
    /// another than the most similar, or stay although a later one is like it.
    ///
    /// This never makes all pairs, so a crowd of near-duplicates costs no more than other text.
    /// `watch` is told of progress now and then, from any thread, and may break the work off.
    ///
    /// # Errors
    ///
    /// If `watch` broke the work off, `order` does not hold every paragraph just once, or more than
    /// `u32::MAX` shingles are shared.
    pub fn representatives(
        mut self,
        order: Option<&[ParagraphId]>,
        watch: impl Fn(Progress) -> ControlFlow<()> + Sync,
    ) -> Result<Vec<Representative>, Error> {
        let order: Vec<u32> = match order {
            Some(order) => order.iter().map(|id| id.0).collect(),
            None => (0..self.len() as u32).collect(),
        };
        check_order(&order, self.len())?;
        let (threads, watch) = (self.threads, &watch);
        let found = threads.run(move || {
            self.make_sets(&[]);
            let groups = self.identities.into_groups();
            let Self { mut sets, keys, numbers, settings, cuts, .. } = self;
            drop(cuts);
            let banded = settings.search.is_banded(sets.len());
            let keys = keys.as_ref().filter(|_| banded);
            let numbers = Some(&numbers).filter(|_| !settings.merge_numbers);
            let watch = Watch::new(watch);
            matching::representatives(&mut sets, keys, &groups, &order, settings.threshold, numbers, watch)
        })?;
        let representative = |(paragraph, found): (u32, Option<RepresentativeMatch>)| match found {
            Some(RepresentativeMatch { paragraph, overlap }) => {
                Representative { paragraph: ParagraphId(paragraph), resemblance: overlap.resemblance() }
            }
            None => Representative { paragraph: ParagraphId(paragraph), resemblance: 1.0 },
        };
        Ok((0..).zip(found).map(representative).collect())
    }

    fn add<T: AsRef<str> + Sync>(&mut self, paragraphs: &[T]) {
        let Settings { shingle: by, min_paragraph_tokens, .. } = *self.settings;
        let least_size = min_paragraph_tokens.max(1).saturating_mul(2);
        let mut cuts = std::mem::take(&mut self.cuts);
        let parts: Vec<&[T]> = paragraphs.chunks(PART).collect();
        cuts.resize_with(cuts.len().max(parts.len()), Cut::default);
        parallel::for_each(&mut cuts[..parts.len()], |part, cut| {
            cut.clear();
            for (index, paragraph) in parts[part].iter().enumerate() {
                if let Some(soon) = parts[part].get(index + 2) {
                    prefetch(soon.as_ref().as_bytes());
                }
                cut.push(paragraph.as_ref(), by.unit, least_size);
            }
        });
        // The units of those paragraphs that no earlier one is equal to.
        let mut new = Vec::new();
        for cut in &cuts[..parts.len()] {
            for (index, identity) in cut.identities.iter().enumerate() {
                if let Some(&soon) = cut.identities.get(index + AHEAD) {
                    self.identities.prefetch(soon);
                }
                if self.identities.push(*identity) {
                    self.numbers.push(cut.open[index]);
                    new.push(cut.units(index));
                }
            }
        }
        let waiting = self.rest.ends.len();
        let whole = (waiting + new.len()) / BLOCK * BLOCK;
        let left = if whole == 0 {
            &new[..]
        } else {
            let (now, later) = new.split_at(whole - waiting);
            self.make_sets(now);
            later
        };
        left.iter().for_each(|units| self.rest.push_units(units));
        self.cuts = cuts;
    }

    /// Makes sets and keys of the paragraphs that wait and of these units of further ones. Blocks are
    /// filled, but for the last of a corpus.
    fn make_sets(&mut self, units: &[&[u64]]) {
        let width = self.settings.shingle.width;
        let (rest, waiting) = (&self.rest, self.rest.ends.len());
        let units_of = |set: usize| if set < waiting { rest.units(set) } else { units[set - waiting] };
        let made = parallel::map_ranges(waiting + units.len(), BLOCK, |range| {
            let sets = ShingleSets::block(range.clone().map(units_of), width);
            let keys = self.bander.map(|bander| bander.block((0..range.len()).map(|set| sets.unsorted(set))));
            (sets, keys)
        });
        for (sets, keys) in made {
            self.sets.append(sets);
            if let (Some(all), Some(keys)) = (&mut self.keys, keys) {
                all.append(keys);
            }
        }
        self.rest.clear();
    }
}

/// The table of identities is asked for so many paragraphs ahead.
const AHEAD: usize = 16;
/// So many paragraphs are cut by one thread at a time.
const PART: usize = 256;

/// The near-duplicate pairs of a corpus, and what was left out of them.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Pairs {
    /// Ascending by the ids of the left, then of the right paragraphs.
    pub pairs: Vec<Pair>,
    /// How many different paragraphs have more pairs with earlier ones than
    /// [`max_pairs`](Settings::max_pairs) allows, so that some were left out. How many is not known:
    /// to find them is the work that the limit spares.
    pub limited: usize,
    /// How many paragraphs have more than [`copies`](Settings::copies) copies, themselves counted.
    pub crowds: usize,
}

/// The paragraph that stands for another, or for itself.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Representative {
    /// The one that stays.
    pub paragraph: ParagraphId,
    /// The exact resemblance to it, at least the threshold; 1 of a paragraph to itself.
    pub resemblance: f64,
}

/// Whether `order` holds each of so many paragraphs just once.
fn check_order(order: &[u32], paragraphs: usize) -> Result<(), Error> {
    let mut met = vec![false; paragraphs];
    let first_time = |&id: &u32| met.get_mut(id as usize).is_some_and(|met| !std::mem::replace(met, true));
    if order.len() == paragraphs && order.iter().all(first_time) {
        return Ok(());
    }
    let value = format!("another order of {} ids", order.len());
    Err(Error::setting("order", value, "every paragraph once"))
}

/// Some paragraphs, cut into units.
#[derive(Debug, Default)]
struct Cut {
    units: Vec<u64>,
    ends: Vec<usize>,
    /// Of each paragraph that is long enough.
    identities: Vec<Option<u128>>,
    /// The same with numbers left open, of each paragraph.
    open: Vec<u64>,
    scratch: Vec<u64>,
}

impl Cut {
    fn clear(&mut self) {
        self.units.clear();
        self.ends.clear();
        self.identities.clear();
        self.open.clear();
    }

    fn push(&mut self, text: &str, unit: Unit, least_size: usize) {
        let start = self.units.len();
        let size = text::hash_tokens(text, &mut self.units);
        let identity = (size >= least_size).then(|| hash::identity(&self.units[start..]));
        let (units, scratch) = (&self.units[start..], &mut self.scratch);
        let open = |identity| text::identity_ignoring_numbers(units, identity, scratch);
        self.open.push(identity.map_or(0, open));
        if unit == Unit::Char && identity.is_some() {
            self.units.truncate(start);
            text::hash_characters(text, &mut self.units);
        }
        self.ends.push(self.units.len());
        self.identities.push(identity);
    }

    /// Adds the units of a paragraph of which nothing else matters any more.
    fn push_units(&mut self, units: &[u64]) {
        self.units.extend_from_slice(units);
        self.ends.push(self.units.len());
    }

    fn units(&self, index: usize) -> &[u64] {
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.units[start..self.ends[index]]
    }
}
