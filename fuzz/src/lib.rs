//! What the targets share.

use attache_read::{Limits, Options, documents_in};
use std::io::Cursor;

/// Reads the bytes as a stream of documents, twice: as many answers as the bytes allow, and the same.
pub fn read_twice(bytes: &[u8]) {
    // Small limits, so that inputs of a few kilobytes meet them.
    let limits = Limits { record: 4096, head: 512, slack: 65_536, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let read = || -> Vec<String> {
        documents_in(Cursor::new(bytes.to_vec()), "fuzz", &options)
            .map(|found| match found {
                Ok(document) => format!("{}: {:?}", document.name(), document.report(&options)),
                Err(problem) => problem.to_string(),
            })
            .collect()
    };
    let first = read();
    assert!(first.len() <= bytes.len() * 4 + 4);
    assert_eq!(first, read());
}
