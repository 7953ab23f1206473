//! Any bytes behind the beginning of a WARC file, plain or gzipped, give bounded, repeatable answers.
#![no_main]

use attache_fuzz::read_twice;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if data.starts_with(b"\x1f") {
        read_twice(data);
    } else {
        read_twice(&[&b"WARC/1.0\r\n"[..], data].concat());
    }
});
