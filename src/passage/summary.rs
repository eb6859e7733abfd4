//! A stretch of one document that condenses a longer one of another.
//!
//! A summary keeps words of a long stretch here and there, so no sentence of it is like any of the
//! other's. But nearly all of its words stand in the long stretch, and few of those around it do.

use std::ops::Range;

use super::candidate::{Candidate, length, overlap};
use super::matches::matches;
use super::reworded::{DocumentPair, PairScratch};
use super::thresholds::limits::{BLOCK, BLOCKS, STEP};
use super::weights::{ONE, share};
use crate::util::progress::Cancelled;

/// The summaries that either of two documents has of the other, given the other reworded stretches that
/// they share.
pub(super) fn between(
    pair: &DocumentPair<'_>,
    scratch: &mut PairScratch,
    reworded: &[Candidate],
) -> Result<Vec<Candidate>, Cancelled> {
    let mut found = Vec::new();
    let lengths = pair.places.each_ref().map(|places| places.len() as u64);
    if lengths[0] * lengths[1] / u64::from(STEP) <= BLOCKS * (lengths[0] + lengths[1]) {
        for short in 0..2 {
            Condensed { pair, short, scratch, reworded }.find(&mut found)?;
        }
    }
    Ok(found)
}

/// Looks for stretches of one document, the short side, in the other.
struct Condensed<'a> {
    pair: &'a DocumentPair<'a>,
    short: usize,
    scratch: &'a mut PairScratch,
    reworded: &'a [Candidate],
}

/// How much of a sentence's weight a block covers.
#[derive(Clone, Copy, Default)]
struct Cover {
    matched: u64,
    total: u64,
}

