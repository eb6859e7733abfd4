//! A disk that loses its power: what was committed is there, and what was not is wholly absent.

#[path = "../../benches/generator.rs"]
mod generator;
#[path = "../tests/index/steps.rs"]
mod steps;

use std::collections::BTreeSet;
use std::io;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use redb::StorageBackend;

use self::generator::Rng;
use self::steps::{Content, Table, apply, content, steps};
use crate::error::{Error, ErrorKind};
use crate::file;
use crate::index::Index;
use crate::progress::Progress;
use crate::settings::Settings;
use crate::store::RedbStore;

fn go_on(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// What a disk writes at once, or not at all.
const SECTOR: usize = 512;

/// A change that was not synced yet.
#[derive(Clone, Debug)]
enum Change {
    Write { offset: usize, bytes: Vec<u8> },
    Length(usize),
}

impl Change {
    fn apply(&self, bytes: &mut Vec<u8>) {
        match self {
            Self::Length(length) => bytes.resize(*length, 0),
            Self::Write { offset, bytes: new } => {
                // What lies behind the end has no place.
                let end = bytes.len().min(offset + new.len());
                if *offset < end {
                    bytes[*offset..end].copy_from_slice(&new[..end - offset]);
                }
            }
        }
    }

    /// The sectors that are written one by one.
    fn sectors(&self) -> Vec<Self> {
        let Self::Write { offset, bytes } = self else { return vec![self.clone()] };
        let (mut sectors, mut at) = (Vec::new(), 0);
        while at < bytes.len() {
            let end = bytes.len().min(at + SECTOR - (offset + at) % SECTOR);
            sectors.push(Self::Write { offset: offset + at, bytes: bytes[at..end].to_vec() });
            at = end;
        }
        sectors
    }
}

#[derive(Debug, Default)]
struct State {
    synced: Vec<u8>,
    /// With all changes, as a program reads it.
    current: Vec<u8>,
    pending: Vec<Change>,
    /// How many changes and how many syncs there were.
    operations: [usize; 2],
    /// The power fails at this change or at this sync.
    fails_at: [usize; 2],
}

/// The places of changes and of syncs in counts.
const CHANGE: usize = 0;
const SYNC: usize = 1;
const NEVER: [usize; 2] = [usize::MAX; 2];

/// A disk in memory.
#[derive(Clone, Debug)]
struct Disk(Arc<Mutex<State>>);

/// What of the changes that were not synced is on the disk.
#[derive(Clone, Copy, Debug)]
enum Left {
    Nothing,
    /// Any of the sectors, whichever were written first.
    Some,
    All,
}

impl Disk {
    fn new(content: Vec<u8>, fails_at: [usize; 2]) -> Self {
        let (synced, current) = (content.clone(), content);
        Self(Arc::new(Mutex::new(State { synced, current, fails_at, ..State::default() })))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The state for a change or a sync, unless the power is off.
    fn operate(&self, which: usize) -> io::Result<MutexGuard<'_, State>> {
        let mut state = self.state();
        state.operations[which] += 1;
        let is_off = (0..2).any(|which| state.operations[which] >= state.fails_at[which]);
        if is_off { Err(io::Error::other("the power is off")) } else { Ok(state) }
    }

    fn change(&self, change: Change) -> io::Result<()> {
        let mut state = self.operate(CHANGE)?;
        change.apply(&mut state.current);
        state.pending.push(change);
        Ok(())
    }

    /// What is on the disk when the power is back.
    fn after_power_loss(&self, left: Left, rng: &mut Rng) -> Vec<u8> {
        let state = self.state();
        let mut bytes = state.synced.clone();
        for sector in state.pending.iter().flat_map(Change::sectors) {
            let is_left = match left {
                Left::Nothing => false,
                Left::Some => rng.once_in(2),
                Left::All => true,
            };
            if is_left {
                sector.apply(&mut bytes);
            }
        }
        bytes
    }
}

impl StorageBackend for Disk {
    fn len(&self) -> Result<u64, io::Error> {
        Ok(self.state().current.len() as u64)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> Result<(), io::Error> {
        let offset = offset as usize;
        let state = self.state();
        let found = state.current.get(offset..offset + out.len());
        out.copy_from_slice(found.ok_or(io::ErrorKind::UnexpectedEof)?);
        Ok(())
    }

    fn set_len(&self, length: u64) -> Result<(), io::Error> {
        self.change(Change::Length(length as usize))
    }

    fn sync_data(&self) -> Result<(), io::Error> {
        let state = &mut *self.operate(SYNC)?;
        for change in state.pending.drain(..) {
            change.apply(&mut state.synced);
        }
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> Result<(), io::Error> {
        self.change(Change::Write { offset: offset as usize, bytes: data.to_vec() })
    }
}

fn open(disk: &Disk) -> Result<Index, Error> {
    let store = RedbStore::with_backend(disk.clone())?;
    let settings = file::settings(&store.read()?)?;
    Index::new(Path::new("on the disk of the test"), store, settings)
}

/// An empty index, as bytes.
fn empty() -> Vec<u8> {
    let disk = Disk::new(Vec::new(), NEVER);
    file::initialize(&RedbStore::with_backend(disk.clone()).unwrap(), &Settings::default()).unwrap();
    let state = disk.state();
    assert!(state.pending.is_empty(), "closing syncs");
    state.synced.clone()
}

const STEPS: usize = 16;

/// Applies steps until the power fails. Returns how many were acknowledged.
fn run(disk: &Disk, seed: u64) -> usize {
    let mut done = 0;
    let mut work = || {
        let mut index = open(disk)?;
        for (step, _) in steps(seed, STEPS) {
            apply(&mut index, step)?;
            done += 1;
        }
        Ok::<_, Error>(())
    };
    if let Err(error) = work() {
        assert_eq!(error.kind(), ErrorKind::Io, "{error}");
    }
    done
}

fn campaign(rounds: u64) {
    let empty = empty();
    let disk = Disk::new(empty.clone(), NEVER);
    assert_eq!(run(&disk, 0), STEPS);
    // Some runs come to their end before.
    let operations = disk.state().operations;
    let (mut table, mut rng) = (Table::default(), Rng::new(rounds));
    for seed in 0..rounds {
        // Syncs are rarer and matter more, so every other failure is at one.
        let (mut fails_at, which) = (NEVER, if seed % 2 == 0 { SYNC } else { CHANGE });
        fails_at[which] = 1 + rng.below(operations[which]);
        let disk = Disk::new(empty.clone(), fails_at);
        let done = run(&disk, seed);
        for left in [Left::Nothing, Left::Some, Left::Some, Left::All] {
            let disk = Disk::new(disk.after_power_loss(left, &mut rng), NEVER);
            let context = format!("seed {seed}, {done} steps, {left:?}");
            let mut index = open(&disk).unwrap_or_else(|error| panic!("{context}: {error}"));
            index.verify(go_on).unwrap_or_else(|error| panic!("{context}: {error}"));
            let mut states = steps(seed, STEPS + 1).into_iter();
            let before = if done == 0 { Content::new() } else { states.nth(done - 1).unwrap().1 };
            let (step, after) = states.next().unwrap();
            let found = content(&index);
            table.count(&step, &found, [&before, &after], &context);
            // It goes on where it was.
            if found != after {
                apply(&mut index, step).unwrap();
                assert_eq!(content(&index), after);
            }
            index.verify(go_on).unwrap();
        }
    }
    #[expect(clippy::print_stderr, reason = "the table of the campaign")]
    {
        eprintln!("{rounds} power losses with 4 outcomes each\n\n{table}");
    }
}

#[test]
fn what_was_committed_survives_a_power_loss() {
    campaign(10);
}

#[test]
#[ignore = "takes minutes: cargo test -p refrain-index --release -- --ignored campaign --nocapture"]
fn campaign_of_four_hundred_power_losses() {
    campaign(400);
}

/// The test would fail if nothing was ever lost.
#[test]
fn the_disk_forgets() {
    let disk = Disk::new(vec![1; 2000], [usize::MAX, 2]);
    disk.write(500, &[2; 600]).unwrap();
    disk.sync_data().unwrap();
    disk.write(0, &[3; 1024]).unwrap();
    assert!(disk.sync_data().is_err());
    let mut rng = Rng::new(1);
    let mut left = |left| disk.after_power_loss(left, &mut rng);
    assert_eq!(left(Left::Nothing)[499..501], [1, 2]);
    assert_eq!(left(Left::All)[..1024], [3; 1024]);
    let outcomes: BTreeSet<[u8; 2]> =
        (0..20).map(|_| left(Left::Some)).map(|bytes| [bytes[0], bytes[600]]).collect();
    assert_eq!(outcomes.len(), 4);
}
