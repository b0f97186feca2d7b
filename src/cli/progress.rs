//! Words for the person at the terminal: messages and progress, on standard error.

use crate::error::Result;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::Write;
use std::time::Duration;

/// Prints a line to standard error. A closed standard error is nobody's loss.
pub(super) fn say(line: &str) {
    let _ = writeln!(anstream::stderr(), "{line}");
}

/// A bar on standard error where that is a terminal, nothing elsewhere.
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// Progress of unknown length, counted in `what`.
    pub fn counting(what: &'static str) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
        bar.set_style(style(&format!(
            "{{spinner}} {{pos}} {what} ({{per_sec}}) {{elapsed}}"
        )));
        bar.enable_steady_tick(Duration::from_millis(200));
        Self(bar)
    }

    /// Progress of known length.
    pub fn steps() -> Self {
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
        bar.set_style(style("{msg} [{bar:30}] {pos}/{len} {elapsed}"));
        bar.enable_steady_tick(Duration::from_millis(200));
        Self(bar)
    }

    /// Counts on.
    pub fn add(&self, amount: usize) {
        self.0.inc(amount as u64);
    }

    /// Says what is being done, and how far it is.
    pub fn step(&self, doing: &str, done: usize, all: usize) -> Result<()> {
        self.0.set_length(all as u64);
        self.0.set_position(done as u64);
        self.0.set_message(doing.to_owned());
        Ok(())
    }
}

impl Progress {
    /// Prints a line above the bar, on a terminal or not.
    pub fn note(&self, line: &str) {
        self.0.suspend(|| say(line));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