impl Condensed<'_> {
    fn find(&mut self, found: &mut Vec<Candidate>) -> Result<(), Cancelled> {
        let places = self.pair.places[1 - self.short].clone();
        let mut start = places.start;
        loop {
            let end = places.end.min(start + BLOCK);
            let block = self.sentences_in(start..end);
            if !block.is_empty() {
                self.search_block(&block, found)?;
            }
            if end == places.end {
                return Ok(());
            }
            start += STEP;
        }
    }

    /// The sentences of the long side that begin in a stretch.
    fn sentences_in(&self, places: Range<u32>) -> Range<usize> {
        let all = self.pair.sides[1 - self.short].clone();
        let begin = |place: u32| {
            let ends = &self.pair.search.sequence.sentence_ends[all.clone()];
            let starts_before = ends.partition_point(|&end| end <= place);
            let sentence = all.start + starts_before;
            sentence + usize::from(sentence < all.end && self.pair.units.unit(sentence).start < place)
        };
        begin(places.start)..begin(places.end)
    }

    /// Adds the stretches of the short side that a block condenses to.
    fn search_block(&mut self, block: &Range<usize>, found: &mut Vec<Candidate>) -> Result<(), Cancelled> {
        let search = self.pair.search;
        let short = self.pair.sides[self.short].clone();
        self.mark(&self.pair.units.places(block));
        let cover = |sentence: usize| {
            search.watch.poll_at(sentence)?;
            Ok(self.cover(sentence))
        };
        let covers = short.clone().map(cover).collect::<Result<Vec<Cover>, Cancelled>>()?;
        let mut shares: Vec<f64> = covers.iter().map(|cover| share(cover.matched, cover.total)).collect();
        shares.sort_unstable_by(f64::total_cmp);
        let thresholds = &search.thresholds;
        let most = thresholds.summary_usual_most.max(thresholds.trim_share);
        let usual = shares[shares.len() / 2].clamp(thresholds.trim_share, most);
        let theta = (usual + thresholds.summary_full) / 2.0;
        let fall = thresholds.summary_fall * ONE as f64;
        search.watch.poll()?;
        for run in runs(&covers, theta, fall) {
            search.watch.poll()?;
            let sentences = short.start + run.start..short.start + run.end;
            let stretch = self.pair.units.places(&sentences);
            if self.is_covered(&stretch, &covers[run], usual)
                && !self.is_known(&stretch)
                && let Some(hull) = self.hull(&stretch, block)
                && self.stands_out(&sentences, &hull)?
            {
                let mut sides = [stretch, hull];
                if self.short == 1 {
                    sides.reverse();
                }
                let matched = matches(search.sequence, &sides[0], &sides[1], search.watch)?;
                let weight = search.weigh(&matched);
                found.push(Candidate { sides, matched: matched.into(), ordered: false, weight });
            }
        }
        Ok(())
    }

    /// Marks the stems of a stretch.
    fn mark(&mut self, places: &Range<u32>) {
        self.scratch.stems[0].set(self.pair.search.sequence.stems_of(places).iter().copied());
    }

    /// How much of a sentence is marked; nothing if hardly any of its rarest stems are.
    fn cover(&self, sentence: usize) -> Cover {
        let (units, weights) = (self.pair.units, &self.pair.search.weights);
        let marked = |stem: u32| self.scratch.stems[0].contains(stem);
        let total = units.total(sentence);
        let stems = units.rarest(sentence);
        let rare = stems
            .iter()
            .take(self.pair.search.thresholds.rare_stems as usize)
            .filter(|&&stem| marked(stem))
            .count();
        if (rare as f64) < self.pair.search.thresholds.summary_rare {
            return Cover { matched: 0, total };
        }
        let matched = stems.iter().filter(|&&stem| marked(stem)).map(|&stem| weights.rarity(stem)).sum();
        Cover { matched, total }
    }

    /// Whether a stretch is covered as a whole, and far better than is usual.
    fn is_covered(&self, stretch: &Range<u32>, covers: &[Cover], usual: f64) -> bool {
        let search = self.pair.search;
        let matched: u64 = covers.iter().map(|cover| cover.matched).sum();
        let total: u64 = covers.iter().map(|cover| cover.total).sum();
        if share(matched, total) < search.thresholds.summary_covered {
            return false;
        }
        let squares: f64 = search
            .sequence
            .stems_of(stretch)
            .iter()
            .map(|&stem| search.weights.rarity(stem) as f64)
            .map(|weight| weight * weight)
            .sum();
        let deviation = (usual * (1.0 - usual) * squares).sqrt();
        matched as f64 - usual * total as f64 >= search.thresholds.summary_deviations * deviation
    }

    /// Whether so much of a stretch lies in other reworded stretches that these say enough.
    fn is_known(&self, stretch: &Range<u32>) -> bool {
        let known: u32 = self.reworded.iter().map(|other| overlap(&other.sides[self.short], stretch)).sum();
        f64::from(known) > self.pair.search.thresholds.summary_known * f64::from(length(stretch))
    }

    /// The stretch of the block that a short stretch condenses, if it is long enough. Marks the stems of
    /// the block again.
    fn hull(&mut self, stretch: &Range<u32>, block: &Range<usize>) -> Option<Range<u32>> {
        let (units, weights) = (self.pair.units, &self.pair.search.weights);
        self.mark(stretch);
        let marked = &self.scratch.stems[0];
        let shares = |&sentence: &usize| {
            let shared = units.stems(sentence).filter(|&stem| marked.contains(stem));
            let weight = shared.map(|stem| weights.rarity(stem)).sum();
            share(weight, units.total(sentence)) >= self.pair.search.thresholds.summary_hull_share
        };
        let ends = block.clone().find(shares).zip(block.clone().rfind(shares));
        self.mark(&units.places(block));
        let hull = ends.map(|(first, last)| units.places(&(first..last + 1)))?;
        (hull.len() as f64 >= self.pair.search.thresholds.summary_longer * stretch.len() as f64)
            .then_some(hull)
    }

    /// Whether the short stretch is more like the long one than any other stretch of its document.
    fn stands_out(&mut self, own: &Range<usize>, hull: &Range<u32>) -> Result<bool, Cancelled> {
        let thresholds = &self.pair.search.thresholds;
        let [least, contrast] = [thresholds.summary_cosine, thresholds.summary_contrast];
        let counts = &mut self.scratch.counts;
        let stems = self.pair.search.sequence.stems_of(hull);
        stems.iter().for_each(|&stem| counts[stem as usize] += 1);
        // A stem that stands there n times adds (n · weight)², n · weight² for each time.
        let square = |&stem: &u32| {
            let weight = self.pair.search.weights.rarity(stem);
            (counts[stem as usize] * weight * weight) as f64
        };
        let norm = stems.iter().map(square).sum::<f64>().sqrt();
        let cosine = self.cosine(own, norm);
        let step = (own.len() / 2).max(1);
        let short = self.pair.sides[self.short].clone();
        let windows = short.clone().step_by(step).map(|start| start..short.end.min(start + own.len()));
        let beside = |window: &Range<usize>| window.end <= own.start || own.end <= window.start;
        let mut stands_out = cosine >= least;
        for window in windows.filter(beside) {
            self.pair.search.watch.poll()?;
            stands_out = stands_out && cosine >= contrast * self.cosine(&window, norm);
            if !stands_out {
                break;
            }
        }
        let counts = &mut self.scratch.counts;
        stems.iter().for_each(|&stem| counts[stem as usize] = 0);
        Ok(stands_out)
    }

    /// The cosine of some sentences and what is counted, whose length is `norm`.
    fn cosine(&self, sentences: &Range<usize>, norm: f64) -> f64 {
        let weights = &self.pair.search.weights;
        let mut stems: Vec<u32> =
            self.pair.search.sequence.stems_of(&self.pair.units.places(sentences)).to_vec();
        stems.sort_unstable();
        let (mut dot, mut own) = (0.0, 0.0);
        for same in stems.chunk_by(|a, b| a == b) {
            let weight = weights.rarity(same[0]) as f64;
            let here = same.len() as f64 * weight;
            dot += here * self.scratch.counts[same[0] as usize] as f64 * weight;
            own += here * here;
        }
        if own == 0.0 || norm == 0.0 { 0.0 } else { dot / (own.sqrt() * norm) }
    }
}

/// The runs of sentences in which `matched - theta · total` adds up to most. A run is closed, at its
/// best, where the sum is used up or has fallen by `fall` below its best.
fn runs(covers: &[Cover], theta: f64, fall: f64) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut at = 0;
    while at < covers.len() {
        let (mut sum, mut best, mut end) = (0.0, 0.0, at);
        let mut next = at;
        while next < covers.len() {
            sum += covers[next].matched as f64 - theta * covers[next].total as f64;
            next += 1;
            if sum > best {
                (best, end) = (sum, next);
            }
            if sum <= 0.0 || sum < best - fall {
                break;
            }
        }
        if end > at {
            runs.push(at..end);
        }
        at = end.max(at + 1);
    }
    runs
}
