//! `refrain` on a million paragraphs and on 100,000, and with two threads and with one.

use crate::generator::Corpus;
use crate::quality::Quality;
use crate::race::{Racer, least, median, race, times_as_long};
use crate::table::{Table, grouped};
use crate::truth::{self, True};
use crate::{library, ours};

const PARAGRAPHS: usize = 1_000_000;
const BYTES: usize = 411;
const COPIES: f64 = 0.2;
const SEED: u64 = 21;
const ROUNDS: usize = 5;
const THRESHOLD: f64 = 0.8;

pub(crate) fn run() {
    let (few, many) = (library::corpus(), Corpus::new(PARAGRAPHS, BYTES, COPIES, SEED));
    println!("Threshold {THRESHOLD}, {ROUNDS} rounds in turns.\n");
    check(&many);
    let detectors = [1, 2].map(|threads| ours::detector(THRESHOLD, threads));
    let [one, two] = &detectors;
    let racers = [
        Racer::new("100 000, one thread", || ours::pairs(one, &few.paragraphs)),
        Racer::new("1 000 000, one thread", || ours::pairs(one, &many.paragraphs)),
        Racer::new("100 000, two threads", || ours::pairs(two, &few.paragraphs)),
        Racer::new("1 000 000, two threads", || ours::pairs(two, &many.paragraphs)),
    ];
    let times = race(&racers, ROUNDS);
    let mut table = Table::new([
        "paragraphs",
        "MB",
        "median s",
        "least s",
        "CPU s",
        "paragraphs/s",
        "MB/s",
        "of 100 000",
        "by CPU",
        "faster by two",
    ]);
    for (at, (racer, own)) in racers.iter().zip(&times).enumerate() {
        let corpus = if at % 2 == 0 { &few } else { &many };
        let (megabytes, wall) = (corpus.bytes() as f64 / 1e6, median(&own.wall));
        table.row([
            racer.name.to_owned(),
            format!("{megabytes:.0}"),
            format!("{wall:.3}"),
            format!("{:.3}", least(&own.wall)),
            format!("{:.3}", median(&own.cpu)),
            grouped(corpus.paragraphs.len() as f64 / wall),
            format!("{:.0}", megabytes / wall),
            format!("{:.1}", times_as_long(&own.wall, &times[at - at % 2].wall)),
            format!("{:.1}", times_as_long(&own.cpu, &times[at - at % 2].cpu)),
            format!("{:.2}", times_as_long(&times[at % 2].wall, &own.wall)),
        ]);
    }
    table.print();
}

/// All pairs must be true, and those that the generator has planted must be found. An exact join of a million
/// paragraphs would take minutes.
fn check(corpus: &Corpus) {
    let found = ours::places(&ours::pairs(&ours::detector(THRESHOLD, 2), &corpus.paragraphs));
    let resemblance = |left: u32, right: u32| {
        let [left, right] = [left, right].map(|place| corpus.paragraphs[place as usize].as_str());
        truth::resemblance(left, right)
    };
    assert!(found.iter().all(|&(left, right)| resemblance(left, right) >= THRESHOLD), "all pairs are true");
    let mut truth: Vec<True> = Vec::with_capacity(corpus.copies.len());
    for &(copy, original) in &corpus.copies {
        let (left, right) = (copy.min(original) as u32, copy.max(original) as u32);
        truth.push(True { left, right, resemblance: resemblance(left, right) });
    }
    truth.retain(|pair| pair.resemblance >= THRESHOLD);
    let planted: std::collections::HashSet<(u32, u32)> =
        truth.iter().map(|pair| (pair.left, pair.right)).collect();
    let of_those = found.iter().copied().filter(|pair| planted.contains(pair)).collect();
    let quality = Quality::new(&of_those, &truth, THRESHOLD);
    quality.assert();
    let slices: Vec<String> = quality.slices().iter().map(|slice| format!("{:.4}", slice.recall())).collect();
    println!(
        "Of the million: {} pairs, all true; of the {} planted ones {} are found (by slices of 0.05: {}).\n",
        grouped(found.len() as f64),
        grouped(truth.len() as f64),
        grouped(of_those.len() as f64),
        slices.join(", ")
    );
}
