//! Processes of their own, timed, with the most memory that they held.

use std::process::{Command, Stdio};
use std::time::Instant;

use nix::sys::resource::{UsageWho, getrusage};
use serde::{Deserialize, Serialize};

/// What a process took.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub(crate) struct Usage {
    /// Seconds by the clock on the wall.
    pub(crate) wall: f64,
    /// Seconds of the processor, all threads together.
    pub(crate) cpu: f64,
    /// Bytes.
    pub(crate) memory: f64,
}

/// Runs a command to its end.
///
/// Between this process and that one stands a small one: the system keeps the peak of all children
/// together, and counts to a child what its parent held when it was started.
pub(crate) fn run(command: &str, arguments: &[&str]) -> Usage {
    let own = std::env::current_exe().expect("the system knows what it runs");
    let output =
        Command::new(own).arg("measured").arg(command).args(arguments).stderr(Stdio::inherit()).output();
    let output = output.expect("the own executable starts");
    assert!(output.status.success(), "{command} {arguments:?} failed");
    serde_json::from_slice(&output.stdout).expect("the process between tells the usage")
}

/// What the process between does.
pub(crate) fn measured(command: &str, arguments: &[&str]) {
    let start = Instant::now();
    let status = Command::new(command).args(arguments).stdout(Stdio::null()).status();
    let wall = start.elapsed().as_secs_f64();
    assert!(status.expect("the command starts").success(), "the command is done");
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("the system counts what children use");
    let seconds = [usage.user_time(), usage.system_time()]
        .map(|time| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6);
    // The system counts kilobytes.
    let usage = Usage { wall, cpu: seconds.iter().sum(), memory: usage.max_rss() as f64 * 1024.0 };
    println!("{}", serde_json::to_string(&usage).expect("numbers can be written"));
}
