//! Reports for the tests.

use attache_text::{Block, BlockKind, Report, Span};

/// A report whose blocks are the given texts, a blank line between them.
pub fn report(blocks: &[(BlockKind, &str)]) -> Report {
    let mut report = Report::default();
    for (kind, words) in blocks {
        if !report.text.is_empty() {
            report.text.push_str("\n\n");
        }
        let start = report.text.len();
        report.text.push_str(words);
        report.blocks.push(Block { kind: *kind, span: Span::new(start, report.text.len()) });
    }
    report
}

/// A report of one body block.
pub fn body(text: &str) -> Report {
    report(&[(BlockKind::Body, text)])
}
