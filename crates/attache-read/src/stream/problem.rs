//! What went wrong in a stream, and where.

use crate::ReadError;
use std::fmt;

/// Why a record, or a whole input, gave no report. The records around it are read all the same.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Problem {
    /// The input: a path, `path/entry` inside a zip file, an address, `standard input`.
    pub file: String,
    /// The record's number in the file, from 1; none where the problem is the file's.
    pub record: Option<u64>,
    /// Where the record begins, in bytes of the unpacked data; for gzipped WARC files in bytes of the file,
    /// as indexes of such files count.
    pub byte: Option<u64>,
    /// What is wrong, in words.
    pub reason: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", place(&self.file, self.record, self.byte), self.reason)
    }
}

/// "file, record 3, byte 120".
pub(crate) fn place(file: &str, record: Option<u64>, byte: Option<u64>) -> String {
    let mut words = file.to_owned();
    if let Some(record) = record {
        words += &format!(", record {record}");
    }
    if let Some(byte) = byte {
        words += &format!(", byte {byte}");
    }
    words
}

impl From<ReadError> for Problem {
    fn from(error: ReadError) -> Problem {
        let file = error.name().to_owned();
        let said = error.to_string();
        let reason = said.strip_prefix(&format!("{file}: ")).unwrap_or(&said).to_owned();
        Problem { file, record: None, byte: None, reason }
    }
}
