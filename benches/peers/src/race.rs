//! Runs candidates in turn, so that a temporary slowdown of the machine affects all of them.

use std::any::Any;
use std::time::{Duration, Instant};

use nix::time::{ClockId, clock_gettime};

/// A name, and a function to be timed.
///
/// Its result is dropped after the time is taken.
pub(crate) struct Racer<'a> {
    pub(crate) name: &'static str,
    pub(crate) run: Box<dyn Fn() -> Box<dyn Any> + 'a>,
}

impl<'a> Racer<'a> {
    pub(crate) fn new<T: 'static>(name: &'static str, run: impl Fn() -> T + 'a) -> Self {
        Self { name, run: Box::new(move || Box::new(run())) }
    }
}

/// The times of one candidate in seconds, one for each round.
#[derive(Debug, Default)]
pub(crate) struct Times {
    /// Wall-clock time.
    pub(crate) wall: Vec<f64>,
    /// Processor time of all threads; other work on the machine hardly changes it.
    pub(crate) cpu: Vec<f64>,
}

/// Runs each candidate once in each round, after a round that is not counted.
pub(crate) fn race(racers: &[Racer<'_>], rounds: usize) -> Vec<Times> {
    let mut times: Vec<Times> = racers.iter().map(|_| Times::default()).collect();
    for round in 0..=rounds {
        for (racer, times) in racers.iter().zip(&mut times) {
            eprint!("\r{round} of {rounds}: {}\x1b[K", racer.name);
            let (wall, cpu) = (Instant::now(), cpu());
            let left = (racer.run)();
            if round > 0 {
                times.wall.push(wall.elapsed().as_secs_f64());
                times.cpu.push((self::cpu() - cpu).as_secs_f64());
            }
            drop(left);
        }
    }
    eprint!("\r\x1b[K");
    times
}

fn cpu() -> Duration {
    clock_gettime(ClockId::CLOCK_PROCESS_CPUTIME_ID).expect("the system knows this clock").into()
}

pub(crate) fn median(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len() % 2 == 1 { values[middle] } else { (values[middle - 1] + values[middle]) / 2.0 }
}

pub(crate) fn least(values: &[f64]) -> f64 {
    values.iter().copied().fold(f64::INFINITY, f64::min)
}

/// The time of `slow` divided by the time of `fast`: the median over the rounds.
pub(crate) fn times_as_long(slow: &[f64], fast: &[f64]) -> f64 {
    median(&slow.iter().zip(fast).map(|(slow, fast)| slow / fast).collect::<Vec<_>>())
}
