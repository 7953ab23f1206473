//! Talk: messages and progress on standard error. Data never goes there.

use crate::digest::clean;
use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use std::fmt;
use std::io::{self, IsTerminal};
use std::time::Duration;

/// A progress line is shown only for work that takes longer than this.
const PATIENCE: Duration = Duration::from_secs(1);

/// Says that something failed.
pub fn complain(message: &str) {
    eprintln!("attache: {}", clean(message));
}

/// How far a verb has come, and a place to say what it met on the way.
pub struct Talk {
    bar: ProgressBar,
    quiet: bool,
    failed: usize,
}

impl Talk {
    /// Talk about so many things done, `unit` naming one ("reports"). Progress is shown on a terminal
    /// only; notes are left out where `quiet`.
    pub fn new(unit: &'static str, quiet: bool) -> Talk {
        let target = if io::stderr().is_terminal() {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(None, target);
        let line = move |state: &ProgressState, line: &mut dyn fmt::Write| {
            if state.elapsed() > PATIENCE {
                let of = state.len().map(|all| format!(" of {all}")).unwrap_or_default();
                let _ = write!(line, "{}{of} {unit}, {:.1} a second", state.pos(), state.per_sec());
                if state.len().is_some() {
                    let _ = write!(line, ", {} left", HumanDuration(state.eta()));
                }
            }
        };
        if let Ok(style) = ProgressStyle::with_template("{line}") {
            bar.set_style(style.with_key("line", line));
        }
        bar.enable_steady_tick(Duration::from_millis(250));
        Talk { bar, quiet, failed: 0 }
    }

    /// So many will be done in all: from here on the remaining time is told too.
    pub fn expect(&self, all: u64) {
        self.bar.set_length(all);
    }

    /// Says how things stand; not where `quiet`.
    pub fn say(&self, message: &str) {
        if !self.quiet {
            self.bar.suspend(|| eprintln!("{}", clean(message)));
        }
    }

    /// One more done.
    pub fn step(&self) {
        self.bar.inc(1);
    }

    /// Says that an input failed, and counts it.
    pub fn fail(&mut self, message: &str) {
        self.failed += 1;
        self.bar.suspend(|| complain(message));
    }

    /// Says a thing to know about an input.
    pub fn note(&self, message: &str) {
        if !self.quiet {
            self.bar.suspend(|| eprintln!("note: {}", clean(message)));
        }
    }

    /// Writes data with the progress line out of the way.
    ///
    /// # Errors
    /// What `write` gives.
    pub fn aside<T>(&self, write: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        self.bar.suspend(write)
    }

    /// Ends the progress line; how many inputs failed.
    pub fn end(self) -> usize {
        self.bar.finish_and_clear();
        self.failed
    }
}
