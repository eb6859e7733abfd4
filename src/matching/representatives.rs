//! The representative of each paragraph, found without making all pairs.

use std::cmp::Ordering;

use super::banded::Buckets;
use super::exact::{ListMerger, PrefixFilter, ShingleIndex};
use super::groups::Groups;
use super::number_families::NumberFamilies;
use super::verify::{Match, verify};
use crate::set::{Overlap, ShingleSets};
use crate::sketch::BandKeys;
use crate::util::error::{Error, Limit};
use crate::util::parallel;
use crate::util::progress::{Cancelled, Stage, Watch};

/// The number of paragraphs that are compared with the known representatives in parallel.
const PARAGRAPH_BLOCK: usize = 1024;

/// The number of bands whose keys are grouped in parallel.
const PARALLEL_BANDS: usize = 4;

/// The largest number of representatives in a bin that differ only in numbers; the first of them are kept.
///
/// Such representatives do not represent each other, so there may be very many. Without a limit, a
/// paragraph that differs from them in a word would be compared with all. A representative that shares a
/// number with the paragraph is also in the bins of the shingles with that number.
const MAX_FAMILY: usize = 32;

/// The representative of a paragraph, and their overlap with the representative on the left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RepresentativeMatch {
    pub(crate) paragraph: u32,
    pub(crate) overlap: Overlap,
}

/// The representative of each paragraph, or `None` if it represents itself.
///
/// The paragraphs are taken in the given order. Each joins the most similar representative with which it
/// forms a verified pair, the first of equally similar ones. If there is none, it becomes a
/// representative. It is compared with representatives only, so each member of a large cluster costs a few
/// comparisons, however many pairs the cluster has.
///
/// If `numbers` are given, paragraphs that differ only in numbers do not represent each other.
pub(crate) fn representatives(
    sets: &mut ShingleSets,
    keys: Option<&BandKeys>,
    groups: &Groups,
    order: &[u32],
    threshold: f64,
    numbers: Option<&NumberFamilies>,
    watch: Watch<'_>,
) -> Result<Vec<Option<RepresentativeMatch>>, Error> {
    watch.show(Stage::Matching, 0, 1)?;
    let bins = Bins::new(sets, keys, threshold, watch)?;
    watch.show(Stage::Matching, 1, 1)?;
    sets.sort(|set| !bins.of(set).is_empty() || groups.members(set).len() > 1, watch)?;
    Ok(choose(sets, bins, groups, order, threshold, numbers, watch)?)
}

/// The same where candidates were found elsewhere: all pairs of `crowded` sets, and these `pairs`.
///
/// The sets must be sorted. A candidate that is no match changes nothing.
pub(crate) fn representatives_among(
    sets: &mut ShingleSets,
    pairs: &[(u32, u32)],
    crowded: &[bool],
    groups: &Groups,
    threshold: f64,
    numbers: Option<&NumberFamilies>,
    watch: Watch<'_>,
) -> Result<Vec<Option<RepresentativeMatch>>, Error> {
    if u32::try_from(pairs.len()).is_err() {
        return Err(Limit::SharedShingles.into());
    }
    let met = (0..).zip(pairs).flat_map(|(bin, &(left, right))| [(left, bin), (right, bin)]).collect();
    let bins = Bins::with_crowd(sets, met, pairs.len() as u32, crowded, threshold, watch)?;
    let order: Vec<u32> = (0..).take(groups.paragraphs()).collect();
    Ok(choose(sets, bins, groups, &order, threshold, numbers, watch)?)
}

/// The matches of groups with the representatives of their paragraphs, taken in their order.
pub(crate) fn with_representatives(
    sets: &mut ShingleSets,
    keys: Option<&BandKeys>,
    groups: &Groups,
    threshold: f64,
    numbers: Option<&NumberFamilies>,
    watch: Watch<'_>,
) -> Result<Vec<Match>, Error> {
    let order: Vec<u32> = (0..).take(groups.paragraphs()).collect();
    let found = representatives(sets, keys, groups, &order, threshold, numbers, watch)?;
    let matched = |(paragraph, found): (usize, Option<RepresentativeMatch>)| {
        let RepresentativeMatch { paragraph: of, overlap } = found?;
        let [left, right] = [groups.of(of as usize)?, groups.of(paragraph)?].map(|group| group as u32);
        match left.cmp(&right) {
            Ordering::Less => Some(Match { left, right, overlap }),
            Ordering::Equal => None,
            Ordering::Greater => Some(Match { left: right, right: left, overlap: overlap.reversed() }),
        }
    };
    Ok(found.into_iter().enumerate().filter_map(matched).collect())
}

