//! Finds the paragraphs that have given keys.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::bits::unseal;
use crate::error::Error;
use crate::postings::decode;
use crate::removed::Removed;
use crate::run_writer::{block_key, filter_key, read_block_key};
use crate::state::{Run, State};
use crate::store::{Read, Table};

/// The parts of filters that were read. Runs never change.
#[derive(Debug, Default)]
pub(crate) struct Filters(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    /// The parts of each run.
    parts: BTreeMap<u32, Vec<Option<Arc<[u8]>>>>,
    bytes: usize,
}

/// The most bytes of filters that are kept in memory. What is over it is read again for each key.
const KEPT: usize = 448 << 20;

impl Filters {
    fn part(
        &self,
        store: &(impl Read + ?Sized),
        state: &State,
        run: &Run,
        part: u32,
    ) -> Result<Arc<[u8]>, Error> {
        let at = part as usize;
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(Some(found)) = lock().parts.get(&run.id).and_then(|parts| parts.get(at)) {
            return Ok(Arc::clone(found));
        }
        let key = filter_key(run.id, part);
        let sealed = store.get(Table::Filters, &key)?.ok_or_else(|| Error::damaged("a filter is missing"))?;
        let found: Arc<[u8]> = unseal("a filter", &key, &sealed)?.into();
        if !run.filter.fits(&found) {
            return Err(Error::damaged("a filter has another length than it should have"));
        }
        lock().keep(state, run.id, at, &found);
        Ok(found)
    }
}

impl Kept {
    fn keep(&mut self, state: &State, run: u32, at: usize, part: &Arc<[u8]>) {
        if !self.parts.contains_key(&run) {
            // Runs were merged.
            self.parts.retain(|&id, _| state.runs.iter().any(|run| run.id == id));
            self.bytes = self.parts.values().flatten().flatten().map(|part| part.len()).sum();
        }
        if self.bytes + part.len() > KEPT {
            return;
        }
        let parts = self.parts.entry(run).or_default();
        parts.resize(parts.len().max(at + 1), None);
        // Another thread may have read it, too.
        if parts[at].replace(Arc::clone(part)).is_none() {
            self.bytes += part.len();
        }
    }
}

/// The paragraphs with a key, as far as they were read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    /// Ascending, at most as many as were asked for.
    pub(crate) paragraphs: Vec<u64>,
    /// Whether there are more.
    pub(crate) frequent: bool,
}

/// Finds the paragraphs that have each of the keys, which ascend and are distinct; some may be of removed documents. Of
/// a key that more than `most` stored paragraphs have, no more are read.
pub(crate) fn find(
    store: &(impl Read + ?Sized),
    state: &State,
    filters: &Filters,
    keys: &[u64],
    most: usize,
) -> Result<Vec<Found>, Error> {
    let mut found = vec![Found::default(); keys.len()];
    let removed = OnceCell::new();
    for run in &state.runs {
        let mut part = None;
        for (&key, found) in keys.iter().zip(&mut found) {
            if found.frequent {
                continue;
            }
            let number = run.filter.part(key);
            let filter = match &part {
                Some((at, filter)) if *at == number => filter,
                _ => {
                    let filter = filters.part(store, state, run, number)?;
                    &part.insert((number, filter)).1
                }
            };
            if run.filter.may_have(filter, key) {
                read_key(store, run, key, (most, &removed), found)?;
            }
        }
    }
    Ok(found)
}

