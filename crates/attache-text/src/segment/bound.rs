//! No sentence is endless: long stretches are cut where it hurts least.

use crate::{Span, tokenize};

/// Most bytes a sentence may have.
pub const MAX_BYTES: usize = 4_000;

/// Most tokens a sentence may have.
pub const MAX_TOKENS: usize = 400;

/// Cuts `sentence` into parts within [`MAX_BYTES`] and [`MAX_TOKENS`]; most come back whole.
///
/// A cut falls behind a clause mark, else on white space, in the latter half of what may be kept;
/// where there is none of either, after [`MAX_TOKENS`] bytes (a token has at least one).
pub fn cut(text: &str, sentence: Span) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut rest = trim(text, sentence);
    while rest.len() > MAX_TOKENS {
        let window = Span::new(rest.start, floor(text, rest.end.min(rest.start + MAX_BYTES)));
        // Tokens never reach over white space, so those before a cut there stay as they are; only the
        // last one can part in two ("etc" + "."), hence one less below.
        let tokens = tokenize::tokens(text, window);
        let fits = tokens.len() <= MAX_TOKENS;
        if fits && window == rest {
            break;
        }
        let limit = tokens.get(MAX_TOKENS - 1).map_or(window.end, |token| token.span.start);
        let end = best_cut(text, Span::new(rest.start, limit))
            .unwrap_or_else(|| if fits { window.end } else { floor(text, rest.start + MAX_TOKENS) });
        parts.push(trim(text, Span::new(rest.start, end)));
        rest = trim(text, Span::new(end, rest.end));
    }
    parts.push(rest);
    parts.retain(|part| !part.is_empty());
    parts
}

/// The last white space in the latter half of `span`, behind a clause mark where there is one.
fn best_cut(text: &str, span: Span) -> Option<usize> {
    let middle = floor(text, span.start + span.len() / 2);
    let half = text.get(middle..span.end)?;
    let spaces = || half.char_indices().rev().filter(|(_, c)| c.is_whitespace());
    let clause = spaces().find(|(at, _)| half[..*at].ends_with([';', ':', ',', '—', '–']));
    clause.or_else(|| spaces().next()).map(|(at, _)| middle + at)
}

/// `span` without the white space at its ends.
pub fn trim(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let start = span.start + (words.len() - words.trim_start().len());
    Span::new(start, span.start + words.trim_end().len())
}

/// The last character boundary at or before `at`.
fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
