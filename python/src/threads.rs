//! The threads that the work is spread over.

use std::mem;
use std::process;
use std::sync::{Arc, Mutex, PoisonError};

use pyo3::prelude::*;
use pyo3::types::PyBool;
use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::errors::{RefrainError, wrong_type};

/// More threads than this are a mistake, as in the library.
const MOST: usize = 1024;

/// Pools by their numbers of threads; 0 is what the machine or `RAYON_NUM_THREADS` says.
#[derive(Debug)]
struct Pools {
    /// A process that was forked has none of the threads of its parent, so pools are not inherited.
    process: u32,
    pools: Vec<(usize, Arc<ThreadPool>)>,
}

static POOLS: Mutex<Pools> = Mutex::new(Pools { process: 0, pools: Vec::new() });

/// A number of threads as it is given.
pub(crate) fn checked(threads: Option<&Bound<'_, PyAny>>) -> PyResult<Option<usize>> {
    let Some(threads) = threads else { return Ok(None) };
    let number = threads.extract::<i128>().ok().filter(|_| !threads.is_instance_of::<PyBool>());
    let number = number.ok_or_else(|| wrong_type("threads", "a whole number", threads))?;
    match usize::try_from(number) {
        Ok(number) if (1..=MOST).contains(&number) => Ok(Some(number)),
        _ => {
            let message = format!("threads must be at least 1 and at most {MOST}, got {number}");
            Err(RefrainError::new_err(message))
        }
    }
}

/// The threads of this process, started when they are first asked for.
///
/// Called with the interpreter attached, so that no other thread holds the lock while the process forks. Without the GIL
/// another thread can, for the moment in which it looks up or starts its pool.
pub(crate) fn pool(_: Python<'_>, threads: Option<usize>) -> PyResult<Arc<ThreadPool>> {
    let threads = threads.unwrap_or(0);
    let mut pools = POOLS.lock().unwrap_or_else(PoisonError::into_inner);
    if pools.process != process::id() {
        pools.process = process::id();
        // Their threads are those of the parent: nothing of them can be ended here.
        mem::forget(mem::take(&mut pools.pools));
    }
    if let Some((_, pool)) = pools.pools.iter().find(|(number, _)| *number == threads) {
        return Ok(Arc::clone(pool));
    }
    let pool = ThreadPoolBuilder::new().num_threads(threads).thread_name(|_| "refrain".to_owned()).build();
    let pool = pool.map_err(|error| RefrainError::new_err(format!("cannot start the threads: {error}")))?;
    let pool = Arc::new(pool);
    pools.pools.push((threads, Arc::clone(&pool)));
    Ok(pool)
}
