//! Who stands for whom, without all pairs.

use super::banded::Buckets;
use super::exact::{ListMerger, PrefixFilter, ShingleIndex};
use super::groups::Groups;
use super::number_families::NumberFamilies;
use super::verify::verify;
use crate::set::{Overlap, ShingleSets};
use crate::sketch::BandKeys;
use crate::util::error::{Error, ErrorKind};
use crate::util::parallel;
use crate::util::progress::{Cancelled, Stage, Watch};

/// So many paragraphs look for their leaders side by side.
const BLOCK: usize = 1024;

/// So many bands are grouped side by side.
const BANDS: usize = 4;

/// Of leaders that differ in numbers only, each bin holds the first so many.
///
/// All of a family of them stay, however many there are, so without a limit each paragraph that is
/// like them, but for a word, would be compared with all. Those that have a number in common with it
/// are in bins of their own, where that number is.
const FAMILY: usize = 32;

/// The paragraph that stands for another, and what they have in common, the leader on the left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RepresentativeMatch {
    pub(crate) paragraph: u32,
    pub(crate) overlap: Overlap,
}

/// For each paragraph its leader, or `None` if it leads itself.
///
/// Taken in the given order, each paragraph joins the most similar leader that it has a verified
/// pair with, the first of equals, else becomes one. It is compared with leaders only, hence a
/// crowd of near-duplicates, however many pairs it has, costs one comparison or a few a member.
///
/// Paragraphs that differ in numbers only do not stand for each other, where these `numbers` are
/// given.
pub(crate) fn leaders(
    sets: &mut ShingleSets,
    keys: Option<&BandKeys>,
    groups: &Groups,
    order: &[u32],
    threshold: f64,
    numbers: Option<&NumberFamilies>,
    watch: Watch<'_>,
) -> Result<Vec<Option<RepresentativeMatch>>, Error> {
    watch.tell(Stage::Matching, 0, 1)?;
    let bins = Bins::new(sets, keys, threshold)?;
    watch.tell(Stage::Matching, 1, 1)?;
    sets.sort(|set| !bins.of(set).is_empty() || groups.members(set).len() > 1);
    Ok(choose(sets, bins, groups, order, threshold, numbers, watch)?)
}

/// The leaders by bins in which the sets meet.
fn choose(
    sets: &ShingleSets,
    mut bins: Bins,
    groups: &Groups,
    order: &[u32],
    threshold: f64,
    numbers: Option<&NumberFamilies>,
    watch: Watch<'_>,
) -> Result<Vec<Option<RepresentativeMatch>>, Cancelled> {
    let apart = |a: u32, b: u32| numbers.is_some_and(|numbers| numbers.differ_only_in_numbers(a, b));
    let verified = |leader: u32, group: usize| {
        let group = group as u32;
        if apart(leader, group) { None } else { verify(sets, leader, group, threshold) }
    };
    let mut leaders = vec![None; groups.paragraphs()];
    let mut leads: Vec<Lead> = Vec::new();
    // The rank of each group that leads.
    let mut ranks: Vec<Option<u32>> = vec![None; groups.len()];
    for (number, block) in order.chunks(BLOCK).enumerate() {
        watch.tell(Stage::Choosing, number * BLOCK, order.len())?;
        let before = leads.len() as u32;
        let known = parallel::map_ranges(block.len(), 64, |range| {
            let mut merger = ListMerger::new();
            let best = |&paragraph: &u32| {
                let group = groups.of(paragraph as usize).filter(|&group| ranks[group].is_none())?;
                best(
                    bins.leaders(group, 0, &leads, &mut merger)
                        .filter_map(|(rank, other)| Some((rank, verified(other, group)?.overlap))),
                )
            };
            block[range].iter().map(best).collect::<Vec<_>>()
        });
        let mut merger = ListMerger::new();
        for (&paragraph, known) in block.iter().zip(known.into_iter().flatten()) {
            let Some(group) = groups.of(paragraph as usize) else { continue };
            if let Some(rank) = ranks[group] {
                let size = sets.get(group).len() as u32;
                let overlap = Overlap { shared: size, left: size, right: size };
                leaders[paragraph as usize] = Some(leads[rank as usize].leader(overlap));
                continue;
            }
            // Those that came to lead in this very block.
            let new = bins.leaders(group, before, &leads, &mut merger);
            let new = new.filter_map(|(rank, other)| Some((rank, verified(other, group)?.overlap)));
            match best(known.into_iter().chain(new)) {
                Some((rank, overlap)) => {
                    leaders[paragraph as usize] = Some(leads[rank as usize].leader(overlap));
                }
                None => {
                    bins.add_leader(group, &leads, apart);
                    ranks[group] = Some(leads.len() as u32);
                    leads.push(Lead { group: group as u32, paragraph });
                }
            }
        }
    }
    watch.tell(Stage::Choosing, order.len(), order.len())?;
    Ok(leaders)
}