/// Chooses the representatives; those that may be similar to a set are found through its bins.
fn choose(
    sets: &ShingleSets,
    mut bins: Bins,
    groups: &Groups,
    order: &[u32],
    threshold: f64,
    numbers: Option<&NumberFamilies>,
    watch: Watch<'_>,
) -> Result<Vec<Option<RepresentativeMatch>>, Cancelled> {
    let differ = |a: u32, b: u32| NumberFamilies::keep_apart(numbers, a, b);
    let verified = |other: u32, group: usize| {
        let group = group as u32;
        if differ(other, group) { None } else { verify(sets, other, group, threshold) }
    };
    let mut found = vec![None; groups.paragraphs()];
    let mut chosen: Vec<Representative> = Vec::new();
    // The index of the representative that each group has, if it has one.
    let mut index_of_group: Vec<Option<u32>> = vec![None; groups.len()];
    for (number, block) in order.chunks(PARAGRAPH_BLOCK).enumerate() {
        watch.show(Stage::Choosing, number * PARAGRAPH_BLOCK, order.len())?;
        let before = chosen.len() as u32;
        let known = parallel::try_map_ranges(block.len(), 64, |range| {
            watch.poll()?;
            let mut merger = ListMerger::new();
            let best = |&paragraph: &u32| {
                let group = groups.of(paragraph as usize).filter(|&group| index_of_group[group].is_none())?;
                best(
                    bins.candidates(group, 0, &chosen, &mut merger)
                        .filter_map(|(index, other)| Some((index, verified(other, group)?.overlap))),
                )
            };
            Ok::<_, Cancelled>(block[range].iter().map(best).collect::<Vec<_>>())
        })?;
        let mut merger = ListMerger::new();
        for (&paragraph, known) in block.iter().zip(known.into_iter().flatten()) {
            watch.poll()?;
            let Some(group) = groups.of(paragraph as usize) else { continue };
            if let Some(index) = index_of_group[group] {
                let size = sets.get(group).len() as u32;
                let overlap = Overlap { shared: size, left: size, right: size };
                found[paragraph as usize] = Some(chosen[index as usize].with_overlap(overlap));
                continue;
            }
            // Representatives that were chosen in the same block.
            let new = bins.candidates(group, before, &chosen, &mut merger);
            let new = new.filter_map(|(index, other)| Some((index, verified(other, group)?.overlap)));
            match best(known.into_iter().chain(new)) {
                Some((index, overlap)) => {
                    found[paragraph as usize] = Some(chosen[index as usize].with_overlap(overlap));
                }
                None => {
                    bins.add_representative(group, &chosen, differ);
                    index_of_group[group] = Some(chosen.len() as u32);
                    chosen.push(Representative { group: group as u32, paragraph });
                }
            }
        }
    }
    watch.show(Stage::Choosing, order.len(), order.len())?;
    Ok(found)
}

/// A representative and its group. Its index is the number of representatives chosen before it.
#[derive(Clone, Copy, Debug)]
struct Representative {
    group: u32,
    paragraph: u32,
}

impl Representative {
    fn with_overlap(self, overlap: Overlap) -> RepresentativeMatch {
        RepresentativeMatch { paragraph: self.paragraph, overlap }
    }
}

/// The index and the overlap of the most similar representative, the first of equally similar ones.
fn best(found: impl Iterator<Item = (u32, Overlap)>) -> Option<(u32, Overlap)> {
    found.max_by(|(a, left), (b, right)| left.cmp_resemblance(*right).then(b.cmp(a)))
}

/// Sets that may be similar share a bin: a band bucket, or a shingle in the prefixes of crowded sets.
///
/// Each bin has room for all its sets and holds the representatives chosen so far.
struct Bins {
    /// The bins of each set.
    bins: Vec<u32>,
    ends: Vec<usize>,
    /// The indices of the representatives in each bin, ascending.
    representatives: Vec<u32>,
    /// The start of each bin and the number of representatives in it.
    slots: Vec<(usize, u32)>,
    /// For the sets that are members of crowded buckets.
    filter: PrefixFilter,
}

