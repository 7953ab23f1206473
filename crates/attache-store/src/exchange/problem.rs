//! What is wrong with a record, and where it stands.

use std::{fmt, io};

/// A record that did not become an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The record's number in its file, from 1; header lines do not count.
    pub record: u64,
    /// First byte of the record, or of the cell that is wrong, in the file.
    pub byte: u64,
    /// What is wrong, with the value.
    pub what: String,
    /// Whose fault it is.
    pub cause: Cause,
}

/// Whose fault it is that a record did not become an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The record does not follow its format.
    Damaged,
    /// The record is sound, and tells nothing that PLOVER codes (a plain statement, CAMEO 01).
    NoEvent,
    /// The input cannot be read any further.
    Broken,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "record {}, byte {}: {}", self.record, self.byte, self.what)
    }
}

impl std::error::Error for Problem {}

impl Problem {
    pub(crate) fn broken(record: u64, byte: u64, error: &io::Error) -> Problem {
        Problem { record, byte, what: error.to_string(), cause: Cause::Broken }
    }
}

/// Why an event was not written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The output failed.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The format would tell the event falsely: it is left out, the output is sound.
    #[error("{0}")]
    Unfit(&'static str),
}
