//! Runs work without the interpreter, while the calling thread waits for signals, time-outs and progress.

use std::any::Any;
use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use pyo3::prelude::*;

use crate::errors::{Cancelled, Failure, RefrainError, TimedOut};
use crate::threads::pool;

/// How often the calling thread looks for signals.
const PERIOD: Duration = Duration::from_millis(20);

/// How work is run: on how many threads, for how long, and who is shown its progress.
#[derive(Debug)]
pub(crate) struct Control {
    threads: Option<usize>,
    timeout: Option<f64>,
    /// Called with the stage, what is done and what there is to do. If it returns `False`, the work is cancelled.
    progress: Option<Py<PyAny>>,
}

impl Control {
    pub(crate) fn new(
        threads: Option<usize>,
        timeout: Option<f64>,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Self> {
        if let Some(seconds) = timeout.filter(|seconds| !(*seconds > 0.0 && *seconds <= 1e9)) {
            let message = format!("timeout must be a number of seconds greater than 0, got {seconds}");
            return Err(RefrainError::new_err(message));
        }
        Ok(Self { threads, timeout, progress })
    }

    /// What the calling thread does while it waits. An error stops the work.
    fn attend(&self, monitor: &Monitor, deadline: Option<Instant>) -> PyResult<()> {
        if deadline.is_some_and(|deadline| Instant::now() >= deadline) {
            let seconds = self.timeout.unwrap_or_default();
            return Err(TimedOut::new_err(format!("not done within the timeout of {seconds} seconds")));
        }
        Python::attach(|py| {
            py.check_signals()?;
            self.report(py, monitor)
        })
    }

    /// Passes on what the work has shown since the last time.
    fn report(&self, py: Python<'_>, monitor: &Monitor) -> PyResult<()> {
        let Some(progress) = &self.progress else { return Ok(()) };
        while let Some(Seen { stage, done, total }) = monitor.next() {
            let answer = progress.call1(py, (stage, done, total))?;
            if answer.extract::<bool>(py).is_ok_and(|goes_on| !goes_on) {
                return Err(Cancelled::new_err("the progress callback cancelled the work"));
            }
        }
        Ok(())
    }
}

/// How far the work has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) stage: &'static str,
    pub(crate) done: u64,
    pub(crate) total: u64,
}

/// What the work and the calling thread tell each other.
#[derive(Debug, Default)]
pub(crate) struct Monitor {
    stopped: AtomicBool,
    /// What was shown and not yet passed on: the last of each stage. Stays empty if nobody wants it.
    seen: Mutex<VecDeque<Seen>>,
    is_watched: bool,
}

impl Monitor {
    /// Shows how far the work has come. The work must end if this breaks.
    pub(crate) fn show(&self, stage: &'static str, done: u64, total: u64) -> ControlFlow<()> {
        if self.stopped.load(Ordering::Relaxed) {
            return ControlFlow::Break(());
        }
        if self.is_watched {
            let seen = Seen { stage, done, total };
            let mut all = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
            match all.back_mut().filter(|last| last.stage == stage) {
                Some(last) => *last = seen,
                None => all.push_back(seen),
            }
        }
        ControlFlow::Continue(())
    }

    /// The same, as an error.
    pub(crate) fn go_on(&self, stage: &'static str, done: u64, total: u64) -> Result<(), Failure> {
        match self.show(stage, done, total) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Failure::Stopped),
        }
    }

    /// The watcher that the library calls.
    pub(crate) fn library(&self, progress: refrain::Progress) -> ControlFlow<()> {
        use refrain::Stage;

        let stage = match progress.stage {
            Stage::Tokenizing => "tokenizing",
            Stage::Matching => "matching",
            Stage::Joining => "joining",
            Stage::Choosing => "choosing",
            Stage::FindingPassages => "finding passages",
            Stage::Measuring => "measuring",
            Stage::Reporting => "reporting",
            _ => "working",
        };
        self.show(stage, progress.done as u64, progress.total as u64)
    }

    /// The watcher that the index calls.
    pub(crate) fn index(&self, progress: refrain_index::Progress) -> ControlFlow<()> {
        use refrain_index::Stage;

        let stage = match progress.stage {
            Stage::Adding => "adding",
            Stage::Merging => "merging",
            Stage::Comparing => "comparing",
            Stage::Verifying => "verifying",
            _ => "working",
        };
        self.show(stage, progress.done, progress.total)
    }

    fn next(&self) -> Option<Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
    }
}

/// Runs work on the threads that are asked for.
///
/// The interpreter is free for other threads meanwhile. The calling thread waits, and runs the handlers of signals,
/// which only it can do, and the callback for progress. An exception in one of them stops the work and is raised when
/// the work has ended.
pub(crate) fn run<T: Send>(
    py: Python<'_>,
    control: &Control,
    work: impl FnOnce(&Monitor) -> Result<T, Failure> + Send,
) -> PyResult<T> {
    let pool = pool(py, control.threads)?;
    let monitor = Monitor { is_watched: control.progress.is_some(), ..Monitor::default() };
    let deadline = control.timeout.map(|seconds| Instant::now() + Duration::from_secs_f64(seconds));
    let (done, stop) = py.detach(|| {
        let (sender, receiver) = mpsc::sync_channel(1);
        pool.in_place_scope(|scope| {
            let monitor = &monitor;
            scope.spawn(move |_| {
                // A bug must not end the threads of the pool.
                let done = catch_unwind(AssertUnwindSafe(|| work(monitor)));
                sender.send(done).expect("the calling thread waits");
            });
            let mut stop = None;
            loop {
                let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
                let wait = left.filter(|_| stop.is_none()).map_or(PERIOD, |left| left.min(PERIOD));
                match receiver.recv_timeout(wait) {
                    Ok(done) => return (done, stop),
                    Err(RecvTimeoutError::Timeout) if stop.is_some() => {}
                    Err(RecvTimeoutError::Timeout) => {
                        stop = control.attend(monitor, deadline).err();
                        monitor.stopped.store(stop.is_some(), Ordering::Relaxed);
                    }
                    Err(RecvTimeoutError::Disconnected) => unreachable!("the work sends its result"),
                }
            }
        })
    });
    if let Some(stop) = stop {
        return Err(stop);
    }
    let value = done.map_err(|panic| bug(&*panic))??;
    control.report(py, &monitor)?;
    Ok(value)
}

/// A panic, which is a bug of this package.
fn bug(panic: &(dyn Any + Send)) -> PyErr {
    let message = panic.downcast_ref::<String>().map(String::as_str);
    let message = message.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message");
    RefrainError::new_err(format!("a bug in refrain, please report it: {message}"))
}
