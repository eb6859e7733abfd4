//! What a command does that is interrupted: it removes the files that it was writing aside.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The files that are not in their places yet; of those that are, the names are gone.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// While this is held, an interruption waits.
#[derive(Debug)]
pub(crate) struct Held(MutexGuard<'static, Vec<PathBuf>>);

pub(crate) fn hold() -> Held {
    Held(UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner))
}

impl Held {
    /// From now on, an interruption removes this file.
    pub(crate) fn add(&mut self, file: &Path) {
        self.0.push(file.to_owned());
    }

    #[cfg_attr(not(unix), expect(dead_code, reason = "nothing tells of interruptions"))]
    fn remove_all(&self) {
        for file in &*self.0 {
            // There is nobody left to tell.
            let _ = fs::remove_file(file);
        }
    }
}

/// Waits for Ctrl-C and for a request to end, from the first call on.
///
/// The command then ends at once, whatever it does or waits for, as if it had not waited for the signal:
/// a shell is told of 130 or 143, and ends its own loop.
#[cfg(unix)]
pub(crate) fn watch() -> io::Result<()> {
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::thread;

    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    static WATCHED: AtomicBool = AtomicBool::new(false);
    if WATCHED.swap(true, Ordering::Relaxed) {
        return Ok(());
    }
    let mut signals = Signals::new([SIGINT, SIGTERM])?;
    let wait = move || {
        for signal in signals.forever() {
            let held = hold();
            held.remove_all();
            let _ = emulate_default_handler(signal);
        }
    };
    thread::Builder::new().name("signals".to_owned()).spawn(wait)?;
    Ok(())
}

#[cfg(not(unix))]
pub(crate) fn watch() -> io::Result<()> {
    Ok(())
}
