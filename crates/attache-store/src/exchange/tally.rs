//! What became of the events on their way from a reader to a writer.

use super::format::Writer;
use super::problem::WriteError;
use attache_code::Event;
use std::collections::BTreeMap;
use std::io;

/// What became of the records.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Events written.
    pub written: u64,
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
