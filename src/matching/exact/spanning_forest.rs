//! As few matches as connect all sets that matches connect: a spanning forest of the graph of matches.
//!
//! A crowd of `n` near-duplicates has `n²/2` matches, but `n − 1` connect it. So a set is compared only with sets that
//! it is not connected to yet, and the lists of an index keep sets that are connected together, to skip them at once.

use super::merge::ListMerger;
use super::prefix_filter::PrefixFilter;
use super::shingle_index::ShingleIndex;
use crate::matching::NumberFamilies;
use crate::matching::verify::{Match, verify};
use crate::set::ShingleSets;
use crate::util::error::Error;
use crate::util::progress::{Stage, Watch};

/// The number of sets between two reports of progress.
const SHOWN: usize = 1024;

/// Matches among the sets `members` of `sets` that connect the same sets as all their matches. No two of them connect
/// the same sets.
///
/// If `numbers` are given, sets of one family do not match. Other members may connect them.
pub(crate) fn spanning_forest(
    sets: &ShingleSets,
    members: &[u32],
    threshold: f64,
    numbers: Option<&NumberFamilies>,
    watch: Watch<'_>,
) -> Result<Vec<Match>, Error> {
    if members.is_empty() {
        return Ok(Vec::new());
    }
    watch.show(Stage::Joining, 0, members.len())?;
    let index = ShingleIndex::new(sets, members, watch)?;
    let filter = PrefixFilter::new(&index, threshold);
    let (prefixes, _) = index.prefixes(threshold);
    let mut lists: Vec<List> = vec![List::default(); index.lists() as usize];
    drop(index);
    let family = |set: u32| numbers.map(|numbers| numbers.family(members[set as usize] as usize));
    let mut roots = Roots::new(members.len());
    let mut forest = Vec::new();
    let mut merger = ListMerger::new();
    for set in 0..members.len() as u32 {
        if (set as usize).is_multiple_of(SHOWN) {
            watch.show(Stage::Joining, set as usize, members.len())?;
        }
        let own = prefixes.get(set as usize);
        let mut from = 0;
        loop {
            let place = Place { set, root: roots.of(set), family: family(set) };
            let unknown = own.iter().flat_map(|&list| lists[list as usize].unknown(place, from, &roots));
            let mut found = None;
            for (left, common) in merger.merge(unknown) {
                watch.poll()?;
                let apart = place.family.is_some() && family(left) == place.family;
                if apart || !filter.allows(left, set, common) || roots.of(left) == place.root {
                    continue;
                }
                found = verify(sets, members[left as usize], members[set as usize], threshold);
                if found.is_some() {
                    roots.join(left, set);
                    from = left + 1;
                    break;
                }
            }
            let Some(found) = found else { break };
            forest.push(found);
        }
        let place = Place { set, root: roots.of(set), family: family(set) };
        own.iter().for_each(|&list| lists[list as usize].add(place, &roots));
    }
    watch.show(Stage::Joining, members.len(), members.len())?;
    Ok(forest)
}

/// A set, its root and its family.
#[derive(Clone, Copy, Debug)]
struct Place {
    set: u32,
    root: u32,
    family: Option<u64>,
}

/// The sets whose prefixes have a shingle, in parts.
#[derive(Clone, Debug, Default)]
struct List(Vec<Part>);

/// Sets that are connected, or of one family, or both.
#[derive(Clone, Debug)]
struct Part {
    /// In ascending order.
    sets: Vec<u32>,
    /// `None` if they are of several families, or there are none.
    family: Option<u64>,
    is_connected: bool,
}

impl Part {
    fn is_family_of(&self, place: Place) -> bool {
        place.family.is_some() && self.family == place.family
    }

    fn is_connected_to(&self, place: Place, roots: &Roots) -> bool {
        self.is_connected && roots.of(self.sets[0]) == place.root
    }
}

impl List {
    /// The sets from a number on that may match a set and are not known to be connected to it.
    fn unknown(&self, place: Place, from: u32, roots: &Roots) -> impl Iterator<Item = &[u32]> {
        let unknown = move |part: &&Part| !part.is_family_of(place) && !part.is_connected_to(place, roots);
        self.0
            .iter()
            .filter(unknown)
            .map(move |part| &part.sets[part.sets.partition_point(|&set| set < from)..])
    }

    /// Adds a set, which is greater than those before it.
    fn add(&mut self, place: Place, roots: &Roots) {
        // These parts were just read to their ends, so another reading costs no more.
        for part in self.0.iter_mut().filter(|part| !part.is_connected && !part.is_family_of(place)) {
            let root = roots.of(part.sets[0]);
            part.is_connected = part.sets.iter().all(|&set| roots.of(set) == root);
        }
        // A connected part of one family stays connected: else it would be read again and again.
        let takes = |part: &&mut Part| {
            part.is_connected_to(place, roots)
                || part.is_family_of(place) && (!part.is_connected || part.sets.len() == 1)
        };
        if let Some(part) = self.0.iter_mut().find(takes) {
            part.is_connected = part.is_connected_to(place, roots);
            part.family = part.family.filter(|_| part.is_family_of(place));
            part.sets.push(place.set);
            return;
        }
        if self.0.len() == self.0.capacity() {
            self.unite(roots);
            // Half of the room is free now, so this is done seldom.
            self.0.reserve(self.0.len() + 1);
        }
        self.0.push(Part { sets: vec![place.set], family: place.family, is_connected: true });
    }