impl Bins {
    /// The bins of band keys; without keys, all sets count as crowded.
    fn new(
        sets: &mut ShingleSets,
        keys: Option<&BandKeys>,
        threshold: f64,
        watch: Watch<'_>,
    ) -> Result<Self, Error> {
        let mut met: Vec<(u32, u32)> = Vec::new();
        let mut crowded = vec![keys.is_none(); sets.len()];
        let mut bins: u32 = 0;
        let mut buckets: [Buckets; PARALLEL_BANDS] = Default::default();
        for first in (0..keys.map_or(0, BandKeys::bands)).step_by(PARALLEL_BANDS) {
            let keys = keys.expect("there are bands only where there are keys");
            let count = PARALLEL_BANDS.min(keys.bands() - first);
            parallel::try_for_each(&mut buckets[..count], |band, buckets| {
                buckets.gather(keys, first + band, watch)
            })?;
            for members in buckets[..count].iter().flat_map(Buckets::iter) {
                if members.is_crowd() {
                    members.iter().for_each(|set| crowded[set as usize] = true);
                } else {
                    met.extend(members.iter().map(|set| (set, bins)));
                    bins = bins.checked_add(1).ok_or(Limit::SharedShingles)?;
                }
            }
        }
        Self::with_crowd(sets, met, bins, &crowded, threshold, watch)
    }

    /// Bins in which sets have `met`, as pairs of a set and one of `bins` bins, and those of the crowded sets.
    fn with_crowd(
        sets: &mut ShingleSets,
        mut met: Vec<(u32, u32)>,
        mut bins: u32,
        crowded: &[bool],
        threshold: f64,
        watch: Watch<'_>,
    ) -> Result<Self, Error> {
        sets.sort(|set| crowded[set], watch)?;
        let crowd: Vec<u32> = (0..).zip(crowded).filter(|&(_, &is)| is).map(|(set, _)| set).collect();
        let index = ShingleIndex::new(sets, &crowd, watch)?;
        for (member, &set) in crowd.iter().enumerate() {
            met.extend(index.prefix(member, threshold).iter().map(|&list| (set, bins + list)));
        }
        bins = bins.checked_add(index.lists()).ok_or(Limit::SharedShingles)?;
        let filter = PrefixFilter::new(&index, threshold).renumbered(&crowd, sets.len());
        drop(index);
        parallel::try_sort_unstable(&mut met, watch)?;
        let mut slots = vec![(0, 0); bins as usize];
        for &(_, bin) in &met {
            slots[bin as usize].0 += 1;
        }
        let mut end = 0;
        for (start, _) in &mut slots {
            end += std::mem::replace(start, end);
        }
        let ends =
            (0..sets.len() as u32).map(|set| met.partition_point(|&(other, _)| other <= set)).collect();
        let bins = met.into_iter().map(|(_, bin)| bin).collect();
        Ok(Self { bins, ends, representatives: vec![0; end], slots, filter })
    }

    fn of(&self, set: usize) -> &[u32] {
        let start = set.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.bins[start..self.ends[set]]
    }

    /// Adds the next representative to the bins of its set, except to bins that are full of its family.
    fn add_representative(
        &mut self,
        set: usize,
        chosen: &[Representative],
        differ: impl Fn(u32, u32) -> bool,
    ) {
        let start = set.checked_sub(1).map_or(0, |before| self.ends[before]);
        for bin in &self.bins[start..self.ends[set]] {
            let (start, count) = &mut self.slots[*bin as usize];
            let held = &self.representatives[*start..*start + *count as usize];
            let family = |&&index: &&u32| differ(chosen[index as usize].group, set as u32);
            if held.len() >= MAX_FAMILY && held.iter().filter(family).count() >= MAX_FAMILY {
                // It is missing in bins that it shares with others, so their number is no bound any more.
                self.filter.disable(set);
                continue;
            }
            self.representatives[*start + *count as usize] = chosen.len() as u32;
            *count += 1;
        }
    }

