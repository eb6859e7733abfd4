//! Runs separate processes and measures their time and peak memory.

use std::process::{Command, Stdio};
use std::time::Instant;

use nix::sys::resource::{UsageWho, getrusage};
use serde::{Deserialize, Serialize};

/// The time and the memory of a process.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub(crate) struct Usage {
    /// Wall-clock time in seconds.
    pub(crate) wall: f64,
    /// Processor time of all threads in seconds.
    pub(crate) cpu: f64,
    /// Peak memory in bytes.
    pub(crate) memory: f64,
    /// How often the system had to supply a page of memory, without reading a disk.
    pub(crate) faults: f64,
}

/// Runs a command to its end.
///
/// A small process starts it. The system keeps one peak for all children, and the peak of a child includes
/// the memory of its parent at the start.
pub(crate) fn run(command: &str, arguments: &[&str]) -> Usage {
    let own = std::env::current_exe().expect("the system knows what it runs");
    let output =
        Command::new(own).arg("measured").arg(command).args(arguments).stderr(Stdio::inherit()).output();
    let output = output.expect("the own executable starts");
    assert!(output.status.success(), "{command} {arguments:?} failed");
    serde_json::from_slice(&output.stdout).expect("the process between tells the usage")
}

/// The work of the small process.
pub(crate) fn measured(command: &str, arguments: &[&str]) {
    let start = Instant::now();
    let status = Command::new(command).args(arguments).stdout(Stdio::null()).status();
    let wall = start.elapsed().as_secs_f64();
    assert!(status.expect("the command starts").success(), "the command is done");
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("the system counts what children use");
    let seconds = [usage.user_time(), usage.system_time()]
        .map(|time| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6);
    // The system counts in kilobytes.
    let memory = usage.max_rss() as f64 * 1024.0;
    let faults = usage.minor_page_faults() as f64;
    let usage = Usage { wall, cpu: seconds.iter().sum(), memory, faults };
    println!("{}", serde_json::to_string(&usage).expect("numbers can be written"));
}
