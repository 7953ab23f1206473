//! Events from a reader to a writer, and what became of them.

use super::format::Writer;
use super::problem::{Cause, Problem, WriteError};
use attache_code::Event;
use std::collections::BTreeMap;
use std::io;

/// What became of the records of a transfer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Events written.
    pub written: u64,
    /// Records that could not be read.
    pub damaged: u64,
    /// Sound records that are no event in PLOVER.
    pub no_event: u64,
    /// Events the output's format cannot hold, by reason.
    pub unfit: BTreeMap<&'static str, u64>,
}

impl Tally {
    /// Writes one event, or counts why not.
    ///
    /// # Errors
    /// Where the output fails.
    pub fn write(&mut self, event: &Event, writer: &mut dyn Writer) -> io::Result<()> {
        match writer.write(event) {
            Ok(()) => self.written += 1,
            Err(WriteError::Unfit(reason)) => *self.unfit.entry(reason).or_default() += 1,
            Err(WriteError::Io(error)) => return Err(error),
        }
        Ok(())
    }
}

/// Writes every event of `events`; `tell` hears of each record that could not be read.
///
/// # Errors
/// Where the output fails.
pub fn transfer(
    events: impl Iterator<Item = Result<Event, Problem>>,
    mut writer: Box<dyn Writer + '_>,
    mut tell: impl FnMut(&Problem),
) -> io::Result<Tally> {
    let mut tally = Tally::default();
    for event in events {
        match event {
            Ok(event) => tally.write(&event, writer.as_mut())?,
            Err(problem) if problem.cause == Cause::NoEvent => tally.no_event += 1,
            Err(problem) => {
                tally.damaged += 1;
                tell(&problem);
            }
        }
    }
    writer.end()?;
    Ok(tally)
}
