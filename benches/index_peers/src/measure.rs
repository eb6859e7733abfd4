//! What is measured of a peer.

use std::fs;
use std::path::Path;
use std::time::Instant;

use nix::time::{ClockId, clock_gettime};
use serde::{Deserialize, Serialize};

use crate::Outcome;

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Measured {
    pub(crate) add_seconds: f64,
    /// The processor time of adding all.
    pub(crate) add_processor_seconds: f64,
    /// By the clock, in milliseconds.
    pub(crate) query_ms: Vec<f64>,
    /// The processor time of a query on average.
    pub(crate) query_processor_ms: f64,
    /// The stored paragraphs that each query found.
    pub(crate) answers: Vec<Vec<usize>>,
    /// The most memory of the process, without the texts that it was given.
    pub(crate) memory: u64,
    /// On disk; `None` if the folder is still to be measured.
    pub(crate) bytes: Option<u64>,
}

impl Measured {
    /// Measures adding, and then each query.
    pub(crate) fn of<I>(
        queries: &[String],
        add: impl FnOnce() -> Outcome<I>,
        mut query: impl FnMut(&mut I, &str) -> Outcome<Vec<usize>>,
    ) -> Outcome<Self> {
        let before = status("VmRSS")?;
        let (start, processor) = (Instant::now(), processor_seconds()?);
        let mut index = add()?;
        let add_seconds = start.elapsed().as_secs_f64();
        let add_processor_seconds = processor_seconds()? - processor;
        let (mut query_ms, mut answers) = (Vec::new(), Vec::new());
        let processor = processor_seconds()?;
        for text in queries {
            let start = Instant::now();
            answers.push(query(&mut index, text)?);
            query_ms.push(start.elapsed().as_secs_f64() * 1e3);
        }
        let query_processor_ms = (processor_seconds()? - processor) * 1e3 / queries.len() as f64;
        let memory = status("VmHWM")?.saturating_sub(before);
        Ok(Self {
            add_seconds,
            add_processor_seconds,
            query_ms,
            query_processor_ms,
            answers,
            memory,
            bytes: None,
        })
    }

    pub(crate) fn query_quantile(&self, share: f64) -> f64 {
        let mut times = self.query_ms.clone();
        times.sort_by(f64::total_cmp);
        times[((times.len() - 1) as f64 * share) as usize]
    }

    pub(crate) fn summary(&self) -> String {
        format!(
            "added in {:.1} s, query {:.2} ms, {:.2} ms of processor time",
            self.add_seconds,
            self.query_quantile(0.5),
            self.query_processor_ms
        )
    }
}

pub(crate) fn median_of(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    (values[(values.len() - 1) / 2] + values[values.len() / 2]) / 2.0
}

/// A line of what Linux says about the process, in bytes.
fn status(name: &str) -> Outcome<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix(name))
        .ok_or("the system does not say its memory")?;
    let kilobytes: u64 = line.trim_matches(|c: char| !c.is_ascii_digit()).parse()?;
    Ok(1024 * kilobytes)
}

/// The time that all threads of the process ran, those that have ended, too.
fn processor_seconds() -> Outcome<f64> {
    let time = clock_gettime(ClockId::CLOCK_PROCESS_CPUTIME_ID)?;
    Ok(time.tv_sec() as f64 + time.tv_nsec() as f64 / 1e9)
}

/// The bytes of all files in a folder.
pub(crate) fn folder_bytes(folder: &Path) -> Outcome<u64> {
    let mut bytes = 0;
    for file in fs::read_dir(folder)? {
        let file = file?;
        bytes +=
            if file.file_type()?.is_dir() { folder_bytes(&file.path())? } else { file.metadata()?.len() };
    }
    Ok(bytes)
}
