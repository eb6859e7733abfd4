//! From texts in memory to pairs.

use crate::generator::Corpus;
use crate::peer::{self, Peer, THRESHOLD};
use crate::quality::Quality;
use crate::race::{Racer, Times, least, median, race, times_as_long};
use crate::table::{Table, grouped};
use crate::truth::True;
use crate::{Pairs, gaoya, ours, truth, txtfp};

const PARAGRAPHS: usize = 100_000;
const BYTES: usize = 280;
const COPIES: f64 = 0.2;
const SEED: u64 = 20;
const ROUNDS: usize = 7;
const THRESHOLDS: [f64; 4] = [0.5, 0.7, 0.8, 0.9];

pub(crate) fn corpus() -> Corpus {
    Corpus::new(PARAGRAPHS, BYTES, COPIES, SEED)
}

pub(crate) fn run() {
    let corpus = corpus();
    let texts = &corpus.paragraphs;
    println!(
        "{} paragraphs, {} bytes, one thread, {ROUNDS} rounds in turns.",
        grouped(texts.len() as f64),
        grouped(corpus.bytes() as f64)
    );
    let truth = truth::pairs(texts, THRESHOLDS[0]);
    quality(texts, &truth);
    speed(texts, &truth);
}

/// `refrain` alone, twenty times.
pub(crate) fn profile() {
    let (corpus, detector) = (corpus(), ours::detector(THRESHOLD, 1));
    for _ in 0..20 {
        std::hint::black_box(ours::pairs(&detector, &corpus.paragraphs));
    }
}

/// `refrain` at all thresholds, with the recall of each slice.
fn quality(texts: &[String], truth: &[True]) {
    println!("\n### Ours against the truth\n");
    let slices: Vec<f64> = (10..20).map(|slice| f64::from(slice) / 20.0).collect();
    let head = ["threshold", "pairs", "precision", "recall"].map(str::to_owned);
    let mut table = Table::new(head.into_iter().chain(slices.iter().map(|from| format!("{from:.2}–"))));
    for threshold in THRESHOLDS {
        let found = ours::places(&ours::pairs(&ours::detector(threshold, 1), texts));
        let quality = Quality::new(&found, truth, threshold);
        quality.assert();
        let row = [
            format!("{threshold}"),
            grouped(quality.pairs() as f64),
            format!("{:.4}", quality.precision()),
            format!("{:.4}", quality.recall()),
        ];
        table.row(row.into_iter().chain(by_slice(&quality, slices.len())));
    }
    table.print();
}

/// The recall of each slice, in the last of these columns.
fn by_slice(quality: &Quality, columns: usize) -> Vec<String> {
    let slices = quality.slices();
    let mut cells = vec![String::new(); columns - slices.len()];
    cells.extend(slices.iter().map(|slice| format!("{:.4}", slice.recall())));
    cells
}

/// `refrain` and the peers at 0.8.
fn speed(texts: &[String], truth: &[True]) {
    println!("### Everyone at {THRESHOLD}\n");
    let detector = ours::detector(THRESHOLD, 1);
    let racers = [
        Racer::new("refrain", || ours::pairs(&detector, texts)),
        Racer::new("gaoya, tuned", || by_peer(gaoya::tuned(texts.len()), texts)),
        Racer::new("gaoya, as shown", || by_peer(gaoya::as_shown(), texts)),
        Racer::new("txtfp, as shown", || by_peer(txtfp::as_shown(), texts)),
        Racer::new("txtfp, lean", || by_peer(txtfp::lean(), texts)),
    ];
    let answers = [
        ours::places(&ours::pairs(&detector, texts)),
        by_peer(gaoya::tuned(texts.len()), texts).0,
        by_peer(gaoya::as_shown(), texts).0,
        by_peer(txtfp::as_shown(), texts).0,
        by_peer(txtfp::lean(), texts).0,
    ];
    let times = race(&racers, ROUNDS);
    let mut table = Table::new([
        "",
        "median s",
        "least s",
        "CPU s",
        "paragraphs/s",
        "ours is faster by",
        "by CPU",
        "pairs",
        "precision",
        "recall",
    ]);
    for ((racer, answer), Times { wall, cpu }) in racers.iter().zip(&answers).zip(&times) {
        let quality = Quality::new(answer, truth, THRESHOLD);
        table.row([
            racer.name.to_owned(),
            format!("{:.3}", median(wall)),
            format!("{:.3}", least(wall)),
            format!("{:.3}", median(cpu)),
            grouped(texts.len() as f64 / median(wall)),
            format!("{:.1}", times_as_long(wall, &times[0].wall)),
            format!("{:.1}", times_as_long(cpu, &times[0].cpu)),
            grouped(quality.pairs() as f64),
            format!("{:.4}", quality.precision()),
            format!("{:.4}", quality.recall()),
        ]);
    }
    table.print();
}

/// The pairs, and the index, which is dropped after the time is taken.
fn by_peer<P: Peer + 'static>(mut peer: P, texts: &[String]) -> (Pairs, P) {
    (peer::pairs(&mut peer, texts), peer)
}
