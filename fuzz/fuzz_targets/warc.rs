//! Any bytes behind the beginning of a WARC file, plain or gzipped, give bounded, repeatable answers.
#![no_main]

use attache_read::{Limits, Options, documents_in};
use libfuzzer_sys::fuzz_target;
use std::io::Cursor;

fuzz_target!(|data: &[u8]| {
    let bytes = if data.first().is_some_and(|byte| *byte == 0x1f) {
        data.to_vec()
    } else {
        [b"WARC/1.0\\r\\n", data].concat()
    };
    let limits = Limits { record: 4096, head: 512, slack: 65_536, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let read = || -> Vec<String> {
        documents_in(Cursor::new(bytes.clone()), "fuzz", &options)
            .map(|found| match found {
                Ok(document) => format!("{}: {:?}", document.name(), document.report(&options)),
                Err(problem) => problem.to_string(),
            })
            .collect()
    };
    let first = read();
    assert!(first.len() <= bytes.len() * 4 + 4);
    assert_eq!(first, read());
});
