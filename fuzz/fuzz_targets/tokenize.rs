//! Any text has tokens that are in order and cover all but the white space.
#![no_main]

use attache_text::{Span, tokenize::tokens};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut at = 0;
    for token in tokens(text, Span::new(0, text.len())) {
        assert!(token.span.start >= at && !token.span.is_empty());
        assert_eq!(token.span.of(text), token.text);
        assert!(text[at..token.span.start].trim().is_empty());
        at = token.span.end;
    }
    assert!(text[at..].trim().is_empty());
});
