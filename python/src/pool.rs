//! The threads that work, of which every process has its own: threads do not survive a fork.

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// How many threads are asked for; 0 is one per core.
static THREADS: AtomicUsize = AtomicUsize::new(0);

struct Pool {
    process: u32,
    threads: usize,
    pool: Arc<ThreadPool>,
}

static POOL: Mutex<Option<Pool>> = Mutex::new(None);

/// Use so many threads from now on, instead of one per core (0). Results do not depend on it.
#[pyfunction]
pub fn set_threads(threads: u16) {
    THREADS.store(usize::from(threads), Ordering::Relaxed);
}

/// Runs without the interpreter's lock, on the threads of this process.
pub fn run<T: Send>(py: Python<'_>, work: impl FnOnce() -> T + Send) -> PyResult<T> {
    let pool = pool()?;
    Ok(py.detach(|| pool.install(work)))
}

/// The pool of this process.
pub fn pool() -> PyResult<Arc<ThreadPool>> {
    let mut held = POOL.lock().unwrap_or_else(PoisonError::into_inner);
    let (process, threads) = (std::process::id(), THREADS.load(Ordering::Relaxed));
    match &*held {
        Some(own) if own.process == process && own.threads == threads => Ok(own.pool.clone()),
        _ => {
            let made = ThreadPoolBuilder::new().num_threads(threads).build();
            let made = made.map_err(|error| {
                PyRuntimeError::new_err(format!("cannot start {threads} threads: {error}"))
            })?;
            let pool = Arc::new(made);
            let new = Pool {
                process,
                threads,
                pool: pool.clone(),
            };
            if let Some(old) = held.replace(new).filter(|old| old.process != process) {
                // Its threads are in another process: there is nobody to wait for.
                std::mem::forget(old);
            }
            Ok(pool)
        }
    }
}
