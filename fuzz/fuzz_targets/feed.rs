//! Any items of a feed, and any sentences of PETRARCH XML, give bounded, repeatable answers.
#![no_main]

use attache_fuzz::read_twice;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if data.starts_with(b"S") {
        read_twice(&[&b"<Sentences><Sentence date=\"20240305\">"[..], data].concat());
    } else {
        read_twice(&[&b"<rss><channel>"[..], data].concat());
    }
});
