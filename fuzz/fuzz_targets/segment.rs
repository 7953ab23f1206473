//! Any text has sentences that are in order, within bounds, and leave out nothing.
#![no_main]

use attache_text::segment::{MAX_BYTES, segment};
use attache_text::{Block, BlockKind, Report, Span};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let span = Span::new(0, text.len());
    let blocks = vec![Block { kind: BlockKind::Body, span }];
    let report = Report { text: text.to_owned(), blocks, ..Report::default() };
    let found = segment(&report);
    let mut at = 0;
    for span in found.dateline.map(|line| line.span).into_iter().chain(found.sentences) {
        assert!(span.start >= at && !span.is_empty());
        assert!(text.get(at..span.start).is_some_and(|gap| gap.trim().is_empty()));
        assert!(text.is_char_boundary(span.end));
        at = span.end;
    }
    assert!(text[at..].trim().is_empty());
    assert!(segment(&report).sentences.iter().all(|span| span.len() <= MAX_BYTES));
});
