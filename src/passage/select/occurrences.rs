//! All places where a candidate stands.

use std::collections::BTreeMap;
use std::ops::Range;

use super::covered::Covering;
use super::found::{Found, Occurrence};
use crate::passage::aligned::GAP;
use crate::passage::candidate::{Candidate, length, middle, overlap};
use crate::passage::matches::matches;
use crate::passage::search::Search;
use crate::util::parallel;
use crate::util::progress::Cancelled;

/// Finds the occurrences of a candidate by way of all candidates.
#[derive(Debug)]
pub(super) struct Occurrences<'a> {
    search: &'a Search<'a>,
    candidates: &'a [&'a Candidate],
    /// For each place the ordered candidates that match it, and the places that they match it with.
    partners: Vec<(u32, u32)>,
    partner_ends: Vec<usize>,
    /// The sides of the reworded candidates: the middle, the candidate, which side it is.
    middles: Vec<(u32, u32, usize)>,
}

/// A stretch as the places of a pattern's tokens in it, by their number in the pattern.
type Image = Vec<(u32, u32)>;

impl<'a> Occurrences<'a> {
    pub(super) fn new(search: &'a Search<'a>, candidates: &'a [&'a Candidate]) -> Result<Self, Cancelled> {
        let places = search.sequence.len();
        let directed = || {
            let ordered = (0..).zip(candidates).filter(|(_, candidate)| candidate.ordered);
            ordered.flat_map(|(number, candidate)| {
                candidate.matched.iter().flat_map(move |&(a, b)| [(a, (number, b)), (b, (number, a))])
            })
        };
        let mut partner_ends = vec![0; places + 1];
        for (step, (place, _)) in directed().enumerate() {
            search.watch.poll_at(step)?;
            partner_ends[place as usize + 1] += 1;
        }
        for place in 0..places {
            partner_ends[place + 1] += partner_ends[place];
        }
        let mut partners = vec![(0, 0); partner_ends[places]];
        for (step, (place, partner)) in directed().enumerate() {
            search.watch.poll_at(step)?;
            partners[partner_ends[place as usize]] = partner;
            partner_ends[place as usize] += 1;
        }
        partner_ends.truncate(places);
        let reworded = (0..).zip(candidates).filter(|(_, candidate)| !candidate.ordered);
        let mut middles: Vec<(u32, u32, usize)> = reworded
            .flat_map(|(number, candidate)| [0, 1].map(|side| (middle(&candidate.sides[side]), number, side)))
            .collect();
        parallel::try_sort_unstable(&mut middles, search.watch)?;
        Ok(Self { search, candidates, partners, partner_ends, middles })
    }

    /// The passage that a candidate makes, with all its occurrences but those in places where there are
    /// too many passages already.
    pub(super) fn of(&self, candidate: &Candidate, covering: &Covering<'_>) -> Result<Found, Cancelled> {
        let (weight, mut occurrences) = if candidate.ordered {
            self.ordered(candidate, covering)?
        } else {
            (candidate.weight, self.reworded(candidate)?)
        };
        occurrences.sort_unstable_by_key(|occurrence| occurrence.places.start);
        Ok(Found { ordered: candidate.ordered, weight, occurrences })
    }

    /// The left side as the pattern, and all stretches that match it in order, found by going from stretch
    /// to stretch along the ordered candidates.
    ///
    /// In the end all are cut down to what all have between their ends. So an occurrence that lacks the last
    /// word of a verbatim passage makes it shorter by a word, and not an edited one. A stretch that would
    /// take away more than it brings, or as much as half a passage, is left to a passage of its own.
    fn ordered(
        &self,
        candidate: &Candidate,
        covering: &Covering<'_>,
    ) -> Result<(u64, Vec<Occurrence>), Cancelled> {
        let watch = self.search.watch;
        let [pattern, other] = candidate.sides.clone();
        let length = length(&pattern);
        let identity: Image = (0..length).zip(pattern.clone()).collect();
        let own: Image = candidate.matched.iter().map(|&(a, b)| (a - pattern.start, b)).collect();
        let mut taken = BTreeMap::from([(pattern.start, pattern.end), (other.start, other.end)]);
        let mut queue = vec![identity, own];
        let mut images: Vec<(u32, u32, u32)> = Vec::new();
        let mut next = 0;
        while next < queue.len() {
            images.clear();
            for &(number, place) in &queue[next] {
                watch.poll_at(number as usize)?;
                let partners = self.partners_of(place).iter();
                images.extend(partners.map(|&(candidate, other)| (candidate, number, other)));
            }
            next += 1;
            parallel::try_sort_unstable(&mut images, watch)?;
            for image in images.chunk_by(|a, b| a.0 == b.0) {
                watch.poll()?;
                let Some((matched, places)) = self.fit(length, image) else { continue };
                // What lacks as much as half a passage is not gone on from, or each would be from all others.
                if !self.is_nearly_whole(&pattern, &matched) {
                    continue;
                }
                let before = taken.range(..places.end).next_back();
                // What overlaps an occurrence is found already.
                if covering.is_full(&places) || before.is_some_and(|(_, &end)| end > places.start) {
                    continue;
                }
                taken.insert(places.start, places.end);
                queue.push(matched);
            }
        }
        let (common, kept) = self.cut(&pattern, queue);
        let occurrence = |image: &Image| {
            let [start, end] =
                [common.start, common.end].map(|at| image.partition_point(|&(number, _)| number < at));
            let image = &image[start..end];
            let places = image.first()?.1..image.last()?.1 + 1;
            Some(Occurrence { places, matched: image.len() as u32 })
        };
        let weight = candidate.matched.iter().filter(|&&(left, _)| common.contains(&(left - pattern.start)));
        let weight =
            weight.map(|&(left, _)| self.search.weights.informative(self.search.sequence.stem(left)));
        Ok((weight.sum(), kept.iter().filter_map(occurrence).collect()))
    }

    /// Whether an image lacks less than half the tokens of a passage at the ends of a pattern.
    fn is_nearly_whole(&self, pattern: &Range<u32>, image: &Image) -> bool {
        let [first, last] =
            [image.first(), image.last()].map(|end| pattern.start + end.map_or(0, |end| end.0));
        let lacking = (pattern.start..first).chain(last + 1..pattern.end);
        2 * self.search.sequence.size(lacking) < self.search.min_size
    }

    /// The part of a pattern that all of its images have, by the numbers of its tokens, and the images that
    /// have it. The first two, the sides of the candidate, have all of it. Another one that lacks something is
    /// kept if it brings more tokens than it takes away from those before it, and leaves nearly all of the
    /// pattern.
    fn cut(&self, pattern: &Range<u32>, images: Vec<Image>) -> (Range<u32>, Vec<Image>) {
        let Search { sequence, min_size, .. } = *self.search;
        let size =
            |numbers: Range<u32>| sequence.size(pattern.start + numbers.start..pattern.start + numbers.end);
        let all = 0..length(pattern);
        let part = |image: &Image, of: &Range<u32>| {
            let [first, last] = [image.first(), image.last()].map(|end| end.map_or(0, |end| end.0));
            let start = of.start.max(first);
            start..of.end.min(last + 1).max(start)
        };
        let inside = |image: &Image, part: &Range<u32>| {
            sequence.size(image.iter().filter(|(number, _)| part.contains(number)).map(|&(_, place)| place))
        };
        let (mut images, mut common) = (images.into_iter(), all.clone());
        let mut kept: Vec<Image> = images.by_ref().take(2).collect();
        let mut rest: Vec<(u32, Image)> =
            images.map(|image| (size(all.clone()) - size(part(&image, &all)), image)).collect();
        // Those that lack least first, and of equal ones in the order in which they were found.
        rest.sort_by_key(|&(lacking, _)| lacking);
        for (_, image) in rest {
            let left = part(&image, &common);
            if left != common {
                let lost = u64::from(size(common.clone()) - size(left.clone())) * kept.len() as u64;
                let is_long = |image: &Image| inside(image, &left) >= min_size;
                let fits = 2 * (size(all.clone()) - size(left.clone())) < min_size
                    && lost < u64::from(inside(&image, &left))
                    && is_long(&image)
                    && kept.iter().all(is_long);
                if !fits {
                    continue;
                }
                common = left;
            }
            kept.push(image);
        }
        (common, kept)
    }

    fn partners_of(&self, place: u32) -> &[(u32, u32)] {
        let place = place as usize;
        let start = place.checked_sub(1).map_or(0, |before| self.partner_ends[before]);
        &self.partners[start..self.partner_ends[place]]
    }

    /// The image of a pattern under a candidate, if it matches the pattern well enough: in order, over
    /// gaps of two tokens at most, and for two thirds of both.
    fn fit(&self, length: u32, image: &[(u32, u32, u32)]) -> Option<(Image, Range<u32>)> {
        let (first, last) = (image.first()?, image.last()?);
        // Both sides of one candidate may lie inside the pattern; then the image is torn.
        if !image.is_sorted_by_key(|&(_, _, place)| place) {
            return None;
        }
        let places = first.2..last.2 + 1;
        let near =
            image.windows(2).all(|pair| pair[1].1 - pair[0].1 <= GAP + 1 && pair[1].2 - pair[0].2 <= GAP + 1);
        let size = self.search.sequence.size(image.iter().map(|&(_, _, place)| place));
        let fills = |whole: u32| 3 * image.len() as u64 >= 2 * u64::from(whole);
        let fits = near && size >= self.search.min_size && fills(length) && fills(self::length(&places));
        fits.then(|| (image.iter().map(|&(_, number, place)| (number, place)).collect(), places))
    }

    /// Both sides, and the other sides of the reworded candidates that have a side in common with it.
    fn reworded(&self, candidate: &Candidate) -> Result<Vec<Occurrence>, Cancelled> {
        let occurrence = |places: &Range<u32>, matched: usize| Occurrence {
            places: places.clone(),
            matched: matched as u32,
        };
        let mut occurrences =
            candidate.sides.each_ref().map(|side| occurrence(side, candidate.matched.len())).to_vec();
        for pattern in &candidate.sides {
            for &(_, number, side) in self.sides_within(pattern) {
                self.search.watch.poll()?;
                let sides = &self.candidates[number as usize].sides;
                let (shared, other) = (&sides[side], &sides[1 - side]);
                let apart = |found: &Occurrence| overlap(&found.places, other) == 0;
                if is_same(shared, pattern) && occurrences.iter().all(apart) {
                    let matched = matches(self.search.sequence, other, pattern, self.search.watch)?;
                    if self.search.size(&matched) >= self.search.min_size {
                        occurrences.push(occurrence(other, matched.len()));
                    }
                }
            }
        }
        Ok(occurrences)
    }

    /// The sides of reworded candidates that have their middle in a stretch.
    fn sides_within(&self, stretch: &Range<u32>) -> &[(u32, u32, usize)] {
        let [start, end] =
            [stretch.start, stretch.end].map(|place| self.middles.partition_point(|side| side.0 < place));
        &self.middles[start..end]
    }
}

/// Whether two stretches share two thirds of both.
fn is_same(a: &Range<u32>, b: &Range<u32>) -> bool {
    3 * overlap(a, b) >= 2 * length(a).max(length(b))
}