/// A group that leads, and the paragraph by which it does. It is known by its rank, which is how many
/// groups led before it did.
#[derive(Clone, Copy, Debug)]
struct Lead {
    group: u32,
    paragraph: u32,
}

impl Lead {
    fn leader(self, overlap: Overlap) -> RepresentativeMatch {
        RepresentativeMatch { paragraph: self.paragraph, overlap }
    }
}

/// The rank of the most similar leader, the first of equals.
fn best(found: impl Iterator<Item = (u32, Overlap)>) -> Option<(u32, Overlap)> {
    found.max_by(|(a, left), (b, right)| left.cmp_resemblance(*right).then(b.cmp(a)))
}

/// Where sets that may be alike meet: a band bucket, or a shingle in the prefixes of a crowd.
///
/// Each bin has room for its members and holds those that lead so far.
struct Bins {
    /// The bins of each set.
    bins: Vec<u32>,
    ends: Vec<usize>,
    /// The ranks of the leaders in each bin, ascending.
    leaders: Vec<u32>,
    /// Where each bin begins and how many leaders it holds.
    slots: Vec<(usize, u32)>,
    /// What is known of the sets of the crowd.
    filter: PrefixFilter,
}

impl Bins {
    /// By the keys of bands, or, without them, as if all sets were one crowd.
    fn new(sets: &mut ShingleSets, keys: Option<&BandKeys>, threshold: f64) -> Result<Self, Error> {
        let mut met: Vec<(u32, u32)> = Vec::new();
        let mut crowded = vec![keys.is_none(); sets.len()];
        let mut bins: u32 = 0;
        let mut buckets: [Buckets; BANDS] = Default::default();
        for first in (0..keys.map_or(0, BandKeys::bands)).step_by(BANDS) {
            let keys = keys.expect("there are bands only where there are keys");
            let count = BANDS.min(keys.bands() - first);
            parallel::for_each(&mut buckets[..count], |band, buckets| buckets.gather(keys, first + band));
            for members in buckets[..count].iter().flat_map(Buckets::iter) {
                if members.is_crowd() {
                    members.iter().for_each(|set| crowded[set as usize] = true);
                } else {
                    met.extend(members.iter().map(|set| (set, bins)));
                    bins = bins.checked_add(1).ok_or(ErrorKind::TooManyShared)?;
                }
            }
        }
        sets.sort(|set| crowded[set]);
        let crowd: Vec<u32> = (0..).zip(&crowded).filter(|&(_, &is)| is).map(|(set, _)| set).collect();
        let index = ShingleIndex::new(sets, &crowd)?;
        for (member, &set) in crowd.iter().enumerate() {
            met.extend(index.prefix(member, threshold).iter().map(|&list| (set, bins + list)));
        }
        bins = bins.checked_add(index.lists()).ok_or(ErrorKind::TooManyShared)?;
        let filter = PrefixFilter::new(&index, threshold).renumbered(&crowd, sets.len());
        drop(index);
        parallel::sort_unstable(&mut met);
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
        Ok(Self { bins, ends, leaders: vec![0; end], slots, filter })
    }

    fn of(&self, set: usize) -> &[u32] {
        let start = set.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.bins[start..self.ends[set]]
    }