    /// Makes one part of all that have become connected.
    fn unite(&mut self, roots: &Roots) {
        self.0.sort_by_cached_key(|part| (part.is_connected, roots.of(part.sets[0])));
        self.0.dedup_by(|next, part| {
            let same =
                part.is_connected && next.is_connected && roots.of(part.sets[0]) == roots.of(next.sets[0]);
            if same {
                part.family = part.family.filter(|_| part.family == next.family);
                part.sets.append(&mut next.sets);
            }
            same
        });
        self.0.iter_mut().for_each(|part| part.sets.sort());
    }
}

/// Which sets are connected: each knows another one, up to the root of all that are connected to it.
#[derive(Debug)]
struct Roots {
    above: Vec<u32>,
    sizes: Vec<u32>,
}

impl Roots {
    fn new(sets: usize) -> Self {
        Self { above: (0..sets as u32).collect(), sizes: vec![1; sets] }
    }

    /// The root of a set. The smaller tree is always put below the larger, so none is higher than 32.
    fn of(&self, mut set: u32) -> u32 {
        while self.above[set as usize] != set {
            set = self.above[set as usize];
        }
        set
    }

    /// Connects two sets that are not connected.
    fn join(&mut self, left: u32, right: u32) {
        let [mut below, mut root] = [self.of(left), self.of(right)];
        if self.sizes[below as usize] > self.sizes[root as usize] {
            std::mem::swap(&mut below, &mut root);
        }
        self.above[below as usize] = root;
        self.sizes[root as usize] += self.sizes[below as usize];
    }
}

#[cfg(test)]
mod tests {
    use super::super::prefix_join;
    use super::*;
    use crate::set::hash::mix;

    /// Texts of few units: edits of earlier ones in long chains, one template, and families of it that differ in one
    /// unit. Returns the family of each, too.
    fn texts(seed: u64, count: u64) -> Vec<(Vec<u64>, u64)> {
        let mut texts: Vec<(Vec<u64>, u64)> = Vec::new();
        for i in 0..count {
            let r = mix(seed << 32 | i);
            let (mut units, mut family) = match r % 8 {
                0..4 if i > 0 => (texts[(r >> 8) as usize % i as usize].0.clone(), 1_000_000 + i),
                4 | 5 => ((0..40).map(mix).collect(), 1_000_000 + i),
                6 => ((0..40).map(mix).chain([r]).collect(), r >> 20 & 1),
                _ => ((0..40).map(|j| mix(i * 1000 + j)).collect(), 1_000_000 + i),
            };
            if family < 2 {
                units.extend([family, family + 2]);
            } else if r >> 30 & 7 == 0 && i > 0 {
                // The same words with other numbers as any other text.
                (units, family) = texts[(r >> 40) as usize % i as usize].clone();
                units[3] = r;
            } else {
                for change in 0..=r >> 16 & 3 {
                    let at = mix(r ^ change) as usize % units.len();
                    units[at] = mix(r + change);
                }
            }
            texts.push((units, family));
        }
        texts
    }

    fn roots(count: usize, matches: &[Match]) -> (Vec<u32>, usize) {
        let mut roots = Roots::new(count);
        let mut joined = 0;
        for found in matches {
            if roots.of(found.left) != roots.of(found.right) {
                roots.join(found.left, found.right);
                joined += 1;
            }
        }
        // Of each the first that is connected to it.
        let mut first = vec![u32::MAX; count];
        let of = |set: u32| roots.of(set) as usize;
        (0..count as u32).for_each(|set| first[of(set)] = first[of(set)].min(set));
        ((0..count as u32).map(|set| first[of(set)]).collect(), joined)
    }

    #[test]
    fn a_forest_connects_what_all_matches_connect() {
        for seed in 0..20 {
            let texts = texts(seed, 50 + 40 * seed);
            let mut sets =
                ShingleSets::collect(texts.len(), 2, |text, units| units.clone_from(&texts[text].0));
            sets.sort(|_| true, Watch::none()).unwrap();
            let numbers: NumberFamilies =
                (0..).zip(&texts).map(|(said, &(_, family))| (family, said)).collect();
            // Every third set is no member.
            let members: Vec<u32> = (0..texts.len() as u32).filter(|set| set % 3 > 0).collect();
            for threshold in [0.3, 0.5, 0.8, 1.0] {
                for numbers in [None, Some(&numbers)] {
                    let mut all = prefix_join(&sets, &members, threshold, usize::MAX, Watch::none()).unwrap();
                    all.retain(|found| !NumberFamilies::keep_apart(numbers, found.left, found.right));
                    let forest = spanning_forest(&sets, &members, threshold, numbers, Watch::none()).unwrap();
                    assert!(forest.iter().all(|found| all.contains(found)));
                    let (expected, joined) = roots(texts.len(), &all);
                    assert_eq!(roots(texts.len(), &forest), (expected, joined), "{seed} at {threshold}");
                    assert_eq!(forest.len(), joined);
                    assert!(seed < 10 || threshold > 0.5 || all.len() > 3 * joined && joined > 50);
                }
            }
        }
    }
}
