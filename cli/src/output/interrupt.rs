//! Removes unfinished files when the command is interrupted.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The temporary files that were created. After a file is published, its temporary name no longer exists,
/// and removing it does nothing.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// The list of unfinished files. An interruption waits while this is held.
#[derive(Debug)]
pub(crate) struct UnfinishedFiles(MutexGuard<'static, Vec<PathBuf>>);

pub(crate) fn lock() -> UnfinishedFiles {
    UnfinishedFiles(UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner))
}

impl UnfinishedFiles {
    /// Makes interruptions remove this file.
    pub(crate) fn add(&mut self, file: &Path) {
        self.0.push(file.to_owned());
    }

    #[cfg_attr(not(unix), expect(dead_code, reason = "only the handler of Unix signals removes files"))]
    fn remove_all(&self) {
        for file in &*self.0 {
            // The command is about to end, so there is no one to report an error to.
            let _ = fs::remove_file(file);
        }
    }
}

/// Starts a thread that handles SIGINT (Ctrl-C) and SIGTERM. Later calls do nothing.
///
/// On a signal, the thread removes all unfinished files and ends the command as the signal does by
/// default, so that a shell sees status 130 or 143 and can end its own loop. A thread can do so even while
/// the command waits for a pipe, when a flag would not be looked at.
#[cfg(unix)]
pub(crate) fn install_handler() -> io::Result<()> {
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::thread;

    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    static INSTALLED: AtomicBool = AtomicBool::new(false);
    if INSTALLED.swap(true, Ordering::Relaxed) {
        return Ok(());
    }
    let mut signals = Signals::new([SIGINT, SIGTERM])?;
    let wait = move || {
        for signal in signals.forever() {
            let unfinished = lock();
            unfinished.remove_all();
            let _ = emulate_default_handler(signal);
        }
    };
    thread::Builder::new().name("signals".to_owned()).spawn(wait)?;
    Ok(())
}

#[cfg(not(unix))]
pub(crate) fn install_handler() -> io::Result<()> {
    Ok(())
}