    /// Adds the next leader to the bins of its set, but to those that hold enough of its family.
    fn add_leader(&mut self, set: usize, leads: &[Lead], apart: impl Fn(u32, u32) -> bool) {
        let start = set.checked_sub(1).map_or(0, |before| self.ends[before]);
        for bin in &self.bins[start..self.ends[set]] {
            let (start, count) = &mut self.slots[*bin as usize];
            let there = &self.leaders[*start..*start + *count as usize];
            let family = |&&rank: &&u32| apart(leads[rank as usize].group, set as u32);
            if there.len() >= FAMILY && there.iter().filter(family).count() >= FAMILY {
                // It will be met in fewer bins than it has in common with others.
                self.filter.disable(set);
                continue;
            }
            self.leaders[*start + *count as usize] = leads.len() as u32;
            *count += 1;
        }
    }

    /// The leaders that a set shares a bin with and may be like, from a rank on; each once, ascending, with
    /// its group.
    fn leaders<'a>(
        &'a self,
        set: usize,
        from: u32,
        leads: &'a [Lead],
        merger: &'a mut ListMerger,
    ) -> impl Iterator<Item = (u32, u32)> + 'a {
        let lists = self.of(set).iter().map(move |&bin| {
            let (start, count) = self.slots[bin as usize];
            let ranks = &self.leaders[start..start + count as usize];
            &ranks[ranks.partition_point(|&rank| rank < from)..]
        });
        merger.merge(lists).filter_map(move |(rank, common)| {
            let group = leads[rank as usize].group;
            self.filter.allows(group, set as u32, common).then_some((rank, group))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Identities, clusters, search};
    use super::*;
    use crate::set::hash::mix;
    use crate::sketch::{Bander, Banding, MinHash};

    /// Runs of numbers, some of them repeated with a change, some crowded, some copied.
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

    /// Where clusters are made from all pairs, they are those made without.
    #[test]
    fn leaders_agree_with_clusters() {
        let banding = Banding::for_threshold(0.6, 0.99, 128).unwrap();
        let bander = Bander::new(MinHash::new(128, 0).unwrap(), banding);
        let mut identities = Identities::default();
        let mut different = paragraphs();
        different.retain(|units| identities.push(Some(hash_of(units))));
        let mut sets =
            ShingleSets::collect(different.len(), 3, |set, units| units.clone_from(&different[set]));
        let groups = identities.into_groups();
        let keys = bander.all_keys(&sets);
        let order: Vec<u32> = (0..groups.paragraphs() as u32).collect();
        for keys in [Some(&keys), None] {
            let found = leaders(&mut sets, keys, &groups, &order, 0.6, None, Watch::none()).unwrap();
            let matches = search(&mut sets, keys, 0.6, usize::MAX, Watch::none()).unwrap().matches;
            let clusters = clusters(&groups, &matches, |_, _| false);
            assert!(clusters.len() > 100);
            let mut expected = vec![None; found.len()];
            for cluster in clusters {
                for member in &cluster.members[1..] {
                    expected[member.index()] = Some(cluster.representative.0);
                }
            }
            let found: Vec<Option<u32>> = found.iter().map(|leader| leader.map(|l| l.paragraph)).collect();
            assert_eq!(found, expected);
        }
    }

    /// Leaders of a family are left out of full bins, so what is met in few bins may be alike in many.
    #[test]
    fn bounds_lose_no_leader() {
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
        let (groups, numbers) = (identities.into_groups(), NumberFamilies::from_iter(open));
        let order: Vec<u32> = (0..groups.paragraphs() as u32).collect();
        for threshold in [0.5, 0.6, 0.7] {
            let [bounded, unbounded] = [false, true].map(|lift| {
                let mut bins = Bins::new(&mut sets, None, threshold).unwrap();
                (0..groups.len()).filter(|_| lift).for_each(|set| bins.filter.disable(set));
                choose(&sets, bins, &groups, &order, threshold, Some(&numbers), Watch::none()).unwrap()
            });
            assert!(bounded.iter().flatten().count() > 100);
            assert_eq!(bounded, unbounded, "{threshold}");
        }
    }

    fn hash_of(units: &[u64]) -> u128 {
        crate::set::hash::identity(units)
    }
}
