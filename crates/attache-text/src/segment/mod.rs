//! Blocks into sentences.
//!
//! A sentence never crosses a block. The dateline of a wire report is kept apart, for its words
//! would mislead the parser; every other word of the coded blocks lies in exactly one sentence.

mod bound;
mod boundary;
mod dateline;
pub(crate) mod table;

pub use bound::{MAX_BYTES, MAX_TOKENS};
pub use dateline::Dateline;

use crate::{BlockKind, Casing, Report, Span};

/// How many body blocks from the start may carry the dateline: a byline may have been taken for one.
const DATELINE_BLOCKS: usize = 3;

/// The sentences of a report, and its dateline where it has one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Segmented {
    /// The sentences of the coded blocks, in order, without white space at their ends.
    pub sentences: Vec<Span>,
    /// The dateline; the first sentence of its block starts behind it.
    pub dateline: Option<Dateline>,
}

/// Finds the sentences and the dateline of `report`, in time linear in the length of its text.
pub fn segment(report: &Report) -> Segmented {
    let table = table::english();
    let text = report.text.as_str();
    let mut found = Segmented::default();
    let mut bodies = 0;
    let small = Casing::of(text) == Casing::Small;
    for block in report.blocks.iter().filter(|block| block.kind.is_coded()) {
        let mut span = bound::trim(text, block.span);
        if block.kind == BlockKind::Body && found.dateline.is_none() && bodies < DATELINE_BLOCKS {
            bodies += 1;
            if let Some(dateline) = dateline::dateline(text, span, table) {
                found.dateline = Some(dateline);
                span = Span::new(dateline.span.end, span.end);
            }
        }
        sentences_of(text, span, small, &mut found.sentences);
    }
    found
}

/// The sentences of `report`; see [`segment`].
pub fn sentences(report: &Report) -> Vec<Span> {
    segment(report).sentences
}

/// `small`: the text has no capitals, so that a small letter may begin a sentence.
fn sentences_of(text: &str, block: Span, small: bool, sentences: &mut Vec<Span>) {
    let words = block.of(text);
    let mut start = 0;
    for end in boundary::ends(words, table::english(), small).into_iter().chain([words.len()]) {
        let span = bound::trim(text, Span::new(block.start + start, block.start + end));
        sentences.extend(bound::cut(text, span));
        start = end;
    }
}
