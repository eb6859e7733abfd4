//! A process that is killed at any moment loses nothing that it has committed.

use std::time::Duration;

use refrain_index::{Index, Settings};

use super::child::Process;
use super::generator::Rng;
use super::go_on;
use super::steps::{Content, Table, apply, content, steps};

/// Kills a process `rounds` times, each time at another moment, and looks at what it left.
fn campaign(rounds: u64) {
    let mut rng = Rng::new(rounds);
    let (mut table, mut acknowledged) = (Table::default(), 0);
    for seed in 0..rounds {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.index");
        drop(Index::create(&path, Settings::default()).unwrap());
        let mut process = Process::start("steps", &path, seed);
        assert_eq!(process.line(), "open");
        std::thread::sleep(Duration::from_micros(rng.below(400_000) as u64));
        let done = process.kill();

        // Half of the time a reader comes first, which redb refuses, and the index repairs.
        let index = if seed % 2 == 0 { Index::open_read_only(&path) } else { Index::open(&path) };
        let index = index.unwrap();
        index.verify(go_on).unwrap();
        let found = content(&index);
        drop(index);
        let mut states = steps(seed, done + 2).into_iter();
        let before = if done == 0 { Content::new() } else { states.nth(done - 1).unwrap().1 };
        let (step, after) = states.next().unwrap();
        table.count(&step, &found, [&before, &after], &format!("seed {seed}, {done} steps"));
        acknowledged += done;
        // It goes on where it was.
        let mut index = Index::open(&path).unwrap();
        if found != after {
            apply(&mut index, step).unwrap();
            assert_eq!(content(&index), after);
        }
        index.compact(go_on).unwrap();
        index.verify(go_on).unwrap();
    }
    #[expect(clippy::print_stderr, reason = "the table of the campaign")]
    {
        eprintln!("{rounds} kills after {acknowledged} acknowledged steps\n\n{table}");
    }
}

#[test]
fn what_was_committed_survives_a_kill() {
    campaign(20);
}

#[test]
#[ignore = "takes minutes: cargo test -p refrain-index --release -- --ignored campaign --nocapture"]
fn campaign_of_five_hundred_kills() {
    campaign(500);
}
