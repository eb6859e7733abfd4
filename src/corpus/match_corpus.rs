//! How a corpus is matched.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::gather::Corpus;
use crate::matching::{self, Cluster, Matches, Pair, RepresentativeMatch};
use crate::settings::Settings;
use crate::util::error::Error;
use crate::util::id::ParagraphId;
use crate::util::progress::{Progress, Watcher};

impl Corpus {
    /// The near-duplicate pairs, ascending by their ids.
    ///
    /// Of more than [`copies`](Settings::copies) identical paragraphs each is paired with the first
    /// only, and only the first stands for them in pairs with others.
    ///
    /// `watch` is shown the progress, and may cancel, as in
    /// [`Detector::try_check_all`](crate::Detector::try_check_all).
    ///
    /// # Errors
    ///
    /// If `watch` cancelled the search, or paragraphs share 2^32 shingles or more.
    pub fn pairs(mut self, watch: impl Fn(Progress) -> ControlFlow<()> + Sync) -> Result<Pairs, Error> {
        let watcher = Watcher::new(&watch);
        let watch = watcher.handle();
        let configuration = Arc::clone(&self.configuration);
        configuration.threads.run(move || {
            let Settings { threshold, copies, max_pairs, search, .. } = self.configuration.settings;
            self.finish(watch)?;
            let keys = self.keys.as_ref().filter(|_| search.is_banded(self.sets.len()));
            let limit = max_pairs.unwrap_or(usize::MAX);
            // Frees the table of identities, whose memory the search can use.
            let groups = self.identities.into_groups();
            let Matches { matches, limited } =
                matching::search(&mut self.sets, keys, threshold, limit, watch)?;
            Ok(Pairs {
                pairs: matching::expand(
                    &groups,
                    &self.sets,
                    &matches,
                    &self.numbers,
                    copies,
                    usize::MAX,
                    watch,
                )?
                .0,
                limited: limited.len(),
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
    /// `watch` is shown the progress, and may cancel, as in
    /// [`Detector::try_check_all`](crate::Detector::try_check_all).
    ///
    /// # Errors
    ///
    /// If `watch` cancelled the work, `order` does not hold every paragraph just once, or paragraphs share
    /// 2^32 shingles or more.
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
        let watcher = Watcher::new(&watch);
        let watch = watcher.handle();
        let configuration = Arc::clone(&self.configuration);
        let found = configuration.threads.run(move || {
            self.finish(watch)?;
            let groups = self.identities.into_groups();
            let Self { mut sets, keys, numbers, configuration, .. } = self;
            let Settings { threshold, merge_numbers, search, .. } = configuration.settings;
            let keys = keys.as_ref().filter(|_| search.is_banded(sets.len()));
            let numbers = Some(&numbers).filter(|_| !merge_numbers);
            matching::representatives(&mut sets, keys, &groups, &order, threshold, numbers, watch)
        })?;
        let representative = |(paragraph, found): (u32, Option<RepresentativeMatch>)| match found {
            Some(RepresentativeMatch { paragraph, overlap }) => {
                Representative { paragraph: ParagraphId(paragraph), resemblance: overlap.resemblance() }
            }
            None => Representative { paragraph: ParagraphId(paragraph), resemblance: 1.0 },
        };
        Ok((0..).zip(found).map(representative).collect())
    }
}

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

impl Representative {
    /// The clusters of a corpus, of two paragraphs or more, in the order of their representatives. `found` has the
    /// representative of each paragraph, as [`Corpus::representatives`] returns them for the order of the input.
    ///
    /// ```
    /// use std::ops::ControlFlow;
    ///
    /// use refrain::{Detector, ParagraphId, Representative};
    ///
    /// let detector = Detector::new();
    /// let mut corpus = detector.corpus();
    /// corpus.extend(&["Tea is served at four.", "Rain is expected.", "TEA is served at four."])?;
    /// let found = corpus.representatives(None, |_| ControlFlow::Continue(()))?;
    /// let clusters = Representative::clusters(&found);
    /// assert_eq!(clusters[0].members, [ParagraphId(0), ParagraphId(2)]);
    /// # Ok::<(), refrain::Error>(())
    /// ```
    #[must_use]
    pub fn clusters(found: &[Self]) -> Vec<Cluster> {
        // All that are not representatives, each after its representative.
        let mut joined: Vec<(u32, u32)> = (0..)
            .zip(found)
            .filter(|(paragraph, found)| found.paragraph.0 != *paragraph)
            .map(|(paragraph, found)| (found.paragraph.0, paragraph))
            .collect();
        joined.sort_unstable();
        let cluster = |members: &[(u32, u32)]| {
            let representative = members[0].0;
            let members = [representative].into_iter().chain(members.iter().map(|&(_, member)| member));
            Cluster {
                representative: ParagraphId(representative),
                members: members.map(ParagraphId).collect(),
            }
        };
        joined.chunk_by(|a, b| a.0 == b.0).map(cluster).collect()
    }
}

/// Checks that `order` holds each of `paragraphs` paragraphs exactly once.
fn check_order(order: &[u32], paragraphs: usize) -> Result<(), Error> {
    let mut met = vec![false; paragraphs];
    let first_time = |&id: &u32| met.get_mut(id as usize).is_some_and(|met| !std::mem::replace(met, true));
    if order.len() == paragraphs && order.iter().all(first_time) {
        return Ok(());
    }
    let value = format!("another order of {} ids", order.len());
    Err(Error::out_of_range("order", value, "every paragraph once"))
}