/// Reads the paragraphs that have a key in a run.
fn read_key(
    store: &(impl Read + ?Sized),
    run: &Run,
    key: u64,
    (most, removed): (usize, &OnceCell<Removed>),
    found: &mut Found,
) -> Result<(), Error> {
    // Its postings may begin in the last block that begins with a lesser key.
    store.scan_back(Table::Runs, &block_key(run.id, key, u32::MAX), &mut |name, value| {
        let Some((_, first)) = read_block_key(name).filter(|&(id, _)| id == run.id) else {
            return Ok(false);
        };
        let block = unseal("a block of postings", name, value)?;
        decode(block, first, run.first, |posting| {
            if posting.key == key {
                found.paragraphs.push(posting.paragraph);
            }
            posting.key <= key
        })?;
        if found.paragraphs.len() > most {
            // Mostly this is never asked for.
            if removed.get().is_none() {
                let _ = removed.set(Removed::load(store, 0, u64::MAX)?);
            }
            let has = |&paragraph: &u64| removed.get().is_some_and(|removed| removed.has(paragraph));
            found.paragraphs.retain(|paragraph| !has(paragraph));
        }
        Ok(first == key && found.paragraphs.len() <= most)
    })?;
    found.frequent = found.paragraphs.len() > most;
    if found.frequent {
        found.paragraphs = Vec::new();
    }
    found.paragraphs.sort_unstable();
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;
    use crate::keys::KEY_BITS;
    use crate::postings::Posting;
    use crate::run_writer::RunWriter;
    use crate::store::RedbStore;

    /// SplitMix64 (Steele, Lea, Flood 2014).
    struct Random(u64);

    impl Random {
        fn next(&mut self) -> u64 {
            self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let z = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
            z ^ z >> 31
        }

        fn below(&mut self, end: u64) -> u64 {
            ((u128::from(self.next()) * u128::from(end)) >> 64) as u64
        }
    }

    /// The postings of a paragraph, as they were measured.
    const POSTINGS: u64 = 30;
    /// The keys of an article of 20 paragraphs.
    const KEYS: usize = 600;

    /// A compacted index of this many paragraphs, but for their texts and records, and some of its keys.
    fn simulate(path: &std::path::Path, paragraphs: u64) -> (RedbStore, State, Vec<u64>) {
        let store = RedbStore::create(path).unwrap();
        let (mut random, mut stored) = (Random(paragraphs), Vec::new());
        let total = paragraphs * POSTINGS;
        let mut state = State { next_paragraph: paragraphs, paragraphs, ..State::default() };
        let run = store.write(|tables| {
            let mut writer = RunWriter::new(0, 0, 0, paragraphs, total);
            let (step, mut key) = ((1_u64 << KEY_BITS) / total, 0);
            for number in 0..total {
                writer.push(tables, Posting { key, paragraph: random.below(paragraphs) })?;
                if number % (total / 100_000) == 0 {
                    stored.push(key);
                }
                // Ascending, and on average a step apart.
                key += random.below(2 * step).min((1 << KEY_BITS) - 1 - key);
            }
            writer.finish(tables)
        });
        state.runs.push(run.unwrap());
        (store, state, stored)
    }

    /// The median and the 99th percentile of the look-ups of articles, of which this many keys are stored.
    fn look_up(
        (store, state, stored): &(RedbStore, State, Vec<u64>),
        filters: &Filters,
        known: usize,
        random: &mut Random,
    ) -> [f64; 2] {
        let mut times: Vec<f64> = (0..400)
            .map(|_| {
                let mut keys: Vec<u64> = (0..KEYS)
                    .map(|number| match number < known {
                        true => stored[random.below(stored.len() as u64) as usize],
                        false => random.below(1 << KEY_BITS),
                    })
                    .collect();
                keys.sort_unstable();
                keys.dedup();
                let start = Instant::now();
                let found = find(&store.read().unwrap(), state, filters, &keys, 1000).unwrap();
                let time = start.elapsed().as_secs_f64() * 1e3;
                let hits = found.iter().filter(|found| !found.paragraphs.is_empty()).count();
                assert!(hits >= known * 9 / 10 && hits <= known + 20, "{hits}");
                time
            })
            .collect();
        times.sort_by(f64::total_cmp);
        [times[200], times[396]]
    }

    /// `cargo test -p refrain-index --release -- --ignored ten_million --nocapture`, with 2 GB on the disk of TMPDIR.
    #[test]
    #[ignore = "a measurement, which takes minutes and gigabytes"]
    #[expect(clippy::print_stderr, reason = "what was measured")]
    fn look_ups_among_one_and_ten_million_paragraphs() {
        let folder = tempfile::tempdir().unwrap();
        let indexes = [1_000_000, 10_000_000].map(|paragraphs| {
            let start = Instant::now();
            let made = simulate(&folder.path().join(paragraphs.to_string()), paragraphs);
            let bytes = std::fs::metadata(folder.path().join(paragraphs.to_string())).unwrap().len();
            eprintln!(
                "{paragraphs}: {} MB, made in {:.0} s",
                bytes / 1_000_000,
                start.elapsed().as_secs_f64()
            );
            (paragraphs, made, Filters::default())
        });
        let mut random = Random(1);
        for round in 0..4 {
            for (paragraphs, made, filters) in &indexes {
                for known in [0, 60, KEYS] {
                    let [median, most] = look_up(made, filters, known, &mut random);
                    if round > 0 {
                        eprintln!(
                            "{paragraphs}: {known} of {KEYS} keys stored: {median:.2} ms, {most:.2} ms"
                        );
                    }
                }
            }
        }
    }
}
