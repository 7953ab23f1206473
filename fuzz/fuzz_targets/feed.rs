//! Any items of a feed, and any sentences of PETRARCH XML, give bounded, repeatable answers.
#![no_main]

use attache_read::{Limits, Options, documents_in};
use libfuzzer_sys::fuzz_target;
use std::io::Cursor;

fuzz_target!(|data: &[u8]| {
    let bytes = if data.first().is_some_and(|byte| *byte == b'S') {
        [b"<Sentences><Sentence date=\"20240305\">", data].concat()
    } else {
        [b"<rss><channel>", data].concat()
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
