//! What can go wrong between a path and a report.

use std::io;

/// Why an input gave no report. Every message names the input.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The file or folder could not be opened or read.
    #[error("{name}: {source}")]
    Io {
        /// The input.
        name: String,
        /// What the system said.
        source: io::Error,
    },
    /// A folder holds no file that could be a report.
    #[error("{name}: the folder holds no reports")]
    NoReports {
        /// The folder.
        name: String,
    },
    /// There is nothing in it, or white space only.
    #[error("{name}: the file is empty")]
    Empty {
        /// The input.
        name: String,
    },
    /// It is longer than the limit.
    #[error("{name}: {size} bytes, more than the {limit} bytes a report may have")]
    TooLarge {
        /// The input.
        name: String,
        /// Its size in bytes, as far as known.
        size: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// It is a known format that is not read.
    #[error("{name}: {what}, which cannot be read as a report")]
    Foreign {
        /// The input.
        name: String,
        /// The format, with its article: `a PDF file`.
        what: &'static str,
    },
    /// It is not text.
    #[error("{name}: not text: byte {offset} is 0x{byte:02x}")]
    Binary {
        /// The input.
        name: String,
        /// Offset of the first byte no text has.
        offset: usize,
        /// That byte.
        byte: u8,
    },
    /// It is text, but nothing in it is a title or a paragraph.
    #[error("{name}: no running text found in it")]
    NoText {
        /// The input.
        name: String,
    },
}

impl ReadError {
    /// The input the error is about.
    pub fn name(&self) -> &str {
        match self {
            ReadError::Io { name, .. }
            | ReadError::NoReports { name }
            | ReadError::Empty { name }
            | ReadError::TooLarge { name, .. }
            | ReadError::Foreign { name, .. }
            | ReadError::Binary { name, .. }
            | ReadError::NoText { name } => name,
        }
    }
}