    /// The representatives, from an index on, that share a bin with a set and may reach the threshold: each
    /// once, in ascending order of indices, with its group.
    fn candidates<'a>(
        &'a self,
        set: usize,
        from: u32,
        chosen: &'a [Representative],
        merger: &'a mut ListMerger,
    ) -> impl Iterator<Item = (u32, u32)> + 'a {
        let lists = self.of(set).iter().map(move |&bin| {
            let (start, count) = self.slots[bin as usize];
            let indices = &self.representatives[start..start + count as usize];
            &indices[indices.partition_point(|&index| index < from)..]
        });
        merger.merge(lists).filter_map(move |(index, common)| {
            let group = chosen[index as usize].group;
            self.filter.allows(group, set as u32, common).then_some((index, group))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Identities, clusters, search};
    use super::*;
    use crate::set::hash::mix;
    use crate::sketch::{Bander, Banding, MinHash};

    /// Random units; some paragraphs are edited copies, some exact copies, and many have one template.
    fn paragraphs() -> Vec<Vec<u64>> {
        let mut paragraphs: Vec<Vec<u64>> = Vec::new();
        for i in 0..3000_u64 {
            let r = mix(i);
            let mut units: Vec<u64> = match r % 8 {
                0..3 if i > 0 => paragraphs[(r >> 8) as usize % i as usize].clone(),
                3 => (0..40).map(mix).collect(),
                _ => (0..40).map(|j| mix(i * 1000 + j)).collect(),
            };
            for change in 0..r >> 16 & 3 {
                let at = mix(r ^ change) as usize % units.len();
                units[at] = mix(r + change);
            }
            paragraphs.push(units);
        }
        paragraphs
    }

    /// Clusters made from all pairs have the same representatives.
    #[test]
    fn representatives_agree_with_clusters() {
        let banding = Banding::for_threshold(0.6, 0.99, 128).unwrap();
        let bander = Bander::new(MinHash::new(128, 0).unwrap(), banding);
        let mut identities = Identities::default();
        let mut different = paragraphs();
        different.retain(|units| identities.push(Some(hash_of(units))));
        let mut sets =
            ShingleSets::collect(different.len(), 3, |set, units| units.clone_from(&different[set]));
        let groups = identities.into_groups();
        let keys = bander.all_keys(&sets, Watch::none()).unwrap();
        let order: Vec<u32> = (0..groups.paragraphs() as u32).collect();
        for keys in [Some(&keys), None] {
            let found = representatives(&mut sets, keys, &groups, &order, 0.6, None, Watch::none()).unwrap();
            let matches = search(&mut sets, keys, 0.6, usize::MAX, Watch::none()).unwrap().matches;
            let clusters = clusters(&groups, &matches, None, Watch::none()).unwrap();
            assert!(clusters.len() > 100);
            let mut expected = vec![None; found.len()];
            for cluster in clusters {
                for member in &cluster.members[1..] {
                    expected[member.index()] = Some(cluster.representative.0);
                }
            }
            let found: Vec<Option<u32>> =
                found.iter().map(|found| found.map(|found| found.paragraph)).collect();
            assert_eq!(found, expected);
        }
    }

    /// Representatives are missing in bins that are full of their family; the filter must allow for that.
    #[test]
    fn the_filter_loses_no_representative() {
        let mut identities = Identities::default();
        let (mut different, mut open) = (Vec::new(), Vec::new());
        for i in 0..1500_u64 {
            let mut units: Vec<u64> = (0..40).map(mix).collect();
            let edits = mix(i) % 4 * (mix(i) >> 8 & 3);
            (units[5], units[20]) = (mix(i % 300 + 1000), mix(i % 17 + 2000));
            (0..edits).for_each(|edit| units[(mix(i << 8 | edit) % 40) as usize] = mix(mix(i + edit) % 60));
            if identities.push(Some(hash_of(&units))) {
                different.push(units);
                open.push(if edits == 0 { 0 } else { i });
            }
        }
        let mut sets =
            ShingleSets::collect(different.len(), 3, |set, units| units.clone_from(&different[set]));
        let (groups, numbers) =
            (identities.into_groups(), NumberFamilies::from_iter(open.into_iter().zip(0..)));
        let order: Vec<u32> = (0..groups.paragraphs() as u32).collect();
        for threshold in [0.5, 0.6, 0.7] {
            let [filtered, unfiltered] = [false, true].map(|disable| {
                let mut bins = Bins::new(&mut sets, None, threshold, Watch::none()).unwrap();
                (0..groups.len()).filter(|_| disable).for_each(|set| bins.filter.disable(set));
                choose(&sets, bins, &groups, &order, threshold, Some(&numbers), Watch::none()).unwrap()
            });
            assert!(filtered.iter().flatten().count() > 100);
            assert_eq!(filtered, unfiltered, "{threshold}");
        }
    }

    fn hash_of(units: &[u64]) -> u128 {
        crate::set::hash::identity(units)
    }
}
