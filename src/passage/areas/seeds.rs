//! Pairs of units that may belong to an area.

use super::ground::Ground;

/// The least cosine of two units that are a seed.
const COSINE: f64 = 0.30;
/// Units are looked up by so many of their heaviest keys.
const HEAVIEST: usize = 6;
/// A key that more units of the other side hold leads to none of them.
const POSTINGS: usize = 32;

/// The pairs of a unit of the first document and one of the second whose `tf · w` vectors have a
/// cosine above [`COSINE`], ascending.
pub(super) fn seeds(ground: &Ground) -> Vec<(u32, u32)> {
    let mut candidates = candidates(ground);
    let weigh = |&(key, times): &(u32, u32)| u64::from(times) * ground.weight(key);
    let squares = |unit: usize| ground.bag(unit).iter().map(|entry| weigh(entry).pow(2)).sum::<u64>() as f64;
    let norms: Vec<f64> = (0..ground.units.len()).map(|unit| squares(unit).sqrt()).collect();
    // The weights of the left unit's keys, while its candidates are looked at.
    let mut weights = vec![0; ground.vocabulary()];
    let mut current = u32::MAX;
    candidates.retain(|&(left, right)| {
        if current != left {
            if current != u32::MAX {
                ground.bag(current as usize).iter().for_each(|&(key, _)| weights[key as usize] = 0);
            }
            ground.bag(left as usize).iter().for_each(|entry| weights[entry.0 as usize] = weigh(entry));
            current = left;
        }
        let bag = ground.bag(right as usize);
        let dot: u64 = bag.iter().map(|entry| weights[entry.0 as usize] * weigh(entry)).sum();
        dot as f64 > COSINE * norms[left as usize] * norms[right as usize]
    });
    candidates
}

/// The pairs of units, one of each document, or any two of the only one, that share one of the
/// [`HEAVIEST`] keys of either that the other side has, ascending.
pub(super) fn candidates(ground: &Ground) -> Vec<(u32, u32)> {
    let postings = Postings::new(ground);
    let count = ground.units.len();
    let alone = ground.alone();
    let mut pairs = Vec::new();
    let mut heaviest: Vec<u32> = Vec::new();
    for unit in 0..count {
        // Where the units of the other side are among all units that hold a key.
        let others = |key: u32| {
            let units = postings.of(key);
            let border =
                if alone { 0 } else { units.partition_point(|&unit| (unit as usize) < ground.first) };
            if alone || unit < ground.first { &units[border..] } else { &units[..border] }
        };
        heaviest.clear();
        let least = if alone { 2 } else { 1 };
        heaviest
            .extend(ground.bag(unit).iter().map(|entry| entry.0).filter(|&key| others(key).len() >= least));
        heaviest.sort_unstable_by_key(|&key| (ground.frequency(key), key));
        for &key in heaviest.iter().take(HEAVIEST) {
            let others = others(key);
            if others.len() <= POSTINGS {
                let unit = unit as u32;
                let ordered = others.iter().map(|&other| (unit.min(other), unit.max(other)));
                pairs.extend(ordered.filter(|(left, right)| left < right));
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// The units that hold each key, ascending.
struct Postings {
    units: Vec<u32>,
    ends: Vec<u32>,
}

impl Postings {
    fn new(ground: &Ground) -> Self {
        let mut starts = vec![0; ground.vocabulary() + 1];
        for unit in 0..ground.units.len() {
            ground.bag(unit).iter().for_each(|&(key, _)| starts[key as usize + 1] += 1);
        }
        for key in 0..ground.vocabulary() {
            starts[key + 1] += starts[key];
        }
        let mut units = vec![0; starts[ground.vocabulary()] as usize];
        for unit in 0..ground.units.len() {
            for &(key, _) in ground.bag(unit) {
                let at = &mut starts[key as usize];
                units[*at as usize] = unit as u32;
                *at += 1;
            }
        }
        Self { units, ends: starts }
    }

    fn of(&self, key: u32) -> &[u32] {
        let start = key.checked_sub(1).map_or(0, |before| self.ends[before as usize]);
        &self.units[start as usize..self.ends[key as usize] as usize]
    }
}
