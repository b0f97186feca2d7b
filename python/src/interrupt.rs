//! Long work that Ctrl-C ends.

use crate::error::OrRaise;
use crate::pool;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use stance::error::{Error, Result};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// How often it is looked whether somebody pressed Ctrl-C.
const POLL: Duration = Duration::from_millis(50);

/// Whether the caller still waits for the work.
#[derive(Clone, Default)]
pub struct Caller(Arc<AtomicBool>);

impl Caller {
    /// Ends the work if nobody waits for it any more. To be asked between steps.
    pub fn still_waits(&self) -> Result<()> {
        match self.0.load(Ordering::Relaxed) {
            true => Err(Error::usage("interrupted")),
            false => Ok(()),
        }
    }
}

/// Does the work on threads of its own, without the interpreter's lock, and waits for it.
///
/// Where a signal's handler raises meanwhile, as Ctrl-C's does, that is raised at once; the work
/// ends at its next step and its result is dropped.
pub fn run<T: Send + 'static>(
    py: Python<'_>,
    work: impl FnOnce(&Caller) -> Result<T> + Send + 'static,
) -> PyResult<T> {
    let pool = pool::pool()?;
    let caller = Caller::default();
    let (sender, receiver) = mpsc::sync_channel(1);
    let receiver = Mutex::new(receiver);
    let own = caller.clone();
    thread::spawn(move || {
        let result = pool.install(|| work(&own));
        // Nobody waits for it any more after an interruption.
        let _ = sender.send(result);
    });
    let wait = || {
        let receiver = receiver.lock().unwrap_or_else(PoisonError::into_inner);
        receiver.recv_timeout(POLL)
    };
    loop {
        match py.detach(wait) {
            Ok(result) => return result.or_raise(py),
            Err(RecvTimeoutError::Timeout) => {
                if let Err(interruption) = py.check_signals() {
                    caller.0.store(true, Ordering::Relaxed);
                    return Err(interruption);
                }
            }
            Err(RecvTimeoutError::Disconnected) => {
                return Err(PyRuntimeError::new_err("the work broke off"));
            }
        }
    }
}
